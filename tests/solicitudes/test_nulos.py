"""A character that no keyboard has, in every field of every form of requests: a sentence, never an error of ours."""

import uuid

import pytest
from django.urls import reverse

from portal.adjuntos.models import Guardado
from solicitudes.models import Estado
from tests.solicitudes.puerta import pdf

pytestmark = pytest.mark.usefixtures("detenido", "medios")
CAMPOS = {
    "responder": ["numero_solicitud", "comentarios", "respuesta-guardado", "con_cobro", "cobro-monto", "cobro-vence"],
    "cobrar": ["monto", "concepto", "vence", "comentario", "cupon-guardado"],
    "complementar": ["comentarios", "respuesta-guardado"],
    "numerar": ["numero_solicitud"],
    "retirar_cobro": ["comentario"],
    "rechazar_pago": ["comentario"],
    "anular": ["comentario"],
    "desistir": ["comentario"],
    "pagar": ["medio", "comprobante-guardado"],
}
QUIEN = {"rechazar_pago": "valentina", "anular": "jefa_sec", "desistir": "rosa", "pagar": "rosa"}


@pytest.mark.parametrize(("operacion", "campo"), [(o, c) for o, campos in CAMPOS.items() for c in campos])
def test_en_cada_campo_de_cada_operacion(puerta, request, operacion, campo) -> None:
    """S-10 to S-12, P-01 to P-03, R-05: 200, on the form."""
    p = puerta(Estado.PENDIENTE_PAGO if operacion in ("pagar", "retirar_cobro") else Estado.PENDIENTE_RESPUESTA)
    perfil = request.getfixturevalue(QUIEN.get(operacion, "marcos"))
    pagina = p.enviar(operacion, perfil, **{campo: "a\x00b", "con_cobro": "on"})
    assert (pagina.codigo, pagina.camino) == (200, [])


@pytest.mark.parametrize(
    "campo",
    [
        "distribuidora",
        "sin_cliente",
        "numero_cliente",
        "factibilidad",
        "region",
        "comuna",
        "correo_adicional",
        "actua_por_otro",
        "accion",
    ],
)
@pytest.mark.parametrize("accion", ["grabar", "guardar", "quitar:a\x00"])
def test_en_cada_campo_de_un_envio(entrar, todo, rosa, comuna, distribuidora, campo, accion) -> None:
    """S-03, S-08: kept or refused, and the draft opens again."""
    direccion = reverse("solicitudes:borrador", args=["conexion", uuid.uuid4()])
    navegador = entrar(rosa)
    assert navegador.post(direccion, {"accion": accion, campo: "a\x00b"}).status_code in (200, 302)
    assert navegador.get(direccion).status_code == 200


def test_en_el_nombre_de_un_archivo(puerta, marcos) -> None:
    """S-07: the name is cleaned."""
    p = puerta()
    archivo = pdf("a.pdf")
    archivo._name = "a\x00b.pdf"
    pagina = p.enviar("responder", marcos, respuesta=archivo)
    assert (pagina.codigo, Guardado.objects.count()) == (200, 0)
