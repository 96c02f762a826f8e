"""Pages of the documentation that are made from the code: written by a command, compared by `make check`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.entorno import RAIZ


class ComandoGenerador(BaseCommand):
    """Writes `paginas()` under docs/; with --check it compares and fails instead."""

    requires_system_checks: list[str] = []

    def paginas(self) -> dict[Path, str]:
        """Text by path under docs/."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="no escribe: falla si algo no está al día")

    def handle(self, *args: Any, **opciones: Any) -> None:
        for ruta, texto in self.paginas().items():
            destino = RAIZ / "docs" / ruta
            if opciones["check"]:
                if not destino.exists() or destino.read_text() != texto:
                    raise CommandError(f"docs/{ruta} no está al día: python manage.py {self.__module__.split('.')[-1]}")
                continue
            destino.parent.mkdir(parents=True, exist_ok=True)
            destino.write_text(texto)
            self.stdout.write(f"docs/{ruta}")
