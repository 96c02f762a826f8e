"""What is typed about masivas, evaluations, reports, imports and catalogues."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from inoperatividad.cifras import Comparacion
from inoperatividad.forms.campos import (
    MIB,
    CantidadField,
    MomentoField,
    MotivoField,
    ParrafoField,
    SiNoField,
    VariosField,
    este_minuto,
)
from inoperatividad.forms.registro import AplicativosField
from inoperatividad.models import (
    Aplicativo,
    Buzon,
    Consulta,
    Escenario,
    Horario,
    Masiva,
    Motivo,
    Punto,
    Registro,
    Reporte,
)
from inoperatividad.models.catalogos import Catalogo
from portal.cuentas.models import Distribuidora, Unidad


class MasivaForm(forms.Form):
    """An alert, or its declaration: which applications, since when, why."""

    aplicativos = AplicativosField()
    inicio = MomentoField(label="Inicio", initial=este_minuto, error_messages={"required": "Escribe desde cuándo"})
    causa = ParrafoField(label="Causa", error_messages={"required": "Escribe qué se sabe de la falla"})

    def __init__(self, *args: Any, etiqueta: str = "Causa", masiva: Masiva | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aplicativos"].queryset = Aplicativo.objects.filter(activo=True)  # type: ignore[attr-defined]
        self.fields["causa"].label = etiqueta
        if masiva:
            self.initial = {"aplicativos": list(masiva.aplicativos.all()), "inicio": masiva.inicio}


class TerminarForm(forms.Form):
    fin = MomentoField(label="Fin", initial=este_minuto, error_messages={"required": "Escribe cuándo volvió"})
    causa = ParrafoField(label="Causa", error_messages={"required": "Escribe qué la causó"})


class CerrarRegistrosForm(forms.Form):
    motivo = MotivoField(
        label="Motivo de cierre",
        error_messages={"required": "Elige el motivo de cierre", "invalid_choice": "Elige un motivo de la lista"},
    )
    origen = ParrafoField(label="Origen encontrado", error_messages={"required": "Cuenta qué lo causó"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motivos = Motivo.objects.filter(activo=True, al_cerrar=True, escenario=Escenario.MASIVA)
        self.fields["motivo"].ofrecer(motivos)  # type: ignore[attr-defined]


class OpinarForm(forms.Form):
    """Mejora de Procesos: criterion 1, the networks, and whether it proceeds."""

    horario = forms.ChoiceField(
        label="Inicio y rango del evento", choices=Horario.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elige si está dentro o fuera", "invalid_choice": "Elige una opción de la lista"},
    )  # fmt: skip
    menciones = CantidadField(
        label="Publicaciones en redes sociales",
        help_text="Cuántas hablan de la no atención en el rango afectado. Vacío: sin datos.",
    )
    procede = SiNoField("Procede reportar", "No procede", label="Opinión", error_messages={"required": "Elige una"})
    opinion = ParrafoField(label="Por qué", error_messages={"required": "Explica tu opinión"})


class ConcluirForm(forms.Form):
    """The verdict; a count is asked for only where the portal has none."""

    tipificaciones = CantidadField(label="Tipificaciones del trámite en el rango", help_text="Vacío: sin datos.")
    reclamos = CantidadField(label="Reclamos del día, todos los canales", help_text="Vacío: sin datos.")
    ldr = CantidadField(label="LDR del día, todos los canales", help_text="Vacío: sin datos.")
    reportar = SiNoField(
        "Se debe reportar", "No se debe reportar", label="Veredicto", error_messages={"required": "Elige el veredicto"}
    )
    razon = ParrafoField(label="Razón", error_messages={"required": "Da la razón del veredicto"})

    def __init__(self, *args: Any, comparaciones: list[Comparacion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for comparacion in comparaciones:
            if comparacion.del_dia is not None:
                del self.fields[comparacion.codigo]


class SeleccionForm(forms.Form):
    """Which records go into a report."""

    registros: Any = VariosField(
        None, label="Registros", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Elige al menos un registro",
            "invalid_choice": "Elige registros de la lista",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, reporte: Reporte | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elegibles = Registro.objects.reportables()
        if reporte:
            elegibles = elegibles | Registro.objects.filter(reporte=reporte)
            self.initial = {"registros": list(reporte.registros.all())}
        else:
            self.initial = {"registros": list(elegibles)}
        campo: Any = self.fields["registros"]
        campo.queryset = elegibles.select_related("unidad", "consulta").order_by("correlativo")
        campo.label_from_instance = lambda r: f"{r.correlativo} · {r.unidad} · {r.que} · {r.inicio:%d-%m-%Y}"


class ImportarForm(forms.Form):
    archivo = forms.FileField(
        label="Archivo", help_text="CSV o XLSX, máximo 2 MB.",
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        error_messages={"required": "Elige el archivo", "empty": "El archivo está vacío. Revisa que sea el correcto"},
    )  # fmt: skip

    def clean_archivo(self) -> Any:
        archivo = self.cleaned_data["archivo"]
        if archivo.size > 2 * MIB:
            raise ValidationError("El archivo pesa más de 2 MB. Divídelo, por ejemplo por mes")
        return archivo


CATALOGOS: dict[str, tuple[type[Catalogo], list[str], str]] = {
    "aplicativos": (Aplicativo, ["nombre", "familia", "solo_con_pago", "activo"], "Los sistemas de venta y postventa."),
    "puntos": (Punto, ["unidad", "tipo", "activo"], "Las unidades que atienden clientes, y su canal."),
    "consultas": (Consulta, ["nombre", "activo"], "Las consultas y solicitudes reguladas."),
    "motivos": (
        Motivo, ["nombre", "escenario", "al_abrir", "al_cerrar", "activo"], "Por escenario, al registrar y al cerrar.",
    ),
    "buzones": (Buzon, ["nombre", "uso", "correo", "activo"], "A quién se escribe al registrar y en contingencia."),
}  # fmt: skip


def formulario_de(slug: str, elemento: Catalogo, datos: Any) -> forms.ModelForm:
    """The form of a row of that catalogue, with the company's units only."""
    modelo, campos, _ = CATALOGOS[slug]
    form: forms.ModelForm = forms.modelform_factory(modelo, fields=campos)(datos, instance=elemento)
    if "unidad" in form.fields:
        form.fields["unidad"].queryset = _unidades(elemento)  # type: ignore[attr-defined]
    for campo in form.fields.values():
        campo.error_messages["required"] = f"Falta: {str(campo.label).lower()}"
    return form


def _unidades(elemento: Any) -> Any:
    """Those that are no point yet, and the row's own."""
    empresa: Distribuidora = elemento.distribuidora
    libres = Unidad.objects.filter(distribuidora=empresa, activa=True, punto_de_atencion=None)
    return libres | Unidad.objects.filter(pk=elemento.unidad_id) if elemento.pk else libres
