"""What people bring to have a document checked."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MAXIMO = 20 * 1024 * 1024


class CodigoForm(forms.Form):
    codigo = forms.CharField(
        label="Código de verificación",
        max_length=40,
        help_text="Está al pie del documento, junto al código QR. Ejemplo: 7KQ4-M3XD-9RHT.",
        error_messages={"required": "Escribe el código que está al pie del documento"},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )


class ArchivoForm(forms.Form):
    """A file to compare; it is read and forgotten. Cleans to its SHA-256."""

    archivo = forms.FileField(
        label="Archivo PDF que recibiste",
        help_text="Se compara y no se guarda.",
        error_messages={"required": "Elige el archivo PDF que quieres comparar", "empty": "El archivo está vacío"},
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_archivo(self) -> Any:
        archivo = self.cleaned_data["archivo"]
        if archivo.size > MAXIMO:
            raise ValidationError("El archivo pesa más de 20 MB: no puede ser el que se emitió")
        suma = hashlib.sha256()
        for trozo in archivo.chunks():
            suma.update(trozo)
        return suma.hexdigest()
