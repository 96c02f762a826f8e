"""What the tests of all addresses know of complaints."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from reclamos.actions import presentacion, recursos
from reclamos.models import Borrador, Estado, Materia, Reclamo
from tests.factories import rut
from tests.reclamos.elenco import materias_y_terminos
from tests.seguridad.casos import Mundo, Pedido, respuesta_al_captcha

ACTORES = {"seguimiento": "seguimiento", "segunda": "segunda"}
LARGO = "Se cortó la luz tres noches seguidas."


def _borrador(mundo: Mundo) -> Borrador:
    """Rosa's draft of a complaint to company 1."""
    materias_y_terminos()
    with sin_ambito():
        borrador = presentacion.empezar(mundo.dar("distribuidora"), por=mundo.rosa, clave=uuid4())
        assert borrador is not None
        archivo = mundo.guardado(mundo.rosa)
        presentacion.adjuntar_documento(borrador, por=mundo.rosa, archivo=archivo)
    return borrador


def _de_borrador(nombre: str) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        borrador = _borrador(mundo)
        ruta = reverse(f"reclamos:{nombre}", args=[borrador.distribuidora.codigo, borrador.caso.clave])
        datos = {
            "accion": "grabar",
            "telefono": "+56 9 5550 1234",
            "suministro": "2210733",
            "materia": Materia.objects.get(codigo="suministro").pk,
            "monto": "",
            "hecho_el": f"{reloj.hoy():%Y-%m-%d}",
            "que_paso": LARGO,
            "que_pide": "Que la reparen.",
            "anterior": "atencion",
            "atencion": "El lunes, en la oficina del centro",
        }
        return Pedido(ruta, datos if nombre == "borrador" else {})

    return hacer


def _caso(mundo: Mundo, estado: Estado) -> Reclamo:
    return mundo.dar("reclamo_en")(estado, por=mundo.rosa)


def _acto(
    nombre: str, estado: Estado, datos: Callable[[Mundo, Perfil], dict[str, Any]]
) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        reclamo = _caso(mundo, estado)
        quien = mundo.actores[actor] or mundo.rosa
        return Pedido(reverse(f"reclamos:{nombre}", args=[reclamo.ingreso]), datos(mundo, quien))

    return hacer


def _de_recurso(nombre: str) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        reclamo = _caso(mundo, Estado.EN_APELACION)
        quien = mundo.actores[actor] or mundo.rosa
        with sin_ambito():
            recurso = reclamo.recursos.get()
            if nombre == "decidir":
                recursos.elevar(recurso, por=mundo.dar("marcos"))
        datos: dict[str, Any] = {"comentario": "Va con lo que hay."}
        if nombre == "decidir":
            datos |= {"decision": "fundado", "resolucion-guardado": mundo.guardado(quien).pk}
        else:
            datos |= {"informe-guardado": mundo.guardado(quien).pk}
        return Pedido(reverse(f"reclamos:{nombre}", args=[recurso.numero]), datos)

    return hacer


def _queja(mundo: Mundo, actor: str) -> Pedido:
    reclamo = _caso(mundo, Estado.EN_TRAMITE)
    with sin_ambito():
        Reclamo.objects.filter(pk=reclamo.pk).update(queja_desde=reclamo.ingresado)
    datos = {"motivo": "No me responden.", "archivo-guardado": mundo.guardado(mundo.rosa).pk}
    return Pedido(reverse("reclamos:quejarse", args=[reclamo.ingreso]), datos)


def _descargar(mundo: Mundo, actor: str) -> Pedido:
    reclamo = _caso(mundo, Estado.RESPONDIDO)
    with sin_ambito():
        adjunto = reclamo.caso.adjuntos.get(tipo="resolucion")
    return Pedido(reverse("reclamos:descargar", args=[reclamo.ingreso, adjunto.pk]))


def _consulta(mundo: Mundo, actor: str) -> Pedido:
    reclamo = mundo.dar("presentar")()
    datos = {"codigo": reclamo.ingreso, "documento": rut(7_654_321)}
    return Pedido(reverse("reclamos:consulta"), datos | respuesta_al_captcha())


def _con_materias(nombre: str, datos: dict[str, Any] | None = None, *args: str) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        materias_y_terminos()
        return Pedido(reverse(f"reclamos:{nombre}", args=args), dict(datos or {}))

    return hacer


def _nueva(mundo: Mundo, actor: str) -> Pedido:
    materias_y_terminos()
    return Pedido(reverse("reclamos:nueva", args=[mundo.dar("distribuidora").codigo]))


_MATERIA = {"nombre": "Medidor", "ayuda": "Mide mal.", "reclamable": "on", "orden": "40", "activa": "on"}
_ORIENTAR = {"canal": "mostrador", "documento": "12345678-5", "suministro": "2210733", "consulta": "¿Dónde pago?"}
PEDIDOS = {
    "reclamos:nueva": _nueva,
    "reclamos:borrador": _de_borrador("borrador"),
    "reclamos:subir": _de_borrador("subir"),
    "reclamos:descartar": _de_borrador("descartar"),
    "reclamos:consulta": _consulta,
    "reclamos:orientaciones": _con_materias("orientaciones", _ORIENTAR | {"respuesta": "En cualquier caja."}),
    "reclamos:ajustes": _con_materias("ajustes", {"silencio": "on", "codigo_automatico": "on"}),
    "reclamos:materia_nueva": _con_materias("materia_nueva", _MATERIA),
    "reclamos:materia": _con_materias("materia", _MATERIA | {"nombre": "Cortes"}, "suministro"),
    "reclamos:ver": _acto("ver", Estado.RESPONDIDO, lambda m, q: {}),
    "reclamos:imprimir": _acto("imprimir", Estado.RESPONDIDO, lambda m, q: {}),
    "reclamos:descargar": _descargar,
    "reclamos:codificar": _acto("codificar", Estado.INGRESADO, lambda m, q: {"codigo": "REC-77"}),
    "reclamos:pedir_completar": _acto("pedir_completar", Estado.EN_TRAMITE, lambda m, q: {"que_falta": "Una foto."}),
    "reclamos:completar": _acto(
        "completar", Estado.POR_COMPLETAR, lambda m, q: {"texto": "Aquí va.", "archivo-guardado": m.guardado(q).pk}
    ),
    "reclamos:responder": _acto(
        "responder",
        Estado.EN_TRAMITE,
        lambda m, q: {"resultado": "infundado", "comentario": "Va.", "resolucion-guardado": m.guardado(q).pk},
    ),
    "reclamos:apelar": _acto(
        "apelar", Estado.RESPONDIDO, lambda m, q: {"motivo": "No revisaron.", "archivo-guardado": m.guardado(q).pk}
    ),
    "reclamos:quejarse": _queja,
    "reclamos:elevar": _de_recurso("elevar"),
    "reclamos:decidir": _de_recurso("decidir"),
}
DE_LA_PAGINA = {"reclamos:consulta": ("altcha",), "reclamos:orientaciones": ("materia",)}
SIN_PAGINA = {"reclamos:subir", "reclamos:descargar"}


def recorrido(dar: Callable[[str], Any]) -> Iterator[tuple[Perfil | None, list[str]]]:
    """Each page for whom it is; the forms are looked at again after they were sent as they stand."""
    rosa, marcos, segunda, reclamo_en = dar("rosa"), dar("marcos"), dar("segunda"), dar("reclamo_en")
    casos = {estado: reclamo_en(estado, por=rosa) for estado in Estado if estado != Estado.POR_SILENCIO}
    empresa = marcos.distribuidora
    Reclamo.objects.filter(pk=casos[Estado.EN_TRAMITE].pk).update(queja_desde=casos[Estado.EN_TRAMITE].ingresado)
    apelacion = casos[Estado.EN_APELACION].recursos.get()
    otra = reclamo_en(Estado.EN_APELACION, por=rosa).recursos.get()
    recursos.elevar(otra, por=marcos)
    borrador = presentacion.empezar(empresa, por=rosa, clave=uuid4())
    assert borrador is not None

    def de(nombre: str, estado: Estado) -> str:
        return reverse(f"reclamos:{nombre}", args=[casos[estado].ingreso])

    yield None, ["/reclamos/nuevo/", f"/reclamos/nuevo/{empresa.codigo}/ !", "/reclamos/estado/ !"]
    yield rosa, [
        "/reclamos/", *(c.get_absolute_url() for c in casos.values()), f"{borrador.get_absolute_url()} !",
        f"{borrador.get_absolute_url()}descartar/", f"{de('completar', Estado.POR_COMPLETAR)} !",
        f"{de('apelar', Estado.RESPONDIDO)} !", f"{de('quejarse', Estado.EN_TRAMITE)} !",
        de("imprimir", Estado.RESUELTO),
    ]  # fmt: skip
    yield marcos, [
        "/reclamos/", "/reclamos/?codigo=nada", "/reclamos/?desde=ayer&orden=nada", "/reclamos/tablero/",
        de("codificar", Estado.INGRESADO), f"{de('responder', Estado.EN_TRAMITE)} !",
        f"{de('pedir_completar', Estado.EN_TRAMITE)} !", reverse("reclamos:elevar", args=[apelacion.numero]),
    ]  # fmt: skip
    yield segunda, ["/reclamos/", "/reclamos/tablero/", f"{reverse('reclamos:decidir', args=[otra.numero])} !"]
    yield dar("seguimiento"), [
        "/", "/reclamos/orientaciones/ !", f"/reclamos/nuevo/{empresa.codigo}/ !", "/reclamos/ajustes/",
        "/reclamos/ajustes/materia/ !", "/reclamos/ajustes/materia/suministro/",
    ]  # fmt: skip
