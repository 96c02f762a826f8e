"""Ordinary and extraordinary hours: computed, never typed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gestiones import actions
from gestiones.models import Horario
from portal import reloj
from portal.cuentas.ambito import como
from portal.plazos.models import DiaDecretado
from tests.gestiones.ayuda import ahora, campos, grabar, instante


@pytest.mark.parametrize(
    ("cuando", "extraordinaria"),
    [
        (instante(18, 6, 59), True),
        (instante(18, 7), False),
        (instante(18, 14, 59), False),
        (instante(18, 15), True),
        (instante(21, 10), True),  # a Saturday
        (instante(22, 10), True),  # a Sunday
        (instante(8, 10, mes=12), True),  # Virgen de Caacupé
    ],
)
def test_outside_seven_to_three_is_extraordinary(nadia, cuando, extraordinaria):
    """G-05: by the company's own clock and holidays; Monday to Friday unless the unit says otherwise."""
    assert grabar(nadia, cuando).extraordinaria is extraordinaria


def test_a_decreed_day_counts_too(nadia):
    """G-05: the day that the government gives free."""
    DiaDecretado.objects.create(pais="PY", fecha=date(2026, 11, 19), nombre="Asueto")
    assert grabar(nadia, instante(19, 10)).extraordinaria


def test_the_moment_cannot_be_typed(nadia, entrar):
    """G-05: whatever is sent along."""
    with reloj.detener(instante(18, 20)):
        datos = campos(momento="2026-11-18 10:00", extraordinaria="", dia="2026-11-17")
        entrar(nadia).post("/gestiones/cargar/", datos)
    (gestion,) = nadia.gestiones.model._base_manager.all()
    assert (gestion.momento, gestion.dia, gestion.extraordinaria) == (instante(18, 20), date(2026, 11, 18), True)


def test_the_day_is_the_companys(nadia):
    """G-05: at 22:30 in Asunción it is tomorrow in UTC."""
    assert grabar(nadia, instante(18, 20, 59)).dia == date(2026, 11, 18)


def test_the_head_sets_the_unit(nadia, ramon, entrar):
    """G-05: days and hours, from then on; what was logged does not change."""
    sabado = grabar(nadia, instante(21, 10))
    ruta = f"/gestiones/horario/{ramon.unidad_id}/"
    entrar(ramon).post(ruta, {"dias": ["5", "0"], "desde": "08:00", "hasta": "12:00"})
    horario = Horario.objects.get()
    assert (horario.dias, f"{horario.desde:%H:%M}", f"{horario.hasta:%H:%M}") == ("05", "08:00", "12:00")
    assert ahora(sabado).extraordinaria
    assert not grabar(nadia, instante(28, 10)).extraordinaria
    assert grabar(nadia, instante(18, 10)).extraordinaria


@pytest.mark.parametrize(
    ("datos", "queja"),
    [
        ({"desde": "15:00", "hasta": "07:00"}, "Debe ser posterior"),
        ({"desde": "", "hasta": "15:00"}, "Escribe una hora"),
        ({"desde": "7", "hasta": "25:00"}, "Escribe una hora"),
        ({"desde": "07:00", "hasta": "15:00", "dias": ["9"]}, "Elige días de la lista"),
    ],
)
def test_bad_hours_are_refused(ramon, entrar, datos, queja):
    """G-05: beside their field."""
    assert queja in entrar(ramon).post(f"/gestiones/horario/{ramon.unidad_id}/", datos).content.decode()


@pytest.mark.parametrize("mal", [{"dias": "10"}, {"dias": "7"}, {"hasta": "06:00"}])
def test_the_database_refuses_bad_hours(ramon, mal):
    """G-05: named constraints."""
    with como(ramon):
        actions.fijar_horario(
            ramon.unidad, por=ramon, dias="01234", desde=Horario(unidad=ramon.unidad).desde, hasta=Horario().hasta
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Horario.objects.update(**mal)
