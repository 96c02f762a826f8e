"""`manage.py verificar_historial`: is the history what was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.historial import firma, resumenes
from portal.historial.models import Resumen


class Command(BaseCommand):
    help = (
        "Comprueba el historial contra sus resúmenes firmados y nombra cada evento alterado, borrado o agregado. "
        "Termina con 0 si está íntegro, con 1 si no, con 2 si todavía no hay resúmenes."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        cuantos = Resumen.objects.count()
        graves = 0
        for hallazgo in resumenes.verificar():
            graves += hallazgo.grave
            que = f"evento {hallazgo.evento}" if hallazgo.evento else "resumen"
            self.stdout.write(f"{hallazgo.dia:%d-%m-%Y}  {hallazgo.clase}  {que}: {hallazgo.texto}.")
        if graves:
            raise CommandError(f"El historial no está íntegro: {graves} hallazgos.", returncode=1)
        if not cuantos:
            raise CommandError("Todavía no hay resúmenes: se hacen al cerrar cada día.", returncode=2)
        hasta = resumenes.cubierto_hasta()
        self.stdout.write(f"El historial está íntegro: {cuantos} días, hasta el {hasta:%d-%m-%Y}.")
        self.stdout.write(f"Llave pública de los resúmenes: {firma.publica()}")
