"""Many at once on real threads: each correlativo once and none missing, one open record of a kind (I-01, I-02)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from inoperatividad.actions import registro as actions
from inoperatividad.models import Registro
from portal.cuentas.ambito import como
from portal.documentos.models import Contador
from tests.factories import UnidadFactory
from tests.solicitudes.test_concurrencia import _conexiones, a_la_vez

__all__ = ["_conexiones"]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TRAMITES = ("reclamos", "altas", "bajas", "consultas")


class _Deshacer(Exception):
    pass


def test_fifty_at_once_for_four_kinds(mesa):
    """I-01, I-02: of fifty, one of each kind is recorded, numbered 1 to 4; the rest hear why."""
    por = mesa.gente["responsable"]
    listos = [
        mesa.datos(tipo_tramite=TRAMITES[i % 4], consulta=mesa.consulta if i % 4 == 3 else None) for i in range(50)
    ]

    def registrar(i):
        with como(por):
            return actions.registrar(por=por, **listos[i])

    hechos = a_la_vez(50, registrar)
    assert len([h for h in hechos if isinstance(h, Registro)]) == 4
    rechazos = [h for h in hechos if not isinstance(h, Registro)]
    assert {type(r) for r in rechazos} == {ValidationError}
    assert sorted(Registro._base_manager.values_list("correlativo", flat=True)) == [1, 2, 3, 4]


def test_the_count_has_no_gap_when_one_in_ten_is_undone(mesa):
    """I-01: fifty unforeseen events of fifty points; five roll back; 1 to 45 are there."""
    unidades = [UnidadFactory(distribuidora=mesa.empresa) for _ in range(50)]
    por = mesa.gente["soporte"]
    motivo = mesa.motivo("Error de Usuario", "error")

    def registrar(i):
        with como(por), transaction.atomic():
            uno = actions.registrar(por=por, **mesa.datos(unidad=unidades[i], motivo=motivo))
            if i % 10 == 0:
                raise _Deshacer
            return uno

    hechos = a_la_vez(50, registrar)
    assert len([h for h in hechos if isinstance(h, Registro)]) == 45
    numeros = sorted(Registro._base_manager.values_list("correlativo", flat=True))
    assert numeros == list(range(1, 46))
    assert Contador.objects.get(serie=f"inoperatividad.registro.{mesa.empresa.pk}").ultimo == 45
