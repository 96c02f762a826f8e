"""What is written while a complaint is handled."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.acceso.captcha import ConCaptcha
from portal.adjuntos.forms import ArchivoField
from reclamos import codigos
from reclamos.documentos import FORMATOS, MAXIMO
from reclamos.forms.reclamo import Parrafo, texto
from reclamos.models import Canal, Materia, Resultado
from reclamos.models.recurso import Decision


def _archivo(etiqueta: str, falta: str = "") -> ArchivoField:
    return ArchivoField(
        label=etiqueta, formatos=FORMATOS, maximo=MAXIMO, required=bool(falta), error_messages={"required": falta}
    )


def _opcion(etiqueta: str, opciones: Any) -> forms.ChoiceField:
    falta = f"Elija: {etiqueta.lower()}"
    return forms.ChoiceField(
        label=etiqueta,
        choices=opciones,
        widget=forms.RadioSelect,
        error_messages={"required": falta, "invalid_choice": falta},
    )


class ConsultaForm(ConCaptcha):
    """Following a complaint with its code and the document of who complains (Q-17)."""

    codigo = texto("Código de reclamo", "Escribe el código de reclamo", "O el N° de ingreso. Está en nuestro correo.")
    documento = texto("N° de documento", "Escribe el N° de documento", "El de quien presentó el reclamo.")


class CodificarForm(forms.Form):
    codigo = texto("Código de reclamo", largo=30)

    def clean_codigo(self) -> str:
        codigo = self.cleaned_data["codigo"].strip().upper()
        if codigo and not codigos.FORMA.fullmatch(codigo):
            raise ValidationError("Use letras, números, guion, punto o barra, sin espacios")
        return codigo


class PedirCompletarForm(forms.Form):
    que_falta = Parrafo("Qué falta", "Escriba qué falta: quien reclama lo leerá tal cual", largo=2000)


class CompletarForm(forms.Form):
    texto = Parrafo("Lo que te pidieron", "Escribe lo que te pidieron", largo=3000)
    archivo = _archivo("Documento")


class ResponderForm(forms.Form):
    resultado = _opcion("Resultado", Resultado.choices)
    resolucion = _archivo("Resolución", "Adjunte el archivo con la resolución")
    comentario = Parrafo("Comentario", ayuda="Va en el correo, junto con la resolución.", largo=2000, filas=3)


class RecursoForm(forms.Form):
    motivo = Parrafo("Por qué no estás de acuerdo", "Escribe por qué no estás de acuerdo", largo=4000, filas=7)
    archivo = _archivo("Documento")


class QuejaForm(RecursoForm):
    motivo = Parrafo("Qué no se cumplió", "Escribe qué no se cumplió", largo=4000, filas=7)


class ElevarForm(forms.Form):
    informe = _archivo("Informe")
    comentario = Parrafo("Comentario", largo=2000, filas=3)


class DecidirForm(forms.Form):
    decision = _opcion("Decisión", Decision.choices)
    resolucion = _archivo("Resolución", "Adjunte el archivo con la resolución")
    comentario = Parrafo("Comentario", ayuda="Va en el correo, junto con la resolución.", largo=2000, filas=3)


class OrientarForm(forms.Form):
    """Advice given at the desk or by phone (Q-05)."""

    canal = forms.ChoiceField(
        label="Por dónde consultó",
        choices=[(c.value, c.label) for c in (Canal.MOSTRADOR, Canal.TELEFONO)],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige por dónde consultó"),
    )
    documento = texto("N° de documento", largo=20)
    suministro = texto("NIS o N° de cliente")
    materia = forms.ModelChoiceField(
        Materia.objects.none(),
        label="Materia",
        required=False,
        empty_label="Otra",
        error_messages={"invalid_choice": "Elige una materia de la lista"},
    )
    consulta = Parrafo("Qué consultó", "Escribe qué consultó", largo=2000, filas=3)
    respuesta = Parrafo("Qué se le dijo", "Escribe qué se le dijo", largo=2000, filas=3)

    def __init__(self, *args: Any, distribuidora: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["materia"].queryset = Materia.objects.de(distribuidora)  # type: ignore[attr-defined]
