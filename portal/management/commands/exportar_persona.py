from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.management.persona import usuario_de
from portal.privacidad import exportar


class Command(BaseCommand):
    help = "Escribe en un ZIP todos los datos de una persona, con sus archivos, para entregárselos."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identificador", help="RUT de la persona")
        parser.add_argument("archivo", type=Path, help="el ZIP que se escribe; no debe existir")

    def handle(self, *args: Any, identificador: str, archivo: Path, **opciones: Any) -> None:
        usuario = usuario_de(identificador)
        if archivo.exists() or not archivo.absolute().parent.is_dir():
            raise CommandError(f"«{archivo}» ya existe, o su carpeta no está.")
        filas = exportar(usuario, archivo)
        self.stdout.write(f"{archivo}: {filas} filas. Contiene datos personales: entrégalo sólo a su dueño.")
