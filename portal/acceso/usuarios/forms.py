"""What the administrator types about people; `cleaned_data` are the actions' keywords."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.acceso.forms import CorreoField, RutField
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad, Usuario
from portal.listas.filtro import DiaField

CON_EMPRESA = (TipoPerfil.DISTRIBUIDORA, TipoPerfil.AGENTE)


def funciones_de(tipo: str) -> list[tuple[str, str]]:
    """The functions of a type of profile, with their names."""
    return [(f.value, f.label.capitalize()) for f in Funcion if f.tipo == tipo]


class UnidadSelect(forms.Select):
    """Units grouped by company; a script narrows the list to the company that was chosen."""

    def __init__(self) -> None:
        super().__init__({"data-depende-de": "id_distribuidora"})


def unidades_por_empresa() -> list[Any]:
    """The choices of units, by company."""
    grupos: dict[str, list[tuple[int, str]]] = {}
    for unidad in Unidad.objects.filter(activa=True).select_related("distribuidora").order_by("nombre"):
        grupos.setdefault(str(unidad.distribuidora), []).append((unidad.pk, unidad.nombre))
    return [("", "Ninguna"), *sorted(grupos.items())]


class LugarForm(forms.Form):
    """Company and Unidad / Punto de Atención of a profile."""

    distribuidora = forms.ModelChoiceField(
        Distribuidora.objects.filter(estado=Distribuidora.Estado.VIGENTE),
        label="Distribuidora",
        empty_label="Seleccione distribuidora",
        error_messages={"required": "Elige la empresa.", "invalid_choice": "Elige una empresa de la lista."},
    )
    unidad = forms.ModelChoiceField(
        Unidad.objects.filter(activa=True),
        label="Unidad / Punto de Atención",
        required=False,
        widget=UnidadSelect,
        error_messages={"invalid_choice": "Elige una unidad de la lista."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unidad" in self.fields:
            self.fields["unidad"].choices = unidades_por_empresa()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        unidad, empresa = datos.get("unidad"), datos.get("distribuidora")
        if unidad and empresa and unidad.distribuidora_id != empresa.pk:
            self.add_error("unidad", f"Esa unidad no es de {empresa}.")
        return datos


class FechasMixin(forms.Form):
    """From–to, both days included; empty: without limit."""

    desde = DiaField(label="Desde", help_text="Vacío: desde ahora.")
    hasta = DiaField(label="Hasta", help_text="Incluido. Vacío: sin término.")

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        if datos.get("desde") and datos.get("hasta") and datos["desde"] > datos["hasta"]:
            self.add_error("hasta", "Termina antes de empezar.")
        return datos


class UsuarioForm(FechasMixin, LugarForm):
    """A new user of the type `tipo`, or a new profile of that type for somebody who has an account."""

    rut = RutField(widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    nombres = forms.CharField(label="Nombres", max_length=80, error_messages={"required": "Escribe los nombres."})
    apellidos = forms.CharField(label="Apellidos", max_length=80, error_messages={"required": "Escribe los apellidos."})
    email = CorreoField("E-mail", help_text="Ahí llega la invitación para poner la contraseña.")
    funciones = forms.MultipleChoiceField(
        label="Funciones",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elige funciones de la lista."},
    )
    confirmado = forms.BooleanField(label="Sí, es esa persona: agregarle el perfil", required=False)
    field_order = ["rut", "nombres", "apellidos", "email", "distribuidora", "unidad", "funciones", "desde", "hasta"]

    def __init__(self, *args: Any, tipo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tipo = tipo
        self.ya_esta: Usuario | None = None
        if opciones := funciones_de(tipo):
            self.fields["funciones"].choices = opciones  # type: ignore[attr-defined]
        for campo in () if opciones else ("funciones", "desde", "hasta"):
            del self.fields[campo]
        for campo in () if tipo in CON_EMPRESA else ("distribuidora", "unidad"):
            del self.fields[campo]

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        self.ya_esta = Usuario.objects.filter(identificador=datos.get("rut", ""), activado__isnull=False).first()
        if self.ya_esta and not datos.pop("confirmado", False):
            raise ValidationError(
                f"Ese RUT ya tiene una cuenta, de {self.ya_esta.get_full_name()} ({self.ya_esta.email}). Si es la "
                "misma persona, confírmalo abajo: conserva su nombre, su correo y su contraseña.",
                code="ya_esta",
            )
        datos.pop("confirmado", None)
        return datos


class PersonaForm(forms.ModelForm):
    """Personal data; the RUT is who somebody is, and stays."""

    email = CorreoField("E-mail")

    class Meta:
        model = Usuario
        fields = ["nombres", "apellidos", "email", "instalador_sec"]
        labels = {"nombres": "Nombres", "apellidos": "Apellidos", "instalador_sec": "Instalador SEC"}


class FuncionForm(FechasMixin):
    """One more function of a profile."""

    funcion = forms.ChoiceField(
        label="Función",
        error_messages={"required": "Elige la función.", "invalid_choice": "Elige una función de la lista."},
    )
    suplente_de = forms.ModelChoiceField(
        Perfil.objects.none(),
        label="Suplente de",
        required=False,
        empty_label="Nadie: es función propia",
        help_text="Solo quien tiene esa función en la misma empresa.",
        error_messages={"invalid_choice": "Elige a una persona de la lista."},
    )
    field_order = ["funcion", "suplente_de", "desde", "hasta"]

    def __init__(self, *args: Any, perfil: Perfil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funcion"].choices = [("", "Seleccione función"), *funciones_de(perfil.tipo)]  # type: ignore[attr-defined]
        self.fields["suplente_de"].queryset = (  # type: ignore[attr-defined]
            Perfil.objects.filter(
                tipo=perfil.tipo, distribuidora=perfil.distribuidora_id, activo=True, asignaciones__isnull=False
            )
            .exclude(usuario=perfil.usuario_id)
            .select_related("usuario")
            .order_by("usuario__apellidos", "usuario__nombres")
            .distinct()
        )
