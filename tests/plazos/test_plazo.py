"""The clock of a case: states, words, strip of days. Its week is that of 8 December 2026, a Tuesday and a holiday."""

from datetime import date
from itertools import pairwise

import pytest

from portal import reloj
from portal.plazos.models import DiaDecretado, Regla
from portal.plazos.plazo import DIAS_EN_TIRA, Clase, Estado, Plazo
from tests.plazos.conftest import en_santiago

FIN = en_santiago("2026-12-11", "23:59:59")


def plazo(**campos) -> Plazo:
    """From Monday 30 November to Friday 11 December 2026: eight business days."""
    return Plazo(**{"desde": en_santiago("2026-11-30"), "vence": FIN, **campos})


@pytest.mark.parametrize(
    ("hoy", "estado", "corto", "frase"),
    [
        ("2026-11-30", "en_plazo", "Quedan 8 d", "Quedan 8 días hábiles, hasta el viernes 11 de diciembre"),
        ("2026-12-03", "en_plazo", "Quedan 5 d", "Quedan 5 días hábiles, hasta el viernes 11 de diciembre"),
        ("2026-12-07", "en_plazo", "Quedan 3 d", "Quedan 3 días hábiles, hasta el viernes 11 de diciembre"),
        ("2026-12-09", "por_vencer", "Quedan 2 d", "Quedan 2 días hábiles, hasta el viernes 11 de diciembre"),
        ("2026-12-10", "por_vencer", "Queda 1 d", "Queda 1 día hábil, hasta el viernes 11 de diciembre"),
        ("2026-12-11", "por_vencer", "Vence hoy", "Vence hoy, viernes 11 de diciembre"),
        ("2026-12-12", "vencido", "Vencido", "Venció el viernes 11 de diciembre"),
        ("2026-12-14", "vencido", "1 d de atraso", "1 día hábil de atraso: venció el viernes 11 de diciembre"),
        ("2026-12-16", "vencido", "3 d de atraso", "3 días hábiles de atraso: venció el viernes 11 de diciembre"),
        (
            "2027-01-04",
            "vencido",
            "14 d de atraso",
            "14 días hábiles de atraso: venció el viernes 11 de diciembre de 2026",
        ),
    ],
)
def test_un_plazo_que_corre(hoy, estado, corto, frase):
    """X-01, S-22: state, short text and whole sentence, day by day."""
    with reloj.detener(en_santiago(hoy, "23:59")):
        p = plazo()
        assert (p.estado, p.corto, p.frase) == (estado, corto, frase)


def test_el_ultimo_segundo_del_ultimo_dia_es_en_plazo():
    """X-01: days are compared as days."""
    for hora, estado in [("23:59:59.999999", Estado.CUMPLIDO_EN_PLAZO), ("00:00:00", Estado.CUMPLIDO_FUERA)]:
        dia = "2026-12-11" if estado is Estado.CUMPLIDO_EN_PLAZO else "2026-12-12"
        assert plazo(cumplido=en_santiago(dia, hora)).estado is estado


@pytest.mark.parametrize(
    ("cumplido", "estado", "corto", "frase"),
    [
        ("2026-12-04", "cumplido_en_plazo", "En plazo", "Cumplido en plazo, el viernes 4 de diciembre"),
        ("2026-12-12", "cumplido_fuera", "Fuera de plazo", "Cumplido fuera de plazo, el sábado 12 de diciembre"),
        (
            "2026-12-16",
            "cumplido_fuera",
            "Con 3 d de atraso",
            "Cumplido con 3 días hábiles de atraso, el miércoles 16 de diciembre",
        ),
    ],
)
def test_un_plazo_terminado(cumplido, estado, corto, frase):
    """X-01: of a closed case, whether it was in time, whatever today is."""
    with reloj.detener(en_santiago("2026-12-30")):
        p = plazo(cumplido=en_santiago(cumplido))
        assert (p.estado, p.corto, p.frase) == (estado, corto, frase)


def test_en_pausa_y_sin_plazo():
    """S-21, R-07: a pause hides what is left; without a rule nothing is said to be late."""
    with reloj.detener(en_santiago("2026-12-30")):
        p = plazo(pausas=((en_santiago("2026-12-02"), None),))
        assert (p.estado, p.corto, p.frase) == ("pausa", "En pausa", "En pausa desde el miércoles 2 de diciembre")
        p = plazo(vence=None)
        assert (p.estado, p.corto, p.frase, p.dias) == ("sin", "Sin plazo", "Sin plazo fijado", [])
        assert plazo(vence=None, cumplido=FIN).estado is Estado.SIN


def test_vence_un_dia_inhabil():
    """P-01: a due date that a company typed may fall on a Sunday; nothing is left on Friday, but it is not today."""
    with reloj.detener(en_santiago("2026-12-11")):
        p = plazo(vence=en_santiago("2026-12-13", "23:59:59"))
        assert (p.estado, p.corto) == ("por_vencer", "Vence el 13-12")
        assert p.frase == "Quedan 0 días hábiles, hasta el domingo 13 de diciembre"


@pytest.mark.parametrize(
    ("hora", "estado", "corto", "frase"),
    [
        ("11:00", "en_plazo", "Quedan 23 h", "Quedan 23 horas, hasta el viernes 4 de diciembre, 10:00"),
        ("23:59", "en_plazo", "Quedan 10 h", "Quedan 10 horas, hasta el viernes 4 de diciembre, 10:00"),
    ],
)
def test_un_plazo_en_horas(hora, estado, corto, frase):
    """I-09: 24 hours are told in hours."""
    with reloj.detener(en_santiago("2026-12-03", hora)):
        p = plazo(desde=en_santiago("2026-12-03"), vence=en_santiago("2026-12-04"), unidad=Regla.Unidad.HORAS)
        assert (p.estado, p.corto, p.frase, p.dias) == (estado, corto, frase, [])


@pytest.mark.parametrize(
    ("dia", "hora", "estado", "corto", "frase"),
    [
        ("04", "08:00", "por_vencer", "Quedan 2 h", "Quedan 2 horas, hasta el viernes 4 de diciembre, 10:00"),
        ("04", "09:30", "por_vencer", "Queda < 1 h", "Queda menos de una hora, hasta el viernes 4 de diciembre, 10:00"),
        ("04", "10:00", "por_vencer", "Queda < 1 h", "Queda menos de una hora, hasta el viernes 4 de diciembre, 10:00"),
        ("04", "10:01", "vencido", "Vencido", "Venció el viernes 4 de diciembre, 10:00"),
        ("04", "13:00", "vencido", "3 h de atraso", "3 horas de atraso: venció el viernes 4 de diciembre, 10:00"),
    ],
)
def test_las_ultimas_horas(dia, hora, estado, corto, frase):
    """I-09: a term in hours is about to lapse in its last quarter and lapses at its minute."""
    with reloj.detener(en_santiago(f"2026-12-{dia}", hora)):
        p = plazo(desde=en_santiago("2026-12-03"), vence=en_santiago("2026-12-04"), unidad=Regla.Unidad.HORAS)
        assert (p.estado, p.corto, p.frase) == (estado, corto, frase)


def test_dias_corridos():
    """X-01: calendar days are told as such, and none is skipped."""
    with reloj.detener(en_santiago("2026-12-03")):
        p = plazo(unidad=Regla.Unidad.CORRIDOS)
        assert (p.corto, p.cifra) == ("Quedan 8 d", "8 días corridos")
        assert {d.clase for d in p.dias} == {Clase.CONTADO, Clase.POR_VENIR}


def test_hoy_es_el_de_la_zona():
    """X-08: at one in the morning in Santiago it is still yesterday on Easter Island."""
    with reloj.detener(en_santiago("2026-12-12", "01:00")):
        assert plazo(zona="Pacific/Easter", vence=en_santiago("2026-12-12", "01:59:59")).corto == "Vence hoy"
        assert plazo(zona="America/Santiago").corto == "Vencido"


def test_la_tira_de_dias():
    """S-22: which days were counted and which skipped, the holiday by its name, today, the end."""
    with reloj.detener(en_santiago("2026-12-03")):
        p = plazo()
        assert [d.texto for d in p.dias] == [
            "martes 1: día hábil 1",
            "miércoles 2: día hábil 2",
            "jueves 3: día hábil 3, hoy",
            "viernes 4: día hábil 4",
            "sábado 5: no se cuenta, fin de semana",
            "domingo 6: no se cuenta, fin de semana",
            "lunes 7: día hábil 5",
            "martes 8: no se cuenta, feriado La Inmaculada Concepción",
            "miércoles 9: día hábil 6",
            "jueves 10: día hábil 7",
            "viernes 11: día hábil 8, vence",
        ]
        assert "".join(d.clase[0] for d in p.dias) == "cccpsspsppp"
        assert [d.inicial for d in p.dias[:6]] == ["ma", "mi", "ju", "vi", "sá", "do"]
        assert p.saltados == "fin de semana y 8 de diciembre, La Inmaculada Concepción"


def test_la_tira_nombra_los_decretados_y_las_pausas():
    """S-21, S-22: a decreed day by its name; of a pause, the days after its beginning up to its end."""
    DiaDecretado.objects.create(fecha="2026-12-04", nombre="Día de Prueba")
    with reloj.detener(en_santiago("2026-12-10")):
        p = plazo(pausas=((en_santiago("2026-12-01"), en_santiago("2026-12-02")),))
        assert {d.fecha.day: d.motivo for d in p.dias if d.motivo} == {
            2: "plazo en pausa",
            4: "feriado Día de Prueba",
            5: "fin de semana",
            6: "fin de semana",
            8: "feriado La Inmaculada Concepción",
        }
        assert p.saltados == (
            "plazo en pausa; fin de semana; 4 de diciembre, Día de Prueba y 8 de diciembre, La Inmaculada Concepción"
        )


def test_lo_cumplido_antes_deja_dias_sin_contar():
    """S-22: of a closed case the days after the act stay empty, and none is today."""
    with reloj.detener(en_santiago("2026-12-09")):
        p = plazo(cumplido=en_santiago("2026-12-02"))
        assert "".join(d.clase[0] for d in p.dias) == "ccppsspsppp"
        assert not any(d.hoy for d in p.dias)


@pytest.mark.parametrize("hoy", ["2020-01-01", "2026-12-01", "2027-06-01", "2028-11-30", "2029-06-01"])
def test_la_tira_larga_tiene_medida(hoy):
    """S-22: two years of days show today's and the last ones, and say how many are left out."""
    with reloj.detener(en_santiago(hoy)):
        dias = plazo(vence=en_santiago("2028-11-30", "23:59:59")).dias
    assert len(dias) <= DIAS_EN_TIRA
    assert len(dias) + sum(d.omitidos for d in dias) == (date(2028, 11, 30) - date(2026, 11, 30)).days
    assert dias[-1].vence
    assert all(b.omitidos == (b.fecha - a.fecha).days - 1 for a, b in pairwise(dias))


def test_un_plazo_que_acaba_antes_de_empezar_no_tiene_tira():
    """P-01: a due date on the day of filing has no days to show."""
    with reloj.detener(en_santiago("2026-11-30")):
        assert plazo(vence=en_santiago("2026-11-30", "23:59:59")).dias == []
