"""R-08: signed daily digests find any tampering and nothing else."""

import io
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import reloj
from portal.historial import guardia, resumenes
from portal.historial.models import Evento, Resumen, registrar
from tests.historial.conftest import DIA

pytestmark = pytest.mark.django_db


@contextmanager
def a_la_fuerza():
    """What somebody does who owns the database."""
    guardia.levantar(connection)
    try:
        yield
    finally:
        guardia.poner()


def test_untouched_is_intact(tres_dias, hallazgos):
    """R-08: no false alarm; days without events have their digest too."""
    assert hallazgos() == []
    assert [(r.dia.day, r.eventos) for r in Resumen.objects.order_by("dia")] == [(10, 10), (11, 0), (12, 5)]


@pytest.mark.parametrize(
    "campos", [{"hecho": "otra_cosa"}, {"datos": {"vuelta": 99}}, {"perfil": None}, {"desde": "10.0.0.9"}]
)
def test_a_changed_event_is_named(tres_dias, hallazgos, campos):
    """R-08: any column of any row."""
    with a_la_fuerza():
        Evento.objects.filter(pk=tres_dias[3].pk).update(**campos)
    assert hallazgos() == [("10-11", "alterado", tres_dias[3].pk)]


@pytest.mark.parametrize("cual", [0, 4, 9, 14])
def test_a_deleted_event_is_named(tres_dias, hallazgos, cual):
    """R-08: the first, one between, the last of a day, the last of all."""
    with a_la_fuerza():
        Evento.objects.filter(pk=tres_dias[cual].pk).delete()
    assert hallazgos() == [(f"{tres_dias[cual].cuando:%d-%m}", "borrado", tres_dias[cual].pk)]


@pytest.mark.parametrize(
    ("dia", "clase"),
    [(10, "agregado"), (11, "agregado"), (2, "agregado")],
    ids=["con hechos", "vacío", "antes de todo"],
)
def test_a_back_dated_event_is_named(tres_dias, hallazgos, marcos, dia, clase):
    """R-08: inserting asks for no forbidden right, so the digests must find it."""
    with reloj.detener(datetime(2026, 11, dia, 12, tzinfo=UTC)):
        nuevo = registrar(None, "sesion_iniciada", por=marcos)
    assert hallazgos() == [(f"{dia:02}-11", clase, nuevo.pk)]


def test_an_event_moved_to_another_day_is_found_on_both(tres_dias, hallazgos):
    """R-08: gone from one day, too many in the other."""
    with a_la_fuerza():
        Evento.objects.filter(pk=tres_dias[2].pk).update(cuando=DIA + timedelta(days=1))
    assert hallazgos() == [("10-11", "borrado", tres_dias[2].pk), ("11-11", "agregado", tres_dias[2].pk)]


def test_a_digest_made_to_fit_is_found(tres_dias, hallazgos):
    """R-08: whoever changes the event and its print lacks the key of the signature."""
    with a_la_fuerza():
        Evento.objects.filter(pk=tres_dias[3].pk).delete()
        primero = Resumen.objects.get(dia=DIA.date())
        huellas = b"".join(k.to_bytes(8) + h for k, h in resumenes._del_dia(primero.dia))
        Resumen.objects.filter(pk=primero.pk).update(huellas=huellas, eventos=9)
    assert hallazgos() == [("10-11", "firma", None)]


def test_a_missing_digest_breaks_the_chain(tres_dias, hallazgos):
    """R-08: one in the middle."""
    with a_la_fuerza():
        Resumen.objects.filter(dia=date(2026, 11, 11)).delete()
    assert hallazgos() == [("12-11", "cadena", None), ("12-11", "cadena", None)]


def test_missing_digests_at_the_end(tres_dias, hallazgos):
    """R-08: closed days that no digest covers."""
    with a_la_fuerza():
        Resumen.objects.filter(dia__gte=date(2026, 11, 11)).delete()
    assert hallazgos() == [("11-11", "sin_resumen", None)]


def test_a_digest_made_anew_is_conspicuous(tres_dias):
    """R-08: deleting digests and events and letting the portal sign again leaves a date that does not fit."""
    with reloj.detener(DIA + timedelta(days=9)):
        resumenes.resumir()
        with a_la_fuerza():
            Resumen.objects.filter(dia__gte=date(2026, 11, 12)).delete()
    with reloj.detener(DIA + timedelta(days=30)):
        resumenes.resumir()
        clases = {(h.clase, h.grave) for h in resumenes.verificar()}
    assert clases == {("tarde", False)}


def test_another_key_is_no_key(tres_dias, hallazgos, settings):
    """R-08: the signature is worth what the key is worth."""
    settings.CLAVE_DE_HISTORIAL = "otra clave, también larga"
    assert {clase for _, clase, _ in hallazgos()} == {"firma"}


def test_the_open_day_and_midnight(marcos):
    """R-08: a day waits an hour for what was under way at its end; what is written meanwhile counts on its own day."""
    medianoche = datetime(2026, 11, 11, 0, 0, tzinfo=UTC)
    with reloj.detener(medianoche + timedelta(milliseconds=1)):
        registrar(None, "sesion_iniciada", por=marcos)  # of the 11th, with the smaller key
    with reloj.detener(medianoche - timedelta(milliseconds=1)):
        registrar(None, "sesion_iniciada", por=marcos)  # of the 10th, written later
    with reloj.detener(medianoche + timedelta(minutes=59)):
        assert resumenes.resumir() == 0
    with reloj.detener(medianoche + timedelta(minutes=61)):
        assert resumenes.resumir() == 1
        registrar(None, "sesion_iniciada", por=marcos)
        assert (resumenes.resumir(), list(resumenes.verificar())) == (0, [])
    with reloj.detener(medianoche + timedelta(days=1, hours=2)):
        assert (resumenes.resumir(), list(resumenes.verificar())) == (1, [])
    assert [r.eventos for r in Resumen.objects.order_by("dia")] == [1, 2]


def test_the_zone_does_not_move_the_days(tres_dias, hallazgos, settings):
    """R-08: a day is one of UTC, whatever the installation's zone is or becomes."""
    settings.TIME_ZONE = "Asia/Tokyo"
    assert hallazgos() == []


def _comando() -> tuple[int, str]:
    salida = io.StringIO()
    with reloj.detener(DIA + timedelta(days=3, hours=2)):
        try:
            call_command("verificar_historial", stdout=salida)
        except CommandError as error:
            return error.returncode, f"{salida.getvalue()}{error}"
    return 0, salida.getvalue()


def test_the_command(tres_dias):
    """R-08: 0 and how far; 1 and what; each with its sentence."""
    codigo, texto = _comando()
    assert (codigo, "íntegro: 3 días, hasta el 12-11-2026" in texto) == (0, True)
    with a_la_fuerza():
        Evento.objects.filter(pk=tres_dias[3].pk).update(hecho="x")
    codigo, texto = _comando()
    assert (codigo, f"alterado  evento {tres_dias[3].pk}" in texto, "1 hallazgos" in texto) == (1, True, True)


def test_the_command_without_digests(db):
    """R-08: nothing to check is said, not called intact."""
    assert _comando()[0] == 2


def test_one_among_many(marcos):
    """R-08: one altered row among thousands, found and nothing else."""
    Evento.objects.bulk_create(
        Evento(hecho="sesion_iniciada", perfil=marcos, como="distribuidora", cuando=DIA, datos={"n": n})
        for n in range(5000)
    )
    with reloj.detener(DIA + timedelta(days=1, hours=10)):
        assert resumenes.resumir() == 1
        assert list(resumenes.verificar()) == []
        una = Evento.objects.order_by("pk")[3210]
        with a_la_fuerza():
            Evento.objects.filter(pk=una.pk).update(datos={"n": 3211})
        assert [(h.clase, h.evento) for h in resumenes.verificar()] == [("alterado", una.pk)]
