"""What is typed about a record; `cleaned_data` are the keywords of the actions."""

from collections.abc import Iterable
from typing import Any

from django import forms

from inoperatividad import permissions
from inoperatividad.actions.registro import EnPapel
from inoperatividad.forms.campos import (
    LineaField,
    MomentoField,
    MotivoField,
    ParrafoField,
    VariosField,
    este_minuto,
    sustento,
)
from inoperatividad.models import (
    Aplicativo,
    Consulta,
    Critica,
    Escenario,
    Masiva,
    Motivo,
    Punto,
    Registro,
    TipoTramite,
)
from portal.cuentas.models import Perfil, Unidad


def unidades_para(perfil: Perfil) -> list[Unidad]:
    """The service points that this profile may record for."""
    puntos = Punto.objects.filter(activo=True).select_related("unidad")
    if perfil.unidades_visibles is not None:
        puntos = puntos.filter(unidad__in=perfil.unidades_visibles)
    return [punto.unidad for punto in puntos]


class AplicativosField(VariosField):
    """Applications of the catalogue, as boxes."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(None, label="Aplicativo afectado", **opciones)
        self.error_messages["required"] = "Marca al menos un aplicativo"
        self.error_messages["invalid_choice"] = "Elige aplicativos de la lista"


class RegistroForm(forms.Form):
    """**Registro de Inoperatividad** (I-01): six things to see; what else there is appears when it matters."""

    unidad = forms.ModelChoiceField(
        Unidad.objects.none(), label="Punto de atención", empty_label="Elige el punto",
        error_messages={"required": "Elige el punto de atención", "invalid_choice": "Elige un punto de la lista"},
    )  # fmt: skip
    tipo_tramite = forms.ChoiceField(
        label="Tipo de trámite", choices=TipoTramite.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elige el tipo de trámite", "invalid_choice": "Elige un tipo de la lista"},
    )  # fmt: skip
    consulta: Any = forms.ModelChoiceField(
        None, label="Cuál consulta", required=False, empty_label="Elige la consulta",
        error_messages={"invalid_choice": "Elige una consulta de la lista"},
    )  # fmt: skip
    aplicativos = AplicativosField(
        required=False, help_text="Vacío vale solo si se fue la luz o falló el local: entonces son todos."
    )
    pago_pendiente = forms.BooleanField(
        label="El pago debe terminar una transacción ya registrada en SISACT",
        required=False,
        help_text="SICAR se registra solo en ese caso.",
    )
    motivo = MotivoField(
        label="Motivo",
        error_messages={"required": "Elige el motivo", "invalid_choice": "Elige un motivo de la lista"},
    )
    inicio = MomentoField(label="Inicio", error_messages={"required": "Escribe desde cuándo"})
    descripcion = ParrafoField(label="Qué ocurrió", error_messages={"required": "Cuenta qué ocurrió"})
    cliente_esperando = forms.BooleanField(
        label="Hay un cliente esperando", required=False, initial=True, widget=forms.CheckboxInput({"role": "switch"})
    )

    def __init__(self, *args: Any, perfil: Perfil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unidades = unidades_para(perfil)
        self._ofrecer_unidades()
        self.ofrecidos = list(Aplicativo.objects.filter(activo=True))
        self._elegibles("aplicativos", Aplicativo.objects.filter(activo=True))
        self._elegibles("consulta", Consulta.objects.filter(activo=True))
        self.fields["consulta"].widget.attrs["data-solo-si"] = "id_tipo_tramite_3"
        escenarios = [Escenario.MASIVA, Escenario.NO_PREVISTO] if perfil.tiene(permissions.REGISTRAR) else []
        escenarios += [Escenario.ERROR] if perfil.tiene(permissions.PROBAR) else []
        motivos = Motivo.objects.filter(activo=True, al_abrir=True, escenario__in=escenarios)
        self.fields["motivo"].ofrecer(motivos)  # type: ignore[attr-defined]
        con_pago = [i for i, a in enumerate(self.ofrecidos) if a.solo_con_pago]
        if con_pago:
            self.fields["pago_pendiente"].widget.attrs["data-solo-si"] = f"id_aplicativos_{con_pago[0]}"
        else:
            del self.fields["pago_pendiente"]
        self.fields["inicio"].initial = este_minuto
        self._sugerir(motivos)

    def _ofrecer_unidades(self) -> None:
        if len(self.unidades) == 1:
            del self.fields["unidad"]
        else:
            self._elegibles("unidad", Unidad.objects.filter(pk__in=[u.pk for u in self.unidades]))

    def _elegibles(self, campo: str, filas: Any) -> None:
        self.fields[campo].queryset = filas  # type: ignore[attr-defined]

    def _sugerir(self, motivos: Iterable[Motivo]) -> None:
        """What is down according to Fallas is ticked, with the usual motive."""
        vigentes = Masiva.objects.vigentes().values_list("aplicativos", flat=True)
        if not self.initial.get("aplicativos"):
            self.initial["aplicativos"] = list(vigentes)
        if self.initial["aplicativos"]:
            self.initial.setdefault("motivo", next((m.pk for m in motivos), None))

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if "unidad" not in self.fields:
            datos["unidad"] = self.unidades[0]
        self._consulta(datos)
        self._aplicativos(datos)
        datos.pop("pago_pendiente", None)
        return datos

    def _consulta(self, datos: dict[str, Any]) -> None:
        if datos.get("tipo_tramite") != TipoTramite.CONSULTAS:
            datos["consulta"] = None
        elif not datos.get("consulta") and "consulta" not in self.errors:
            self.add_error("consulta", "Elige cuál de las consultas reguladas")

    def _aplicativos(self, datos: dict[str, Any]) -> None:
        """An unforeseen event takes all of them down; SICAR needs the payment that it waits for (I-03)."""
        motivo, marcados = datos.get("motivo"), list(datos.get("aplicativos") or [])
        if motivo and motivo.escenario == Escenario.NO_PREVISTO and not marcados:
            datos["aplicativos"] = self.ofrecidos
            return
        if not marcados and "aplicativos" not in self.errors:
            self.add_error("aplicativos", "Marca al menos un aplicativo")
        if (solo := [a for a in marcados if a.solo_con_pago]) and not datos.get("pago_pendiente"):
            nombre = str(solo[0])
            self.add_error(
                "aplicativos",
                f"{nombre} se registra solo si un pago debe terminar una transacción de SISACT. "
                "Si es así, marca la casilla; si no, desmárcalo",
            )


class PapelForm(RegistroForm):
    """A record that was filled in by hand during a contingency (I-08)."""

    motivo_papel = ParrafoField(
        label="Por qué se llenó en papel",
        filas=2,
        error_messages={"required": "Explica por qué no se pudo registrar en el portal"},
    )
    hoja = sustento(
        label="Hoja escaneada", error_messages={"required": "Adjunta el Formato Manual escaneado o fotografiado"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inicio"].initial = None
        self.fields["cliente_esperando"].initial = False

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        motivo, hoja = datos.pop("motivo_papel", ""), datos.pop("hoja", None)
        if motivo and hoja:
            datos["papel"] = EnPapel(motivo, hoja)
        return datos


class CerrarForm(forms.Form):
    fin = MomentoField(label="Fin", error_messages={"required": "Escribe cuándo volvió el servicio"})
    motivo = MotivoField(
        label="Motivo de cierre",
        error_messages={"required": "Elige el motivo de cierre", "invalid_choice": "Elige un motivo de la lista"},
    )
    origen = ParrafoField(label="Origen encontrado", error_messages={"required": "Cuenta qué lo causó"})
    sustento = sustento(label="Sustento", error_messages={"required": "Adjunta el sustento del evento"})

    def __init__(self, *args: Any, registro: Registro, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motivos = Motivo.objects.filter(activo=True, al_cerrar=True, escenario=registro.escenario)
        self.fields["motivo"].ofrecer(motivos)  # type: ignore[attr-defined]
        self.fields["sustento"].required = registro.escenario == Escenario.NO_PREVISTO
        self.fields["fin"].initial = registro.masiva.fin if registro.masiva and registro.masiva.fin else este_minuto


class ErrorForm(forms.Form):
    fin = MomentoField(label="Fin", initial=este_minuto, error_messages={"required": "Escribe cuándo terminó"})
    origen = ParrafoField(label="Qué se encontró", error_messages={"required": "Explica por qué fue un error o prueba"})
    sustento = sustento(label="Sustento", error_messages={"required": "Adjunta el sustento del error"})

    def __init__(self, *args: Any, con_sustento: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sustento"].required = con_sustento


class CriticaForm(forms.Form):
    """**Atención de Transacciones Críticas**."""

    tipo = forms.ChoiceField(
        label="Qué se atendió", choices=Critica.Tipo.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elige qué se atendió", "invalid_choice": "Elige una opción de la lista"},
    )  # fmt: skip
    cliente = LineaField(
        label="A quién", max_length=120, help_text="Nombre y documento o línea.",
        error_messages={"required": "Escribe a quién se atendió"},
    )  # fmt: skip
    detalle = ParrafoField(label="Detalle", error_messages={"required": "Anota lo que se pidió y se hizo"})
    atendida = MomentoField(label="Cuándo", initial=este_minuto, error_messages={"required": "Escribe cuándo"})


class RegularizarForm(forms.Form):
    referencia = LineaField(
        label="Número en el sistema", max_length=60, help_text="El que dio el aplicativo al ingresarlo.",
        error_messages={"required": "Escribe el número que dio el sistema"},
    )  # fmt: skip


class TextoForm(forms.Form):
    """A mandatory text, under the name that the page gives it."""

    texto = ParrafoField()

    def __init__(self, *args: Any, etiqueta: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texto"].label = etiqueta
        self.fields["texto"].error_messages["required"] = f"Falta: {etiqueta.lower()}. Quien lo lea debe entenderlo"
