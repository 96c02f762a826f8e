"""Filters of lists: what is right applies, what is wrong is said beside its field and left out."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString


class SelectEnMemoria(forms.Select):
    """A long list of choices, drawn once for each value and then taken from memory: half a tray's time went there."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        clave = (name, str(value), repr(sorted({**self.attrs, **(attrs or {})}.items())), repr(list(self.choices)))
        dibujo = _dibujados.get(clave)
        if dibujo is None:
            dibujo = super().render(name, value, attrs, renderer)
            if len(_dibujados) > DIBUJOS:
                _dibujados.clear()  # another thread may be about to read: each returns what it holds
            _dibujados[clave] = dibujo
        return dibujo


DIBUJOS = 1000
_dibujados: dict[tuple[str, ...], SafeString] = {}


class OpcionField(forms.ChoiceField):
    """One of a list, or none."""

    widget = SelectEnMemoria

    def __init__(self, *, choices: Any = (), cual: str, **opciones: Any) -> None:
        error = {"invalid_choice": f"{cual} no existe. Elige de la lista."}
        super().__init__(required=False, choices=choices, error_messages=error, **opciones)

    def texto_de(self, valor: str) -> str:
        """The words of a choice, wherever it stands."""
        planas: dict[Any, Any] = {}
        for clave, texto in cast(list[tuple[Any, Any]], self.choices):
            planas.update(texto if isinstance(texto, list | tuple) else {clave: texto})
        return str(planas.get(valor, valor))


class ComienzoField(forms.CharField):
    """The beginning of a number or code."""

    def __init__(self, *, max_length: int, **opciones: Any) -> None:
        super().__init__(required=False, max_length=max_length, **opciones)
        self.error_messages["max_length"] = f"Escribe como máximo {max_length} caracteres."
        self.error_messages["null_characters_not_allowed"] = "Tiene caracteres que no se pueden buscar. Bórralos."


class DiaField(forms.DateField):
    """A day, as browsers send it or as people write it."""

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        opciones.setdefault("error_messages", {"invalid": "Escribe una fecha que exista. Ejemplo: 30-11-2026."})
        super().__init__(required=False, **opciones)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError("Escribe una fecha entre los años 2000 y 2100.")


class NumeroField(forms.IntegerField):
    """A whole number that a document carries."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=2_000_000_000, **opciones)
        self.error_messages["invalid"] = "Escribe un número. Ejemplo: 12."


def comienzo(dia: date) -> datetime:
    """The first moment of a day on the reader's calendar."""
    return timezone.make_aware(datetime.combine(dia, time.min))


def termino(dia: date) -> datetime:
    """The first moment after a day on the reader's calendar."""
    return comienzo(dia + timedelta(days=1))


class Filtro(forms.Form):
    """A form over the address; a subclass gives fields, and `FRASES`: field → how what was looked for is told."""

    FRASES: dict[str, str] = {}

    def __init__(self, datos: QueryDict, **opciones: Any) -> None:
        super().__init__(datos, auto_id="f-%s", **opciones)
        self.preparar()
        for nombre in ("orden", "tamano"):  # they outlive a change of filter
            if datos.get(nombre):
                self.fields[nombre] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.is_valid()

    def preparar(self) -> None:
        """Fit the fields to who looks, before they are judged."""

    def clean(self) -> dict[str, Any]:
        """A last day before the first finds nothing: say so."""
        datos = super().clean() or {}
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", f"Es anterior a «{self.fields['desde'].label}». Cambia una de las dos fechas.")
        return datos

    def valor(self, campo: str) -> Any:
        """What is asked of `campo`; empty when nothing is, or when it makes no sense."""
        return self.cleaned_data.get(campo) if campo in self.fields else None

    def pedido(self, busquedas: dict[str, str]) -> dict[str, Any]:
        """Lookups for what is asked for; `busquedas`: field → lookup."""
        return {busqueda: self.valor(campo) for campo, busqueda in busquedas.items() if self.valor(campo)}

    def dias(self, campo: str) -> dict[str, Any]:
        """Lookups for a moment from the day «desde» to the day «hasta» of the reader's calendar."""
        desde, hasta = self.valor("desde"), self.valor("hasta")
        primero = {f"{campo}__gte": comienzo(desde)} if desde else {}
        return primero | ({f"{campo}__lt": termino(hasta)} if hasta else {})

    def activos(self) -> list[str]:
        """Fields in use, in order."""
        return [campo for campo in self.FRASES if self.valor(campo)]

    def buscado(self) -> str:
        """What was looked for, in words: «N° Folio que empieza con OV, Estado: Anulado»."""
        return ", ".join(self.FRASES[campo].format(self._dicho(campo)) for campo in self.activos())

    def quejas(self) -> list[tuple[str, str]]:
        """What makes no sense, each with the place where it is typed."""
        return [
            (str(self[campo].id_for_label), f"{self.fields[campo].label}: {mensaje}")
            for campo, mensajes in self.errors.items()
            for mensaje in mensajes
        ]

    def _dicho(self, campo: str) -> str:
        valor = self.valor(campo)
        if isinstance(valor, date):
            return f"{valor:%d-%m-%Y}"
        elegible = self.fields[campo]
        return elegible.texto_de(valor) if isinstance(elegible, OpcionField) else str(valor)
