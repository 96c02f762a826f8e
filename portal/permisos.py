"""Authorisation is the default: every page declares who may enter, and the middleware lets nobody else in.

A view says `@publica`, `@con_sesion` or `@con_permiso("app.codename", …)` (any of them); `@con_usuario` is for the few
pages of somebody who signed in and has no profile to act as. Pages of libraries are declared by name in `DE_TERCEROS`.
What declares nothing answers to nobody.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil

type_vista = Callable[..., HttpResponseBase]
CLAVE_DE_SESION = "perfil"
CLAVE_DE_VISTA = "vista"


class Acceso:
    """Who may enter a page: everybody, whoever signed in, or profiles that hold one of `permisos`."""

    def __init__(self, *, sesion: bool, perfil: bool = True, permisos: frozenset[str] = frozenset()) -> None:
        self.sesion = sesion
        self.perfil = perfil
        self.permisos = permisos

    def __repr__(self) -> str:
        return " o ".join(sorted(self.permisos)) or ("con sesión" if self.sesion else "pública")

    def __call__(self, vista: type_vista) -> type_vista:
        vista.acceso = self  # type: ignore[attr-defined]
        return vista


publica = Acceso(sesion=False)
con_sesion = Acceso(sesion=True)
con_usuario = Acceso(sesion=True, perfil=False)


def con_permiso(*permisos: str) -> Acceso:
    """Only profiles that hold one of `permisos` (`app.codename`)."""
    return Acceso(sesion=True, permisos=frozenset(permisos))


DE_TERCEROS: dict[str, Acceso] = {}


def acceso_de(vista: Any, nombre: str | None) -> Acceso | None:
    """What a view declares, by itself, by its class or by its address's name; None when nothing."""
    propio = getattr(vista, "acceso", None) or getattr(getattr(vista, "view_class", None), "acceso", None)
    return propio or DE_TERCEROS.get(nombre or "")


def exigir(permitido: bool) -> None:
    """403 unless `permitido`."""
    if not permitido:
        raise PermissionDenied


def _seguir_viva(sesion: SessionBase) -> None:
    """Keep a session in use from ending: written once a minute, not at every request (A-10)."""
    ahora = int(reloj.ahora().timestamp())
    if abs(ahora - sesion.get(CLAVE_DE_VISTA, 0)) >= min(60, settings.SESSION_COOKIE_AGE // 10):
        sesion[CLAVE_DE_VISTA] = ahora


class PermisosMiddleware:
    """Sets `request.perfil` and the scope, and refuses whoever the page did not declare."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.perfil = self._perfil(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            _seguir_viva(request.session)
        with como(request.perfil), timezone.override(self._zona(request.perfil)):  # type: ignore[attr-defined]
            respuesta = self.get_response(request)
        if request.user.is_authenticated:  # Back after Cerrar Sesión must find nothing
            respuesta.headers.setdefault("Cache-Control", "no-store, private")
        return respuesta

    @staticmethod
    def _zona(perfil: Perfil | None) -> str:
        return perfil.zona_horaria if perfil else settings.TIME_ZONE

    @staticmethod
    def _perfil(request: HttpRequest) -> Perfil | None:
        """The active profile, read again at every request: one that was taken away stops working at once (A-02)."""
        clave = request.session.get(CLAVE_DE_SESION)
        if clave is None or not request.user.is_authenticated or not request.user.is_active:
            return None
        todos = {perfil.pk: perfil for perfil in request.user.perfiles_activos}
        elegido = todos.pop(clave, None)
        if elegido is not None:
            elegido.usuario = request.user
            request.perfiles_alternos = list(todos.values())  # type: ignore[attr-defined]
        return elegido

    def process_view(
        self, request: HttpRequest, vista: type_vista, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        coincidencia = request.resolver_match
        acceso = acceso_de(vista, coincidencia.view_name if coincidencia else None)
        if acceso is None:
            raise ImproperlyConfigured(f"{request.path}: la página no declara quién puede entrar.")
        perfil: Perfil | None = request.perfil  # type: ignore[attr-defined]
        if not acceso.sesion:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if perfil is None and acceso.perfil:
            return self._sin_perfil(request)
        exigir(not acceso.permisos or any(perfil.tiene(p) for p in acceso.permisos))  # type: ignore[union-attr]
        return None

    @staticmethod
    def _sin_perfil(request: HttpRequest) -> HttpResponse:
        """The active profile was taken away: choose another one, or out."""
        if request.user.perfiles_activos:  # type: ignore[union-attr]
            return redirect("acceso:elegir_perfil")
        logout(request)
        messages.warning(
            request, "Tu perfil ya no está activo. Si crees que es un error, escribe al contacto del portal."
        )
        return redirect("account_login")
