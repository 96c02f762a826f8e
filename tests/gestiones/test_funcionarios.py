"""Who attends: defined by the head, from–to."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from gestiones import actions
from gestiones.models import Designacion
from portal import reloj
from portal.cuentas.ambito import como
from tests.gestiones.ayuda import grabar, instante

RUTA = "/gestiones/funcionarios/"


@pytest.fixture(autouse=True)
def _de_manana():
    with reloj.detener(instante(18, 10)):
        yield


def datos(quien, donde, **cambios):
    return {
        "funcionario": quien.pk,
        "unidad": donde.pk,
        "clase": "apoyo",
        "desde": "2026-11-20",
        "hasta": "2026-11-30",
    } | cambios


@pytest.fixture
def libre(lejana):
    """An officer of the other unit who is defined nowhere."""
    Designacion._base_manager.filter(funcionario=lejana).delete()
    return lejana


def test_the_head_defines_an_officer(ramon, libre, atencion, entrar):
    """G-06: de apoyo, of another unit, from–to; before and after those days nothing can be logged."""
    assert "ya puede cargar" in entrar(ramon).post(RUTA, datos(libre, atencion), follow=True).content.decode()
    designacion = Designacion._base_manager.get(funcionario=libre)
    assert (designacion.clase, designacion.unidad, designacion.definida_por) == ("apoyo", atencion, ramon)
    for dia in (19, 31):
        with pytest.raises(ValidationError, match="Hoy no estás"):
            grabar(libre, instante(min(dia, 30), 10) if dia < 30 else instante(1, 10, mes=12))
    assert grabar(libre, instante(20, 7)).unidad == atencion
    assert grabar(libre, instante(30, 14)).unidad == atencion


@pytest.mark.parametrize(
    ("cambios", "queja"),
    [
        ({"hasta": "2026-11-19"}, "Es anterior a «Desde»"),
        ({"desde": "ayer"}, "Escribe una fecha que exista"),
        ({"desde": "0026-11-20"}, "entre los años 2000 y 2100"),
        ({"clase": "otra"}, "Elige si es permanente o de apoyo"),
        ({"funcionario": "999999"}, "Elige un funcionario de la lista"),
        ({"unidad": "999999"}, "Elige una unidad de la lista"),
    ],
)
def test_bad_input(ramon, libre, atencion, entrar, cambios, queja):
    """G-06: beside its field."""
    assert queja in entrar(ramon).post(RUTA, datos(libre, atencion, **cambios)).content.decode()
    assert not Designacion._base_manager.filter(funcionario=libre).exists()


def test_days_do_not_overlap(ramon, nadia, atencion, entrar):
    """G-06: an officer attends at one place at a time; the form says what stands in the way."""
    texto = entrar(ramon).post(RUTA, datos(nadia, atencion)).content.decode()
    assert "Nadia Benítez Ortiz ya está definido desde" in texto


def test_end_and_define_anew(ramon, nadia, atencion, entrar):
    """G-06: until a day, included; then she may be defined again from the next."""
    designacion = Designacion._base_manager.get(funcionario=nadia)
    navegador, ruta = entrar(ramon), f"{RUTA}{designacion.pk}/terminar/"
    navegador.post(ruta, {"hasta": "2026-11-19"})
    assert Designacion._base_manager.get(pk=designacion.pk).hasta == date(2026, 11, 19)
    assert "Ya termina el 19-11-2026" in navegador.post(ruta, {"hasta": "2026-12-01"}).content.decode()
    assert "Empezó el" in navegador.post(ruta, {"hasta": "2020-01-01"}).content.decode()
    navegador.post(RUTA, datos(nadia, atencion, clase="permanente", hasta=""))
    assert Designacion._base_manager.filter(funcionario=nadia).count() == 2


def test_another_units_head_has_no_hand_in_it(nadia, jefe_lejano, atencion, entrar):
    """A-12: the designation does not exist for them, nor does the unit; at the action 403."""
    designacion = Designacion._base_manager.get(funcionario=nadia)
    navegador = entrar(jefe_lejano)
    assert navegador.get(f"{RUTA}{designacion.pk}/terminar/").status_code == 404
    assert "Elige una unidad de la lista" in navegador.post(RUTA, datos(nadia, atencion)).content.decode()
    with como(jefe_lejano), pytest.raises(PermissionDenied):
        actions.definir_funcionario(
            por=jefe_lejano, unidad=atencion, funcionario=nadia, clase="apoyo", desde=date(2027, 1, 1)
        )


def test_somebody_of_another_company_cannot_be_defined(ramon, agente, atencion, entrar):
    """A-12: not in the list, not at the action."""
    assert "Elige un funcionario de la lista" in entrar(ramon).post(RUTA, datos(agente, atencion)).content.decode()
    with como(ramon), pytest.raises(PermissionDenied):
        actions.definir_funcionario(
            por=ramon, unidad=atencion, funcionario=agente, clase="apoyo", desde=date(2027, 1, 1)
        )


@pytest.mark.parametrize(
    "mal", [{"hasta": date(2020, 1, 1)}, {"desde": date(2026, 11, 18), "hasta": date(2026, 11, 17)}]
)
def test_the_database_refuses_days_backward(nadia, mal):
    """G-06: a named constraint."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Designacion._base_manager.filter(funcionario=nadia).update(**mal)


def test_the_database_refuses_a_second_open_designation(nadia, designar, atencion):
    """G-06: one without end, one for each beginning."""
    with pytest.raises(IntegrityError), transaction.atomic():
        designar(nadia, atencion, desde=date(2027, 1, 1))
    propia = Designacion._base_manager.get(funcionario=nadia)
    with pytest.raises(IntegrityError), transaction.atomic():
        designar(nadia, atencion, desde=propia.desde, hasta=date(2027, 1, 1))
