"""What a company prepares to be answered by the portal (S-15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.adjuntos.views import servir
from portal.historial.cambios import cambios
from portal.permisos import con_permiso
from solicitudes import automaticas
from solicitudes.forms import AutomaticaForm
from solicitudes.formularios import Formulario
from solicitudes.models import RespuestaAutomatica
from solicitudes.views.tramite import intentar

_configurar = con_permiso("solicitudes.configurar_automaticas")
_SE_RESPONDEN = {f.ruta: f for f in Formulario if f.necesita_respuesta}


def _formulario(ruta: str) -> Formulario:
    if ruta not in _SE_RESPONDEN:
        raise Http404
    return _SE_RESPONDEN[ruta]


@_configurar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """**Respuesta automática**: each form, and what the portal does with it."""
    propias = RespuestaAutomatica.objects.filter(distribuidora=request.perfil.distribuidora_id)
    por_formulario = {p.formulario: p for p in propias.select_related("archivo")}
    filas = [(formulario, por_formulario.get(formulario)) for formulario in _SE_RESPONDEN.values()]
    return render(request, "solicitudes/automaticas.html", {"filas": filas})


@_configurar
@require_http_methods(["GET", "HEAD", "POST"])
def editar(request: HttpRequest, ruta: str) -> HttpResponse:
    """The standing answer of one form."""
    formulario, empresa = _formulario(ruta), request.perfil.distribuidora
    presente = RespuestaAutomatica.objects.filter(distribuidora=empresa, formulario=formulario).first()
    preparada = presente or RespuestaAutomatica(distribuidora=empresa, formulario=formulario)
    inicial = {"al_enviar": preparada.al_enviar, "al_vencer": preparada.al_vencer, "texto": preparada.texto}
    form = AutomaticaForm(request.POST or None, request.FILES or None, initial=inicial)
    if form.is_valid() and intentar(
        form,
        lambda: automaticas.preparar(empresa, por=request.perfil, formulario=formulario, **form.cleaned_data),
    ):
        messages.success(request, f"Guardamos la respuesta automática de {formulario.label}.")
        return redirect("solicitudes:automaticas")
    contexto = {"form": form, "formulario": formulario, "preparada": preparada}
    contexto["historia"] = cambios(automaticas.objeto(preparada), para=request.perfil)
    return render(request, "solicitudes/automatica.html", contexto)


@_configurar
@require_safe
def archivo(request: HttpRequest, ruta: str) -> HttpResponseBase:
    """The file that is prepared now, to look at it."""
    preparada = get_object_or_404(
        RespuestaAutomatica.objects.select_related("archivo").exclude(archivo=None),
        distribuidora=request.perfil.distribuidora_id,
        formulario=_formulario(ruta),
    )
    return servir(request, preparada.archivo)
