"""The door by which files leave."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from portal import muestras
from portal.cuentas.ambito import sin_ambito
from portal.documentos.models import Caso
from solicitudes.models import Estado
from tests.factories import SolicitudFactory

pytestmark = pytest.mark.django_db


def direccion(adjunto) -> str:
    return reverse("adjuntos:descargar", args=[adjunto.pk])


def estado(navegador: Client, adjunto) -> int:
    """What the address answers; the file is read to its end, as a server does."""
    respuesta = navegador.get(direccion(adjunto))
    if respuesta.streaming:
        b"".join(respuesta.streaming_content)
    return respuesta.status_code


def sin_ficha(pagina: bytes) -> bytes:
    """The page without what is drawn by lot at each request."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", pagina)


def test_descargar(entrar, rosa, solicitud, colgar) -> None:
    """X-03: the file as it was kept, with headers that let no browser run it, keep it or show it as a page."""
    datos = muestras.pdf("hola")
    adjunto = colgar(solicitud.caso, "Cédula “Ñandú”.pdf", datos=datos)
    respuesta = entrar(rosa).get(direccion(adjunto))
    assert (respuesta.status_code, b"".join(respuesta.streaming_content)) == (200, datos)
    esperadas = {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(datos)),
        "Content-Disposition": "attachment; filename*=utf-8''C%C3%A9dula%20%E2%80%9C%C3%91and%C3%BA%E2%80%9D.pdf",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "X-Frame-Options": "DENY",
    }
    assert {nombre: respuesta.get(nombre) for nombre in esperadas} == esperadas
    assert [nombre for nombre in ("ETag", "Last-Modified") if nombre in respuesta] == []


def test_cabeza(entrar, rosa, solicitud, colgar) -> None:
    """X-03: HEAD tells the size and sends nothing."""
    adjunto = colgar(solicitud.caso)
    respuesta = entrar(rosa).head(direccion(adjunto))
    assert (respuesta.status_code, respuesta["Content-Length"], respuesta.content) == (200, str(adjunto.bytes), b"")


def test_solo_leer(entrar, rosa, solicitud, colgar) -> None:
    """X-03: the address answers to reading alone."""
    assert entrar(rosa).post(direccion(colgar(solicitud.caso))).status_code == 405


def test_ajeno_igual_que_desconocido(entrar, pedro, otra_dx, agente, solicitud, colgar) -> None:
    """A-12: who may not see the case gets what an unknown address gets, to the letter."""
    adjunto = colgar(solicitud.caso)
    for perfil in (pedro, otra_dx, agente):
        navegador = entrar(perfil)
        ajeno = navegador.get(direccion(adjunto))
        desconocido = navegador.get(reverse("adjuntos:descargar", args=[uuid.uuid4()]))
        assert (ajeno.status_code, sin_ficha(ajeno.content)) == (404, sin_ficha(desconocido.content))
        assert set(ajeno.headers) == set(desconocido.headers)


def test_quien_ve_descarga(entrar, rosa, marcos, valentina, auditora, solicitud, colgar) -> None:
    """X-03: applicant, company and SEC read the files of the case."""
    adjunto = colgar(solicitud.caso)
    assert {estado(entrar(p), adjunto) for p in (rosa, marcos, valentina, auditora)} == {200}


def test_sin_sesion(solicitud, colgar) -> None:
    """A-12: without a session one is sent to sign in, also for an address that does not exist."""
    for clave in (colgar(solicitud.caso).pk, uuid.uuid4()):
        respuesta = Client().get(reverse("adjuntos:descargar", args=[clave]))
        assert (respuesta.status_code, respuesta["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_respuesta_retenida(entrar, rosa, marcos, auditora, distribuidora, comuna, colgar) -> None:
    """P-04: a charged answer is out of the applicant's reach until released; company and SEC read it."""
    caso = SolicitudFactory(
        solicitante=rosa, distribuidora=distribuidora, comuna=comuna, estado=Estado.PENDIENTE_PAGO
    ).caso
    respuesta = colgar(caso, "respuesta.pdf", tipo="respuesta")
    assert [estado(entrar(p), respuesta) for p in (rosa, marcos, auditora)] == [403, 200, 200]
    assert entrar(rosa).head(direccion(respuesta)).status_code == 403


def test_borrador(entrar, rosa, pedro, marcos, auditora, colgar) -> None:
    """S-07: the files of a draft are its owner's alone."""
    caso = Caso._base_manager.create(tipo="solicitudes.solicitud", titular=rosa)
    adjunto = colgar(caso)
    assert [estado(entrar(p), adjunto) for p in (rosa, pedro, marcos, auditora)] == [
        200,
        404,
        404,
        404,
    ]


def test_perdido(entrar, rosa, solicitud, colgar) -> None:
    """X-03: a file that is no longer in the storage is a 404, never a 500."""
    adjunto = colgar(solicitud.caso)
    with sin_ambito():
        adjunto.archivo.storage.delete(adjunto.archivo.name)
    assert estado(entrar(rosa), adjunto) == 404


def test_por_nginx(entrar, rosa, solicitud, colgar, settings, carpetas) -> None:
    """X-03: behind nginx the file is sent by it, from a place that the web does not reach, with the same headers."""
    settings.SENDFILE_BACKEND, settings.SENDFILE_ROOT = "django_sendfile.backends.nginx", str(carpetas)
    from django_sendfile.utils import _get_sendfile

    _get_sendfile.cache_clear()
    adjunto = colgar(solicitud.caso)
    respuesta = entrar(rosa).get(direccion(adjunto))
    _get_sendfile.cache_clear()
    assert (respuesta["X-Accel-Redirect"], respuesta.content) == (f"/privado/adjuntos/{adjunto.archivo.name}", b"")
    assert respuesta["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert respuesta["Content-Disposition"] == 'attachment; filename="poder.pdf"'


def test_consultas(entrar, rosa, solicitud, colgar, django_assert_max_num_queries) -> None:
    """X-03: a download asks the database for the session, the profile, the file and its document, no more."""
    navegador, adjunto = entrar(rosa), colgar(solicitud.caso)
    estado(navegador, adjunto)  # with Redis the session itself costs one less
    with django_assert_max_num_queries(8):
        estado(navegador, adjunto)
