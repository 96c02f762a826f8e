"""Making spreadsheets, and throwing them away, in the background."""

from celery import shared_task

from portal.encargos.tasks import cumplir
from portal.informes import actions
from portal.informes.models import Informe


@shared_task
def hacer_informe(pk: str) -> None:
    """Make spreadsheet `pk` if it is due; calling it again changes nothing."""
    cumplir(Informe, pk, actions.hacer)


@shared_task
def caducar() -> None:
    """What beat calls every hour."""
    actions.caducar()
