"""The batches for the commercial system."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.documentos.models import TransicionInvalida
from portal.permisos import con_permiso
from reclamos.seccion import actions
from reclamos.seccion.lotes import contenido, en_csv, lista_de_lotes
from reclamos.seccion.models import Asunto, Lote

_tramitar = con_permiso("seccion.tramitar")
SE_MUESTRAN = 20


@_tramitar
@require_safe
def lotes(request: HttpRequest) -> HttpResponse:
    """The batches, and what waits for the next one."""
    propia = lista_de_lotes(request.GET)
    esperan = Asunto.objects.por_exportar().select_related("distribuidora").order_by("pk")
    contexto = {
        "lista": propia,
        "hay_errores": propia.filtro.errors,
        "cuantos_esperan": esperan.count(),
        "esperan": esperan[:SE_MUESTRAN],
    }
    return render(request, "seccion/lotes.html", contexto)


@_tramitar
@require_POST
def exportar(request: HttpRequest) -> HttpResponse:
    """Make a batch of all that waits."""
    try:
        hecho = actions.exportar(por=request.perfil)
    except actions.NadaQueExportar as error:
        messages.info(request, str(error))
        return redirect("seccion:lotes")
    messages.success(request, f"{hecho} listo. Descárgalo y cárgalo en el SGC.")
    return redirect(hecho)


@_tramitar
@require_POST
def cargar(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the commercial system has taken it."""
    este = get_object_or_404(Lote, pk=pk)
    try:
        actions.cargar_lote(este, por=request.perfil)
    except TransicionInvalida as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"{este}: consta como cargado en el SGC.")
    return redirect(este)


@_tramitar
@require_safe
def lote(request: HttpRequest, pk: int) -> HttpResponse:
    """What a batch contains."""
    este = get_object_or_404(Lote.objects.select_related("por__usuario", "cargado_por__usuario"), pk=pk)
    return render(request, "seccion/lote.html", {"lote": este, "contenido": list(contenido(este))})


@_tramitar
@require_safe
def lote_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch as CSV, the same however often it is downloaded."""
    este = get_object_or_404(Lote, pk=pk)
    nombre = f'attachment; filename="lote-{este.numero}.csv"'
    return HttpResponse(en_csv(este), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": nombre})
