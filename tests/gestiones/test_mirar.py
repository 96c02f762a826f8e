"""The list, its spreadsheet, the boards."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gestiones.tablero import Tablero, cifras
from portal import reloj
from portal.cuentas.ambito import como
from portal.informes.actions import pedir
from portal.informes.models import Informe
from tests.gestiones.ayuda import grabar, instante


@pytest.fixture(autouse=True)
def _de_manana():
    with reloj.detener(instante(18, 16)):
        yield


@pytest.fixture
def varias(nadia, teresa, ramon):
    """Five of November by two officers, one out of hours; one of October."""
    return [
        grabar(nadia, instante(18, 8)),
        grabar(nadia, instante(18, 15), tipo=2, preferencial="embarazada"),
        grabar(nadia, instante(17, 8), documento="4555666"),
        grabar(teresa, instante(17, 9), tipo=4, clase="expediente", referencia="4417/2026", titular="", tension=""),
        grabar(teresa, instante(16, 9)),
        grabar(teresa, instante(30, 9, mes=10)),
    ]


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("", [1, 0, 3, 2, 4, 5]),
        ("documento=4.555", [2]),
        ("referencia=4417", [3]),
        ("tipo=2", [1]),
        ("desde=2026-11-17&hasta=2026-11-17", [3, 2]),
        ("extraordinarias=on", [1]),
        ("estado=observada", []),
        ("orden=numero", [0, 1, 2, 3, 4, 5]),
        ("orden=funcionario", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_filters_and_orders(varias, ramon, entrar, consulta, cuales):
    """X-07: in the address, combined, sorted."""
    lista = entrar(ramon).get(f"/gestiones/?{consulta}").context["lista"]
    assert [g.numero for g in lista.filas] == [varias[i].numero for i in cuales]


@pytest.mark.parametrize(
    "consulta", ["funcionario=x", "unidad=9", "tipo=9", "desde=ayer", "documento=%00", "orden=otro", "p=99", "tamano=7"]
)
def test_a_filter_that_makes_no_sense_is_said_and_left_out(varias, ramon, entrar, consulta):
    """X-07: and never an error."""
    respuesta = entrar(ramon).get(f"/gestiones/?{consulta}")
    assert respuesta.status_code == 200
    assert len(respuesta.context["lista"].filas) == 6


def test_the_list_asks_no_more_with_more_rows(nadia, ramon, entrar):
    """X-07: queries at 1 and at 9 rows."""
    navegador, cuentas = entrar(ramon), []
    for cuantas in (1, 8):
        for _ in range(cuantas):
            grabar(nadia)
        with CaptureQueriesContext(connection) as consultas:
            navegador.get("/gestiones/")
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


def test_the_spreadsheet_of_what_is_shown(varias, ramon, lejana, django_capture_on_commit_callbacks):
    """X-07: the filter in force, and only what is in sight."""
    filas = {}
    for perfil in (ramon, lejana):
        with como(perfil):
            with django_capture_on_commit_callbacks(execute=True):
                informe = pedir("gestiones", {"tipo": "5"}, por=perfil)
            with Informe.objects.get(pk=informe.pk).archivo.open() as archivo:
                libro = load_workbook(io.BytesIO(archivo.read()))
            filas[perfil] = list(libro.active.iter_rows(min_row=2, values_only=True))
    assert [f[0] for f in filas[ramon]] == [varias[i].numero for i in (0, 2, 4, 5)]
    assert filas[ramon][0][3:6] == ("Nadia Benítez Ortiz", "C.I. 1.730.558", "NIS 2210733")
    assert filas[lejana] == []


def test_the_board_of_an_officer_is_her_own(varias, nadia):
    """G-10: today, month, what waits; by type and hour."""
    with como(nadia):
        assert [c["valor"] for c in cifras(nadia)] == [2, 3, 3, 0]
        tablero = Tablero(nadia, instante(1, 0).date())
        assert [(b.total, b.extraordinarias) for b in tablero.por_tipo()] == [(0, 0), (1, 1), (0, 0), (0, 0), (2, 0)]
        horas = {b.texto: b.total for b in tablero.por_hora() if b.total}
        assert horas == {"08:00": 2, "15:00": 1}


def test_the_board_of_a_head_is_the_units(varias, ramon, entrar):
    """G-10: everybody's, by officer."""
    with como(ramon):
        assert [c["valor"] for c in cifras(ramon)] == [2, 5, 6, 0]
        filas = Tablero(ramon, instante(1, 0).date()).por_funcionario()
    assert [(f["nombre"], f["total"], f["extra"], f["grabada"]) for f in filas] == [
        ("Nadia Benítez Ortiz", 3, 1, 3),
        ("Teresa Rolón Vera", 2, 0, 2),
    ]
    assert "Tablero de octubre de 2026" in entrar(ramon).get("/gestiones/tablero/?mes=2026-10").content.decode()


@pytest.mark.parametrize("mes", ["", "2026-13", "x", "9999-01", "0001-01", "2027-01"])
def test_a_month_that_cannot_be_is_this_one(ramon, entrar, mes):
    """G-10: whatever the address says."""
    assert "Tablero de noviembre de 2026" in entrar(ramon).get(f"/gestiones/tablero/?mes={mes}").content.decode()


def test_first_pages(nadia, ramon, entrar):
    """G-10: the officer's is the form, the head's the board."""
    assert [entrar(p).get("/").url for p in (nadia, ramon)] == ["/gestiones/cargar/", "/gestiones/tablero/"]


def test_staff_reads_the_companys_clock(nadia, entrar, settings):
    """X-08: 16:00 in Asunción, wherever the installation is."""
    settings.TIME_ZONE = "America/Lima"
    assert "16:00, horas extraordinarias" in entrar(nadia).get("/gestiones/cargar/").content.decode()
