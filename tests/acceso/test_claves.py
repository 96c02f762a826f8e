"""A-07: the password rule."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.cuentas.models import Usuario

ANA = Usuario(
    identificador="12345678-5", nombres="Ana María", apellidos="Fuentealba Ñanco", email="amfuentealba@correo.cl"
)


@pytest.mark.parametrize(
    "clave",
    [
        "cuatro pinos junto al lago",
        "ñandú-7k",
        "8 chars!",
        "x" * 60 + "yz" + "w" * 66,
        "密码密码密码一二",
        "Ana compra pan en la esquina",
        "   espacios delante",
    ],
)
def test_accepted(clave):
    """A-07: 8 to 128 characters of any kind."""
    validate_password(clave, ANA)


@pytest.mark.parametrize(
    ("clave", "codigo"),
    [
        ("", "largo"),
        ("7 chars", "largo"),
        ("ab c" * 32 + "d", "largo"),
        ("password", "comun"),
        ("PASSWORD1", "comun"),
        ("12345678", "comun"),
        ("contraseña", "comun"),
        ("Contraseña123", "comun"),
        ("Chile2026", "comun"),
        ("colocolo1", "comun"),
        ("electricidad", "comun"),
        ("aaaaaaaaaaaa", "comun"),
        ("qwertyuiop", "comun"),
        ("12345678-5", "propia"),
        ("12.345.678", "propia"),
        ("mi rut 12345678", "propia"),
        ("Fuentealba", "propia"),
        ("fuentealba1", "propia"),
        ("anamaria!!", "propia"),
        ("amfuentealba@correo.cl", "propia"),
        ("amfuentealba", "propia"),
    ],
)
def test_refused(clave, codigo):
    """A-07: too short or long, known, or the owner's own data; the reason is said in Spanish."""
    with pytest.raises(ValidationError) as error:
        validate_password(clave, ANA)
    assert codigo in [e.code for e in error.value.error_list]
