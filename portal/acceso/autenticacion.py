"""Who somebody is: RUT, password and the profile they ask for are judged together."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from portal.cuentas.identificador import normalizar
from portal.cuentas.models import Perfil, Usuario


class PerfilBackend(BaseBackend):
    """Signs in by RUT, password and profile type; whatever fails, one password is hashed and None returned (A-01)."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        perfil: str | None = None,
        **kwargs: Any,
    ) -> Usuario | None:
        if not username or password is None:
            return None
        usuario = Usuario.objects.filter(identificador=normalizar(username)).first()
        if usuario is None:
            make_password(password)  # the time that a wrong password takes
            return None
        if not usuario.check_password(password) or not usuario.is_active:
            return None
        elegido = usuario.perfiles.filter(tipo=perfil, activo=True).first()
        if elegido is None:
            return None
        usuario.perfil_de_ingreso = elegido  # type: ignore[attr-defined]
        return usuario

    def get_user(self, user_id: int) -> Usuario | None:
        """The person behind a session, with the profiles that are looked at next; nobody once deactivated."""
        perfiles = list(Perfil.objects.activos().filter(usuario=user_id, usuario__is_active=True))
        if not perfiles:
            return Usuario.objects.filter(pk=user_id, is_active=True).first()
        usuario = perfiles[0].usuario
        usuario.perfiles_activos = perfiles
        return usuario
