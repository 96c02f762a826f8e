"""What the SEC types about the messages."""

from typing import Any

from django import forms

from portal.avisos import fuente, lenguaje
from portal.avisos.fuente import PlantillaMalEscrita
from portal.documentos.models import Caso


class MensajeForm(forms.Form):
    """The text of a notice, judged part by part, and the case to look at it with."""

    asunto = forms.CharField(label="Asunto", max_length=200)
    titulo = forms.CharField(label="Título", max_length=200, help_text="La primera línea del correo, en grande.")
    cuerpo = forms.CharField(
        label="Texto",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Una línea en blanco separa los párrafos. Uno que queda vacío no se escribe.",
    )
    folio = forms.CharField(
        label="Ver con los datos de un folio", max_length=30, required=False, help_text="Vacío: con datos de ejemplo."
    )

    def __init__(self, *args: Any, plantilla: str, **opciones: Any) -> None:
        self.plantilla = plantilla
        self.caso: Caso | None = None
        super().__init__(*args, **opciones)

    def clean_folio(self) -> str:
        folio: str = self.cleaned_data["folio"].upper()
        if folio:
            self.caso = Caso.objects.filter(numero=folio).order_by("pk").first()
            if self.caso is None:
                raise forms.ValidationError("Ese folio no existe. Revisa que esté completo.")
        return folio

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        original = fuente.original(self.plantilla)
        for campo in ("asunto", "titulo", "cuerpo"):
            if campo in datos:
                partes = {"asunto": "x", "titulo": "x", "cuerpo": "x", campo: _en_renglones(datos[campo])}
                try:
                    lenguaje.revisar(fuente.juntar(**partes), original)
                except PlantillaMalEscrita as error:
                    self.add_error(campo, str(error))
        return datos

    @property
    def texto(self) -> str:
        """The source that was typed."""
        return fuente.juntar(**{c: _en_renglones(self.cleaned_data[c]) for c in ("asunto", "titulo", "cuerpo")})


def _en_renglones(texto: str) -> str:
    return texto.replace("\r\n", "\n").replace("\r", "\n").strip()
