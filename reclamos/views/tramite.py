"""What is done with a complaint, one page for each act (Q-02, Q-04)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from portal.permisos import con_permiso, exigir, publica
from reclamos import codigos, permissions, puerta
from reclamos.actions import presentacion, recursos, tramite
from reclamos.forms.tramite import (
    CodificarForm,
    CompletarForm,
    DecidirForm,
    ElevarForm,
    PedirCompletarForm,
    QuejaForm,
    RecursoForm,
    ResponderForm,
)
from reclamos.models import Reclamo, Recurso
from reclamos.views.caso import cargar

_tramitar = con_permiso("reclamos.tramitar_reclamo")
_formulario = require_http_methods(["GET", "HEAD", "POST"])


def intentar(form: forms.Form, hacer: Callable[[], Any]) -> bool:
    """Do it; what the action refuses is said on the form, beside its field where it has one."""
    try:
        hacer()
    except TransicionInvalida as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return True
    return False


def _acto(
    request: HttpRequest,
    reclamo: Reclamo,
    form: forms.Form,
    hacer: Callable[..., Any],
    *,
    plantilla: str,
    hecho: str,
    **mas: Any,
) -> HttpResponse:
    """Show the form, or do what it says and go back to the complaint."""
    if form.is_valid() and intentar(form, lambda: hacer(**form.cleaned_data)):
        messages.success(request, hecho)
        return redirect(reclamo)
    return render(request, f"reclamos/{plantilla}.html", {"reclamo": reclamo, "form": form, **mas})


def _de_la_empresa(request: HttpRequest, ingreso: str) -> Reclamo:
    reclamo = cargar(ingreso)
    exigir(permissions.puede_tramitar(request.perfil, reclamo))
    return reclamo


@_tramitar
@_formulario
def codificar(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Dar código de reclamo**: the company's own, or the next one of the portal."""
    reclamo = _de_la_empresa(request, ingreso)
    return _acto(
        request,
        reclamo,
        CodificarForm(request.POST if request.method == "POST" else None),
        lambda **datos: presentacion.codificar(reclamo, por=request.perfil, **datos),
        plantilla="codificar",
        hecho="Código de reclamo dado. Avisamos a quien reclama.",
        propuesto=codigos.propuesto(reclamo.distribuidora),
    )


@_tramitar
@_formulario
def pedir_completar(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Pedir que se complete**."""
    reclamo = _de_la_empresa(request, ingreso)
    return _acto(
        request,
        reclamo,
        PedirCompletarForm(request.POST or None),
        lambda **datos: tramite.pedir_completar(reclamo, por=request.perfil, **datos),
        plantilla="pedir_completar",
        hecho=f"Pediste completar {reclamo}. Avisamos a quien reclama.",
    )


@_tramitar
@_formulario
def responder(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Responder** with one of the five results."""
    reclamo = _de_la_empresa(request, ingreso)
    return _acto(
        request,
        reclamo,
        ResponderForm(request.POST or None, request.FILES or None),
        lambda **datos: tramite.responder(reclamo, por=request.perfil, **datos),
        plantilla="responder",
        hecho=f"Reclamo {reclamo} respondido. Enviamos la resolución por correo.",
    )


@_tramitar
@_formulario
def elevar(request: HttpRequest, numero: str) -> HttpResponse:
    """Forward an appeal or a queja to the second instance."""
    recurso = _recurso(numero)
    exigir(permissions.puede_tramitar(request.perfil, recurso.reclamo))
    return _acto(
        request,
        recurso.reclamo,
        ElevarForm(request.POST if request.method == "POST" else None, request.FILES or None),
        lambda **datos: recursos.elevar(recurso, por=request.perfil, **datos),
        plantilla="elevar",
        hecho=f"{recurso} elevada a la segunda instancia.",
        recurso=recurso,
    )


@con_permiso("reclamos.decidir_recurso")
@_formulario
def decidir(request: HttpRequest, numero: str) -> HttpResponse:
    """Decide an appeal or a queja."""
    recurso = _recurso(numero)
    exigir(permissions.puede_decidir(request.perfil, recurso))
    return _acto(
        request,
        recurso.reclamo,
        DecidirForm(request.POST or None, request.FILES or None),
        lambda **datos: recursos.decidir(recurso, por=request.perfil, **datos),
        plantilla="decidir",
        hecho=f"{recurso} decidida. Enviamos la resolución por correo.",
        recurso=recurso,
    )


def _recurso(numero: str) -> Recurso:
    propios = Recurso.objects.select_related("caso", "reclamo__caso", "reclamo__distribuidora", "reclamo__materia")
    return get_object_or_404(propios, numero=numero)


# --- who complains, with an account or with the key of the case -----------------------------------------------------
def _de_quien_reclama(
    request: HttpRequest,
    ingreso: str,
    clase: type[forms.Form],
    puede: Callable[[Perfil | None, Reclamo], bool],
    hacer: Callable[..., Any],
    **opciones: Any,
) -> HttpResponse:
    if request.perfil is not None:
        exigir(request.perfil.tiene("reclamos.ver_reclamos"))
    with puerta.mirando(request) as quien:
        if quien is None and not Reclamo.objects.filter(ingreso=ingreso).exists():
            return redirect("reclamos:consulta")
        reclamo = cargar(ingreso)
        exigir(puede(quien, reclamo))
        form = clase(request.POST or None, request.FILES or None)
        return _acto(request, reclamo, form, lambda **datos: hacer(reclamo, por=quien, **datos), **opciones)


@publica
@never_cache
@_formulario
def completar(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Completar el reclamo**."""
    return _de_quien_reclama(
        request,
        ingreso,
        CompletarForm,
        permissions.puede_completar,
        tramite.completar,
        plantilla="completar",
        hecho="Completaste el reclamo. El plazo de la empresa sigue corriendo.",
    )


@publica
@never_cache
@_formulario
def apelar(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Apelar**."""
    return _de_quien_reclama(
        request,
        ingreso,
        RecursoForm,
        permissions.reclama,
        recursos.apelar,
        plantilla="apelar",
        hecho="Recibimos tu apelación. Te avisaremos por correo cuando se decida.",
    )


@publica
@never_cache
@_formulario
def quejarse(request: HttpRequest, ingreso: str) -> HttpResponse:
    """**Presentar una queja**."""
    return _de_quien_reclama(
        request,
        ingreso,
        QuejaForm,
        permissions.reclama,
        recursos.quejarse,
        plantilla="quejarse",
        hecho="Recibimos tu queja. Te avisaremos por correo cuando se decida.",
    )
