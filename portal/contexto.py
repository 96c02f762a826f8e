"""What every template may ask for."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal import menu
from portal.cuentas.models import Perfil

APARIENCIAS = {"clara": "light", "oscura": "dark"}


def portal(request: HttpRequest) -> dict[str, Any]:
    """The installation's names, the active profile, its menu; what costs waits until it is drawn."""
    perfil: Perfil | None = getattr(request, "perfil", None)
    return {
        "producto": settings.NOMBRE_PRODUCTO,
        "lema": settings.LEMA_PRODUCTO,
        "responsable": settings.RESPONSABLE,
        "contacto": settings.CORREO_CONTACTO,
        "identificador_nombre": settings.IDENTIFICADOR_NOMBRE,
        "apariencia": APARIENCIAS.get(request.COOKIES.get(settings.COOKIE_APARIENCIA, "")),
        "perfil": perfil,
        "perfiles_alternos": getattr(request, "perfiles_alternos", []),
        "menu": partial(menu.enlaces, request),
        "publicas": menu.publicas,
    }
