"""Letting go of what is no longer kept, at night and in the background."""

from celery import shared_task
from django.utils import timezone

from portal import reloj
from portal.conservacion import actions
from portal.conservacion.models import Pasada
from portal.encargos.tasks import cumplir

NOCHE = range(6)
"""Hours of the installation at which passes begin; a night without a worker is made up for by the next one."""


@shared_task
def de_noche() -> None:
    """What beat calls every hour: by night, the day's passes, each once."""
    if timezone.localtime(reloj.ahora()).hour in NOCHE:
        actions.programar()


@shared_task
def pasar(pk: str) -> None:
    """Do pass `pk` if it is due; calling it again changes nothing."""
    cumplir(Pasada, pk, actions.pasar)
