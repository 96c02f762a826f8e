"""What an organisation decides about its complaints."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from portal.cuentas.models import Distribuidora
from reclamos.forms.reclamo import Parrafo, texto
from reclamos.models import AjusteReclamos, Materia


def _casilla(campo: str) -> forms.BooleanField:
    modelo: Any = AjusteReclamos._meta.get_field(campo)
    etiqueta = str(modelo.verbose_name)
    return forms.BooleanField(
        label=etiqueta[:1].upper() + etiqueta[1:], help_text=str(modelo.help_text), required=False
    )


class AjustesForm(forms.Form):
    silencio = _casilla("silencio")
    codigo_automatico = _casilla("codigo_automatico")


class MateriaForm(forms.Form):
    """One matter of complaint."""

    nombre = texto("Nombre", "Escriba el nombre", "Como lo lee quien reclama.", 100)
    ayuda = texto("Ayuda", ayuda="Una frase que explica el nombre.", largo=200)
    reclamable = forms.BooleanField(label="Se puede reclamar", required=False)
    explicacion = Parrafo("Por qué no se reclama y qué hacer", largo=1000, filas=3)
    con_monto = forms.BooleanField(label="Pide el monto reclamado", required=False)
    umbral = texto("Monto desde el que rige el plazo mayor", largo=20)
    orden = forms.IntegerField(
        label="Orden",
        min_value=0,
        max_value=999,
        initial=50,
        error_messages={"required": "Escriba el orden", "invalid": "Escriba un número entero"},
    )
    activa = forms.BooleanField(label="Se ofrece en el formulario", required=False, initial=True)

    def __init__(self, *args: Any, materia: Materia | None, distribuidora: Distribuidora, **kwargs: Any) -> None:
        self.pais = distribuidora.datos_pais
        inicial: dict[str, Any] = {"reclamable": True}
        if materia:
            inicial = {campo: getattr(materia, campo) for campo in self.base_fields}
            umbral = materia.umbral
            inicial["umbral"] = self.pais.importe(umbral).removeprefix(f"{self.pais.simbolo} ") if umbral else ""
        super().__init__(*args, **(kwargs | {"initial": inicial}))
        self._usados = set() if materia else set(Materia.objects.de(distribuidora).values_list("codigo", flat=True))
        self._nueva = materia is None

    def codigo(self) -> str:
        """The code of a new matter, made from its name."""
        return slugify(self.cleaned_data["nombre"])[:25].strip("-")

    def clean_nombre(self) -> str:
        if self._nueva and (self.codigo() in self._usados or not self.codigo()):
            raise ValidationError("Ya hay una materia con ese nombre, o no tiene letras. Escriba otro")
        return self.cleaned_data["nombre"]

    def clean_umbral(self) -> Decimal | None:
        escrito = self.cleaned_data["umbral"]
        if not escrito:
            return None
        try:
            umbral = self.pais.leer(escrito)
        except ValueError:
            raise ValidationError("Escriba el monto solo con números") from None
        if not 0 < umbral < 10**12:
            raise ValidationError("El monto debe ser mayor que cero, y no tan grande")
        return umbral

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        if not datos.get("reclamable") and not datos.get("explicacion"):
            self.add_error("explicacion", "Escriba por qué no se reclama y qué hacer: lo leerá quien quiso reclamar")
        if datos.get("umbral") and not datos.get("con_monto"):
            self.add_error("umbral", "Un monto límite necesita que el formulario pida el monto reclamado")
        return datos
