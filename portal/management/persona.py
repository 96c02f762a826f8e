"""The person that a command is told of."""

from django.core.management.base import CommandError

from portal.cuentas.identificador import normalizar
from portal.cuentas.models import Usuario


def usuario_de(identificador: str) -> Usuario:
    """CommandError, in words, when nobody has it."""
    usuario = Usuario.objects.filter(identificador=normalizar(identificador)).first()
    if usuario is None:
        raise CommandError(f"Nadie tiene el identificador «{identificador}».")
    return usuario
