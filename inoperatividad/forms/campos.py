"""Fields that the forms of outages share."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from inoperatividad.models import Escenario
from portal import reloj
from portal.adjuntos.forms import ArchivoField

MIB = 1024 * 1024


def sustento(**opciones: Any) -> ArchivoField:
    """What supports a closing, or the sheet that was filled in by hand."""
    return ArchivoField(formatos=("jpg", "png", "pdf", "doc", "docx"), maximo=5 * MIB, **opciones)


class ParrafoField(forms.CharField):
    """Free text of several lines; a line break counts once, as the browser counts it."""

    widget = forms.Textarea

    def __init__(self, *, filas: int = 3, **opciones: Any) -> None:
        opciones.setdefault("max_length", 2000)
        super().__init__(**opciones)
        self.widget.attrs["rows"] = filas
        largo = "Escribe a lo más %(limit_value)d caracteres. Ahora son %(show_value)d"
        self.error_messages["max_length"] = largo

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class LineaField(forms.CharField):
    """Free text of one line."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(**opciones)
        self.error_messages["max_length"] = "Escribe a lo más %(limit_value)d caracteres. Ahora son %(show_value)d"


class MomentoField(forms.DateTimeField):
    """A day and an hour on the clocks of the company, which the page has set."""

    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M"]

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**opciones)
        self.error_messages["invalid"] = "Escribe un día y una hora que existan. Ejemplo: 30-11-2026 10:42."

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError("Escribe una fecha entre los años 2000 y 2100.")


def este_minuto() -> datetime:
    """Now, as such a field shows it."""
    return localtime(reloj.ahora()).replace(second=0, microsecond=0)


class CantidadField(forms.IntegerField):
    """A count; empty means that nobody has it."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(min_value=0, max_value=1_000_000, required=False, **opciones)
        self.error_messages["invalid"] = "Escribe un número entero, o déjalo vacío si no hay datos."


class VariosField(forms.ModelMultipleChoiceField):
    """Rows by their key; one that no database could hold is no choice, on SQLite too."""

    widget = forms.CheckboxSelectMultiple

    def _check_values(self, value: Any) -> Any:
        for clave in value:
            texto = str(clave)
            if not (texto.isascii() and texto.isdigit() and len(texto) < 19):
                raise ValidationError(self.error_messages["invalid_choice"], params={"value": clave})
        return super()._check_values(value)  # type: ignore[misc]


class MotivoField(forms.ModelChoiceField):
    """A motive of the catalogue, under its scenario."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(None, **opciones)

    def ofrecer(self, motivos: Any) -> None:
        """From now on, these; grouped when they are of more than one scenario."""
        self.queryset = motivos
        grupos: dict[str, list[tuple[Any, str]]] = {}
        for motivo in motivos:
            grupos.setdefault(Escenario(motivo.escenario).label, []).append((motivo.pk, str(motivo)))
        sueltos = next(iter(grupos.values())) if len(grupos) == 1 else list(grupos.items())
        self.widget.choices = [("", "Elige el motivo"), *sueltos]


class SiNoField(forms.TypedChoiceField):
    """Yes or no, said expressly."""

    widget = forms.RadioSelect

    def __init__(self, si: str, no: str, **opciones: Any) -> None:
        super().__init__(choices=[("si", si), ("no", no)], coerce=lambda v: v == "si", **opciones)
