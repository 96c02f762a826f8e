"""People whom the tests of users add to the cast."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from portal import reloj
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Asignacion, Perfil
from portal.historial import resumenes
from portal.historial.models import registrar
from tests import factories
from tests.factories import rut


@pytest.fixture
def otro_jefe(db) -> Perfil:
    """Another SEC administrador, RUT 15666777-8."""
    usuario = factories.UsuarioFactory(identificador=rut(15_666_777), nombres="Óscar", apellidos="Leal Soto")
    perfil = Perfil.objects.create(usuario=usuario, tipo=TipoPerfil.SEC)
    Asignacion.objects.create(perfil=perfil, grupo=Group.objects.get(name=Funcion.ADMINISTRADOR_SEC))
    return perfil


@pytest.fixture
def invitada(distribuidora, jefa_sec) -> Perfil:
    """A tramitadora of company 1 who has not opened her invitation, RUT 16777888-4."""
    from portal.acceso.usuarios import actions

    return actions.crear(
        por=jefa_sec,
        rut=rut(16_777_888),
        tipo=TipoPerfil.DISTRIBUIDORA,
        nombres="Inés",
        apellidos="Vidal Mora",
        email="ines@empresa.example",
        distribuidora=distribuidora,
        funciones=[Funcion.TRAMITADOR],
    )


@pytest.fixture
def tres_dias_de_historial(marcos) -> None:
    """Three days that are over, digested."""
    for dias in (3, 2, 1):
        with reloj.detener(reloj.ahora() - timedelta(days=dias)):
            registrar(None, "sesion_iniciada", por=marcos)
    resumenes.resumir()
