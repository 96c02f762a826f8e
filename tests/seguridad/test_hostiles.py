"""Hostile text in every field of every form: nothing breaks, nothing runs, nothing is cut in silence."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from portal.avisos import envio
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como
from portal.informes import libro
from portal.informes.registro import reporte
from solicitudes.models import Estado
from tests.seguridad.casos import deshecho, foto, leida, mandar
from tests.seguridad.direcciones import juntar
from tests.seguridad.hostiles import EJECUTADO, HOSTILES
from tests.seguridad.test_campos_de_mas import ACTOR

DE_LA_PAGINA = {  # fields that the successful form leaves out
    "solicitudes:borrador": (
        "distribuidora", "sin_cliente", "factibilidad", "region", "comuna", "correo_adicional", "actua_por_otro",
    ),
    "solicitudes:responder": ("con_cobro", "cobro-monto", "cobro-concepto", "cobro-vence", "cobro-cupon-guardado"),
    "solicitudes:comunicacion": ("archivo-guardado",),
    "acceso:cerrar_sesiones": ("sesion",),
    "account_login": ("next",),
    "account_signup": ("instalador_sec", "altcha"),
    "account_reset_password": ("altcha",),
    "acceso:reenviar": ("altcha",),
}  # fmt: skip
GUARDADOS = {"numero_solicitud", "comentarios", "comentario", "concepto", "nombres", "apellidos", "numero_cliente"}


def _visible(texto: str) -> str:
    """What a field keeps: without spaces around, line ends as one character."""
    return texto.replace("\r\n", "\n").replace("\0", "").strip()


def _guardado(texto: str) -> bool:
    """Whether the database has it whole somewhere."""
    celdas = (v for filas in foto().values() for fila in filas for v in fila)
    return any(texto in str(v) for celda in celdas for v in (celda.values() if isinstance(celda, dict) else [celda]))


@pytest.mark.parametrize("direccion", ACTOR)
def test_every_field(direccion, mundo, navegador_de):
    """X-07, S-11: each hostile string in each field is kept whole or refused; nothing runs, nothing breaks."""
    actor = ACTOR[direccion]
    navegador = navegador_de(actor)
    navegador.raise_request_exception = False
    de_mas = DE_LA_PAGINA | juntar("DE_LA_PAGINA")
    campos = [*mundo.pedido(direccion, actor).datos, *de_mas.get(direccion, ())]
    fallas = {}
    for campo in campos:
        pedido = mundo.pedido(direccion, actor)
        if pedido.antes:
            navegador.get(pedido.antes)
        for nombre, hostil in HOSTILES.items():
            con_cobro = {"con_cobro": "on"} if campo.startswith("cobro-") else {}
            with deshecho():
                pedido.datos = pedido.datos | con_cobro
                respuesta = leida(navegador.post(pedido.ruta, pedido.datos | {campo: hostil}))
                if falla := _falla(respuesta, campo, hostil):
                    fallas[campo, nombre] = falla
    assert fallas == {}


def _falla(respuesta, campo: str, hostil: str) -> str:
    if respuesta.status_code not in (200, 302, 400, 404, 410, 429):
        return str(respuesta.status_code)
    texto = respuesta.cuerpo.decode()
    if corrido := [e for e in EJECUTADO if e in texto]:
        return f"se ejecutó: {corrido}"
    if "\n" in respuesta.headers.get("Location", ""):
        return "cabecera partida"
    if campo in GUARDADOS and respuesta.status_code == 302:
        entero = not _visible(hostil) or _guardado(_visible(hostil)) or _guardado(hostil.strip())
        return "" if entero else "se perdió o se cortó"
    if campo in GUARDADOS and 'aria-invalid="true"' not in texto:
        return "ni guardado ni rechazado"
    return ""


@pytest.mark.parametrize(
    ("pagina", "actor"),
    [
        ("inicio", "solicitante"),
        ("solicitudes:bandeja", "tramitador"),
        ("solicitudes:bandeja", "administrador_sec"),
        ("solicitudes:reporte", "administrador_sec"),
        ("solicitudes:sabana", "administrador_sec"),
        ("solicitudes:comunicacion", "tramitador"),
        ("avisos:lista", "administrador_sec"),
        ("informes:lista", "tramitador"),
        ("apariencia", "anonimo"),
        ("account_login", "anonimo"),
    ],
)
def test_every_filter(pagina, actor, mundo, navegador_de):
    """S-02, X-07: hostile text in the address is shown as text or refused; nothing runs or breaks."""
    mundo.en_estado(), mundo.aviso(mundo.rosa)
    navegador = navegador_de(actor)
    navegador.raise_request_exception = False
    campos = (
        "solicitud", "folio", "cliente", "formulario", "estado", "empresa", "desde", "hasta", "vencidas", "por_vencer",
        "orden", "tamano", "p", "para", "next", "volver", "cualquiera",
    )  # fmt: skip
    preguntas = [dict.fromkeys(campos, hostil[:2000]) for hostil in HOSTILES.values()]
    preguntas += [{campo: HOSTILES[n]} for campo in campos for n in ("sql", "script", "plantilla", "nulo")]
    preguntas += [
        {campo: raro}
        for campo in ("p", "tamano", "empresa", "desde")
        for raro in ("0", "-1", "9" * 18, "9" * 30, "9" * 5000, "1.5", "0x10", "١", "2026-02-30", "0001-01-01", "NaN")
    ]
    fallas = []
    for pregunta in preguntas:
        respuesta = leida(navegador.get(reverse(pagina), pregunta))
        if falla := _falla(respuesta, "", ""):
            fallas.append((str(pregunta)[:80], falla))
    assert fallas == []


@pytest.mark.parametrize("nombre", [n for n in HOSTILES if n not in ("larga", "vacio", "solo_invisibles", "nulo")])
def test_what_was_kept_is_shown_as_text(nombre, mundo, navegador_de):
    """S-09, X-02, X-04: text that people typed is text on every page, in every mail and in every cell."""
    hostil = HOSTILES[nombre]
    numero = " ".join(hostil.split())[:40].strip()
    solicitud = mundo.en_estado(Estado.PENDIENTE_PAGO, numero_cliente=numero, numero_solicitud=numero)
    rosa = mundo.rosa.usuario
    rosa.nombres, rosa.apellidos = hostil[:80], hostil[:80]
    rosa.save()
    for direccion, actor in (("numerar", "tramitador"), ("retirar_cobro", "tramitador"), ("responder", "tramitador")):
        datos = mundo.formulario(direccion, mundo.actores[actor])
        datos |= {c: hostil[:250] for c in ("comentario", "comentarios") if c in datos}
        ruta = reverse(f"solicitudes:{direccion}", args=[solicitud.folio])
        assert navegador_de(actor).post(ruta, datos).status_code == 302, direccion
    destino = reverse("solicitudes:comunicacion")
    datos = {"folio": solicitud.folio, "confirmado": solicitud.folio, "comentario": hostil[:250]}
    assert navegador_de("tramitador").post(destino, datos).status_code == 302
    for actor, pagina in (
        ("solicitante", solicitud.get_absolute_url()),
        ("tramitador", reverse("solicitudes:imprimir", args=[solicitud.folio])),
        ("administrador_sec", solicitud.get_absolute_url()),
        ("administrador_sec", reverse("solicitudes:bandeja")),
        ("administrador_sec", reverse("avisos:lista")),
        ("solicitante", reverse("inicio")),
        ("solicitante", reverse("acceso:perfil")),
    ):
        texto = leida(navegador_de(actor).get(pagina)).cuerpo.decode()
        assert [e for e in EJECUTADO if e in texto] == [], pagina
    for aviso in Aviso._base_manager.all():
        assert [e for e in EJECUTADO if e in aviso.html] == []
        assert not re.search(r"[\r\n\x00]", aviso.asunto)
        assert "malo.example" not in aviso.para


def test_cells_are_text(mundo, tmp_path):
    """X-04: no hostile string becomes a formula in the Reporte; each is in its cell as it was typed."""
    numeros = sorted({" ".join(h.split())[:40].strip() for h in HOSTILES.values()} - {""})
    limpios = [n for n in numeros if not re.search(r"[\x00-\x1f\x85\u2028\u2029]", n)]
    for numero in limpios:
        mundo.en_estado(numero_cliente=numero, numero_solicitud=numero)
    clase, perfil = reporte("solicitudes"), mundo.actores["administrador_sec"]
    with como(perfil):
        libro.escribir(tmp_path / "r.xlsx", clase.titulo, clase.columnas, clase.filas(perfil, {}))
    hoja = openpyxl.load_workbook(io.BytesIO((tmp_path / "r.xlsx").read_bytes())).active
    celdas = [fila[1] for fila in hoja.iter_rows(min_row=2) if fila[1].value is not None]
    assert {c.data_type for c in celdas} <= {"s", "inlineStr"}
    assert sorted(str(c.value) for c in celdas) == limpios


def test_a_break_in_a_header(mundo, navegador_de):
    """X-02: a name with line ends cannot write a header of the mail."""
    rosa = mundo.rosa.usuario
    rosa.nombres = HOSTILES["cabecera"][:80]
    rosa.save()
    mandar(navegador_de("anonimo"), "POST", mundo.pedido("account_reset_password", "anonimo"))
    aviso = Aviso._base_manager.latest("pk")
    assert "\n" not in aviso.asunto
    mensaje = envio._componer(aviso).message()
    assert (mensaje["Bcc"], mensaje["To"]) == (None, aviso.para)
