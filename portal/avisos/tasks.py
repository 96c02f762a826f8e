"""Sending, in the background."""

from celery import shared_task

from portal.avisos.envio import enviar
from portal.avisos.models import Aviso
from portal.encargos.tasks import cumplir


@shared_task(soft_time_limit=150, time_limit=170)  # below Aviso.ARRIENDO: never two at it at once
def enviar_aviso(pk: str) -> None:
    """Send notice `pk` if it is due; calling it again changes nothing."""
    cumplir(Aviso, pk, enviar)
