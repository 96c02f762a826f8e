"""**Modificar Mensajes** (R-04): what each notice says, edited by the SEC."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.avisos import actions, catalogo, fuente
from portal.avisos.forms import MensajeForm
from portal.avisos.models import MensajePropio
from portal.avisos.redaccion import Mensaje, redactar, vigente
from portal.historial.cambios import cambios
from portal.permisos import con_permiso

_modificar = con_permiso("avisos.modificar_mensajes")
_formulario = require_http_methods(["GET", "HEAD", "POST"])


@_modificar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """All notices, and which of them the SEC has rewritten."""
    propios = dict(MensajePropio.objects.values_list("plantilla", "fuente"))
    filas = [
        (nombre, catalogo.cuando(nombre), fuente.partir(propios.get(nombre) or fuente.original(nombre)).asunto)
        for nombre in fuente.plantillas()
    ]
    filas.sort(key=lambda fila: fila[1].casefold())
    return render(request, "avisos/mensajes.html", {"filas": filas, "propios": set(propios)})


@_modificar
@_formulario
def mensaje(request: HttpRequest, plantilla: str) -> HttpResponse:
    """One notice: its text, what it may say, how it looks, what it was before."""
    _exigir_que_exista(plantilla)
    partes = fuente.partir(vigente(plantilla))
    inicial = {"asunto": partes.asunto, "titulo": partes.titulo, "cuerpo": partes.cuerpo}
    form = MensajeForm(request.POST or None, plantilla=plantilla, initial=inicial)
    visto: Mensaje | None = None
    if form.is_valid():
        if "grabar" in request.POST:
            actions.modificar(plantilla, por=request.perfil, texto=form.texto)
            messages.success(request, "Guardamos el mensaje. Rige para los avisos que se escriban desde ahora.")
            return redirect("avisos:mensaje", plantilla)
        valores = _valores(form)
        if valores is not None:
            visto = redactar(plantilla, contexto=valores, caso=form.caso, perfil=request.perfil, texto=form.texto)
            if "probar" in request.POST:
                actions.probar(plantilla, por=request.perfil, texto=form.texto, contexto=valores, caso=form.caso)
                messages.success(request, f"La prueba va en camino a {request.perfil.usuario.email}.")
    elif not form.is_bound:
        visto = redactar(plantilla, contexto=catalogo.de_ejemplo(plantilla), caso=None, perfil=request.perfil)
    contexto = {
        "form": form,
        "plantilla": plantilla,
        "cuando": catalogo.cuando(plantilla),
        "variables": catalogo.explicadas(plantilla),
        "visto": visto,
        "es_propio": MensajePropio.objects.filter(plantilla=plantilla).exists(),
        "historia": cambios(actions.objeto(plantilla), para=request.perfil),
    }
    return render(request, "avisos/mensaje.html", contexto)


def _valores(form: MensajeForm) -> dict[str, Any] | None:
    """Of the case that was chosen, else of an example; None, said on the form, when that case has no such notice."""
    if form.caso is None:
        return catalogo.de_ejemplo(form.plantilla)
    valores = catalogo.de_caso(form.plantilla, form.caso)
    if valores is None:
        form.add_error("folio", "Este mensaje no se puede mostrar con ese caso. Elige otro folio o déjalo vacío.")
    return valores


@_modificar
@_formulario
def restaurar(request: HttpRequest, plantilla: str) -> HttpResponse:
    """Back to the original, after asking."""
    _exigir_que_exista(plantilla)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if actions.restaurar(plantilla, por=request.perfil):
            messages.success(request, "Rige otra vez el mensaje original.")
        else:
            messages.info(request, "El mensaje ya era el original.")
        return redirect("avisos:mensaje", plantilla)
    contexto = {"plantilla": plantilla, "form": form, "original": fuente.partir(fuente.original(plantilla))}
    return render(request, "avisos/mensaje_restaurar.html", contexto)


def _exigir_que_exista(plantilla: str) -> None:
    if not fuente.existe(plantilla):
        raise Http404
