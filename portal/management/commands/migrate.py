from typing import Any

from django.core.management.commands import migrate

from portal.mirada import sin_pared


class Command(migrate.Command):
    """A migration changes rows of everybody; the second wall holds against the owner of the tables too."""

    @sin_pared()
    def handle(self, *args: Any, **opciones: Any) -> None:
        super().handle(*args, **opciones)
