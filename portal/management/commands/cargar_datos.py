"""Reference data: regions, comunas, companies, rules of terms and of retention, and what each domain ships."""

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.conservacion.carga import cargar as cargar_conservacion
from portal.cuentas.carga import DISTRIBUIDORAS, cargar_distribuidoras
from portal.plazos.carga import archivos, cargar_reglas
from portal.territorio.carga import cargar_territorio
from portal.territorio.hojas import DatosErroneos


class Command(BaseCommand):
    help = (
        "Carga regiones, comunas, distribuidoras, reglas de plazo y de conservación. Se puede repetir: actualiza lo "
        "que cambió en los archivos y conserva lo que se editó en pantalla. Si una línea está mal, no carga nada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demostracion", action="store_true", help="Carga además plazos de demostración, que ninguna norma fija."
        )
        parser.add_argument(
            "--distribuidoras",
            type=Path,
            default=DISTRIBUIDORAS,
            metavar="ARCHIVO",
            help="Otra lista de empresas, con las mismas columnas que la del portal.",
        )

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            with transaction.atomic():
                self._cargar(**opciones)
        except DatosErroneos as error:
            raise CommandError(f"No se cargó nada. Corrige y repite:\n{error}") from None

    def _cargar(self, *, distribuidoras: Path, demostracion: bool, **_: Any) -> None:
        lineas = [cargar_territorio()]
        empresas = cargar_distribuidoras(distribuidoras)
        lineas.append(
            f"Distribuidoras: {empresas.total}; {empresas.nuevas} nuevas, {empresas.cambiadas} cambiadas, "
            f"{len(empresas.conservadas)} datos editados que se conservan."
        )
        lineas += [f"  {conservada}" for conservada in empresas.conservadas]
        nuevas = sum(cargar_reglas(archivo) for archivo in archivos("reglas.csv"))
        lineas.append(f"Reglas de plazo: {nuevas} nuevas.")
        lineas.append(f"Reglas de conservación: {cargar_conservacion()} nuevas.")
        if demostracion:
            nuevas = sum(cargar_reglas(a, demostracion=True) for a in archivos("reglas_demostracion.csv"))
            lineas.append(f"Reglas de demostración: {nuevas} nuevas.")
        lineas += [
            import_module(f"{app.name}.catalogos").cargar()
            for app in apps.get_app_configs()
            if find_spec(f"{app.name}.catalogos")
        ]
        self.stdout.write("\n".join(lineas))
