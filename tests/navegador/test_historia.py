"""The story of the demonstration, told in the browser: every profile, with scripts and without."""

import os

import pytest
from django.core.management import call_command

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.demo import sembrar_cuentas
from portal.management.commands.datos_demo import de_las_apps
from tests.demo.partes import PARTES

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("parte", PARTES, ids=lambda parte: parte.__name__)
@pytest.mark.parametrize("js", [True, False], ids=["con-javascript", "sin-javascript"])
def test_historia(js, parte, ventana, buzon, tmp_path):
    """X-09, S-04, S-10, P-04, R-05: from registration to annulment, by applicant, company, validator and regulator."""
    call_command("cargar_datos", "--demostracion", verbosity=0)
    with sin_ambito():
        perfiles = sembrar_cuentas()
        for demo in de_las_apps():
            demo.preparar(perfiles)
    parte(tmp_path, buzon, lambda: ventana(js=js)).contar()
