"""The mirror of the commercial system: how old it is, what it holds, bringing it up to date (X-05)."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.listas.filtrada import ListaFiltrada
from portal.permisos import con_permiso
from portal.sgc import actions
from portal.sgc.columnas import DE
from portal.sgc.forms import AjusteForm, ImportarForm
from portal.sgc.lista import COLUMNAS, FiltroImportaciones
from portal.sgc.models import Ajuste, Cliente, Expediente, Importacion, Suministro
from portal.sgc.puerto import actualizado

_importar = con_permiso("sgc.importar_sgc")


@_importar
@require_safe
def espejo(request: HttpRequest) -> HttpResponse:
    """Age, figures, imports."""
    empresa = request.perfil.distribuidora
    cifras = [
        {"texto": texto, "valor": f"{modelo.objects.count():,}".replace(",", ".")}
        for texto, modelo in (("Suministros", Suministro), ("Clientes", Cliente), ("Expedientes", Expediente))
    ]
    filtro = FiltroImportaciones(request.GET)
    importaciones = filtro.aplicar().select_related("perfil__usuario")
    contexto = {
        "actualizado": actualizado(empresa),
        "cifras": cifras,
        "lista": ListaFiltrada(request.GET, filtro, importaciones, COLUMNAS, "-cuando", informe="importaciones"),
        "hay_errores": filtro.errors,
        "ajuste": AjusteForm(instance=Ajuste.objects.filter(distribuidora=empresa).first()),
    }
    return render(request, "sgc/espejo.html", contexto)


@_importar
@require_POST
def ajustar(request: HttpRequest) -> HttpResponse:
    """What to do with references that the mirror does not know."""
    form = AjusteForm(request.POST)
    if form.is_valid():
        actions.ajustar(por=request.perfil, **form.cleaned_data)
        messages.success(request, "Guardamos el ajuste. Vale desde ahora.")
    return redirect("sgc:espejo")


@_importar
@require_http_methods(["GET", "HEAD", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    """Send a file; it is rehearsed first."""
    form = ImportarForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        datos = form.cleaned_data
        return redirect(actions.pedir(datos["archivo"], por=request.perfil, contenido=datos["contenido"]))
    columnas = [(contenido.label, DE[contenido]) for contenido in Importacion.Contenido]
    return render(request, "sgc/importar.html", {"form": form, "columnas": columnas})


@_importar
@require_safe
def importacion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import: how far, what it found, whether to apply it."""
    importacion = get_object_or_404(Importacion, pk=pk)
    plantilla = "sgc/_avance.html" if request.htmx else "sgc/importacion.html"
    return render(request, plantilla, {"importacion": importacion})


@_importar
@require_POST
def aplicar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Apply what was rehearsed."""
    importacion = get_object_or_404(Importacion, pk=pk)
    try:
        actions.aplicar(importacion, por=request.perfil)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(importacion)
