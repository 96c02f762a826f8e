"""The proof of the shared layer: a domain added by two lines."""

import os
import re
import subprocess
import sys

from portal.entorno import RAIZ

AQUI = "tests/dominio_de_prueba"


def test_a_new_domain_needs_two_lines():
    """X-06: ajustes.py and rutas.py there add it; its own story passes, with nothing new in portal/."""
    entorno = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "DJANGO_SETTINGS"))}
    orden = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--ds", "tests.dominio_de_prueba.ajustes"]
    hecho = subprocess.run([*orden, f"{AQUI}/historia.py"], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    assert re.search(r"^3 passed", hecho.stdout, re.M), hecho.stdout
