"""The tables of docs/asvs.md and docs/garantias.md: every proof that they name exists."""

import re
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
TABLA = (RAIZ / "docs/asvs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("pagina", ["asvs.md", "garantias.md"])
def test_named_proofs_exist(pagina):
    """X-10: each file and each test that the table gives as its proof is there."""
    faltan = []
    tabla = (RAIZ / "docs" / pagina).read_text(encoding="utf-8")
    for ruta, prueba in re.findall(r"`((?:tests|docs|portal|solicitudes|bench)/[\w./-]+)(?:::(\w+))?`", tabla):
        archivo = RAIZ / ruta
        if not archivo.exists() or (prueba and f"def {prueba}(" not in archivo.read_text(encoding="utf-8")):
            faltan.append(f"{ruta}::{prueba}")
    assert faltan == []


def test_every_chapter_is_judged():
    """X-10: the seventeen chapters are there, and every row says one of the four verdicts."""
    assert sorted({int(n) for n in re.findall(r"\bV(\d+)\b", TABLA)}) == list(range(1, 18))
    estados = {
        fila.split("|")[2].strip()
        for fila in TABLA.splitlines()
        if fila.startswith("| ") and not fila.startswith(("| sección", "| ---"))
    }
    assert estados == {"cumple", "en parte", "abierto", "no aplica"}


def test_every_guarantee_has_a_proof_and_a_figure():
    """X-10: a promise without a test, or without what was measured, is none."""
    filas = [
        [celda.strip() for celda in linea.strip("|").split(" | ")]
        for linea in (RAIZ / "docs/garantias.md").read_text(encoding="utf-8").splitlines()
        if linea.startswith("| ") and not linea.startswith(("| promesa", "| ---"))
    ]
    assert len(filas) > 20
    assert [fila[0] for fila in filas if len(fila) != 4 or not all(fila) or "`" not in fila[2]] == []
