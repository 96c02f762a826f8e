"""The installation with one domain more: its line in the settings and its line in the URL table, nothing else."""

import os

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, DOMINIOS, INSTALLED_APPS

DOMINIOS = [*DOMINIOS, "tests.dominio_de_prueba"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.dominio_de_prueba"]
ROOT_URLCONF = "tests.dominio_de_prueba.rutas"
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":  # not that of the suite which runs this
    DATABASES["default"]["TEST"] = {"NAME": f"test_dominio_nuevo_{os.getpid()}"}
