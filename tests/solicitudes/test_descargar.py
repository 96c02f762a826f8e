"""Descargar: all the documents that a profile may read, as one zip whose size was shown."""

import io
import re
import zipfile

import pytest
from django.core.files.base import ContentFile

from portal import muestras
from portal.adjuntos.formato import peso
from portal.cuentas.models import Perfil
from solicitudes.models import Estado
from tests.factories import AdjuntoFactory
from tests.solicitudes.puerta import Puerta, pdf

pytestmark = pytest.mark.usefixtures("detenido", "medios")


def _bajar(p: Puerta, perfil: Perfil) -> dict[str, bytes]:
    """Download the zip: its files; the size that the page said is that of what came."""
    respuesta = p.entrar(perfil).get(p.direccion("descargar"))
    assert respuesta.status_code == 200
    datos = respuesta.getvalue()
    assert len(datos) == int(respuesta["Content-Length"])
    (dicho,) = re.findall(r"Descargar todo \(zip, ([^)]+)\)", p.ver(perfil).texto)
    assert dicho == peso(len(datos))
    assert respuesta["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
        assert paquete.testzip() is None
        return {nombre: paquete.read(nombre) for nombre in paquete.namelist()}


@pytest.fixture
def con_documentos(puerta):
    """A request with what Rosa filed, two files of which have the same name."""

    def _con_documentos(estado: Estado = Estado.PENDIENTE_RESPUESTA, **campos) -> Puerta:
        p = puerta(estado, **campos)
        for tipo, nombre in (("formulario", "foto.jpg"), ("cedula", "cédula ñandú.pdf"), ("otros", "foto.jpg")):
            contenido = muestras.pdf(tipo)
            adjunto = AdjuntoFactory(caso=p.solicitud.caso, tipo=tipo, nombre=nombre, bytes=len(contenido))
            adjunto.archivo.save("x", ContentFile(contenido))
        return p

    return _con_documentos


def test_trae_cada_documento_una_vez(con_documentos, rosa) -> None:
    """S-09: names as given, equal ones told apart, bytes as kept."""
    archivos = _bajar(con_documentos(), rosa)
    assert set(archivos) == {"foto.jpg", "foto (2).jpg", "cédula ñandú.pdf"}
    assert archivos["cédula ñandú.pdf"] == muestras.pdf("cedula")
    assert {archivos["foto.jpg"], archivos["foto (2).jpg"]} == {muestras.pdf("formulario"), muestras.pdf("otros")}


def test_antes_y_despues_de_pagar(con_documentos, rosa, marcos, valentina, auditora) -> None:
    """P-04: for the applicant without the answer until it is released; for company and SEC always with it."""
    p = con_documentos(Estado.PENDIENTE_PAGO)
    propios = {"foto.jpg", "foto (2).jpg", "cédula ñandú.pdf"}
    p.enviar("responder", marcos, respuesta=pdf("respuesta.pdf"))
    assert set(_bajar(p, rosa)) == propios
    for casa in (marcos, valentina, auditora):
        assert set(_bajar(p, casa)) == {*propios, "respuesta.pdf"}
    p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf("pago.pdf"))
    assert set(_bajar(p, rosa)) == {*propios, "pago.pdf"}
    p.enviar("validar_pago", valentina, si="1")
    p.enviar("complementar", marcos, respuesta=pdf("anexo.pdf"))
    for cualquiera in (rosa, marcos, auditora):
        assert set(_bajar(p, cualquiera)) == {*propios, "pago.pdf", "respuesta.pdf", "anexo.pdf"}


def test_sin_documentos_no_hay_zip(puerta, rosa) -> None:
    """S-09: nothing to download is nothing offered."""
    p = puerta()
    assert "Descargar todo" not in p.ver(rosa).texto
    assert p.entrar(rosa).get(p.direccion("descargar")).status_code == 404


def test_quien_puede_descargar(con_documentos, rosa, pedro, marcos, otra_dx, auditora, agente) -> None:
    """S-09, A-12: who sees the request; not yours is as if it did not exist, its files one by one too."""
    p = con_documentos()
    adjuntos = list(p.solicitud.caso.adjuntos.all())
    for perfil, codigo in {rosa: 200, marcos: 200, auditora: 200, pedro: 404, otra_dx: 404, agente: 403}.items():
        navegador = p.entrar(perfil)
        assert navegador.head(p.direccion("descargar")).status_code == codigo
        for adjunto in adjuntos:
            respuesta = navegador.get(f"/adjuntos/{adjunto.pk}/")
            if respuesta.streaming:
                respuesta.getvalue()  # read to its end, it closes its file
            assert respuesta.status_code == (404 if codigo == 403 else codigo)
