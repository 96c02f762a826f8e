"""The accounts of the demonstration: in the README, by the command, and able to sign in."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.demo import CLAVE, CUENTAS, sembrar_cuentas
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.entorno import RAIZ


def _por_comando() -> list[dict]:
    salida = StringIO()
    call_command("cuentas_demo", "--json", stdout=salida)
    return json.loads(salida.getvalue())


def test_el_readme_y_el_comando_dicen_lo_mismo():
    """A-11: every account that the command gives stands in the README's table, with its RUT."""
    readme = (RAIZ / "README.md").read_text()
    assert [c["rut"] for c in _por_comando() if f"| {c['perfil']} | {c['rut']} | {c['nombre']} |" not in readme] == []
    assert f"`{CLAVE}`" in readme


def test_hay_una_para_cada_perfil_y_funcion():
    """A-11: nobody's work is left without somebody to try it as."""
    assert {c.tipo for c in CUENTAS} == set(TipoPerfil)
    assert {f for c in CUENTAS for f in c.funciones} == set(Funcion)


@pytest.mark.django_db
def test_todas_ingresan():
    """A-01: each one signs in through the page with its profile, RUT and password."""
    call_command("cargar_datos", stdout=StringIO())
    with sin_ambito():
        sembrar_cuentas()
    for cuenta in CUENTAS:
        navegador = Client(REMOTE_ADDR=f"127.0.1.{CUENTAS.index(cuenta) + 1}")
        datos = {"perfil": cuenta.tipo.value, "login": cuenta.rut, "password": CLAVE}
        assert navegador.post("/ingresar/", datos).status_code == 302, cuenta
        assert navegador.get("/", follow=True).status_code == 200, cuenta
