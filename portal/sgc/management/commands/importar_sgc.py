"""Brings a company's mirror up to date from a file on this machine: all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora
from portal.encargos.models import Definitivo
from portal.sgc.actions import importar_archivo
from portal.sgc.models import Importacion

CADA = 100_000


class Command(BaseCommand):
    help = "Importa suministros o expedientes del sistema comercial (CSV o XLSX) al espejo de una empresa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("empresa", help="código de la distribuidora")
        parser.add_argument("archivo", type=Path)
        parser.add_argument(
            "--contenido", choices=Importacion.Contenido.values, default=Importacion.Contenido.SUMINISTROS.value
        )
        parser.add_argument("--ensayo", action="store_true", help="lee y revisa todo, no escribe nada")

    def handle(self, *args: Any, **opciones: Any) -> None:
        archivo: Path = opciones["archivo"]
        empresa = Distribuidora.objects.filter(codigo=opciones["empresa"]).first()
        if empresa is None:
            raise CommandError(f"No hay una distribuidora de código «{opciones['empresa']}».")
        if not archivo.is_file():
            raise CommandError(f"No hay un archivo {archivo}.")
        inicio = monotonic()
        with sin_ambito():
            try:
                hecha = importar_archivo(
                    archivo,
                    empresa=empresa,
                    contenido=opciones["contenido"],
                    ensayo=opciones["ensayo"],
                    contando=self._avance,
                )
            except Definitivo as error:
                raise CommandError(str(error)) from error
        self._contar(hecha, monotonic() - inicio)

    def _avance(self, filas: int) -> None:
        if filas % CADA == 0:
            self.stdout.write(f"  {filas} filas leídas")

    def _contar(self, hecha: Importacion, segundos: float) -> None:
        if hecha.cuantos_errores:
            for linea, columna, texto in hecha.errores:
                self.stderr.write(f"  línea {linea}, {columna}: {texto}")
            callados = hecha.cuantos_errores - len(hecha.errores)
            resto = f" ({callados} más no se muestran)" if callados else ""
            raise CommandError(f"{hecha.cuantos_errores} errores{resto}. No se importó nada.")
        verbo = "Se importarían" if hecha.ensayo else "Se importaron"
        self.stdout.write(
            f"{verbo} {hecha.filas} filas en {segundos:.0f} s: {hecha.nuevas} nuevas, {hecha.cambiadas} cambiadas, "
            f"{hecha.iguales} iguales."
        )
