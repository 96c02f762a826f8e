"""What the tests of the door share."""

import re
from contextlib import contextmanager
from typing import Any

import altcha
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from portal.acceso import captcha
from portal.avisos.models import Aviso
from portal.cuentas.models import Perfil
from tests.factories import CLAVE

INGRESAR = "/ingresar/"


class HasherContado(MD5PasswordHasher):
    """Counts how many passwords were hashed."""

    veces = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).veces += 1
        return super().encode(password, salt)


@contextmanager
def contando(settings):
    """Inside, `HasherContado.veces` counts from 0."""
    settings.PASSWORD_HASHERS = ["tests.acceso.ayuda.HasherContado"]
    HasherContado.veces = 0
    yield HasherContado


def datos(quien: Perfil | None = None, /, **otros: str) -> dict[str, str]:
    """What the sign-in form sends for `quien`."""
    propios = {"perfil": quien.tipo, "login": quien.usuario.identificador} if quien else {}
    return {"password": CLAVE, **propios, **otros}


def ingresar(navegador: Client, quien: Perfil | None = None, /, **otros: Any):
    """Send the sign-in form; REMOTE_ADDR is where from."""
    extra = {k: otros.pop(k) for k in ("REMOTE_ADDR",) if k in otros}
    return navegador.post(INGRESAR, datos(quien, **otros), **extra)


def resuelto() -> dict[str, str]:
    """The captcha solved as the widget does."""
    reto = altcha.Challenge.from_dict(captcha.reto())
    solucion = altcha.solve_challenge(reto)
    return {"altcha": altcha.Payload(reto, solucion).to_base64()}


def ultimo_aviso() -> Aviso:
    return Aviso._base_manager.latest("pk")


def enlace(aviso: Aviso) -> str:
    """The path of the button's link in a notice."""
    return re.search(r"http://localhost:\d+(/(?:activar|recuperar|correo)/\S*)", aviso.texto).group(1)


def sin_fichas(html: bytes) -> str:
    """A page without what is random in it."""
    texto = html.decode()
    texto = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", texto)
    return re.sub(r'name="captcha_ficha" value="[^"]+"|¿Cuánto es [^?]+\?', "", texto)
