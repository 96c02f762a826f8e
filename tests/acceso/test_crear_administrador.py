"""The command that makes the first administrator of the SEC."""

import pytest
from django.core.management import CommandError, call_command

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Usuario
from tests.factories import CLAVE

DATOS = {"rut": "20.123.123-k", "nombres": "Ema", "apellidos": "Ríos", "email": "ema@sec.example"}


def crear(monkeypatch, clave=CLAVE, **datos):
    monkeypatch.setenv("ADMINISTRADOR_CLAVE", clave)
    call_command("crear_administrador", **datos, no_preguntar=True)


def test_creates(db, monkeypatch, capsys):
    """R-06: a person with the profile SEC and the function administrador, who can sign in."""
    crear(monkeypatch, **DATOS)
    usuario = Usuario.objects.get(identificador="20123123-K")
    assert usuario.check_password(CLAVE)
    assert usuario.perfiles.get(tipo="sec").funciones == {Funcion.ADMINISTRADOR_SEC}
    assert "20.123.123-K, Ema Ríos" in capsys.readouterr().out


def test_promotes_and_may_be_repeated(rosa, monkeypatch):
    """R-06: who has an account keeps password and data, and becomes administrator, once."""
    for _ in range(2):
        crear(monkeypatch, rut=rosa.usuario.identificador)
    usuario = Usuario.objects.get(pk=rosa.usuario_id)
    assert (usuario.nombres, usuario.check_password(CLAVE)) == ("Rosa", True)
    assert usuario.perfiles.get(tipo="sec").asignaciones.count() == 1


def test_from_the_environment(db, monkeypatch):
    """R-06: without arguments, for a container."""
    for dato, valor in DATOS.items():
        monkeypatch.setenv(f"ADMINISTRADOR_{dato.upper()}", valor)
    crear(monkeypatch)
    assert Usuario.objects.get().email == "ema@sec.example"


def test_everything_wrong_is_said_by_name(db, monkeypatch):
    """R-06: all of it at once, and nobody is created."""
    with pytest.raises(CommandError) as error:
        crear(monkeypatch, clave="12345678", rut="1-1", nombres="", apellidos="Ríos", email="mal")
    lineas = str(error.value).splitlines()
    assert [linea.split(":")[0].strip(" -") for linea in lineas[1:]] == ["rut", "nombres", "email", "clave"]
    assert Usuario.objects.count() == 0
