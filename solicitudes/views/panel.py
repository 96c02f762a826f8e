"""The SEC's first page (R-02) and its compliance board (R-07)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.permisos import con_permiso
from solicitudes.cumplimiento import Tablero
from solicitudes.panel import Panel

_ver = con_permiso("solicitudes.ver_cumplimiento")


@_ver
@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """**Panel**: what comes in, where it stands, what is late."""
    visto = Panel(request.GET)
    return render(request, "solicitudes/panel.html", {"panel": visto, "hay_errores": visto.filtro.errors})


@_ver
@require_safe
def cumplimiento(request: HttpRequest) -> HttpResponse:
    """**Cumplimiento de plazos**."""
    tablero = Tablero(request.GET)
    return render(request, "solicitudes/cumplimiento.html", {"tablero": tablero, "hay_errores": tablero.filtro.errors})
