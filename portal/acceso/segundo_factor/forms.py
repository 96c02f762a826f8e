"""What is typed, or answered by a key, as a second factor; the limits are those of the password (A-09, A-10)."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from portal.acceso import limites

_MAL_FORMADA = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def _codigo(etiqueta: str, ayuda: str) -> forms.CharField:
    atributos = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(
        label=etiqueta,
        help_text=ayuda,
        max_length=20,
        widget=forms.TextInput(attrs=atributos),
        error_messages={"required": "Escribe el código.", "max_length": "Ese código no sirve: es demasiado largo."},
    )


class CodigoForm(AuthenticateForm):
    """A code of the application, or one of recovery; each works once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _codigo("Código", "Los 6 números de tu aplicación, o un código de recuperación de 8.")

    def clean_code(self) -> str:
        from portal.acceso.adapter import error_de_limite

        sujetos = get_account_adapter().sujetos(context.request, self.user.identificador)
        try:
            with limites.intento(*sujetos) as intento:
                codigo = super().clean_code()
                self._una_vez(codigo)
                intento.perdonar()
        except limites.Limitado as limitado:
            raise error_de_limite(limitado, "Hubo demasiados intentos.") from None
        return codigo

    def _una_vez(self, codigo: str) -> None:
        """allauth remembers a code for its own 30 seconds; with tolerance it would be taken again afterwards."""
        if self.authenticator.type == Authenticator.Type.TOTP:
            vigencia = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"codigo-usado:{self.user.pk}:{''.join(codigo.split())}", True, vigencia):
                raise get_adapter().validation_error("incorrect_code")


class AplicacionForm(ActivateTOTPForm):
    """The first code, which shows that the application has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _codigo("Código", "Los 6 números que la aplicación muestra para este portal.")


class LlaveNuevaForm(AddWebAuthnForm):
    """A passkey, as the browser answers it."""

    name = forms.CharField(
        label="Nombre de la llave",
        required=False,
        max_length=60,
        help_text="Para distinguirla si tienes varias: «Teléfono», «Llave azul».",
    )
    field_order = ["name", "credential"]

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except _MAL_FORMADA:
            raise _no_era_una_llave() from None


class LlaveForm(AuthenticateWebAuthnForm):
    """What a passkey answers at sign-in."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except _MAL_FORMADA:
            raise _no_era_una_llave() from None


def _no_era_una_llave() -> ValidationError:
    return ValidationError("El navegador no entregó una llave de este portal. Intenta de nuevo.")
