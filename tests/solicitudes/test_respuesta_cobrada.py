"""P-04: a charged answer is out of the applicant's reach before the validation; the houses always read it."""

import io
import zipfile

import pytest
from django.core import mail

from portal.adjuntos.models import Adjunto
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import Puerta, pdf

pytestmark = pytest.mark.usefixtures("detenido", "medios")
PALABRAS = "Las condiciones son estas."
COBRO = {
    "con_cobro": "on",
    "cobro-monto": "38.500",
    "cobro-concepto": "Estudio",
    "cobro-vence": "2026-12-18",
}


def _bytes(adjunto: Adjunto) -> bytes:
    with adjunto.archivo.open("rb") as archivo:
        return archivo.read()


def _nada_sale(p: Puerta, rosa, pedro, otra_dx, casas) -> None:
    """Assert that neither words nor file reach the applicant or a stranger, and that the houses read them."""
    respuesta = p.solicitud.caso.adjuntos.get(tipo="respuesta")
    archivo = f"/adjuntos/{respuesta.pk}/"
    navegador = p.entrar(rosa)
    for nombre in ("ver", "imprimir"):
        pagina = p.abrir(nombre, rosa)
        for secreto in (PALABRAS, "condiciones.pdf", str(respuesta.pk), respuesta.sha256):
            assert secreto not in pagina.texto, (nombre, secreto)
    assert PALABRAS not in navegador.get("/").text
    for metodo in (navegador.get, navegador.head):
        assert metodo(archivo).status_code == 403
    assert b"%PDF" not in navegador.get(archivo).content
    zip_suyo = navegador.get(p.direccion("descargar"))
    if zip_suyo.status_code == 200:
        nombres = zipfile.ZipFile(io.BytesIO(zip_suyo.getvalue())).namelist()
        assert "condiciones.pdf" not in nombres
    for extrano in (pedro, otra_dx):
        assert p.entrar(extrano).get(archivo).status_code == 404
    for aviso in Aviso.todos().prefetch_related("adjuntos"):
        assert respuesta not in aviso.adjuntos.all()
        assert PALABRAS not in aviso.texto + aviso.html + aviso.asunto
    for mensaje in mail.outbox:
        assert "condiciones.pdf" not in [nombre for nombre, _, _ in mensaje.attachments]
        assert PALABRAS not in mensaje.body
    for casa in casas:
        assert p.entrar(casa).get(archivo).getvalue() == _bytes(respuesta)
        assert PALABRAS in p.ver(casa).texto
        del_zip = zipfile.ZipFile(io.BytesIO(p.entrar(casa).get(p.direccion("descargar")).getvalue()))
        assert "condiciones.pdf" in del_zip.namelist()


def _sale(p: Puerta, rosa) -> None:
    """Assert that the applicant reads it on the page, by its address, in the zip, and that both mails brought it."""
    respuesta = p.solicitud.caso.adjuntos.get(tipo="respuesta")
    assert PALABRAS in p.ver(rosa).texto
    assert p.entrar(rosa).get(f"/adjuntos/{respuesta.pk}/").getvalue() == _bytes(respuesta)
    del_zip = zipfile.ZipFile(io.BytesIO(p.entrar(rosa).get(p.direccion("descargar")).getvalue()))
    assert "condiciones.pdf" in del_zip.namelist()
    con_respuesta = [m for m in mail.outbox if "condiciones.pdf" in [nombre for nombre, _, _ in m.attachments]]
    assert sorted(m.to[0] for m in con_respuesta) == ["jorge@correo.example", rosa.usuario.email]
    assert all(PALABRAS in m.body for m in con_respuesta)


@pytest.fixture
def paso(puerta, django_capture_on_commit_callbacks):
    """Do a step with its mails sent."""

    def _paso(p: Puerta, operacion: str, perfil, **datos) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            pagina = p.enviar(operacion, perfil, **datos)
        assert pagina.camino == [p.direccion("ver")], pagina.resumen

    return _paso


@pytest.mark.parametrize("antes", [True, False], ids=["cobrada al responder", "respondida con el pago abierto"])
def test_hasta_la_validacion_no_sale(
    puerta, paso, marcos, valentina, rosa, pedro, otra_dx, auditora, jefa_sec, antes
) -> None:
    """P-04: after each step up to the validation: page, paper, address, zip, mail, history, additional address."""
    p = puerta()
    casas = (marcos, valentina, auditora, jefa_sec)
    respuesta = {"respuesta": pdf("condiciones.pdf"), "comentarios": PALABRAS}
    if antes:
        paso(p, "responder", marcos, **respuesta, **COBRO, **{"cobro-cupon": pdf("cupon.pdf")})
    else:
        paso(p, "cobrar", marcos, monto="38500", concepto="Estudio", vence="2026-12-18", cupon=pdf("cupon.pdf"))
        paso(p, "responder", marcos, **respuesta)
    _nada_sale(p, rosa, pedro, otra_dx, casas)
    for intento in ("uno.pdf", "dos.pdf"):
        paso(p, "pagar", rosa, medio="transferencia", comprobante=pdf(intento))
        _nada_sale(p, rosa, pedro, otra_dx, casas)
        if intento == "uno.pdf":
            paso(p, "rechazar_pago", valentina, comentario="No se lee.")
            _nada_sale(p, rosa, pedro, otra_dx, casas)
    paso(p, "numerar", marcos, numero_solicitud="2026-1")
    _nada_sale(p, rosa, pedro, otra_dx, casas)
    paso(p, "validar_pago", valentina, si="1")
    assert p.releer().estado == Estado.RESPONDIDO
    _sale(p, rosa)
    for extrano in (pedro, otra_dx):
        adjunto = p.solicitud.caso.adjuntos.get(tipo="respuesta")
        assert p.entrar(extrano).get(f"/adjuntos/{adjunto.pk}/").status_code == 404


def test_al_retirar_el_cobro_sale(puerta, paso, marcos, rosa) -> None:
    """P-04: what is not charged any more is not kept back."""
    p = puerta()
    paso(
        p,
        "responder",
        marcos,
        respuesta=pdf("condiciones.pdf"),
        comentarios=PALABRAS,
        **COBRO,
        **{"cobro-cupon": pdf("cupon.pdf")},
    )
    paso(p, "retirar_cobro", marcos, comentario="Cortesía.")
    _sale(p, rosa)


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PENDIENTE_VALIDACION, Estado.PAGO_RECHAZADO])
def test_anulada_sin_pagar_no_sale(puerta, paso, marcos, jefa_sec, rosa, pedro, otra_dx, auditora, estado) -> None:
    """P-04, R-05: an annulment is no way to get it either."""
    p = puerta(estado)
    for adjunto in p.solicitud.caso.adjuntos.all():
        adjunto.archivo.save("x", pdf())
    paso(p, "responder", marcos, respuesta=pdf("condiciones.pdf"), comentarios=PALABRAS)
    paso(p, "anular", jefa_sec, comentario="Error.")
    _nada_sale(p, rosa, pedro, otra_dx, (marcos, auditora))


def test_el_cupon_y_los_comprobantes_si_se_leen(puerta, paso, marcos, rosa) -> None:
    """P-01, P-04: what is needed to pay is not the answer."""
    p = puerta()
    paso(
        p,
        "responder",
        marcos,
        respuesta=pdf("condiciones.pdf"),
        **COBRO,
        **{"cobro-cupon": pdf("cupon.pdf")},
    )
    cupon = p.solicitud.caso.adjuntos.get(tipo="cupon")
    assert f"/adjuntos/{cupon.pk}/" in p.ver(rosa).descargables
    assert p.entrar(rosa).get(f"/adjuntos/{cupon.pk}/").getvalue() == _bytes(cupon)
