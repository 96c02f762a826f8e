"""The pages of the register of network events."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from portal.documentos.models import TransicionInvalida
from portal.historial.relato import relato
from portal.permisos import con_permiso, exigir
from reclamos.seccion import permissions
from reclamos.seccion.red import actions
from reclamos.seccion.red.forms import AnularEventoForm, CorregirEventoForm, EventoRedForm
from reclamos.seccion.red.lista import eventos
from reclamos.seccion.red.models import EventoRed

_ver = con_permiso("seccion.ver_eventos")
_registrar = con_permiso("seccion.registrar_eventos")


@_ver
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """The register, newest first."""
    propia = eventos(request.GET, request.perfil)
    contexto = {
        "lista": propia,
        "hay_errores": propia.filtro.errors,
        "con_empresa": not request.perfil.distribuidora,
        "registra": permissions.puede_registrar_eventos(request.perfil),
    }
    return render(request, "seccion/eventos.html", contexto)


@_registrar
def nuevo(request: HttpRequest) -> HttpResponse:
    """Put an event into the register."""
    form = EventoRedForm(request.POST or None, request.FILES or None)
    clave = _clave(request)
    if form.is_valid():
        try:
            evento = actions.registrar_evento(
                por=request.perfil, clave=clave, datos=form.datos, archivo=form.cleaned_data["archivo"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Evento de la red registrado con el N° {evento}.")
            return redirect(evento)
    return render(request, "seccion/evento_form.html", {"form": form, "clave": clave})


def _clave(request: HttpRequest) -> uuid.UUID:
    """The key of this form, so that sent twice it is one event."""
    try:
        return uuid.UUID(request.POST.get("clave", ""))
    except ValueError:
        return uuid.uuid4()


def _cargar(pk: int) -> EventoRed:
    return get_object_or_404(EventoRed.objects.select_related("caso", "distribuidora", "creado_por__usuario"), pk=pk)


@_ver
@require_safe
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: when, where, why, what says so, and the claims that point at it."""
    evento = _cargar(pk)
    contexto = {
        "evento": evento,
        "reclamos": evento.reclamos.select_related("distribuidora").order_by("-creado")[:100],
        "adjuntos": evento.caso.adjuntos.all(),
        "cambia": evento.vigente and permissions.puede_cambiar_evento(request.perfil, evento),
        "historia": relato(evento, request.perfil),
    }
    return render(request, "seccion/evento.html", contexto)


@_registrar
def corregir(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of an event, saying why."""
    evento = _cargar(pk)
    exigir(permissions.puede_cambiar_evento(request.perfil, evento))
    form = CorregirEventoForm(request.POST or None, request.FILES or None, evento=evento)
    if form.is_valid():
        try:
            actions.corregir_evento(
                evento, por=request.perfil, datos=form.datos, motivo=form.cleaned_data["motivo"],
                archivo=form.cleaned_data["archivo"],
            )  # fmt: skip
        except TransicionInvalida as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{evento} corregido. Lo que decía antes queda en el historial.")
            return redirect(evento)
    return render(request, "seccion/evento_form.html", {"form": form, "evento": evento})


@_registrar
def anular(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an event out of what can be chosen."""
    evento = _cargar(pk)
    exigir(permissions.puede_cambiar_evento(request.perfil, evento))
    form = AnularEventoForm(request.POST or None)
    if form.is_valid():
        try:
            actions.anular_evento(evento, por=request.perfil, motivo=form.cleaned_data["motivo"])
        except TransicionInvalida as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{evento} anulado.")
            return redirect(evento)
    return render(request, "seccion/evento_anular.html", {"form": form, "evento": evento})
