"""What is asked of who brings the mirror up to date."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.sgc.lectura import FORMATOS
from portal.sgc.models import Ajuste, Importacion

MAXIMO = 50 * 1024 * 1024


class ImportarForm(forms.Form):
    contenido = forms.ChoiceField(
        label="Qué trae el archivo",
        choices=Importacion.Contenido.choices,
        initial=Importacion.Contenido.SUMINISTROS,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige qué trae el archivo."),
    )
    archivo = forms.FileField(
        label="Archivo",
        max_length=200,
        widget=forms.ClearableFileInput({"accept": ",".join(FORMATOS)}),
        help_text="CSV o XLSX. Máximo 50 MB; los más grandes los importa quien administra el servidor.",
        error_messages={
            "required": "Elige el archivo.",
            "empty": "El archivo está vacío.",
            "max_length": "El nombre del archivo es demasiado largo.",
        },
    )

    def clean_archivo(self) -> Any:
        archivo = self.cleaned_data["archivo"]
        if not archivo.name.lower().endswith(FORMATOS):
            raise ValidationError(f"{archivo.name} no es CSV ni XLSX. Expórtalo en uno de esos formatos.")
        if archivo.size > MAXIMO:
            raise ValidationError("El archivo pesa más de 50 MB. Divídelo, o pide que se importe en el servidor.")
        return archivo


class AjusteForm(forms.ModelForm):
    class Meta:
        model = Ajuste
        fields = ("admite_no_verificadas",)
