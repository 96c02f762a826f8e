from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.copias import CopiaInvalida, respaldar


class Command(BaseCommand):
    help = "Copia la base de datos y los archivos privados en un solo archivo tar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path)

    def handle(self, *args: Any, archivo: Path, **opciones: Any) -> None:
        if not archivo.name or not archivo.absolute().parent.is_dir():
            raise CommandError("Di en qué archivo: make respaldo ARCHIVO=respaldo.tar (su carpeta debe existir).")
        try:
            indice = respaldar(archivo)
        except CopiaInvalida as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{archivo}: {sum(indice['filas'].values())} filas, {len(indice['archivos'])} archivos.")
