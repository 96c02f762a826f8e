"""The catalogue of companies, and their units (A-08)."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.acceso.empresas import actions
from portal.acceso.empresas.forms import EmpresaForm, UnidadForm
from portal.acceso.intentar import intentar
from portal.cuentas.models import Distribuidora, Unidad
from portal.permisos import con_permiso

_administrar = con_permiso("cuentas.administrar_empresas")
_formulario = require_http_methods(["GET", "HEAD", "POST"])


@_administrar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """All companies: some forty, on one page."""
    activos = Count("perfiles", Q(perfiles__activo=True), distinct=True)
    empresas = Distribuidora.objects.annotate(personas=activos, cuantas=Count("unidades", distinct=True))
    return render(request, "empresas/lista.html", {"empresas": empresas})


@_administrar
@_formulario
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """A company and its units."""
    empresa = get_object_or_404(Distribuidora, pk=pk)
    form = EmpresaForm(request.POST or None, instance=get_object_or_404(Distribuidora, pk=pk))
    if form.is_valid() and intentar(
        form, lambda: actions.editar_empresa(empresa, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Grabamos {form.cleaned_data['nombre_fantasia']}.")
        return redirect("empresas:editar", pk)
    unidades = empresa.unidades.select_related("superior").annotate(
        personas=Count("perfiles", Q(perfiles__activo=True))
    )
    return render(request, "empresas/editar.html", {"empresa": empresa, "form": form, "unidades": unidades})


@_administrar
@_formulario
def crear_unidad(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit more."""
    empresa = get_object_or_404(Distribuidora, pk=pk)
    form = UnidadForm(request.POST or None, empresa=empresa)
    if form.is_valid() and intentar(
        form, lambda: actions.crear_unidad(empresa, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Creamos la unidad {form.cleaned_data['nombre']}.")
        return redirect("empresas:editar", pk)
    return render(request, "empresas/unidad.html", {"empresa": empresa, "form": form})


@_administrar
@_formulario
def editar_unidad(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, place in the tree, in use or not."""
    unidad = get_object_or_404(Unidad.objects.select_related("distribuidora"), pk=pk)
    inicial = {"nombre": unidad.nombre, "superior": unidad.superior_id, "activa": unidad.activa}
    form = UnidadForm(request.POST or None, empresa=unidad.distribuidora, initial=inicial)
    if form.is_valid() and intentar(
        form, lambda: actions.editar_unidad(unidad, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Grabamos la unidad {form.cleaned_data['nombre']}.")
        return redirect("empresas:editar", unidad.distribuidora_id)
    return render(request, "empresas/unidad.html", {"empresa": unidad.distribuidora, "unidad": unidad, "form": form})
