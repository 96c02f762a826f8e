import tarfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal import copias
from portal.copias import CopiaInvalida
from portal.cuentas.models import Usuario


class Command(BaseCommand):
    help = "Pone de vuelta la base de datos y los archivos de un respaldo, y los verifica."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--reemplazar", action="store_true", help="borra lo que hay, si hay algo")
        parser.add_argument("--verificar", action="store_true", help="sólo comprueba la copia, sin tocar nada")

    def handle(self, *args: Any, archivo: Path, reemplazar: bool, verificar: bool, **opciones: Any) -> None:
        if not archivo.is_file():
            raise CommandError(f"No existe el archivo «{archivo}»: make restaurar ARCHIVO=respaldo.tar")
        if (
            not reemplazar
            and not verificar
            and Usuario._meta.db_table in connection.introspection.table_names()
            and Usuario.objects.exists()
        ):
            raise CommandError("Esta base tiene datos, que se perderían. Si es lo que quieres, agrega --reemplazar.")
        try:
            indice = copias.verificar(archivo) if verificar else copias.restaurar(archivo)
        except CopiaInvalida as error:
            raise CommandError(str(error)) from None
        except (tarfile.TarError, KeyError, ValueError, OSError) as error:
            raise CommandError(f"«{archivo}» no es un respaldo de este portal: {error}") from None
        self.stdout.write(f"Verificado: {sum(indice['filas'].values())} filas, {len(indice['archivos'])} archivos.")
