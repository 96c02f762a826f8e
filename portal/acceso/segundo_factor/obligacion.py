"""Who must have a second factor, and the gate that lets them do nothing else until they do (A-09)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.cuentas.models import Perfil, Usuario
from portal.permisos import acceso_de

PERMITIDAS = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "account_reauthenticate",
    "acceso:elegir_perfil",
    "acceso:cambiar_perfil",
}
"""What whoever must and has none may open besides what is open to everybody: signing out is."""


def obligado(perfil: Perfil) -> bool:
    """The SEC, and whoever holds one of the permissions that the settings name."""
    return settings.SEGUNDO_FACTOR_OBLIGATORIO and (
        perfil.es_sec or any(perfil.tiene(permiso) for permiso in settings.PERMISOS_CON_SEGUNDO_FACTOR)
    )


def tiene(usuario: Usuario) -> bool:
    """Recovery codes alone are none: they come with another one."""
    return Authenticator.objects.filter(user=usuario).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


class PuertaMiddleware:
    """Leads who must have a second factor to it, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vista: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        perfil: Perfil | None = request.perfil  # type: ignore[attr-defined]
        nombre = request.resolver_match.view_name if request.resolver_match else ""
        acceso = acceso_de(vista, nombre)
        if perfil is None or acceso is None or not acceso.sesion or nombre in PERMITIDAS:
            return None
        if obligado(perfil) and not tiene(perfil.usuario):
            return redirect("mfa_index")
        return None
