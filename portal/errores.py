"""Pages for when something did not go well."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

ESPERA = 30
"""Seconds after which a browser or a machine may ask again."""


def sin_ficha(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token: usually one that was open while the session ended."""
    return render(request, "403_csrf.html", status=403)


def _aislada(codigo: int) -> HttpResponse:
    """A page that asks neither the session nor the database: they may be what failed."""
    nombres = {"producto": settings.NOMBRE_PRODUCTO, "contacto": settings.CORREO_CONTACTO}
    return HttpResponse(render_to_string(f"{codigo}.html", nombres), status=codigo)


def mal_formada(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _aislada(400)


def fallo(request: HttpRequest) -> HttpResponse:
    """503, to be asked again, while the database is away or has no room; 500 for what is broken in the code."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        respuesta = _aislada(503)
        respuesta["Retry-After"] = str(ESPERA)
        return respuesta
    return _aislada(500)
