"""R-08: the SEC looks for what happened."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.historial.models import Evento, registrar
from portal.informes.registro import reporte

pytestmark = pytest.mark.django_db


def _frases(navegador, consulta: str = "") -> list[str]:
    return [fila["frase"] for fila in navegador.get(f"/historial/?{consulta}").context["registro"].filas]


@pytest.fixture
def hechos(rosa, marcos, auditora):
    """One event of each of three people."""
    registrar(None, "sesion_iniciada", por=rosa)
    registrar(None, "clave_cambiada", por=marcos)
    registrar(None, "perfil_cambiado", por=auditora, comentario="con palabras")


def test_filters(entrar, auditora, hechos):
    """R-08: by who (RUT or name), profile, fact, day; each alone."""
    navegador = entrar(auditora)
    assert _frases(navegador) == ["Cambió de perfil", "Cambió su contraseña", "Ingresó"]
    assert _frases(navegador, "quien=12.345.678-5") == ["Ingresó"]
    assert _frases(navegador, "quien=marcos+ibarra") == ["Cambió su contraseña"]
    assert _frases(navegador, "como=sec") == ["Cambió de perfil"]
    assert _frases(navegador, "hecho=sesion_iniciada") == ["Ingresó"]
    assert _frases(navegador, "hasta=2020-01-01") == []
    assert "No se encontró ningún resultado" in navegador.get("/historial/?quien=nadie").content.decode()


def test_bad_filters_are_said(entrar, auditora, hechos):
    """X-07: what makes no sense is said and left out."""
    navegador = entrar(auditora)
    for consulta in ("desde=ayer", "hecho=nada", "como=rey"):
        respuesta = navegador.get(f"/historial/?{consulta}&orden=x&p=0")
        assert respuesta.status_code == 200
        assert "los dejamos fuera" in respuesta.content.decode()


def test_the_address_comes_with_every_event(entrar, marcos, auditora):
    """R-08: from where, of whatever is done in a request, without anybody passing it on."""
    entrar(marcos).post("/perfil/solicitante/", REMOTE_ADDR="203.0.113.7")
    assert Evento.objects.latest("pk").desde == "203.0.113.7"
    assert _frases(entrar(auditora), "direccion=203.0.113") == ["Activó su perfil de Solicitante"]


def test_outside_of_a_request_there_is_no_address(marcos):
    """R-08: tasks and commands come from nowhere."""
    assert registrar(None, "sesion_iniciada", por=marcos).desde is None


def test_queries_do_not_grow(entrar, auditora, hechos, rosa):
    """X-07: as many for one row as for many."""
    navegador = entrar(auditora)
    navegador.get("/historial/?tamano=100")
    with CaptureQueriesContext(
        connection,
    ) as pocas:
        navegador.get("/historial/?tamano=100")
    for _ in range(30):
        registrar(None, "sesion_iniciada", por=rosa, comentario="x")
    with CaptureQueriesContext(connection) as muchas:
        navegador.get("/historial/?tamano=100")
    assert len(muchas) == len(pocas)


def test_the_signed_days(entrar, auditora, tres_dias):
    """R-08: the page checks the days it shows."""
    html = entrar(auditora).get("/historial/resumenes/").content.decode()
    assert html.count("Íntegro") == 3
    registro = entrar(auditora).get("/historial/").content.decode()
    assert "Los días hasta el 12-11-2026" in registro


def test_the_spreadsheet_is_what_is_shown(auditora, hechos):
    """R-08: the Excel has the filter in force, and the words that were written."""
    excel = reporte("historial")
    filas = list(excel.filas(auditora, {"como": "sec"}))
    assert [(fila[2], fila[3], fila[7]) for fila in filas] == [
        ("Cambió de perfil", "Carla Núñez Vera, SEC", "con palabras")
    ]
    assert excel.total(auditora, {"como": "sec"}) == 1
