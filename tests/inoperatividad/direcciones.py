"""What the tests of all addresses must know of outages."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from inoperatividad.models import Registro
from portal import reloj
from portal.cuentas.models import Perfil
from tests.inoperatividad.elenco import PERSONAS, Mesa

ACTORES = {nombre: f"ino_{nombre}" for nombre in (*PERSONAS, "control_ajeno")}


def _hace(minutos: int) -> str:
    return f"{localtime(reloj.ahora() - timedelta(minutes=minutos)):%Y-%m-%dT%H:%M}"


def _masiva(m: Mesa) -> dict[str, Any]:
    return {"aplicativos": [m.aplicativo("SGA").pk], "inicio": _hace(30), "causa": "No responde."}


def _registro(m: Mesa) -> dict[str, Any]:
    return {
        "tipo_tramite": "reclamos", "consulta": "", "aplicativos": [m.aplicativo().pk], "motivo": m.motivo().pk,
        "inicio": _hace(20), "descripcion": "Se queda en blanco.", "cliente_esperando": "on",
    }  # fmt: skip


def _papel(m: Mesa) -> dict[str, Any]:
    return _registro(m) | {"motivo_papel": "Sin red.", "hoja-guardado": m.guardado("responsable").pk}


def _cierre(m: Mesa) -> dict[str, Any]:
    return {"fin": _hace(10), "motivo": m.motivo().pk, "origen": "Disco lleno.", "sustento-guardado": ""}


def _error(m: Mesa) -> dict[str, Any]:
    return {"fin": _hace(10), "origen": "Fue una prueba.", "sustento-guardado": m.guardado("responsable").pk}


def _critica(m: Mesa) -> dict[str, Any]:
    return {"tipo": "bloqueo", "cliente": "Línea 987", "detalle": "Por robo.", "atendida": _hace(30)}


def _opinion(m: Mesa) -> dict[str, Any]:
    return {"horario": "dentro", "menciones": "4", "procede": "si", "opinion": "Está dentro."}


def _veredicto(m: Mesa) -> dict[str, Any]:
    return {"tipificaciones": "3", "reclamos": "", "ldr": "", "reportar": "si", "razon": "Más de una hora."}


def _texto(m: Mesa) -> dict[str, Any]:
    return {"texto": "Por esto."}


Cuerpo = Callable[[Mesa], dict[str, Any]]
SIN: Cuerpo = lambda m: {}  # noqa: E731
# address → (what it is about, its number or key; the form that succeeds)
DE_UNA_COSA: dict[str, tuple[Callable[[Mesa], Any], Cuerpo]] = {
    "ver": (lambda m: m.registro().correlativo, SIN),
    "cerrar": (lambda m: m.un_registro().correlativo, _cierre),
    "cerrar_por_error": (lambda m: m.un_registro().correlativo, _error),
    "critica": (lambda m: m.un_registro().correlativo, _critica),
    "alertar_error": (lambda m: m.un_registro().correlativo, _texto),
    "evaluar": (lambda m: m.cerrado().correlativo, SIN),
    "consultar": (lambda m: m.en_evaluacion().correlativo, SIN),
    "evaluacion": (lambda m: m.en_evaluacion().correlativo, _veredicto),
    "opinar": (lambda m: m.consultado().correlativo, _opinion),
    "reabrir": (lambda m: m.evaluado().correlativo, _texto),
    "regularizar": (lambda m: m.critica().pk, lambda m: {"referencia": "B-123"}),
    "masiva": (lambda m: m.vigente().numero, SIN),
    "confirmar": (lambda m: m.una_masiva(m.alerta).numero, _masiva),
    "descartar": (lambda m: m.una_masiva(m.alerta).numero, _texto),
    "terminar": (lambda m: m.una_masiva(m.vigente).numero, lambda m: {"fin": _hace(5), "causa": "Disco lleno."}),
    "cerrar_registros": (
        lambda m: m.una_masiva(m.terminada).numero,
        lambda m: {"motivo": m.motivo().pk, "origen": "Disco lleno."},
    ),
    "reporte": (lambda m: m.borrador().numero, SIN),
    "cambiar": (lambda m: m.borrador().numero, lambda m: {"registros": [_en_reporte(m)]}),
    "proponer": (lambda m: m.borrador().numero, SIN),
    "aprobar": (lambda m: m.propuesto().numero, SIN),
    "observar": (lambda m: m.propuesto().numero, _texto),
    "enviar": (lambda m: m.hasta_aprobado().numero, SIN),
    "catalogo": (lambda m: "buzones", SIN),
    "agregar": (
        lambda m: "buzones",
        lambda m: {"nombre": "Otro", "uso": "copia", "correo": "otro@operadora.example", "activo": "on"},
    ),
}
SUELTAS: dict[str, Cuerpo] = {
    "alertar": _masiva,
    "declarar": _masiva,
    "papel": _papel,
    "consolidar": lambda m: {"registros": [m.evaluado().pk]},
    "tipificaciones": lambda m: {"accion": "revisar", "revisado": ""},
}


def _en_reporte(m: Mesa) -> int:
    return Registro._base_manager.filter(reporte__isnull=False).values_list("pk", flat=True)[0]


def _pedido(corto: str) -> Callable[[Any, str], Any]:
    def hacer(mundo: Any, actor: str) -> Any:
        from tests.seguridad.casos import Pedido

        if actor not in ACTORES:  # without a function of outages nobody gets as far as the thing itself
            claves = {"catalogo": ["motivos"], "agregar": ["motivos"], "editar": ["motivos", 1]}
            return Pedido(
                reverse(f"inoperatividad:{corto}", args=claves.get(corto, [1] if corto in DE_UNA_COSA else []))
            )
        m: Mesa = mundo.dar("mesa")
        if corto in DE_UNA_COSA:
            clave, cuerpo = DE_UNA_COSA[corto]
            ruta = reverse(f"inoperatividad:{corto}", args=[clave(m)])
            return Pedido(ruta, cuerpo(m))
        if corto == "registrar":
            return Pedido(reverse("inoperatividad:registrar", query={"caso": "si"}), _registro(m))
        if corto == "editar":
            motivo = m.motivo()
            datos = {"nombre": "Otro", "escenario": "masiva", "al_abrir": "on", "al_cerrar": "on", "activo": "on"}
            return Pedido(reverse("inoperatividad:editar", args=["motivos", motivo.pk]), datos)
        return Pedido(reverse(f"inoperatividad:{corto}"), SUELTAS.get(corto, SIN)(m))

    return hacer


NOMBRES = (
    "ahora", "linea", "lista", "registrar", "papel", "criticas", "masivas", "alertar", "declarar", "reportes",
    "consolidar", "tipificaciones", "contingencia", "formato", "formato_pdf", "catalogos", "llenar", "editar",
    *DE_UNA_COSA,
)  # fmt: skip
PEDIDOS = {f"inoperatividad:{corto}": _pedido(corto) for corto in NOMBRES}
DE_LA_PAGINA = {"inoperatividad:registrar": ("pago_pendiente", "unidad")}
SIN_PAGINA = {
    f"inoperatividad:{n}" for n in ("evaluar", "consultar", "proponer", "aprobar", "llenar", "formato_pdf")
}  # fmt: skip


def recorrido(dar: Callable[[str], Any]) -> Iterator[tuple[Perfil, list[str]]]:
    """Each function's pages, full and empty, and each form with its errors."""
    m: Mesa = dar("mesa")
    yield m.gente["fallas"], ["/", "/inoperatividad/masivas/", "/inoperatividad/reportes/"]
    terminada, alerta, abierto = m.terminada(), m.alerta(), m.registro(tipo_tramite="bajas")
    local, critica = m.no_previsto(), m.critica(abierto)
    de_consulta = {"tipo_tramite": "consultas", "consulta": m.consulta}
    evaluado, en_evaluacion = m.evaluado(**de_consulta), m.consultado(**de_consulta)
    enviado = m.enviado([evaluado])
    raiz = "/inoperatividad"
    r = f"{raiz}/registros"
    yield m.gente["responsable"], [
        "/", f"{raiz}/", f"{r}/", f"{r}/?desde=ayer", f"{r}/?correlativo=999", f"{r}/nuevo/", f"{r}/nuevo/?caso=lento",
        f"{r}/nuevo/?caso=si !", f"{r}/papel/ !", f"{r}/{abierto.correlativo}/", f"{r}/{local.correlativo}/",
        f"{r}/{local.correlativo}/cerrar/ !", f"{r}/{local.correlativo}/error/ !",
        f"{r}/{abierto.correlativo}/critica/ !", f"{raiz}/criticas/", f"{raiz}/criticas/{critica.pk}/regularizar/ !",
        f"{raiz}/masivas/alertar/ !", f"{raiz}/contingencia/", f"{raiz}/contingencia/formato/", f"{raiz}/linea/",
        f"{raiz}/linea/?mes=nada",
    ]  # fmt: skip
    yield m.gente["otro_responsable"], ["/", f"{r}/", f"{raiz}/criticas/"]
    yield m.gente["fallas"], [
        "/", f"{raiz}/masivas/", f"{raiz}/masivas/declarar/ !", f"{raiz}/masivas/{alerta.numero}/",
        f"{raiz}/masivas/{alerta.numero}/confirmar/ !", f"{raiz}/masivas/{alerta.numero}/descartar/ !",
        f"{raiz}/masivas/{alerta.numero}/terminar/ !",
    ]  # fmt: skip
    yield m.gente["soporte"], [
        "/", f"{raiz}/masivas/{terminada.numero}/", f"{raiz}/masivas/{terminada.numero}/cerrar/ !",
        f"{r}/{abierto.correlativo}/", f"{r}/nuevo/?caso=si !",
    ]  # fmt: skip
    yield m.gente["mejora"], ["/", f"{r}/{en_evaluacion.correlativo}/opinar/ !"]
    yield m.gente["control"], [
        "/", f"{r}/{en_evaluacion.correlativo}/", f"{r}/{en_evaluacion.correlativo}/evaluacion/ !",
        f"{r}/{evaluado.correlativo}/evaluacion/", f"{r}/{en_evaluacion.correlativo}/alertar/ !",
        f"{r}/{evaluado.correlativo}/reabrir/ !", f"{raiz}/reportes/", f"{raiz}/reportes/nuevo/ !",
        f"{raiz}/reportes/{enviado.numero}/", f"{raiz}/reportes/{enviado.numero}/cambiar/",
        f"{raiz}/reportes/{enviado.numero}/enviar/", f"{raiz}/tipificaciones/ !", f"{raiz}/catalogos/",
        f"{raiz}/catalogos/motivos/", f"{raiz}/catalogos/motivos/nuevo/ !",
        f"{raiz}/catalogos/motivos/{m.motivo().pk}/",
    ]  # fmt: skip
    propuesto = m.propuesto([m.evaluado(**de_consulta)])
    yield m.gente["gerente"], [
        "/", f"{raiz}/reportes/{propuesto.numero}/", f"{raiz}/reportes/{propuesto.numero}/observar/ !",
    ]  # fmt: skip
    yield m.gente["directora"], ["/"]
