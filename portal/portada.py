"""The first page after signing in: each domain gives the one of the profiles it serves, in its `AppConfig.ready()`."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Perfil
from portal.permisos import con_sesion

Vista = Callable[..., HttpResponseBase]
_portadas: dict[str, dict[str, Vista]] = {}


def registrar(tipo: TipoPerfil, vista: Vista, *, permiso: str = "") -> None:
    """`vista` is the first page of profiles of `tipo`, or of those among them that hold `permiso`."""
    _portadas.setdefault(tipo.value, {})[permiso] = vista


@con_sesion
@require_safe
def inicio(request: HttpRequest) -> HttpResponseBase:
    """The active profile's own first page; where no domain gives one, its menu."""
    perfil: Perfil = request.perfil  # type: ignore[attr-defined]
    propias = _portadas.get(perfil.tipo, {})
    vista = next((v for permiso, v in propias.items() if permiso and perfil.tiene(permiso)), propias.get(""))
    return vista(request) if vista else render(request, "portal/inicio.html")
