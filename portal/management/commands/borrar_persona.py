from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.management.persona import usuario_de
from portal.privacidad import NoSePuede, borrar


class Command(BaseCommand):
    help = "Borra quién es una persona y lo que escribió. Lo que pasó queda, sin su nombre. No se puede deshacer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identificador", help="RUT de la persona")
        parser.add_argument("--confirmar", action="store_true", help="sin esto sólo dice qué haría")

    def handle(self, *args: Any, identificador: str, confirmar: bool, **opciones: Any) -> None:
        usuario = usuario_de(identificador)
        if not confirmar:
            raise CommandError(f"Esto borra para siempre los datos de {usuario}. Si es lo que quieres: --confirmar")
        try:
            borrar(usuario)
        except NoSePuede as error:
            raise CommandError(f"No se puede borrar todavía. {error}") from None
        self.stdout.write("Borrada. Los respaldos anteriores aún la tienen: caducan con su plazo.")
