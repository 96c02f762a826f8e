"""The SEC's page about the mail: what waits, what failed and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.avisos import actions
from portal.avisos.lista import COLUMNAS, FiltroAvisos
from portal.avisos.models import Aviso
from portal.avisos.permissions import puede_reenviar
from portal.listas.filtrada import ListaFiltrada
from portal.permisos import con_permiso
from portal.reloj import ahora


@con_permiso("avisos.ver_avisos")
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """The notices, newest first."""
    filtro = FiltroAvisos(request.GET)
    avisos = filtro.aplicar().select_related("caso").defer("texto", "html")
    contexto = {
        "lista": ListaFiltrada(request.GET, filtro, avisos, COLUMNAS, "-escrito", informe="avisos"),
        "hay_errores": filtro.errors,
        "cifras": Aviso.objects.cifras() | {"ahora": ahora()},
        "puede_reenviar": puede_reenviar(request.perfil),
    }
    return render(request, "avisos/lista.html", contexto)


@con_permiso("avisos.reenviar_avisos")
@require_POST
def reenviar(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one failed notice again."""
    aviso = get_object_or_404(Aviso, pk=pk)
    if actions.reenviar(aviso, por=request.perfil):
        messages.success(request, f"El aviso «{aviso.asunto}» sale otra vez a {aviso.para}.")
    else:
        messages.info(request, "Ese aviso ya no está fallido: no hay nada que reenviar.")
    return redirect("avisos:lista")


@con_permiso("avisos.reenviar_avisos")
@require_POST
def reenviar_fallidos(request: HttpRequest) -> HttpResponse:
    """Send all failed notices again."""
    cuantos = actions.reenviar_fallidos(por=request.perfil)
    if cuantos:
        messages.success(request, f"Avisos que salen otra vez: {cuantos}.")
    else:
        messages.info(request, "No hay avisos fallidos.")
    return redirect("avisos:lista")
