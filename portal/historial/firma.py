"""The signature of the daily digests: Ed25519, by a key that is never in the database."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def _llave() -> Ed25519PrivateKey:
    semilla = hashlib.sha256(b"portal.historial:" + settings.CLAVE_DE_HISTORIAL.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(semilla)


def firmar(mensaje: bytes) -> str:
    return base64.b64encode(_llave().sign(mensaje)).decode()


def vale(mensaje: bytes, firma: str) -> bool:
    """Whether `firma` is ours for `mensaje`."""
    try:
        _llave().public_key().verify(base64.b64decode(firma, validate=True), mensaje)
    except (InvalidSignature, ValueError):
        return False
    return True


def publica() -> str:
    """The public half, by which anybody checks a signature and nobody makes one."""
    return base64.b64encode(_llave().public_key().public_bytes_raw()).decode()
