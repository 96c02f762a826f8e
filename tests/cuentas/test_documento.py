"""Documents of customers, by country."""

import pytest
from django.core.exceptions import ValidationError

from portal.cuentas.documento import presentar, tipos, validar


@pytest.mark.parametrize(
    ("pais", "tipo", "escrito", "normal", "escrito_bien"),
    [
        ("PY", "ci", " 1.730.558 ", "1730558", "C.I. 1.730.558"),
        ("PY", "ci", "01730558", "1730558", "C.I. 1.730.558"),
        ("PY", "ruc", "80012345 0", "80012345-0", "RUC 80012345-0"),
        ("PE", "dni", "0412 3456", "04123456", "DNI 04123456"),
        ("PE", "ruc", "20123456786", "20123456786", "RUC 20123456786"),
        ("CL", "rut", "12.345.678-5", "12345678-5", "RUT 12345678-5"),
        ("CL", "pasaporte", "f12345678", "F12345678", "Pasaporte F12345678"),
    ],
)
def test_a_document_has_one_form(pais, tipo, escrito, normal, escrito_bien):
    """G-01, X-10: what is typed is one number, shown with its type."""
    assert validar(escrito, pais=pais, tipo=tipo) == normal
    assert presentar(normal, pais=pais, tipo=tipo) == escrito_bien


@pytest.mark.parametrize(
    ("pais", "tipo", "escrito"),
    [
        ("PY", "ci", ""),
        ("PY", "ci", "173-0558"),
        ("PY", "ci", "12"),
        ("PY", "ci", "123456789"),
        ("PY", "ci", "17a0558"),
        ("PY", "ruc", "80012345-1"),
        ("PY", "ruc", "80012346"),
        ("PY", "rut", "12345678-5"),
        ("PY", "", "1730558"),
        ("PE", "dni", "1234567"),
        ("CL", "rut", "12345678-6"),
    ],
)
def test_a_false_document_is_refused(pais, tipo, escrito):
    """G-01: malformed, wrong check digit, a type that the country does not have."""
    with pytest.raises(ValidationError):
        validar(escrito, pais=pais, tipo=tipo)


def test_types_by_country():
    """G-01, X-10: the words of the contract."""
    assert tipos("PY") == [("ci", "C.I."), ("ruc", "RUC")]
