"""What happens by the clock: each app declares its own in `agenda.py` (`AGENDA`), as Celery's beat wants it.

`expires` beside it: when no worker takes them, the unseen ones do not pile up.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Agenda = dict[str, dict[str, Any]]


def cada(tarea: str, segundos: int) -> dict[str, Any]:
    """`tarea` every so many seconds; one that no worker took in that time is forgotten."""
    return {"task": tarea, "schedule": segundos, "options": {"expires": segundos}}


def juntar(apps: Iterable[str]) -> Agenda:
    """The entries of all these apps, by their name."""
    juntas: Agenda = {}
    for app in apps:
        if find_spec(f"{app}.agenda"):
            juntas |= import_module(f"{app}.agenda").AGENDA
    return juntas
