"""Making spreadsheets in the background."""

from celery import shared_task

from portal.encargos.tasks import cumplir
from portal.informes import actions
from portal.informes.models import Informe


@shared_task
def hacer_informe(pk: str) -> None:
    """Make spreadsheet `pk` if it is due; calling it again changes nothing."""
    cumplir(Informe, pk, actions.hacer)


@shared_task
def barrer_restos() -> None:
    """What dead workers left behind."""
    actions.barrer_restos()
