"""Business days against a calendar gathered from several sources (feriados.source.txt)."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.plazos import calendario
from portal.plazos.models import DiaDecretado, Regla
from tests.plazos.conftest import en_santiago

DATOS = json.loads((Path(__file__).parent / "feriados.json").read_text(encoding="utf-8"))
ANIOS = range(2016, 2029)
dia = date.fromisoformat
fechas = st.dates(date(2016, 1, 1), date(2028, 12, 31))
paises = st.sampled_from(["CL", "PY", "PE"])
con_base = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def _del_calendario(pais: str) -> dict[date, str]:
    dias = (date(2016, 1, 1) + timedelta(days=n) for n in range((date(2029, 1, 1) - date(2016, 1, 1)).days))
    return {d: nombre for d in dias if (nombre := calendario.feriado(pais, d))}


@pytest.mark.parametrize("pais", ["CL", "PE"])
def test_todos_los_feriados_con_su_nombre(pais: str):
    """X-01: every holiday of 2016 to 2028, by its Spanish name, and no other."""
    assert _del_calendario(pais) == {dia(f["fecha"]): f["nombre"] for f in DATOS[pais]}


def test_los_feriados_de_paraguay_en_que_las_fuentes_coinciden():
    """X-01: Paraguay's transfers are decreed and the sources disagree; what two of them say must be there."""
    seguros = {dia(f["fecha"]): f["nombre"] for f in DATOS["PY"] if len(f["fuentes"]) > 1}
    del_portal = _del_calendario("PY")
    assert {fecha: del_portal.get(fecha) for fecha in seguros} == seguros


@pytest.mark.parametrize("e", DATOS["ejemplos_dias_habiles_CL"], ids=lambda e: f"{e['inicio']}+{e['n_dias_habiles']}")
def test_ejemplos_de_chile(e: dict):
    """X-01: Ley 19.880 art. 25, worked out by two independent means."""
    inicio, cantidad = dia(e["inicio"]), e["n_dias_habiles"]
    assert calendario.sumar_habiles("CL", inicio, cantidad) == dia(e["fin_esperado"])
    assert calendario.sumar_corridos("CL", inicio, cantidad) == dia(e["contraste_corridos_prorrogado"])
    assert calendario.habiles_entre("CL", inicio, dia(e["fin_esperado"])) == cantidad


def test_caso_real_de_2014():
    """X-01: DS 71/2014 came into force 30 business days after Saturday 06-09-2014."""
    caso = DATOS["caso_historico"]
    fin = calendario.sumar_habiles("CL", dia(caso["inicio"]), caso["n_dias_habiles"])
    assert fin == dia(caso["fin_lunes_viernes"])


@con_base
@given(pais=paises, desde=fechas, hasta=fechas)
def test_contar_es_mirar_dia_por_dia(pais: str, desde: date, hasta: date):
    """X-01: the quick count equals a walk over the days, in both directions."""
    primero, ultimo = min(desde, hasta), max(desde, hasta)
    a_mano = sum(calendario.es_habil(pais, primero + timedelta(days=n)) for n in range(1, (ultimo - primero).days + 1))
    assert calendario.habiles_entre(pais, primero, ultimo) == a_mano
    assert calendario.habiles_entre(pais, ultimo, primero) == -a_mano


@con_base
@given(pais=paises, desde=fechas, cantidad=st.integers(1, 120))
def test_sumar_y_contar_se_corresponden(pais: str, desde: date, cantidad: int):
    """X-01: the end of n business days is a business day, n of them after the start."""
    fin = calendario.sumar_habiles(pais, desde, cantidad)
    assert calendario.es_habil(pais, fin)
    assert calendario.habiles_entre(pais, desde, fin) == cantidad


def test_dia_decretado_se_salta_y_se_nombra():
    """X-01: a decreed day counts as a holiday of its country from the moment it is written, until it is taken away."""
    fin = dia("2026-12-03")
    assert calendario.sumar_habiles("CL", dia("2026-12-01"), 2) == fin
    decretado = DiaDecretado.objects.create(pais="CL", fecha="2026-12-02", nombre="Censo")
    assert calendario.sumar_habiles("CL", dia("2026-12-01"), 2) == dia("2026-12-04")
    assert calendario.feriado("CL", dia("2026-12-02")) == "Censo"
    assert calendario.habiles_entre("CL", dia("2026-12-01"), fin) == 1
    assert calendario.sumar_habiles("PE", dia("2026-12-01"), 2) == fin
    decretado.delete()
    assert calendario.sumar_habiles("CL", dia("2026-12-01"), 2) == fin


def test_dia_decretado_sobre_un_feriado_o_un_domingo_no_se_descuenta_dos_veces():
    """X-01: an election on a Sunday, or a decree on a holiday, changes no count."""
    DiaDecretado.objects.create(pais="CL", fecha="2026-12-06", nombre="Elección")
    DiaDecretado.objects.create(pais="CL", fecha="2026-12-08", nombre="Duelo")
    assert calendario.habiles_entre("CL", dia("2026-12-03"), dia("2026-12-11")) == 5


def test_los_decretados_se_leen_una_vez(django_assert_num_queries):
    """X-07: a tray of a hundred clocks asks the database once."""
    with django_assert_num_queries(1):
        for n in range(100):
            calendario.es_habil("CL", dia("2026-12-01") + timedelta(days=n))


@pytest.mark.parametrize(
    ("zona", "fin"),
    [
        ("America/Santiago", datetime(2026, 12, 2, 2, 59, 59, tzinfo=UTC)),
        ("Pacific/Easter", datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)),
        ("America/Lima", datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)),
    ],
)
def test_el_dia_termina_en_la_zona_de_la_empresa(zona: str, fin: datetime):
    """X-08: a term in days ends with the local day."""
    desde = en_santiago("2026-11-30", "12:00")
    assert calendario.vencimiento(desde, 1, Regla.Unidad.HABILES, pais="CL", zona=zona) == fin


def test_el_dia_que_se_repite_una_hora_termina_la_segunda_vez():
    """X-01: on Saturday 4 April 2026 Chile lives 23:59:59 twice; the day ends at the later one."""
    assert calendario.fin_del_dia(dia("2026-04-04"), "America/Santiago") == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


def test_lo_enviado_de_noche_cuenta_desde_el_dia_local():
    """X-01: what is sent at 22:00 of Monday in Santiago was sent on Monday, though it is Tuesday in UTC."""
    fin = calendario.vencimiento(
        en_santiago("2026-11-30", "22:00"), 1, Regla.Unidad.HABILES, pais="CL", zona="America/Santiago"
    )
    assert fin == en_santiago("2026-12-01", "23:59:59")


def test_horas_son_horas_de_reloj():
    """X-01: 24 hours from a Friday afternoon end on Saturday afternoon."""
    desde = en_santiago("2026-12-04", "16:20")
    fin = calendario.vencimiento(desde, 24, Regla.Unidad.HORAS, pais="CL", zona="America/Santiago")
    assert fin == en_santiago("2026-12-05", "16:20")
