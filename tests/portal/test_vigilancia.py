"""What the log says of slow queries, and who is written to when something fails inside."""

import logging
import sys

import pytest
from django.core import mail
from django.db import connection

from portal import registro
from portal.cuentas.models import Usuario
from portal.registro import ErroresPorCorreo


@pytest.fixture
def manejador():
    """Writes to one address, in the format of the log; its threads are waited for by `escrito`."""
    configuracion = registro.configuracion(json=True, nivel="INFO", errores_a=["turno@sec.example"])
    assert configuracion["root"]["handlers"] == ["consola", "errores"]
    formato = configuracion["formatters"]["registro"]
    nuevo = ErroresPorCorreo(configuracion["handlers"]["errores"]["para"])
    nuevo.setFormatter(formato["()"](foreign_pre_chain=formato["foreign_pre_chain"], processors=formato["processors"]))
    return nuevo


def _fallar(manejador, linea: int = 7) -> None:
    try:
        raise ValueError("no sirve 12.345.678-5 ni rosa@correo.example")
    except ValueError:
        manejador.handle(logging.LogRecord("portal", logging.ERROR, "x.py", linea, "falló", (), sys.exc_info()))


def _esperar_los_hilos() -> None:
    import threading

    for hilo in threading.enumerate():
        if "_enviar" in hilo.name:
            hilo.join(5)


def test_an_error_is_written_about_without_people(manejador):
    """X-07: the mail says what the log says, with nobody's identifier or address."""
    _fallar(manejador)
    _esperar_los_hilos()
    (correo,) = mail.outbox
    assert (correo.to, correo.subject) == (["turno@sec.example"], "[Ventanilla] ERROR")
    assert "ValueError" in correo.body
    assert "12.345.678-5" not in correo.body
    assert "rosa@" not in correo.body


def test_the_same_error_is_said_once(manejador):
    """X-07: a fault that repeats a hundred times is one mail; another fault is another."""
    for _ in range(100):
        _fallar(manejador)
    _fallar(manejador, linea=8)
    _esperar_los_hilos()
    assert len(mail.outbox) == 2


def test_nobody_is_written_to_unless_told():
    """X-07: without addresses there is the log alone."""
    assert registro.configuracion(json=True, nivel="INFO")["root"]["handlers"] == ["consola"]


@pytest.mark.django_db
@pytest.mark.parametrize(("limite", "se_dice"), [(0.0001, True), (60_000, False)])
def test_a_slow_query_is_said_without_its_values(settings, caplog, limite, se_dice):
    """X-07: over the threshold the text of a query stands in the log, without what was asked for."""
    settings.MS_CONSULTA_LENTA = limite
    with caplog.at_level(logging.WARNING, logger="portal.consultas"):
        assert not Usuario.objects.filter(email="rosa@correo.example").exists()
    dicho = [r.getMessage() for r in caplog.records if r.name == "portal.consultas"]
    assert bool(dicho) is se_dice
    assert not any("rosa@" in linea for linea in dicho)
    assert connection.execute_wrappers.count(_medida()) == 1


def _medida():
    from portal.consultas import _medir

    return _medir
