"""What people type to get in, to register, to recover and to change."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from portal.acceso.captcha import ConCaptcha
from portal.acceso.validadores import LargoValidator
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.identificador import normalizar, validar
from portal.cuentas.models import Usuario
from portal.permisos import CLAVE_DE_SESION

AYUDA_CLAVE = LargoValidator().get_help_text()
EJEMPLO = "Con o sin puntos y guion. Ejemplo: 12.345.678-\u20605."  # the word joiner keeps it on one line
DISTINTAS = "Las dos contraseñas no son iguales. Escríbelas de nuevo."


def _clave(etiqueta: str, autocomplete: str, ayuda: str = "", falta: str = "Escribe la contraseña.") -> forms.CharField:
    return forms.CharField(
        label=etiqueta,
        help_text=ayuda,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "maxlength": False}),
        error_messages={"required": falta, "max_length": "La contraseña es demasiado larga."},
    )


class RutField(forms.CharField):
    """A RUT as people write it; its value is the normalised form."""

    def __init__(self, **kwargs: Any) -> None:
        nombre = settings.IDENTIFICADOR_NOMBRE
        kwargs.setdefault("label", nombre)
        kwargs.setdefault("help_text", EJEMPLO)
        kwargs.setdefault("error_messages", {"required": f"Escribe tu {nombre}."})
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        return validar(super().clean(value))


class CorreoField(forms.EmailField):
    """A mail address, in lower case."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            error_messages={
                "required": "Escribe el correo.",
                "invalid": "Revisa el correo: falta algo. Ejemplo: ana@correo.cl.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return super().clean(value).lower()


class IngresoForm(LoginForm):
    """A-01. A malformed RUT is answered like a wrong one, and takes as long."""

    perfil = forms.ChoiceField(
        label="Perfil", choices=TipoPerfil.choices, help_text="Si eres cliente o instalador, deja Solicitante."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nombre = settings.IDENTIFICADOR_NOMBRE
        self.fields["login"] = forms.CharField(
            label=nombre,
            max_length=40,
            help_text=EJEMPLO,
            widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "maxlength": False}),
            error_messages={"required": f"Escribe tu {nombre}."},
        )
        self.fields["password"] = _clave("Contraseña", "current-password", falta="Escribe tu contraseña.")
        self.order_fields(["perfil", "login", "password"])

    def clean_login(self) -> str:
        # The limit per account must count all ways of writing a RUT as one.
        return normalizar(self.cleaned_data["login"]) or "-"

    def user_credentials(self) -> dict[str, str]:
        return super().user_credentials() | {"perfil": self.cleaned_data["perfil"]}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[CLAVE_DE_SESION] = self.user.perfil_de_ingreso.pk  # type: ignore[attr-defined]
        return super().login(request, redirect_url)


class RegistroForm(ConCaptcha):
    """A-03; `cleaned_data` are the keywords of `actions.registrarse`."""

    rut = RutField()
    nombres = forms.CharField(
        label="Nombres",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Escribe tus nombres."},
    )
    apellidos = forms.CharField(
        label="Apellidos",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Escribe tus apellidos."},
    )
    email = CorreoField("E-mail", help_text="Te enviaremos ahí el enlace para activar tu cuenta.")
    clave = _clave("Contraseña", "new-password", AYUDA_CLAVE)
    clave2 = _clave("Confirmar contraseña", "new-password", falta="Escribe la contraseña otra vez.")
    instalador_sec = forms.BooleanField(label="Soy instalador SEC", required=False)

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        clave, confirmada = datos.get("clave"), datos.pop("clave2", None)
        if clave:
            persona = Usuario(
                identificador=datos.get("rut", ""),
                nombres=datos.get("nombres", ""),
                apellidos=datos.get("apellidos", ""),
                email=datos.get("email", ""),
            )
            try:
                validate_password(clave, persona)
            except ValidationError as error:
                self.add_error("clave", error)
        if clave and confirmada and clave != confirmada:
            self.add_error("clave2", DISTINTAS)
        return datos


class RutConCaptchaForm(ConCaptcha):
    """Recovery (A-05) and resending of the activation mail (A-04)."""

    rut = RutField()


class ClaveNuevaForm(forms.Form):
    """A-05: the password that takes the place of a forgotten one; allauth gives `user` and calls `save`."""

    password1 = _clave("Nueva contraseña", "new-password", AYUDA_CLAVE)
    password2 = _clave("Confirme nueva contraseña", "new-password", falta="Escribe la contraseña otra vez.")

    def __init__(self, *args: Any, user: Usuario | None = None, temp_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        if "password1" in datos and "password2" in datos and datos["password1"] != datos["password2"]:
            self.add_error("password2", DISTINTAS)
        return datos

    def save(self) -> None:
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class CambioDeClaveForm(ClaveNuevaForm):
    """A-06: current, new, confirm."""

    oldpassword = _clave("Contraseña actual", "current-password")
    field_order = ["oldpassword", "password1", "password2"]

    def clean_oldpassword(self) -> str:
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["oldpassword"]


class ConfirmarForm(forms.Form):
    """The password again; allauth gives `user`."""

    password = _clave("Contraseña actual", "current-password")

    def __init__(self, *args: Any, user: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise get_adapter().validation_error("incorrect_password")
        return self.cleaned_data["password"]


class CorreoForm(forms.Form):
    """A-06: another address, asked with the password so that a session left open is not enough."""

    nuevo = CorreoField("E-mail nuevo", help_text="Te enviaremos ahí un enlace. El cambio vale cuando lo abras.")
    clave = _clave("Contraseña actual", "current-password")

    def __init__(self, *args: Any, usuario: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usuario = usuario

    def clean_nuevo(self) -> str:
        if self.cleaned_data["nuevo"] == self.usuario.email.lower():
            raise ValidationError("Ese ya es tu correo.")
        return self.cleaned_data["nuevo"]

    def clean_clave(self) -> str:
        if not get_adapter().reauthenticate(self.usuario, self.cleaned_data["clave"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["clave"]
