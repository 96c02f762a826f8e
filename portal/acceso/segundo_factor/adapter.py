"""Where allauth asks how a second factor is done here."""

import base64
import hashlib
from io import BytesIO
from urllib.parse import urlsplit

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from portal.acceso.segundo_factor.obligacion import obligado
from portal.cuentas.identificador import presentar
from portal.cuentas.models import Usuario


def _cifra() -> Fernet:
    """Keys of codes are not readable in the database or its copies."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"segundo-factor:" + settings.SECRET_KEY.encode()).digest()))


class AdaptadorSegundoFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Ese código no sirve. Usa el que la aplicación muestra ahora, o un código de recuperación.",
        "cannot_delete_authenticator": "Tu función exige un segundo factor: agrega otro antes de quitar este.",
        "cannot_generate_recovery_codes": "Primero agrega una aplicación de códigos o una llave.",
    }

    def get_totp_issuer(self) -> str:
        return settings.NOMBRE_PRODUCTO

    def _get_user_identifier(self, user: Usuario) -> str:
        return presentar(user.identificador)

    def build_totp_svg(self, url: str) -> str:
        salida = BytesIO()
        segno.make(url, error="m").save(salida, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
        return salida.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _cifra().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cifra().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:  # SECRET_KEY is another one since: no code may match
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of whoever must have one."""
        otros = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        queda = otros.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return queda or not obligado(context.request.perfil)

    def generate_authenticator_name(self, user: Usuario, type: Authenticator.Type) -> str:
        return f"Llave {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """As the installation is known outside, never by what the request claims."""
        return {"id": urlsplit(settings.DIRECCION_PUBLICA).hostname or "", "name": settings.NOMBRE_PRODUCTO}
