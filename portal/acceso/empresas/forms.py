"""What the administrator types about companies and units; `cleaned_data` are the actions' keywords."""

from typing import Any

from django import forms

from portal.cuentas.models import Distribuidora, Unidad


class EmpresaForm(forms.ModelForm):
    class Meta:
        model = Distribuidora
        fields = ["nombre_fantasia", "prefijo", "estado", "notas"]
        widgets = {"notas": forms.Textarea({"rows": 3})}


class UnidadForm(forms.Form):
    """A unit of `empresa`."""

    nombre = forms.CharField(label="Nombre", max_length=120, error_messages={"required": "Escribe el nombre."})
    superior = forms.ModelChoiceField(
        Unidad.objects.none(),
        label="Depende de",
        required=False,
        empty_label="Ninguna",
        error_messages={"invalid_choice": "Elige una unidad de la lista."},
    )
    activa = forms.BooleanField(
        label="En uso", required=False, initial=True, help_text="Lo que no está en uso no se ofrece en los formularios."
    )

    def __init__(self, *args: Any, empresa: Distribuidora, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["superior"].queryset = empresa.unidades.order_by("nombre")  # type: ignore[attr-defined]
