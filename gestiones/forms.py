"""What officers and heads type about attended clients."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from gestiones.actions import Datos
from gestiones.models import Designacion, Gestion, Horario, Preferencial, Tipo
from portal import reloj
from portal.cuentas import documento
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil, Unidad
from portal.documentos.models import TransicionInvalida
from portal.sgc import puerto
from portal.sgc.numeros import LARGO, normalizar
from portal.sgc.puerto import Clase, Referencia

EXPLICACION = {
    Tipo.GRANDES: "Suministros en Media Tensión",
    Tipo.PREFERENCIAL: "Adultos mayores, embarazadas, personas con discapacidad",
    Tipo.FRACCIONAMIENTO: "Acuerdo a plazos de la deuda total",
    Tipo.SOLICITUDES: "Suministros nuevos, modificaciones de contrato, alumbrado público",
    Tipo.RECLAMOS: "De facturación o de los datos del contrato",
}


class GestionForm(forms.Form):
    """**Carga de Gestión de Atención al Cliente**, in the order of PA0580.

    Until the document is valid nothing else is read (`abierto`). `paso`: how far the officer is, "documento",
    "referencia" or "grabar"; only the last one asks for the rest.
    """

    clave = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Recarga la página."})
    tipo_documento = forms.ChoiceField(
        label="Tipo de documento",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige el tipo de documento."),
    )
    documento = forms.CharField(
        label="Número de documento",
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Escribe el número de documento del cliente atendido."},
    )
    referencia = forms.CharField(
        label="NIS, Expediente o Reclamo",
        max_length=LARGO + 10,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Escribe el NIS, el Expediente o el Reclamo."},
    )
    clase = forms.ChoiceField(
        label="¿Qué es ese número?",
        choices=[("", ""), *Clase.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Elige si es NIS, Expediente o Reclamo."},
    )
    tipo = forms.TypedChoiceField(
        label="Tipo de Gestión",
        choices=Tipo.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige el tipo de gestión."),
    )
    preferencial = forms.ChoiceField(
        label="¿A quién se atendió?",
        choices=Preferencial.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Elige una de la lista."},
    )
    observacion = forms.CharField(
        label="Observación", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    confirma_grandes = forms.BooleanField(label="Confirmo que es Atención a Grandes Clientes", required=False)
    confirma_repetida = forms.BooleanField(label="Confirmo que es otra gestión", required=False)

    def __init__(
        self, *args: Any, agente: Perfil, paso: str = "grabar", de: Gestion | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.agente, self.paso, self.de = agente, paso, de
        self.empresa = agente.distribuidora
        self.opciones: list[Referencia] = []
        self.encontrada: Referencia | None = None
        self.avisar_grandes = self.avisar_repetida = False
        tipos = documento.tipos(self.empresa.pais)  # type: ignore[union-attr]
        self.fields["tipo_documento"].choices = tipos  # type: ignore[attr-defined]
        self.initial.setdefault("tipo_documento", tipos[0][0])
        self.initial.setdefault("clave", uuid4())
        if paso == "documento":
            for nombre in ("referencia", "tipo"):
                self.fields[nombre].required = False
        elif paso == "referencia":
            self.fields["tipo"].required = False

    # --- 1. the document -------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if not self._documento(datos):  # PA0580: nothing else is loaded before it
            self._cerrar(datos)
        elif self.paso != "documento" or datos.get("referencia"):
            self._referencia(datos)
            if self.paso == "grabar" and "tipo" in datos:
                self._tipo(datos)
        return datos

    def _documento(self, datos: dict[str, Any]) -> bool:
        if "tipo_documento" not in datos or "documento" not in datos:
            return False
        tipo = datos["tipo_documento"]
        try:
            datos["documento"] = documento.validar(datos["documento"], pais=self.empresa.pais, tipo=tipo)  # type: ignore[union-attr]
        except ValidationError as error:
            self.add_error("documento", error)
            return False
        return True

    def _cerrar(self, datos: dict[str, Any]) -> None:
        """Say nothing of what is not open yet."""
        for nombre in set(self.fields) - {"clave", "tipo_documento", "documento"}:
            self.errors.pop(nombre, None)
            datos.pop(nombre, None)

    @property
    def abierto(self) -> bool:
        """Whether the document is valid: the rest may be filled in."""
        if not self.is_bound:
            return self.de is not None
        return self.is_valid() or not {"tipo_documento", "documento"} & self.errors.keys()

    # --- 2. what it is about ---------------------------------------------------------------------------------------
    def _referencia(self, datos: dict[str, Any]) -> None:
        if not datos.get("referencia"):
            return
        self.opciones = puerto.buscar_referencias(self.empresa, datos["referencia"])  # type: ignore[arg-type]
        pedida = datos.get("clase")
        if len(self.opciones) == 1 and pedida in ("", None, self.opciones[0].clase):
            self.encontrada = self.opciones[0]
        elif self.opciones:
            self.encontrada = next((r for r in self.opciones if r.clase == pedida), None)
            if self.encontrada is None:
                self.add_error("clase", "Elige cuál de ellos es.")
        else:
            self._desconocida(datos)

    def _desconocida(self, datos: dict[str, Any]) -> None:
        """Refused, or with the company's leave taken as it is."""
        escrita = normalizar(datos["referencia"])
        if not escrita or len(escrita) > LARGO or not puerto.admite_no_verificadas(self.empresa):  # type: ignore[arg-type]
            self.add_error(
                "referencia", "No existe en el sistema comercial. Revisa el número de NIS, Expediente o Reclamo."
            )
        elif not datos.get("clase"):
            self.add_error("clase", "El espejo no lo conoce. Elige qué es: quedará como no verificado.")
        else:
            self.encontrada = Referencia(Clase(datos["clase"]), escrita, asunto="no verificado")

    @property
    def elegir_clase(self) -> list[tuple[str, str, str]]:
        """The kinds to choose from when the number alone does not tell: value, label, what is known."""
        if len(self.opciones) > 1:
            return [(r.clase.value, str(r), r.detalle) for r in self.opciones]
        if "clase" in self.errors or (self.encontrada and not self.opciones):
            return [(valor, rotulo, "") for valor, rotulo in Clase.choices]
        return []

    # --- 3. what was done ------------------------------------------------------------------------------------------
    def _tipo(self, datos: dict[str, Any]) -> None:
        if datos["tipo"] != Tipo.PREFERENCIAL:
            datos["preferencial"] = ""
        elif not datos.get("preferencial"):
            self.add_error("preferencial", "Elige a quién se atendió con preferencia.")
        if self.encontrada is None:
            return
        if datos["tipo"] == Tipo.GRANDES and self.encontrada.tension != "MT":
            self._grandes(datos)
        self._repetida(datos)

    def _grandes(self, datos: dict[str, Any]) -> None:
        self.avisar_grandes = True
        if not datos.get("confirma_grandes"):
            self.add_error(
                "confirma_grandes",
                f"{self.encontrada} no figura en Media Tensión. Confírmalo o elige otro tipo.",
            )
        if not datos.get("observacion"):
            self.add_error("observacion", "Explica en la observación por qué es un Gran Cliente.")

    def _repetida(self, datos: dict[str, Any]) -> None:
        hoy = reloj.hoy(self.empresa.zona_horaria)  # type: ignore[union-attr]
        iguales = Gestion.objects.iguales(
            agente=self.agente,
            dia=self.de.dia if self.de else hoy,
            tipo=datos["tipo"],
            documento=datos["documento"],
            referencia=self.encontrada.numero,  # type: ignore[union-attr]
        )
        previa = (
            iguales.exclude(pk=self.de.pk if self.de else None)
            .exclude(caso__clave=datos.get("clave") or uuid4())
            .first()
        )
        if previa is not None:
            self.avisar_repetida = True
            if not datos.get("confirma_repetida"):
                self.add_error(
                    "confirma_repetida",
                    f"Ya grabaste hoy lo mismo: {previa} (documento, referencia y tipo iguales). Confirma si es otra.",
                )

    def datos(self) -> Datos:
        """The attention, as the actions take it."""
        limpios, hallada = self.cleaned_data, self.encontrada
        assert hallada is not None  # noqa: S101 - a valid form found it
        return Datos(
            tipo_documento=limpios["tipo_documento"],
            documento=limpios["documento"],
            clase=hallada.clase.value,
            referencia=hallada.numero,
            titular=hallada.titular,
            tension=hallada.tension,
            verificada=bool(self.opciones),
            tipo=limpios["tipo"],
            preferencial=limpios["preferencial"],
            observacion=limpios["observacion"],
        )

    def escrito(self) -> dict[str, str]:
        """What stands in the form, as typed, for the draft; without null characters, which PostgreSQL cannot keep."""
        return {n: str(self.data.get(n, "")).replace("\0", "") for n in self.fields if n in self.data or n == "clave"}

    @property
    def losas(self) -> list[dict[str, Any]]:
        """The five types, each with its explanation."""
        return [
            {"boton": boton, "numero": tipo.value, "texto": tipo.label, "nota": EXPLICACION[tipo]}
            for boton, tipo in zip(self["tipo"], Tipo, strict=True)
        ]


def de_gestion(gestion: Gestion) -> dict[str, Any]:
    """The form's initial values for an entry that is corrected."""
    campos = ("tipo_documento", "documento", "referencia", "clase", "tipo", "preferencial", "observacion")
    return {campo: getattr(gestion, campo) for campo in campos} | {"clave": gestion.caso.clave}


class MotivoForm(forms.Form):
    """Why entries are given back."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Lo lee el funcionario: qué está mal y cómo corregirlo.",
        error_messages={"required": "Escribe el motivo: el funcionario debe entender qué corregir."},
    )


class _DiaField(forms.DateField):
    def __init__(self, **opciones: Any) -> None:
        opciones["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        opciones.setdefault("error_messages", {}).setdefault("invalid", "Escribe una fecha que exista.")
        super().__init__(**opciones)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError("Escribe una fecha entre los años 2000 y 2100.")


class FuncionarioForm(forms.Form):
    """An officer who attends (G-06): who, where, as what, from–to."""

    funcionario = forms.ModelChoiceField(
        Perfil.objects.none(),
        label="Funcionario",
        empty_label="Elige un funcionario",
        error_messages={"required": "Elige un funcionario.", "invalid_choice": "Elige un funcionario de la lista."},
    )
    unidad = forms.ModelChoiceField(
        Unidad.objects.none(),
        label="Unidad",
        empty_label=None,
        error_messages={"required": "Elige la unidad.", "invalid_choice": "Elige una unidad de la lista."},
    )
    clase = forms.ChoiceField(
        label="Cómo atiende",
        choices=Designacion.Clase.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige si es permanente o de apoyo."),
    )
    desde = _DiaField(label="Desde", error_messages={"required": "Escribe desde qué día."})
    hasta = _DiaField(label="Hasta", required=False, help_text="Incluido. Vacío: sin término.")

    def __init__(self, *args: Any, jefe: Perfil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agentes = Perfil.objects.filter(
            distribuidora=jefe.distribuidora,
            activo=True,
            tipo=TipoPerfil.AGENTE,
            asignaciones__grupo__name=Funcion.AGENTE,
        )
        por_nombre = agentes.select_related("usuario", "unidad").distinct().order_by("usuario__nombres", "pk")
        self.fields["funcionario"].queryset = por_nombre  # type: ignore[attr-defined]
        self.fields["funcionario"].label_from_instance = _funcionario  # type: ignore[attr-defined]
        self.fields["unidad"].queryset = unidades_de(jefe)  # type: ignore[attr-defined]
        self.initial.setdefault("unidad", jefe.unidad_id)
        self.initial.setdefault("clase", Designacion.Clase.PERMANENTE)
        self.initial.setdefault("desde", reloj.hoy(jefe.distribuidora.zona_horaria))  # type: ignore[union-attr]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if datos.get("desde") and datos.get("hasta") and datos["hasta"] < datos["desde"]:
            self.add_error("hasta", "Es anterior a «Desde». Cambia una de las dos fechas.")
        return datos


def _funcionario(perfil: Perfil) -> str:
    return f"{perfil.nombre} ({perfil.unidad})" if perfil.unidad else perfil.nombre


def unidades_de(perfil: Perfil) -> Any:
    """The units in sight of an agent, by name."""
    todas = Unidad.objects.select_related("distribuidora").filter(distribuidora=perfil.distribuidora_id)
    visibles = perfil.unidades_visibles
    return (todas if visibles is None else todas.filter(pk__in=visibles)).order_by("nombre")


class HastaForm(forms.Form):
    hasta = _DiaField(label="Último día", error_messages={"required": "Escribe hasta qué día atiende."})


DIAS = ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"]


class HorarioForm(forms.Form):
    """A unit's ordinary hours (G-05)."""

    dias = forms.MultipleChoiceField(
        label="Días",
        choices=[(str(n), dia) for n, dia in enumerate(DIAS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Elige días de la lista."},
    )
    desde = forms.TimeField(
        label="Desde",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), "Escribe una hora. Ejemplo: 07:00."),
    )
    hasta = forms.TimeField(
        label="Hasta",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text="A esta hora en punto ya es extraordinaria.",
        error_messages=dict.fromkeys(("required", "invalid"), "Escribe una hora. Ejemplo: 15:00."),
    )

    @staticmethod
    def de(horario: Horario) -> dict[str, list[str] | time]:
        """Initial values."""
        return {"dias": list(horario.dias), "desde": horario.desde, "hasta": horario.hasta}

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if datos.get("desde") and datos.get("hasta") and datos["hasta"] <= datos["desde"]:
            self.add_error("hasta", "Debe ser posterior a «Desde».")
        if "dias" in datos:
            datos["dias"] = "".join(sorted(datos["dias"]))
        return datos


def intentar(form: forms.Form, hacer: Callable[[], Any]) -> bool:
    """Do it; what the action refuses is said on the form, beside its field where it has one."""
    try:
        hacer()
    except TransicionInvalida as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
        else:
            for campo, errores in error.error_dict.items():
                form.add_error(campo if campo in form.fields else None, errores)
    return not form.errors
