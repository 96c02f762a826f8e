"""What is typed about rules of terms and of retention."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from portal import reloj
from portal.conservacion.actions import contar, en_palabras
from portal.conservacion.models import ReglaDeConservacion
from portal.cuentas.models import Distribuidora
from portal.cuentas.paises import ELECCIONES
from portal.listas.filtro import DiaField, Filtro, OpcionField
from portal.normativa.materias import materias
from portal.plazos.models import Regla, ReglaQuerySet

VIGENCIAS = [("", "Vigentes hoy"), ("todas", "Todas"), ("futuras", "Por comenzar"), ("pasadas", "Terminadas")]


class FiltroReglas(Filtro):
    """Which rules."""

    FRASES = {"materia": "{}", "empresa": "de {}", "vigencia": "{}", "sin_verificar": "solo sin verificar"}

    materia = OpcionField(label="Materia", cual="Esa materia")
    empresa = OpcionField(label="Distribuidora", cual="Esa empresa")
    vigencia = OpcionField(label="Vigencia", choices=VIGENCIAS, cual="Esa vigencia")
    sin_verificar = forms.BooleanField(label="Solo sin verificar", required=False)

    def preparar(self) -> None:
        self.fields["materia"].choices = [("", "Todas"), *materias().items()]  # type: ignore[attr-defined]
        empresas = Distribuidora.objects.values_list("pk", "nombre_fantasia")
        self.fields["empresa"].choices = [("", "Todas"), *((str(k), n) for k, n in empresas)]  # type: ignore[attr-defined]

    def aplicar(self, reglas: ReglaQuerySet) -> ReglaQuerySet:
        """The rules that match everything asked for."""
        hoy = reloj.hoy()
        match self.valor("vigencia"):
            case "futuras":
                reglas = reglas.filter(vigente_desde__gt=hoy)
            case "pasadas":
                reglas = reglas.filter(vigente_hasta__lt=hoy)
            case "todas":
                pass
            case _:
                reglas = reglas.vigentes(hoy)
        if materia := self.valor("materia"):
            reglas = reglas.filter(materia=materia)
        if empresa := self.valor("empresa"):
            reglas = reglas.filter(distribuidora=empresa)
        return reglas.filter(verificado=False) if self.valor("sin_verificar") else reglas


class _Citada(forms.Form):
    """Where a rule comes from."""

    norma = forms.CharField(
        label="Norma", max_length=200, required=False, help_text="Ley, decreto y artículo. Ejemplo: DS 71, artículo 15."
    )
    verificado = forms.BooleanField(
        label="Verificado", required=False, help_text="Alguien leyó la norma y el plazo es ese. Exige citarla."
    )
    nota = forms.CharField(label="Nota", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_nota(self) -> str:
        return self.cleaned_data["nota"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if datos.get("verificado") and not datos.get("norma"):
            self.add_error("norma", "Cita la norma: sin ella no se puede decir que está verificado.")
        return datos


class _ConNorma(_Citada):
    """What can be said of a rule of terms at any time."""

    vigente_hasta = DiaField(label="Vigente hasta (inclusive)", help_text="Vacía: sin término.")


class CorregirForm(_ConNorma):
    """The changes that a rule in use allows."""

    def __init__(self, *args: Any, regla: Regla, **opciones: Any) -> None:
        self.regla = regla
        super().__init__(*args, **opciones)

    def clean_vigente_hasta(self) -> Any:
        hasta = self.cleaned_data["vigente_hasta"]
        if hasta and hasta < self.regla.vigente_desde:
            raise ValidationError(f"Es anterior al comienzo de la regla, el {self.regla.vigente_desde:%d-%m-%Y}.")
        return hasta


class ReglaForm(_ConNorma):
    """A new rule."""

    materia = forms.ChoiceField(label="Materia")
    pais = forms.ChoiceField(label="País", choices=ELECCIONES, initial="CL")
    distribuidora = forms.ModelChoiceField(
        Distribuidora.objects.all(), label="Distribuidora", required=False, empty_label="Todas las del país",
        error_messages={"invalid_choice": "Esa empresa no existe. Elige de la lista."},
    )  # fmt: skip
    cantidad = forms.IntegerField(label="Cantidad", min_value=1, max_value=3650)
    unidad = forms.ChoiceField(label="Unidad", choices=Regla.Unidad, initial=Regla.Unidad.HABILES)
    desde_suceso = forms.CharField(label="Se cuenta desde", max_length=60, initial="el día siguiente al envío")
    vigente_desde = DiaField(
        label="Vigente desde",
        help_text="La regla que rige hasta entonces termina el día anterior. Lo ya enviado conserva la suya.",
    )
    field_order = ("materia", "pais", "distribuidora", "cantidad", "unidad", "desde_suceso", "vigente_desde")

    def __init__(self, *args: Any, **opciones: Any) -> None:
        super().__init__(*args, **opciones)
        self.fields["materia"].choices = [("", "Elige una"), *materias().items()]  # type: ignore[attr-defined]
        self.fields["vigente_desde"].required = True

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        desde, hasta = datos.get("vigente_desde"), datos.get("vigente_hasta")
        if desde and hasta and hasta < desde:
            self.add_error("vigente_hasta", "Es anterior a «Vigente desde». Cambia una de las dos fechas.")
        empresa = datos.get("distribuidora")
        if empresa and datos.get("pais") and empresa.pais != datos["pais"]:
            self.add_error("pais", f"{empresa} es de {empresa.datos_pais.nombre}.")
        return datos

    def regla(self) -> Regla:
        """The rule that was typed."""
        return Regla(**self.cleaned_data)


ESTADOS = [("", "Todas"), ("si", "Encendidas"), ("no", "Apagadas")]


class FiltroConservacion(Filtro):
    """Which rules of retention."""

    FRASES = {"activa": "{}", "sin_verificar": "solo sin verificar"}

    activa = OpcionField(label="Estado", choices=ESTADOS, cual="Ese estado")
    sin_verificar = forms.BooleanField(label="Solo sin verificar", required=False)

    def aplicar(self, reglas: QuerySet[ReglaDeConservacion]) -> QuerySet[ReglaDeConservacion]:
        """The rules that match everything asked for."""
        if activa := self.valor("activa"):
            reglas = reglas.filter(activa=activa == "si")
        return reglas.filter(verificado=False) if self.valor("sin_verificar") else reglas


class ConservacionForm(_Citada):
    """How long a kind of data is kept. What erases more than before is said, and asked for twice."""

    cantidad = forms.IntegerField(label="Cuánto se conservan", min_value=1, max_value=3650)
    unidad = forms.ChoiceField(label="Unidad", choices=ReglaDeConservacion.Unidad)
    activa = forms.BooleanField(
        label="Encendida", required=False, help_text="Apagada, esos datos se conservan sin término."
    )
    confirmo = forms.BooleanField(label="Sí, borrar para siempre", required=False)
    field_order = ("cantidad", "unidad", "activa", "norma", "verificado", "nota", "confirmo")

    def __init__(self, *args: Any, regla: ReglaDeConservacion, **opciones: Any) -> None:
        self.regla = regla
        self.borraria = 0
        super().__init__(*args, **opciones)

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if self.errors or not datos["activa"]:
            return datos
        nueva = ReglaDeConservacion(
            pk=self.regla.pk, clase=self.regla.clase, cantidad=datos["cantidad"], unidad=datos["unidad"]
        )
        if self.regla.activa and nueva.limite <= self.regla.limite:
            return datos
        self.borraria = contar([nueva])[nueva.pk]
        if self.borraria and not datos["confirmo"]:
            self.add_error(
                "confirmo", f"Se borrarían esta noche: {en_palabras(self.borraria)}. Marca que es lo que quieres."
            )
        return datos

    @property
    def cambios(self) -> dict[str, Any]:
        """What the action takes."""
        return {campo: valor for campo, valor in self.cleaned_data.items() if campo != "confirmo"}
