"""Downloading a spreadsheet, whole or where it broke."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import reloj
from portal.historial.models import Evento
from portal.informes import actions
from portal.informes.models import Informe
from portal.informes.tasks import hacer_informe

pytestmark = pytest.mark.django_db


@pytest.fixture
def informe(marcos) -> Informe:
    pedido = actions.pedir("prueba", {}, por=marcos)
    hacer_informe(str(pedido.pk))
    return Informe.todos().get()


@pytest.fixture
def bajar(entrar, marcos, informe):
    navegador = entrar(marcos)
    url = reverse("informes:descargar", args=[informe.pk])

    respuestas = []

    def _bajar(**encabezados):
        respuestas.append(navegador.get(url, headers=encabezados))
        return respuestas[-1]

    yield _bajar
    for respuesta in respuestas:
        respuesta.close()


@pytest.fixture
def contenido(informe) -> bytes:
    with informe.archivo.open() as archivo:
        return archivo.read()


def cuerpo(respuesta) -> bytes:
    return b"".join(respuesta.streaming_content)


def test_entero(bajar, informe, contenido):
    """X-04: an attachment under its name, never kept by anybody on the way."""
    respuesta = bajar()
    assert (respuesta.status_code, cuerpo(respuesta)) == (200, contenido)
    assert respuesta["Content-Disposition"] == f'attachment; filename="{informe.nombre}"'
    assert respuesta["Content-Length"] == str(len(contenido))
    assert respuesta["Cache-Control"] == "private, no-store"
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("rango", "desde", "hasta"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=10-999999999", 10, None)],
)
def test_por_partes(bajar, contenido, rango, desde, hasta):
    """X-04: a broken download goes on where it stopped."""
    respuesta = bajar(range=rango)
    trozo = contenido[desde:hasta]
    assert (respuesta.status_code, cuerpo(respuesta)) == (206, trozo)
    assert respuesta["Content-Length"] == str(len(trozo))
    primero = desde % len(contenido)
    assert respuesta["Content-Range"] == f"bytes {primero}-{primero + len(trozo) - 1}/{len(contenido)}"


@pytest.mark.parametrize("rango", ["bytes=999999999-", "bytes=50-10", "bytes=-0"])
def test_una_parte_que_no_hay(bajar, contenido, rango):
    """X-04: a part that does not exist is 416 with the true length."""
    respuesta = bajar(range=rango)
    assert (respuesta.status_code, respuesta["Content-Range"]) == (416, f"bytes */{len(contenido)}")
    assert Evento.objects.count() == 0


@pytest.mark.parametrize("rango", ["bytes=0-1,5-6", "lineas=1-2", "bytes=-", "bytes=a-b", "bytes=" + "9" * 40 + "-"])
def test_un_rango_que_no_se_entiende_da_el_archivo(bajar, contenido, rango):
    """X-04: what is not understood is left aside."""
    respuesta = bajar(range=rango)
    assert (respuesta.status_code, cuerpo(respuesta)) == (200, contenido)


def test_si_el_archivo_cambio_va_entero(bajar, contenido):
    """X-04: `If-Range` of another file gets this one whole."""
    etag = bajar()["ETag"]
    assert bajar(**{"range": "bytes=5-", "if-range": etag}).status_code == 206
    assert bajar(**{"range": "bytes=5-", "if-range": '"otro"'}).status_code == 200


def test_cada_descarga_queda_en_el_historial(bajar, informe, marcos):
    """X-04: who took which report is recorded."""
    cuerpo(bajar())
    (evento,) = Evento.objects.filter(hecho="informe_descargado")
    assert (evento.perfil, evento.datos["informe"]) == (marcos, str(informe.pk))


@pytest.mark.parametrize("quien", ["rosa", "otra_dx", "auditora", "jefa_sec"])
def test_para_los_demas_no_existe(entrar, request, informe, quien):
    """A-12: somebody else's report is not found, at any of its addresses."""
    navegador = entrar(request.getfixturevalue(quien))
    for nombre in ("ver", "descargar"):
        assert navegador.get(reverse(f"informes:{nombre}", args=[informe.pk])).status_code == 404


def test_uno_sin_terminar_o_caduco_no_se_baja(bajar, informe):
    """X-04: no half file is ever offered, nor one whose days are over."""
    Informe.todos().update(caduca=reloj.ahora() + timedelta(days=7))
    with reloj.adelantar(days=7):
        assert bajar().status_code == 404
    Informe.todos().update(estado="en_curso")
    assert bajar().status_code == 404


def test_sin_sesion_lleva_a_ingresar(client, informe):
    """A-01: who has not signed in is asked to."""
    assert client.get(reverse("informes:descargar", args=[informe.pk])).status_code == 302
