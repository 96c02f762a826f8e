"""What differs by country holds for each of them."""

from decimal import Decimal
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from portal.cuentas.identificador import CLASES
from portal.cuentas.paises import PAISES
from portal.plazos.calendario import _de_ley


@pytest.mark.parametrize(
    ("pais", "monto", "escrito"),
    [
        ("CL", "38500", "$ 38.500"),
        ("CL", "1250000.00", "$ 1.250.000"),
        ("PY", "1200000", "₲ 1.200.000"),
        ("PE", "1200.5", "S/ 1,200.50"),
        ("PE", "0.05", "S/ 0.05"),
    ],
)
def test_importe(pais, monto, escrito):
    """X-10: currency, decimals and separators of the country."""
    assert PAISES[pais].importe(Decimal(monto)) == escrito


@pytest.mark.parametrize("pais", PAISES.values(), ids=lambda p: p.codigo)
def test_cada_pais_esta_completo(pais):
    """X-10: its zone exists, its document types have their checks, its holidays are known."""
    assert ZoneInfo(pais.zona).key == pais.zona
    assert all(hasattr(import_module(f"stdnum.{m}"), "is_valid") for _, _, m in pais.documentos if m)
    assert pais.identificador in CLASES
    assert len(_de_ley(pais.codigo, 2026)) > 10


def test_documentos_de_cada_pais():
    """X-10: PY C.I. and RUC, CL RUT and passport, PE DNI, RUC and CE."""
    assert {p.codigo: [codigo for codigo, _, _ in p.documentos] for p in PAISES.values()} == {
        "CL": ["rut", "pasaporte"],
        "PY": ["ci", "ruc"],
        "PE": ["dni", "ruc", "ce"],
    }
