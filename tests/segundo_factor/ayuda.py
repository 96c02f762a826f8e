"""What an application of codes does."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from portal.cuentas.models import Perfil

PASO = "/ingresar/segundo-paso/"
INICIO = "/perfil/segundo-factor/"


def codigo(secreto: str, mas: int = 0) -> str:
    """What the application shows, `mas` half minutes from now."""
    return format_hotp_value(hotp_value(secreto, int(time.time()) // 30 + mas))


def con_aplicacion(perfil: Perfil) -> str:
    """Give the person an application and recovery codes; the application's secret."""
    secreto = generate_totp_secret()
    TOTP.activate(perfil.usuario, secreto)
    RecoveryCodes.activate(perfil.usuario)
    return secreto


def de_recuperacion(perfil: Perfil) -> list[str]:
    """The codes that are left."""
    return Authenticator.objects.get(user=perfil.usuario, type="recovery_codes").wrap().get_unused_codes()
