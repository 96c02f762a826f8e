"""A desk in Paraguay: two officers, their head, another unit with its own, and who looks from above."""

import pytest

from gestiones.models import Designacion
from portal import reloj
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from tests import factories
from tests.factories import rut


def _persona(cuerpo: int, nombres: str, apellidos: str, unidad: Unidad, funcion: Funcion) -> Perfil:
    usuario = factories.UsuarioFactory(identificador=rut(cuerpo), nombres=nombres, apellidos=apellidos)
    return factories.PerfilFactory(
        usuario=usuario,
        tipo=TipoPerfil.AGENTE,
        distribuidora=unidad.distribuidora,
        unidad=unidad,
        funciones=[funcion],
    )


@pytest.fixture
def atencion(espejo: Distribuidora) -> Unidad:
    """The unit whose clients are attended."""
    return factories.UnidadFactory(distribuidora=espejo, nombre="Atención al Cliente")


@pytest.fixture
def otra_agencia(espejo: Distribuidora) -> Unidad:
    """A unit beside it, not below."""
    return factories.UnidadFactory(distribuidora=espejo, nombre="Agencia Regional Encarnación")


@pytest.fixture
def ramon(atencion: Unidad) -> Perfil:
    """Head of the unit."""
    return _persona(10_200_300, "Ramón", "Giménez Duarte", atencion, Funcion.JEFE_UNIDAD)


@pytest.fixture
def designar(ramon: Perfil):
    """Let an officer attend at a unit, from a year ago."""

    def _designar(funcionario: Perfil, unidad: Unidad, clase: str = "permanente", **fechas) -> Designacion:
        fechas.setdefault("desde", reloj.hoy().replace(year=reloj.hoy().year - 1, day=1))
        return Designacion._base_manager.create(
            unidad=unidad, funcionario=funcionario, clase=clase, definida_por=ramon, **fechas
        )

    return _designar


@pytest.fixture
def nadia(atencion: Unidad, designar) -> Perfil:
    """Officer of the unit, defined as permanent."""
    perfil = _persona(10_200_301, "Nadia", "Benítez Ortiz", atencion, Funcion.AGENTE)
    designar(perfil, atencion)
    return perfil


@pytest.fixture
def teresa(atencion: Unidad, designar) -> Perfil:
    """Another officer of the unit."""
    perfil = _persona(10_200_302, "Teresa", "Rolón Vera", atencion, Funcion.AGENTE)
    designar(perfil, atencion)
    return perfil


@pytest.fixture
def lejana(otra_agencia: Unidad, designar) -> Perfil:
    """Officer of the other unit."""
    perfil = _persona(10_200_303, "Liz", "Acosta Paredes", otra_agencia, Funcion.AGENTE)
    designar(perfil, otra_agencia)
    return perfil


@pytest.fixture
def jefe_lejano(otra_agencia: Unidad) -> Perfil:
    """Head of the other unit."""
    return _persona(10_200_304, "Hugo", "Ayala Rivas", otra_agencia, Funcion.JEFE_UNIDAD)


@pytest.fixture
def lucia(atencion: Unidad) -> Perfil:
    """Control y seguimiento: the whole company, and its mirror."""
    return _persona(10_200_305, "Lucía", "Cáceres Ayala", atencion, Funcion.SEGUIMIENTO)
