"""**Enlaces de Interés** (S-16): what applicants read, and what the SEC edits."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.adjuntos.views import servir
from portal.historial.cambios import cambios
from portal.permisos import con_permiso, con_sesion
from solicitudes import publicacion
from solicitudes.forms import EnlaceForm
from solicitudes.formularios import Formulario
from solicitudes.models import Enlace
from solicitudes.views.tramite import intentar

_editar = con_permiso("solicitudes.editar_enlaces")
_formulario = require_http_methods(["GET", "HEAD", "POST"])
_CAMPOS = ("grupo", "titulo", "texto", "direccion", "orden")


@con_sesion
@require_safe
def enlaces(request: HttpRequest) -> HttpResponse:
    """All of them, and the blank forms."""
    todos = list(Enlace.objects.select_related("archivo"))
    contexto = {
        "enlaces": [e for e in todos if e.grupo == Enlace.Grupo.ENLACE],
        "en_blanco": [e for e in todos if e.grupo == Enlace.Grupo.FORMULARIO],
        "formularios": Formulario,
    }
    return render(request, "solicitudes/enlaces.html", contexto)


@con_sesion
@require_safe
def archivo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of one of them."""
    enlace = get_object_or_404(Enlace.objects.select_related("archivo").exclude(archivo=None), pk=pk)
    return servir(request, enlace.archivo)


@_editar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """What can be edited, in the order in which it is shown."""
    contexto = {
        "enlaces": Enlace.objects.select_related("archivo"),
        "historia": cambios(publicacion.OBJETO, para=request.perfil),
    }
    return render(request, "solicitudes/enlaces_lista.html", contexto)


@_editar
@_formulario
def nuevo(request: HttpRequest) -> HttpResponse:
    """Add a link or a blank form."""
    return _pagina(request, None)


@_editar
@_formulario
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _pagina(request, get_object_or_404(Enlace.objects.select_related("archivo"), pk=pk))


def _pagina(request: HttpRequest, enlace: Enlace | None) -> HttpResponse:
    inicial = {campo: getattr(enlace, campo) for campo in _CAMPOS} if enlace else {"orden": Enlace.objects.count() + 1}
    form = EnlaceForm(request.POST or None, request.FILES or None, presente=enlace, initial=inicial)
    if form.is_valid() and intentar(
        form, lambda: publicacion.publicar(enlace, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Guardamos «{form.cleaned_data['titulo']}».")
        return redirect("solicitudes:enlaces_lista")
    return render(request, "solicitudes/enlace.html", {"form": form, "enlace": enlace})


@_editar
@_formulario
def borrar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off the page, after asking."""
    enlace = get_object_or_404(Enlace, pk=pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        publicacion.retirar(enlace, por=request.perfil)
        messages.success(request, f"Borramos «{enlace.titulo}».")
        return redirect("solicitudes:enlaces_lista")
    return render(request, "solicitudes/enlace_borrar.html", {"enlace": enlace, "form": form})
