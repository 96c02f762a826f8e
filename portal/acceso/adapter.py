"""Where allauth asks how things are done here."""

import time
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.acceso import actions, limites, navegador
from portal.cuentas.identificador import normalizar
from portal.cuentas.models import Usuario
from portal.permisos import CLAVE_DE_SESION

NO_COINCIDE = (
    f"No pudimos ingresar con esos datos. Revisa el perfil, el {settings.IDENTIFICADOR_NOMBRE} y la contraseña. "
    "Si tu cuenta es nueva, actívala primero con el enlace del correo."
)
_MENSAJES = {
    "account/messages/logged_out.txt": "Ud. ha cerrado sesión",
    "mfa/messages/totp_activated.txt": "Agregamos la aplicación de códigos. Desde ahora se pide al ingresar.",
    "mfa/messages/totp_deactivated.txt": "Quitamos la aplicación de códigos.",
    "mfa/messages/webauthn_added.txt": "Agregamos la llave. Desde ahora se pide al ingresar.",
    "mfa/messages/webauthn_removed.txt": "Quitamos la llave.",
    "mfa/messages/recovery_codes_generated.txt": "Guarda tus códigos de recuperación en un lugar seguro.",
    "account/messages/password_changed.txt": "Tu contraseña cambió. Las otras sesiones abiertas se cerraron.",
}


def error_de_limite(limitado: limites.Limitado, que: str) -> ValidationError:
    """«`que` Podrás intentar de nuevo a las 10:42.»"""
    hora = limitado.hasta.astimezone(ZoneInfo(settings.TIME_ZONE))
    return ValidationError(f"{que} Podrás intentar de nuevo a las {hora:%H:%M}.", code="limitado")


def _registros(request: HttpRequest) -> list[dict[str, Any]]:
    """How whoever signs in has proved it so far, as allauth keeps it in the session."""
    return get_authentication_records(request, request.user)  # type: ignore[arg-type]


class Adaptador(DefaultAccountAdapter):
    """RUT and profile instead of name or mail, exact limits, our words, our outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_COINCIDE,
        "incorrect_password": "Esa no es tu contraseña actual.",
        "enter_current_password": "Esa no es tu contraseña actual.",
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages are pages: there is no second, JSON answer."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this very site."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if texto := _MENSAJES.get(message_template or ""):
            super().add_message(request, level, message=texto)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Usuario | None:
        """Who signs in, or None; counted before the password is looked at, successes free (A-10)."""
        try:
            with limites.intento(*self.sujetos(request, normalizar(credentials["username"]))) as intento:
                usuario = authenticate(request, **credentials)
                if usuario is not None:
                    intento.perdonar()
        except limites.Limitado as limitado:
            raise error_de_limite(limitado, f"{NO_COINCIDE} Hubo demasiados intentos.") from None
        return usuario  # type: ignore[return-value]

    def sujetos(self, request: HttpRequest, identificador: str) -> limites.type_sujetos:
        """A browser known to the account counts by itself; a strange one under the account and its address."""
        if propio := navegador.conocido(request, identificador):
            return ((limites.INGRESO_POR_NAVEGADOR, propio),)
        red = limites.red(self.get_client_ip(request))
        return ((limites.INGRESO_POR_CUENTA, identificador), (limites.INGRESO_POR_DIRECCION, red))

    def reauthenticate(self, user: Usuario, password: str) -> bool:
        """Whether who is signed in knows the password; limited as well."""
        try:
            with limites.intento((limites.CLAVE_ACTUAL, str(user.pk))) as intento:
                if bien := user.check_password(password):
                    intento.perdonar()
        except limites.Limitado as limitado:
            raise error_de_limite(limitado, "Escribiste demasiadas veces una contraseña que no es.") from None
        return bien

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who proved it a moment ago, by signing in too, is not asked again."""
        ultimo = max((r["at"] for r in _registros(self.request)), default=0)
        return time.time() - ultimo >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Usuario) -> list[dict[str, Any]]:
        """By the password alone: everybody has one, and it is asked with its own limit."""
        return [{"id": "reauthenticate", "description": "Contraseña", "url": reverse("account_reauthenticate")}]

    def post_login(self, request: HttpRequest, user: Usuario, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        navegador.recordar(request, response, user.identificador)
        perfil = user.perfiles.get(pk=request.session[CLAVE_DE_SESION])
        actions.sesion_iniciada(por=perfil, factores=[r["type"] for r in _registros(request) if r["method"] == "mfa"])
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Usuario) -> HttpResponse:
        """Deactivated between the password and the end of the sign-in."""
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("acceso:perfil")
