"""The writer of spreadsheets, read back by three programs that know nothing of it."""

import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from portal.informes.libro import CORTE, LARGO_MAXIMO, Columna, escribir

COLUMNAS = (Columna("N° Folio", 12), Columna("Dato", 30))
HOSTILES = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "#N/A",
    "#REF!",
    "{=1}",
    '=HYPERLINK("http://x";"y")',
    "<script>",
    "]]>",
    "&amp;",
    "a\x00b\x0bc\x1fd",
    "\ud800suelto",
    "\ufffe\uffff",
    "  espacios  ",
    "línea\notra",
    "😀" * 5,
    "00123",
    "1e5",
    "TRUE",
    "2026-12-03",
]


def leer(ruta: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(ruta).active


def hacer(tmp_path: Path, valores: list[object], **opciones) -> Path:
    ruta = tmp_path / "libro.xlsx"
    escribir(ruta, "Prueba", COLUMNAS, ((f"YN{n}", v) for n, v in enumerate(valores)), **opciones)
    return ruta


def formulas(ruta: Path) -> int:
    with zipfile.ZipFile(ruta) as zip_:
        return sum(zip_.read(n).count(b"<f") for n in zip_.namelist() if n.startswith("xl/worksheets/"))


def test_encabezado_filtro_y_anchos(tmp_path):
    """X-04: header frozen, filter on over all rows, widths right."""
    hoja = leer(hacer(tmp_path, ["a", "b"]))
    assert hoja.freeze_panes == "A2"
    assert hoja.auto_filter.ref == "A1:B3"
    assert [hoja.column_dimensions[c].width for c in "AB"] == [12, 30]
    assert [c.value for c in hoja[1]] == ["N° Folio", "Dato"]
    assert hoja["A1"].font.b


def test_fechas_son_fechas_y_numeros_numeros(tmp_path):
    """X-04: moments in local time of the company, dates, whole and broken numbers keep their kind."""
    valores = [datetime(2026, 12, 3, 2, 30, tzinfo=UTC), date(2026, 12, 3), 38500, Decimal("0.75"), True, None, 10**17]
    hoja = leer(hacer(tmp_path, valores, zona="America/Lima"))
    celdas = [fila[1] for fila in hoja.iter_rows(min_row=2)]
    assert [c.value for c in celdas] == [
        datetime(2026, 12, 2, 21, 30),  # noqa: DTZ001 a sheet has no zones
        datetime(2026, 12, 3),  # noqa: DTZ001
        38500,
        0.75,
        "Sí",
        None,
        str(10**17),
    ]
    assert [c.number_format for c in celdas[:4]] == ["dd-mm-yyyy hh:mm", "dd-mm-yyyy", "#,##0", "#,##0.##"]
    assert [c.is_date for c in celdas[:3]] == [True, True, False]


@pytest.mark.parametrize("valor", [float("nan"), float("inf"), Decimal("NaN"), date(1850, 1, 1)])
def test_lo_que_excel_no_sabe_queda_como_texto(tmp_path, valor):
    """X-04: a number or date that a sheet cannot hold is written as text."""
    assert isinstance(leer(hacer(tmp_path, [valor]))["B2"].value, str)


def test_texto_demasiado_largo_se_corta_con_marca(tmp_path):
    """X-04: more than a cell holds is cut, and says so; what just fits stays."""
    hoja = leer(hacer(tmp_path, ["x" * LARGO_MAXIMO, "x" * (LARGO_MAXIMO + 1), "😀" * LARGO_MAXIMO]))
    assert hoja["B2"].value == "x" * LARGO_MAXIMO
    assert hoja["B3"].value == "x" * (LARGO_MAXIMO - len(CORTE)) + CORTE
    assert len(hoja["B4"].value.encode("utf-16-le")) // 2 <= LARGO_MAXIMO
    assert hoja["B4"].value.endswith(CORTE)


def test_lo_que_parece_un_escape_no_se_descifra(tmp_path):
    """X-04: `_x000D_` is a code that Excel would decode: it is written so that the reader sees what was typed."""
    with zipfile.ZipFile(hacer(tmp_path, ["_x000D_ a_b"])) as zip_:
        assert b">_x005F_x000D_ a_b<" in zip_.read("xl/worksheets/sheet1.xml")


def test_mas_filas_que_una_hoja(tmp_path):
    """X-04: what does not fit goes on in another sheet, with its heading; nothing is lost."""
    ruta = hacer(tmp_path, list(range(10)), filas_por_hoja=5)
    libro = openpyxl.load_workbook(ruta)
    assert libro.sheetnames == ["Prueba", "Prueba (2)", "Prueba (3)"]
    assert [[f[1].value for f in hoja.iter_rows()] for hoja in libro] == [
        ["Dato", 0, 1, 2, 3],
        ["Dato", 4, 5, 6, 7],
        ["Dato", 8, 9],
    ]
    assert libro["Prueba (3)"].auto_filter.ref == "A1:B3"


def test_sin_filas_queda_el_encabezado(tmp_path):
    """X-04: an empty report is a sheet with its heading."""
    assert [[c.value for c in f] for f in leer(hacer(tmp_path, [])).iter_rows()] == [["N° Folio", "Dato"]]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILES)), min_size=1, max_size=20))
def test_ningun_texto_se_vuelve_formula(tmp_path, textos):
    """X-04: whatever people typed, no cell is a formula or an error, and every text comes out as it went in."""
    ruta = hacer(tmp_path, textos)
    assert formulas(ruta) == 0
    hoja = leer(ruta)
    leidos = CalamineWorkbook.from_path(str(ruta)).get_sheet_by_index(0).to_python()
    assert len(leidos) == len(textos) + 1
    for n, texto in enumerate(textos, start=2):
        celda = hoja.cell(n, 2)
        assert celda.data_type in ("s", "n", "inlineStr")
        assert isinstance(celda.value, str | None)
        if texto.isprintable() and "_x" not in texto:
            assert (celda.value or "") == texto
            assert leidos[n - 1][1] == texto


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice no está: apt install libreoffice-calc")
def test_libreoffice_lo_abre_y_no_calcula_nada(tmp_path):
    """X-04: LibreOffice opens it and finds text where text was written, dates where dates were."""
    ruta = hacer(tmp_path, [*HOSTILES, date(2026, 12, 3), 38500])
    perfil = f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = [shutil.which("soffice"), perfil, "--headless", "--convert-to", "fods", "--outdir", tmp_path, ruta]
    subprocess.run(orden, check=True, capture_output=True, timeout=120)
    abierto = (tmp_path / "libro.fods").read_text()
    assert abierto.count("table:formula") == 0
    assert "=cmd|" in abierto
    assert 'office:date-value="2026-12-03"' in abierto
    assert 'office:value="38500"' in abierto
    assert abierto.count('office:value-type="float"') == 1
    assert abierto.count('calcext:value-type="error"') == 0


def test_memoria_constante(tmp_path):
    """X-04: five times the rows take no more memory."""
    import tracemalloc

    def pico(filas: int) -> int:
        tracemalloc.start()
        hacer(tmp_path, range(filas))  # type: ignore[arg-type]
        usado = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return usado

    pico(10)
    assert pico(10_000) < 1.3 * pico(2_000) + 200_000
