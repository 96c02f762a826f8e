"""What a company says about how it is paid."""

from typing import Any

from django import forms

from pagos.models import Medio, MedioDePago

CUENTA = ("titular", "rut", "banco", "tipo_cuenta", "numero_cuenta", "correo")
_OBLIGATORIOS = {
    "titular": "Escribe el titular de la cuenta",
    "banco": "Escribe el banco",
    "numero_cuenta": "Escribe el número de cuenta",
}


class MediosForm(forms.Form):
    """Which of the three ways to pay exist, and the account for transfers (P-02)."""

    transferencia = forms.BooleanField(label=Medio.TRANSFERENCIA.label, required=False)
    titular = forms.CharField(label="Titular", max_length=150, required=False)
    rut = forms.CharField(label="RUT del titular", max_length=12, required=False)
    banco = forms.CharField(label="Banco", max_length=80, required=False)
    tipo_cuenta = forms.CharField(label="Tipo de cuenta", max_length=40, required=False)
    numero_cuenta = forms.CharField(label="Número de cuenta", max_length=40, required=False)
    correo = forms.EmailField(label="Correo para el aviso del banco", required=False)
    comprobante = forms.BooleanField(
        label=Medio.COMPROBANTE.label,
        required=False,
        help_text="Con un cupón que se paga en caja. Cada cobro tendrá que llevar su cupón.",
    )
    boleta = forms.BooleanField(
        label=Medio.BOLETA.label, required=False, help_text="El solicitante adjunta un poder simple."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without transfers there is no account to ask for.
        con_cuenta = bool((self.data if self.is_bound else self.initial).get("transferencia"))
        for campo, falta in _OBLIGATORIOS.items():
            self.fields[campo].required = con_cuenta
            self.fields[campo].error_messages["required"] = falta

    @classmethod
    def inicial(cls, medios: list[MedioDePago]) -> dict[str, Any]:
        """What is offered now."""
        datos: dict[str, Any] = {medio.medio: True for medio in medios}
        for medio in medios:
            if medio.medio == Medio.TRANSFERENCIA:
                datos |= {campo: getattr(medio, campo) for campo in CUENTA}
        return datos

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if not any(datos.get(medio) for medio in Medio.values):
            self.add_error(None, "Elige al menos un medio de pago: sin ninguno tu empresa no puede cobrar.")
        return datos

    def datos(self) -> dict[str, Any]:
        """The keywords of the action."""
        return {
            "medios": [Medio(valor) for valor in Medio.values if self.cleaned_data[valor]],
            "cuenta": {campo: self.cleaned_data[campo] for campo in CUENTA},
        }
