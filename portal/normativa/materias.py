"""What a term can be about: every app's `plazos.py` holds `MATERIAS`, code → words. A code without words is its own."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@cache
def materias() -> dict[str, str]:
    """All codes with their words, in the order of these."""
    juntas: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name != "portal" and find_spec(f"{app.name}.plazos"):
            juntas.update(getattr(import_module(f"{app.name}.plazos"), "MATERIAS", {}))
    return dict(sorted(juntas.items(), key=lambda par: par[1].casefold()))


def nombre(materia: str) -> str:
    """How a matter is called."""
    return materias().get(materia, materia)
