"""Looking: the list, the board, one entry (G-10, X-07)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gestiones import permissions
from gestiones.lista import Gestiones
from gestiones.models import Gestion, mes_de, mes_siguiente
from gestiones.tablero import Tablero, cifras
from portal import reloj
from portal.historial.relato import relato
from portal.permisos import con_permiso

_ver = con_permiso("gestiones.ver_gestiones")


@_ver
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """All entries in sight; the head ticks those to decide on."""
    propia = Gestiones(request.GET, request.perfil)
    return render(request, "gestiones/lista.html", {"lista": propia, "hay_errores": propia.filtro.errors})


@_ver
@require_safe
def tablero(request: HttpRequest) -> HttpResponse:
    """A month by type, hour and officer."""
    mes = mes_pedido(request)
    contexto = {
        "tablero": Tablero(request.perfil, mes),
        "cifras": cifras(request.perfil),
        **meses_junto_a(request, mes),
    }
    return render(request, "gestiones/tablero.html", contexto)


def mes_pedido(request: HttpRequest) -> date:
    """The month that the address names (`?mes=2026-11`), this one when it names none that can be."""
    empresa = request.perfil.distribuidora
    hoy = reloj.hoy(empresa.zona_horaria if empresa else None)
    try:
        mes = date.fromisoformat(f"{request.GET.get('mes', '')}-01")
    except ValueError:
        return mes_de(hoy)
    return mes if 2000 <= mes.year <= hoy.year and mes <= hoy else mes_de(hoy)


def meses_junto_a(request: HttpRequest, mes: date) -> dict[str, Any]:
    """The month shown, the one before it and, unless it has not begun, the one after."""
    empresa = request.perfil.distribuidora
    siguiente = mes_siguiente(mes)
    anterior = mes_de(date.fromordinal(mes.toordinal() - 1))
    hoy = reloj.hoy(empresa.zona_horaria if empresa else None)
    return {"mes": mes, "anterior": anterior, "siguiente": siguiente if siguiente <= hoy else None}


@_ver
@require_safe
def ver(request: HttpRequest, numero: int) -> HttpResponse:
    """One entry with its history and what can be done with it."""
    consulta = Gestion.objects.select_related(
        "caso", "unidad__distribuidora", "agente__usuario", "agente__distribuidora", "cierre"
    )
    gestion = get_object_or_404(consulta, numero=numero)
    contexto = {
        "gestion": gestion,
        "historia": relato(gestion, request.perfil),
        "puede_corregir": permissions.puede_corregir(request.perfil, gestion) and gestion.admite_correccion,
        "puede_revisar": permissions.puede_revisar(request.perfil, gestion) and gestion.admite_revision,
    }
    return render(request, "gestiones/ver.html", contexto)
