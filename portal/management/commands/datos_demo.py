"""Fills an empty portal with people and cases, made by the same actions as real ones under a moved clock."""

import random
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import reloj
from portal.celery import app as celery
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.demo import sembrar_cuentas
from portal.cuentas.models import Usuario


def de_las_apps() -> list[ModuleType]:
    """What the domains have to show, each in its `demo.py`.

    `preparar(perfiles)`: catalogues and settings; `sembrar(perfiles, azar) -> str`: cases, and how many they are.
    """
    apps_con_demo = [
        a.name for a in apps.get_app_configs() if a.name != "portal.cuentas" and find_spec(f"{a.name}.demo")
    ]
    return [import_module(f"{nombre}.demo") for nombre in apps_con_demo]


class Command(BaseCommand):
    help = "Crea las cuentas y los casos de la demostración. Solo en un portal vacío."

    def handle(self, *args: Any, **opciones: Any) -> None:
        if settings.EN_PRODUCCION:
            raise CommandError("Los datos de demostración no se cargan en producción.")
        if Usuario.objects.exists():
            raise CommandError("El portal ya tiene usuarios: los datos de demostración solo se cargan en uno vacío.")
        celery.conf.task_always_eager = True  # each mail goes out at the moment that the case lives in
        azar = random.Random(20_571)  # noqa: S311 - not for secrets: the same cases every time
        with sin_ambito():
            with reloj.adelantar(days=-400):  # they were there before their cases
                perfiles = sembrar_cuentas()
            self.stdout.write(f"{len(perfiles)} cuentas")
            for demo in de_las_apps():
                demo.preparar(perfiles)
                self.stdout.write(demo.sembrar(perfiles, azar))
