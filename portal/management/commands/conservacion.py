from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.conservacion import actions
from portal.conservacion.clases import de
from portal.conservacion.models import Pasada, ReglaDeConservacion
from portal.encargos.tasks import cumplir


class Command(BaseCommand):
    help = (
        "Borra lo que las reglas de conservación encendidas ya no guardan, como cada noche: una vez al día por regla. "
        "Con --simular sólo dice cuánto borraría cada una, también las apagadas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--simular", action="store_true", help="no borra nada")

    def handle(self, *args: Any, simular: bool, **opciones: Any) -> None:
        if not ReglaDeConservacion.objects.exists():
            raise CommandError("No hay reglas de conservación. Cárgalas con manage.py cargar_datos.")
        if simular:
            self._simular()
            return
        for pasada in actions.programar():
            cumplir(Pasada, pasada.pk, actions.pasar)
            pasada.refresh_from_db()
            falla = f" {pasada.error}" if pasada.error else ""
            self.stdout.write(
                f"{de(pasada.regla.clase).nombre}: {pasada.borradas}. {pasada.get_estado_display()}.{falla}"
            )

    def _simular(self) -> None:
        reglas = list(ReglaDeConservacion.objects.all())
        cuantas = actions.contar(reglas)
        for regla in reglas:
            estado = "encendida" if regla.activa else "apagada"
            self.stdout.write(f"{regla} ({estado}): {actions.en_palabras(cuantas[regla.pk])}")
