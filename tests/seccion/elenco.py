"""The section's people: two who follow up, the committee, the head of a unit, and somebody of another company."""

import pytest

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.sgc.models import Cliente, Suministro
from tests import factories
from tests.factories import rut


def _agente(cuerpo: int, nombres: str, apellidos: str, empresa: Distribuidora, *funciones: Funcion, **mas) -> Perfil:
    usuario = factories.UsuarioFactory(identificador=rut(cuerpo), nombres=nombres, apellidos=apellidos)
    return factories.PerfilFactory(
        usuario=usuario, tipo=TipoPerfil.AGENTE, distribuidora=empresa, funciones=list(funciones), **mas
    )


@pytest.fixture
def seguidora(distribuidora: Distribuidora) -> Perfil:
    """Control y seguimiento of company 1."""
    return _agente(19_111_222, "Lucía", "Seguí Paz", distribuidora, Funcion.SEGUIMIENTO)


@pytest.fixture
def otra_seguidora(distribuidora: Distribuidora) -> Perfil:
    """A second person with the same function, company 1."""
    return _agente(19_222_333, "Estela", "Godoy Mar", distribuidora, Funcion.SEGUIMIENTO)


@pytest.fixture
def seguidora_ajena(otra_distribuidora: Distribuidora) -> Perfil:
    """Control y seguimiento of company 2."""
    return _agente(19_333_444, "Ana", "Lejos Sur", otra_distribuidora, Funcion.SEGUIMIENTO)


@pytest.fixture
def miembro_comite(distribuidora: Distribuidora) -> Perfil:
    """Comité of company 1."""
    return _agente(19_444_555, "Óscar", "Villalba Paz", distribuidora, Funcion.COMITE)


@pytest.fixture
def jefe_de_ot(unidad: Unidad) -> Perfil:
    """Head of Oficina Centro, company 1."""
    return _agente(19_555_666, "Ramón", "Giménez Sol", unidad.distribuidora, Funcion.JEFE_UNIDAD, unidad=unidad)


@pytest.fixture
def suministro(distribuidora: Distribuidora) -> Suministro:
    """NIS 2210733 of company 1, Baja Tensión."""
    cliente = Cliente._base_manager.create(
        distribuidora=distribuidora, tipo_documento="rut", documento="12345678-5", nombre="Eusebia Benítez"
    )
    return Suministro._base_manager.create(
        distribuidora=distribuidora, nis="2210733", tension="BT", titular=cliente, direccion="Ytororó 845"
    )
