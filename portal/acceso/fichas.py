"""The links that go by mail: signed, expiring, and dead as soon as what they were made from changed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from portal.cuentas.models import Usuario

_ACTIVAR = "portal.acceso.activar"
_CORREO = "portal.acceso.correo"


class FichaInvalida(Exception):
    """The link expired, was used, or was never ours."""


def _huella(usuario: Usuario) -> str:
    """Changes when a link made before must no longer work: other password, other mail, already activated."""
    estado = f"{usuario.pk}|{usuario.password}|{usuario.email}|{usuario.activado}"
    return salted_hmac("portal.acceso.fichas", estado).hexdigest()[:20]


def _abrir(ficha: str, sal: str, horas: int) -> tuple[Usuario, list]:
    """Whom a link was made for, with the row locked, and what else it says."""
    try:
        pk, huella, *resto = signing.loads(ficha, salt=sal, max_age=horas * 3600)
    except (signing.BadSignature, ValueError):
        raise FichaInvalida from None
    usuario = Usuario.objects.select_for_update().filter(pk=pk).first()
    if usuario is None or huella != _huella(usuario):
        raise FichaInvalida
    return usuario, resto


def direccion(nombre: str, *args: object) -> str:
    """The full address of a page, as the installation is known outside: never from what the request claims."""
    return settings.DIRECCION_PUBLICA + reverse(nombre, args=args)


def para_activar(usuario: Usuario) -> str:
    return direccion("acceso:activar", signing.dumps([usuario.pk, _huella(usuario)], salt=_ACTIVAR))


def abrir_activacion(ficha: str) -> Usuario:
    """Whom the link activates; call it in a transaction. Raises FichaInvalida."""
    usuario, _ = _abrir(ficha, _ACTIVAR, settings.HORAS_DE_ACTIVACION)
    if usuario.activado:
        raise FichaInvalida
    return usuario


def para_correo(usuario: Usuario, nuevo: str) -> str:
    return direccion("acceso:confirmar_correo", signing.dumps([usuario.pk, _huella(usuario), nuevo], salt=_CORREO))


def abrir_correo(ficha: str) -> tuple[Usuario, str]:
    """Whose mail changes and to which; call it in a transaction. Raises FichaInvalida."""
    usuario, (nuevo,) = _abrir(ficha, _CORREO, settings.HORAS_DE_ACTIVACION)
    return usuario, nuevo
