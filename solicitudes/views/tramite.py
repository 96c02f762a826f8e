"""What the Distribuidora does with a request (S-10 to S-12, P-01, P-03)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.documentos.models import TransicionInvalida
from portal.permisos import con_permiso, exigir
from solicitudes import actions, permissions
from solicitudes.forms import (
    CobroForm,
    ComplementarForm,
    ComunicacionForm,
    MotivoForm,
    NumerarForm,
    PedirCobroForm,
    ResponderForm,
)
from solicitudes.models import Solicitud, Suceso
from solicitudes.numeros import proponer, usado_antes
from solicitudes.views.caso import cargar

_tramitar = con_permiso("solicitudes.tramitar_solicitud")
_validar = con_permiso("pagos.validar_pago")
_formulario = require_http_methods(["GET", "HEAD", "POST"])


def intentar(form: forms.Form, hacer: Callable[[], Any]) -> bool:
    """Do it; what the action refuses is said on the form, beside its field where it has one."""
    try:
        hacer()
    except (TransicionInvalida, ValidationError) as error:
        if isinstance(error, TransicionInvalida):
            form.add_error(None, str(error))
        elif hasattr(error, "error_dict"):
            for campo, errores in error.error_dict.items():
                form.add_error(campo if campo in form.fields else None, errores)
        else:
            form.add_error(None, error)
        return False
    return True


@_tramitar
@_formulario
def responder(request: HttpRequest, folio: str) -> HttpResponse:
    """**Responder**, with a charge or without."""
    solicitud = cargar(folio)
    exigir(permissions.puede_tramitar(request.perfil, solicitud))
    inicial = {"numero_solicitud": solicitud.numero_solicitud or proponer(solicitud.distribuidora)}
    form = ResponderForm(request.POST or None, request.FILES or None, initial=inicial)
    con_cobro = solicitud.admite(Suceso.RESPONDER_CON_COBRO) and request.POST.get("con_cobro")
    cobro = CobroForm(
        request.POST if con_cobro else None, request.FILES if con_cobro else None, solicitud=solicitud, prefix="cobro"
    )
    if form.is_valid() and (not con_cobro or cobro.is_valid()):
        datos = {k: v for k, v in form.cleaned_data.items() if k != "con_cobro"}
        if con_cobro:
            datos |= {"cobro": cobro.datos(), "cupon": cobro.cleaned_data["cupon"]}
        if intentar(form, lambda: actions.responder(solicitud, por=request.perfil, **datos)):
            _avisar_si_repetido(request, solicitud, datos["numero_solicitud"])
            messages.success(request, f"Solicitud {folio} respondida.")
            return redirect(solicitud)
    contexto = {"solicitud": solicitud, "form": form, "cobro": cobro, "cobrable": solicitud.admite(Suceso.PEDIR_COBRO)}
    contexto["hay_errores"] = cobro.errors
    return render(request, "solicitudes/responder.html", contexto)


def _avisar_si_repetido(request: HttpRequest, solicitud: Solicitud, numero: str) -> None:
    if numero and (otra := usado_antes(solicitud, numero)):
        messages.warning(request, f"Tu empresa ya usó el N° Solicitud {numero} en {otra}. Revisa si es correcto.")


@_tramitar
@_formulario
def cobrar(request: HttpRequest, folio: str) -> HttpResponse:
    """**Gestión de Pago**: ask for a payment before answering."""
    solicitud = cargar(folio)
    exigir(permissions.puede_tramitar(request.perfil, solicitud))
    form = PedirCobroForm(request.POST or None, request.FILES or None, solicitud=solicitud)
    if form.is_valid() and intentar(
        form,
        lambda: actions.cobrar(
            solicitud,
            por=request.perfil,
            cobro=form.datos(),
            cupon=form.cleaned_data["cupon"],
            comentario=form.cleaned_data["comentario"],
        ),
    ):
        messages.success(request, f"Pediste el pago por {folio}. Avisamos al solicitante.")
        return redirect(solicitud)
    return render(request, "solicitudes/cobrar.html", {"solicitud": solicitud, "form": form})


@_tramitar
@_formulario
def complementar(request: HttpRequest, folio: str) -> HttpResponse:
    """**Complementar respuesta**."""
    solicitud = cargar(folio)
    exigir(permissions.puede_tramitar(request.perfil, solicitud))
    form = ComplementarForm(request.POST or None, request.FILES or None)
    if form.is_valid() and intentar(
        form, lambda: actions.complementar(solicitud, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Complementaste la respuesta de {folio}.")
        return redirect(solicitud)
    return render(request, "solicitudes/complementar.html", {"solicitud": solicitud, "form": form})


@_tramitar
@_formulario
def numerar(request: HttpRequest, folio: str) -> HttpResponse:
    """**Editar** the N° Solicitud (S-11)."""
    solicitud = cargar(folio)
    exigir(permissions.puede_tramitar(request.perfil, solicitud))
    propuesto = solicitud.numero_solicitud or proponer(solicitud.distribuidora)
    form = NumerarForm(request.POST or None, initial={"numero_solicitud": propuesto})
    if form.is_valid() and intentar(form, lambda: actions.numerar(solicitud, por=request.perfil, **form.cleaned_data)):
        _avisar_si_repetido(request, solicitud, form.cleaned_data["numero_solicitud"])
        messages.success(request, f"Guardamos el N° Solicitud de {folio}.")
        return redirect(solicitud)
    return render(request, "solicitudes/numerar.html", {"solicitud": solicitud, "form": form})


@_tramitar
@_formulario
def comunicacion(request: HttpRequest) -> HttpResponse:
    """**Comunicación** (S-12): the folio, whose it is, the message. It goes out once the customer was shown."""
    folio = request.GET.get("folio", "")
    form = ComunicacionForm(request.POST or None, request.FILES or None, initial={"folio": folio, "confirmado": folio})
    valido = form.is_valid()
    solicitud = form.solicitud()
    if valido and not form.confirmada():
        messages.info(request, "Revisa que sea la persona correcta y presiona Grabar.")
    elif valido and intentar(form, lambda: actions.comunicar(solicitud, por=request.perfil, **form.datos())):
        messages.success(request, f"Enviamos tu mensaje al solicitante de {solicitud}.")
        return redirect(solicitud)
    return render(request, "solicitudes/comunicacion.html", {"form": form, "solicitud": solicitud})


@_validar
@_formulario
def validar_pago(request: HttpRequest, folio: str) -> HttpResponse:
    """Say that the money arrived (P-03)."""
    solicitud = cargar(folio)
    exigir(permissions.puede_validar(request.perfil, solicitud))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and intentar(form, lambda: actions.validar_pago(solicitud, por=request.perfil)):
        messages.success(request, f"Validaste el pago de {folio}.")
        return redirect(solicitud)
    return render(request, "solicitudes/validar_pago.html", {"solicitud": solicitud, "form": form})


def _con_motivo(
    request: HttpRequest, folio: str, *, puede: Any, hacer: Any, plantilla: str, etiqueta: str, hecho: str
) -> HttpResponse:
    """A page that asks why, says what follows, and does it."""
    solicitud = cargar(folio)
    exigir(puede(request.perfil, solicitud))
    form = MotivoForm(request.POST or None, etiqueta=etiqueta)
    if form.is_valid() and intentar(form, lambda: hacer(solicitud, form.cleaned_data["comentario"])):
        messages.success(request, f"{hecho} {folio}.")
        return redirect(solicitud)
    return render(request, f"solicitudes/{plantilla}.html", {"solicitud": solicitud, "form": form})


@_validar
@_formulario
def rechazar_pago(request: HttpRequest, folio: str) -> HttpResponse:
    """Say why the proof is no proof (P-03)."""
    return _con_motivo(
        request,
        folio,
        puede=permissions.puede_validar,
        hacer=lambda s, motivo: actions.rechazar_pago(s, por=request.perfil, motivo=motivo),
        plantilla="rechazar_pago",
        etiqueta="Motivo del rechazo",
        hecho="Rechazaste el pago de",
    )


@_tramitar
@_formulario
def retirar_cobro(request: HttpRequest, folio: str) -> HttpResponse:
    """Withdraw the charge, and say why."""
    return _con_motivo(
        request,
        folio,
        puede=permissions.puede_tramitar,
        hacer=lambda s, motivo: actions.retirar_cobro(s, por=request.perfil, motivo=motivo),
        plantilla="retirar_cobro",
        etiqueta="Motivo",
        hecho="Retiraste el cobro de",
    )


@con_permiso("solicitudes.anular_solicitud")
@_formulario
def anular(request: HttpRequest, folio: str) -> HttpResponse:
    """**Anular** (R-05)."""
    return _con_motivo(
        request,
        folio,
        puede=permissions.puede_anular,
        hacer=lambda s, motivo: actions.anular(s, por=request.perfil, comentario=motivo),
        plantilla="anular",
        etiqueta="Comentario",
        hecho="Anulaste la solicitud",
    )


@con_permiso("solicitudes.enviar_solicitud")
@_formulario
def desistir(request: HttpRequest, folio: str) -> HttpResponse:
    """**Desistir** (S-20)."""
    return _con_motivo(
        request,
        folio,
        puede=permissions.puede_desistir,
        hacer=lambda s, motivo: actions.desistir(s, por=request.perfil, comentario=motivo),
        plantilla="desistir",
        etiqueta="Comentario",
        hecho="Desististe de la solicitud",
    )
