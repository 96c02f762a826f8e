"""The forms of the register of network events."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.adjuntos.forms import ArchivoField
from reclamos.seccion.forms import CINCO_MIB, FORMATOS
from reclamos.seccion.red.actions import Datos
from reclamos.seccion.red.models import EventoRed, Tipo


class _Momento(forms.DateTimeField):
    """A day and an hour on the clocks of the company, which the page has set."""

    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M"]
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError("Escribe una fecha entre los años 2000 y 2100")


def _pide(que: str) -> dict[str, str]:
    return {"required": f"Completa «{que}»", "invalid": "Escribe un día y una hora que existan"}


class EventoRedForm(forms.Form):
    """What is known of an event; `datos` are the action's."""

    tipo = forms.ChoiceField(
        label="Tipo de evento", choices=[("", "Elige…"), *Tipo.choices],
        error_messages={"required": "Completa «Tipo de evento»", "invalid_choice": "Elige de la lista"},
    )  # fmt: skip
    desde = _Momento(label="Desde", help_text="Día y hora en que empezó.", error_messages=_pide("Desde"))
    hasta = _Momento(label="Hasta", required=False, help_text="Vacío si todavía sigue.", error_messages=_pide("Hasta"))
    alimentador = forms.CharField(label="Alimentador", max_length=40, required=False)
    subestacion = forms.CharField(label="Subestación", max_length=60, required=False)
    zona = forms.CharField(
        label="Comuna o zona", max_length=80, required=False, help_text="Como la nombra el SGC en sus suministros."
    )
    causa = forms.CharField(
        label="Causa", max_length=500, widget=forms.Textarea({"rows": 3}), error_messages=_pide("Causa")
    )
    fuente = forms.CharField(
        label="Documento de origen", max_length=120, error_messages=_pide("Documento de origen"),
        help_text="Qué documento lo dice y su número. Ejemplo: Parte diario de Distribución N° 311.",
    )  # fmt: skip
    archivo = ArchivoField(
        formatos=FORMATOS, maximo=CINCO_MIB, tipo="fuente", label="Copia del documento de origen",
        error_messages={"required": "Adjunta: Copia del documento de origen"},
    )  # fmt: skip

    @property
    def datos(self) -> Datos:
        return Datos(**{campo: self.cleaned_data[campo] for campo in Datos.__dataclass_fields__})


class CorregirEventoForm(EventoRedForm):
    """The same, with why."""

    motivo = forms.CharField(
        label="Por qué se corrige", max_length=500, widget=forms.Textarea({"rows": 2}),
        error_messages=_pide("Por qué se corrige"),
    )  # fmt: skip

    def __init__(self, *args: Any, evento: EventoRed, **kwargs: Any) -> None:
        escrito = {campo: getattr(evento, campo) for campo in Datos.__dataclass_fields__}
        en_hora = {c: timezone.localtime(v) if isinstance(v, datetime) else v for c, v in escrito.items()}
        super().__init__(*args, **kwargs)
        self.initial = en_hora
        self.fields["archivo"].required = False
        self.fields["archivo"].label = "Otro documento de origen"


class AnularEventoForm(forms.Form):
    """Why it was a mistake."""

    motivo = forms.CharField(
        label="Motivo", max_length=500, widget=forms.Textarea({"rows": 3}), error_messages=_pide("Motivo")
    )
