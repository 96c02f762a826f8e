"""The cast itself: what the other tests stand on."""

import pytest
from django.db import connection

from portal.cuentas.funciones import Funcion
from solicitudes.models import Estado, Solicitud
from tests.factories import CLAVE, SolicitudFactory, rut


def test_people_are_who_they_say(rosa, marcos, valentina, admin_dx, otra_dx, auditora, jefa_sec, agente, doble, pedro):
    """A-11: each of the cast holds exactly the functions that its name promises."""
    assert [p.funciones for p in (marcos, valentina, admin_dx)] == [
        {Funcion.TRAMITADOR},
        {Funcion.VALIDADOR},
        {Funcion.ADMINISTRADOR_EMPRESA},
    ]
    assert otra_dx.funciones == {Funcion.TRAMITADOR, Funcion.VALIDADOR}
    assert marcos.distribuidora.prefijo + otra_dx.distribuidora.prefijo == "YNV+"
    assert {p.tipo for p in doble.usuario.perfiles.all()} == {"solicitante", "distribuidora"}
    assert rosa.usuario.identificador == "12345678-5"
    assert pedro.usuario.check_password(CLAVE)


def test_check_digits():
    """A-01: the RUTs of the tests carry the digit that modulo 11 gives."""
    assert [rut(n) for n in (16_543_210, 12_345_678, 76_100_000)] == ["16543210-K", "12345678-5", "76100000-4"]


@pytest.mark.parametrize("estado", list(Estado))
def test_a_request_in_any_state(db, todo, distribuidora, rosa, estado):
    """S-14: the factory makes a row that the database accepts in each of the nine states."""
    solicitud = SolicitudFactory(estado=estado, distribuidora=distribuidora, solicitante=rosa)
    assert Solicitud.objects.get(pk=solicitud.pk).estado == estado


@pytest.mark.postgres
def test_the_postgres_marker_means_postgres(db):
    """X-01: what is marked so runs there and nowhere else."""
    assert connection.vendor == "postgresql"
