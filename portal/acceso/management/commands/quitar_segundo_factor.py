"""`manage.py quitar_segundo_factor RUT`: for when nobody is left who could do it in the portal."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.acceso.usuarios.actions import quitar_segundo_factor
from portal.cuentas.identificador import presentar, validar
from portal.cuentas.models import Usuario


class Command(BaseCommand):
    help = "Quita el segundo factor de una cuenta, con su huella en el historial y un correo a la persona."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rut")

    def handle(self, *args: Any, rut: str, **opciones: Any) -> None:
        try:
            usuario = Usuario.objects.filter(identificador=validar(rut)).first()
            if usuario is None:
                raise ValidationError("Nadie tiene una cuenta con ese RUT.")
            quitar_segundo_factor(usuario, por=None)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from None
        self.stdout.write(f"Quitado el segundo factor de {presentar(usuario.identificador)}, {usuario}.")
