"""The gallery: every shared part of the pages with sample data; only outside production."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import reloj
from portal.documentos.turno import Turno
from portal.historial.relato import Hecho
from portal.permisos import publica
from portal.plazos.plazo import Plazo


class _Estado(models.TextChoices):
    ENVIADO = "enviado", "Enviado"
    PENDIENTE_RESPUESTA = "pendiente_respuesta", "Pendiente de Respuesta"
    PENDIENTE_PAGO = "pendiente_pago", "Pendiente de Pago"
    PENDIENTE_VALIDACION = "pendiente_validacion", "Pendiente de Validación"
    PAGO_RECHAZADO = "pago_rechazado", "Pago Rechazado"
    PAGO_VALIDADO = "pago_validado", "Pendiente de Respuesta - Pago Validado"
    RESPONDIDO = "respondido", "Respondido"
    AUTOMATICO = "automatico", "Respondido Automático"
    ANULADO = "anulado", "Anulado"


class _Tramite:
    """Stands for a document: a state, and how each state looks."""

    ASPECTO = {
        _Estado.ENVIADO: ("e-enviado", "send"),
        _Estado.PENDIENTE_RESPUESTA: ("e-pendiente", "hourglass-split"),
        _Estado.PENDIENTE_PAGO: ("e-pago", "cash-coin"),
        _Estado.PENDIENTE_VALIDACION: ("e-validacion", "eye"),
        _Estado.PAGO_RECHAZADO: ("e-rechazado", "x-circle"),
        _Estado.PAGO_VALIDADO: ("e-validado", "patch-check"),
        _Estado.RESPONDIDO: ("e-respondido", "check-circle"),
        _Estado.AUTOMATICO: ("e-automatico", "gear"),
        _Estado.ANULADO: ("e-anulado", "slash-circle"),
    }

    def __init__(self, estado: _Estado) -> None:
        self.estado = estado

    def get_estado_display(self) -> str:
        return str(self.estado.label)


class _Campos(forms.Form):
    """One field of each kind."""

    distribuidora = forms.ChoiceField(
        label="Distribuidora", choices=[("", "Elige una"), ("em", "Eléctrica del Maipo"), ("ev", "Energía del Valle")]
    )
    sin_cliente = forms.BooleanField(
        label="No tengo Nro. de Cliente",
        required=False,
        help_text="Por ejemplo, en una casa nueva que aún no tiene medidor.",
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )
    factibilidad = forms.CharField(
        label="Número de Factibilidad",
        max_length=20,
        help_text="Está en la carta de factibilidad que te dio la distribuidora.",
        error_messages={"required": "Escribe el Número de Factibilidad."},
        widget=forms.TextInput(attrs={"data-solo-si": "id_sin_cliente"}),
    )
    region = forms.ChoiceField(label="Región", choices=[("5", "Valparaíso"), ("13", "Metropolitana de Santiago")])
    comuna = forms.ChoiceField(
        label="Comuna",
        choices=[
            ("", "Elige una"),
            ("Valparaíso", [("5802", "Limache"), ("5803", "Olmué")]),
            ("Metropolitana de Santiago", [("13201", "Puente Alto"), ("13101", "Santiago")]),
        ],
        widget=forms.Select(attrs={"data-depende-de": "id_region"}),
    )
    correo = forms.EmailField(
        label="Correo electrónico adicional", required=False, help_text="Le mandaremos copia de cada aviso."
    )
    fecha = forms.DateField(label="Fecha de la visita", widget=forms.DateInput(attrs={"type": "date"}))
    perfil = forms.ChoiceField(
        label="Tipo de trámite", choices=[("a", "Altas"), ("b", "Bajas")], widget=forms.RadioSelect
    )
    aplicativos = forms.MultipleChoiceField(
        label="Aplicativo afectado",
        required=False,
        choices=[("s", "SISACT"), ("p", "SISACT Prepago"), ("c", "SICAR")],
        widget=forms.CheckboxSelectMultiple,
    )
    comentario = forms.CharField(
        label="Comentario", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    archivo = forms.FileField(
        label="Copia cédula de identidad", required=False, help_text="JPG, PNG, DOC, DOCX o PDF. Máximo 5 MB."
    )


class _Anulacion(forms.Form):
    comentario = forms.CharField(
        label="Comentario", help_text="Lo leerán ambas partes.", widget=forms.Textarea(attrs={"rows": 2})
    )


class _Filtros(forms.Form):
    folio = forms.CharField(label="N° Folio", required=False)
    estado = forms.ChoiceField(label="Estado", required=False, choices=[("", "Todos"), *_Estado.choices])
    desde = forms.DateField(
        label="Envío desde", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    vencidas = forms.BooleanField(label="Solo vencidas", required=False)


@publica
@require_safe
def muestrario(request: HttpRequest) -> HttpResponse:
    """Each part as the pages use it; `?errores=1` shows the form sent empty."""
    form = _Campos({"sin_cliente": "on", "region": "5"}) if "errores" in request.GET else _Campos()
    momento = datetime(2026, 12, 3, 12, 14, tzinfo=UTC)
    plazo = Plazo(desde=momento - timedelta(days=3), vence=momento + timedelta(days=8))
    vencido = Plazo(desde=momento - timedelta(days=20), vence=momento - timedelta(days=3))
    contexto = {
        "tramites": [_Tramite(e) for e in _Estado],
        "tramite": _Tramite(_Estado.PENDIENTE_PAGO),
        "form": form,
        "anulacion": _Anulacion(prefix="anulacion"),
        "filtro": _Filtros(request.GET or None, prefix="f", auto_id="filtro_%s"),
        "momento": momento,
        "monto": 38500,
        "datos": [
            ("Solicitante", "Rosa Elvira Maldonado Ibáñez"),
            ("Empresa Distribuidora", "Eléctrica del Maipo"),
            ("N° Cliente", "700184-2"),
            ("Correo", "rosa.maldonado@correo.example", "doble"),
        ],
        "cifras": [
            {"texto": "Vencidas", "valor": 3, "url": "?v=1", "icono": "exclamation-octagon", "peligro": True},
            {"texto": "Por responder", "valor": 74, "url": "?v=2", "icono": "hourglass-split"},
            {"texto": "Mediana de respuesta", "valor": 8, "unidad": "días hábiles"},
        ],
        "historia": [
            Hecho("Pago solicitado: $ 38.500", "cash-coin", "Eléctrica del Maipo", momento, "Informe técnico.", []),
            Hecho("Solicitud enviada", "send", "Rosa Maldonado", momento, "", []),
        ],
        "pagina": Paginator(range(156), 10).get_page(request.GET.get("p")),
        "tuyo": Turno(True, "", "Pagar $ 38.500", plazo, "#m-turno", "Pagar"),
        "vencido": vencido,
    }
    with reloj.detener(momento):
        return render(request, "portal/muestrario.html", contexto)
