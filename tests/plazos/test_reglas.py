"""Rules of terms as data, and the term they give."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.plazos.actions import vencimiento
from portal.plazos.models import Regla
from tests.plazos.conftest import en_santiago, regla


def test_sin_regla_no_hay_plazo(maipo):
    """R-07: no number is invented."""
    assert vencimiento("prueba", distribuidora=maipo, desde=en_santiago("2026-12-01")) == (None, None)


def test_la_regla_del_pais(maipo):
    """R-07: ten business days from the day after; the rule goes with the term."""
    propia = regla()
    regla(materia="otra", cantidad=3)
    regla(pais="PE", cantidad=4)
    resultado = vencimiento("prueba", distribuidora=maipo, desde=en_santiago("2026-11-30"))
    assert resultado == (en_santiago("2026-12-15", "23:59:59"), propia)


def test_la_de_la_empresa_va_antes(maipo, operador):
    """R-07: the company's own rule before its country's, and another company's never."""
    del_pais = regla()
    suya = regla(distribuidora=maipo, cantidad=1)
    desde = en_santiago("2026-11-30")
    assert vencimiento("prueba", distribuidora=maipo, desde=desde) == (en_santiago("2026-12-01", "23:59:59"), suya)
    suya.delete()
    regla(distribuidora=operador, pais="PE", cantidad=2)
    assert vencimiento("prueba", distribuidora=maipo, desde=desde)[1] == del_pais


@pytest.mark.parametrize(
    ("el", "cantidad"),
    [("2019-12-31", None), ("2020-01-01", 10), ("2026-06-30", 10), ("2026-07-01", 5), ("2030-01-01", 5)],
)
def test_rige_la_vigente_al_comenzar(maipo, el, cantidad):
    """R-07: a case keeps the rule in force on its first day; both ends of a rule are included."""
    regla(vigente_hasta="2026-06-30")
    regla(cantidad=5, vigente_desde="2026-07-01")
    _, vigente = vencimiento("prueba", distribuidora=maipo, desde=en_santiago(el, "23:30"))
    assert (vigente and vigente.cantidad) == cantidad


def test_de_dos_que_se_cruzan_rige_la_que_empezo_despues(maipo):
    """R-07: an overlap that got into the table has one answer."""
    regla()
    regla(cantidad=5, vigente_desde="2026-07-01", vigente_hasta="2026-12-31")
    materia = Regla.objects.vigente
    assert materia("prueba", distribuidora=maipo, el=date(2026, 8, 1)).cantidad == 5
    assert materia("prueba", distribuidora=maipo, el=date(2027, 1, 1)).cantidad == 10


@pytest.mark.parametrize("de_empresa", [False, True])
def test_dos_no_empiezan_el_mismo_dia(maipo, de_empresa):
    """R-07: the database refuses two rules of one owner and matter with the same beginning."""
    campos = {"distribuidora": maipo} if de_empresa else {}
    regla(**campos)
    with pytest.raises(IntegrityError), transaction.atomic():
        regla(**campos, cantidad=3)


@pytest.mark.parametrize(
    "campos",
    [
        {"cantidad": 0},
        {"vigente_hasta": "2019-12-31"},
        {"verificado": True},
        {"verificado": True, "norma": "DS 71", "demostracion": True},
    ],
)
def test_la_base_rechaza(campos):
    """R-07: no empty term, no end before its beginning, nothing verified without its norm or for demonstration."""
    with pytest.raises(IntegrityError), transaction.atomic():
        regla(**campos)


def test_un_cruce_se_rechaza_en_palabras(maipo):
    """R-07: on screen, a second rule for the same time is refused with what to do."""
    regla()
    nueva = Regla(materia="prueba", cantidad=5, vigente_desde=date(2026, 7, 1))
    with pytest.raises(ValidationError) as error:
        nueva.full_clean()
    assert error.value.messages == [
        "Ya hay una regla para esta materia desde el 01-01-2020 y sin fecha de término. "
        "Termínala antes de que comience esta."
    ]
    Regla.objects.update(vigente_hasta=date(2026, 6, 30))
    nueva.full_clean()


def test_la_regla_de_una_empresa_es_de_su_pais(ande):
    """R-07: a Paraguayan company has no Chilean rule."""
    with pytest.raises(ValidationError) as error:
        Regla(materia="prueba", cantidad=5, vigente_desde=date(2026, 7, 1), distribuidora=ande).full_clean()
    assert error.value.message_dict == {"pais": ["ANDE es de Paraguay."]}


def test_cada_pais_con_sus_feriados_y_su_hora(ande, operador):
    """X-01: on Friday 24 July 2026 three business days begin; Peru rests on 28 and 29, Paraguay does not."""
    for pais in ("PY", "PE"):
        regla(pais=pais, cantidad=3)
    desde = en_santiago("2026-07-24")
    paraguay, _ = vencimiento("prueba", distribuidora=ande, desde=desde)
    peru, _ = vencimiento("prueba", distribuidora=operador, desde=desde)
    assert (str(paraguay), str(peru)) == ("2026-07-30 02:59:59+00:00", "2026-08-01 04:59:59+00:00")
