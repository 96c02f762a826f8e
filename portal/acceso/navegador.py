"""Browsers that an account has signed in from: they keep an allowance of their own, which no stranger can use up."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

GALLETA = "__Host-navegador" if settings.EN_PRODUCCION else "navegador"
DURACION = 180 * 24 * 3600  # seconds
MAXIMO = 20  # accounts that one browser remembers
_SAL = "portal.acceso.navegador"


def _huella(identificador: str) -> str:
    """Stands for the account in the cookie, which says nothing to whoever reads it."""
    return salted_hmac(_SAL, identificador).hexdigest()[:16]


def _leer(request: HttpRequest) -> tuple[str, list[str]]:
    """The browser's number and the accounts it knows."""
    valor = request.get_signed_cookie(GALLETA, default="", salt=_SAL, max_age=DURACION)
    numero, _, huellas = (valor or "").partition(".")
    return numero, huellas.split(".") if huellas else []


def conocido(request: HttpRequest, identificador: str) -> str | None:
    """Names this browser as one that the account has used; None when it has not."""
    numero, huellas = _leer(request)
    huella = _huella(identificador)
    return f"{numero}:{huella}" if huella in huellas else None


def recordar(request: HttpRequest, response: HttpResponse, identificador: str) -> None:
    """From now on this browser is known to the account."""
    numero, huellas = _leer(request)
    huella = _huella(identificador)
    recientes = [huella, *(h for h in huellas if h != huella)][:MAXIMO]
    response.set_signed_cookie(
        GALLETA,
        ".".join([numero or secrets.token_hex(16), *recientes]),
        salt=_SAL,
        max_age=DURACION,
        secure=settings.EN_PRODUCCION,
        httponly=True,
        samesite="Lax",
    )
