"""Making the files of issued documents, in the background."""

from celery import shared_task

from portal.encargos.tasks import cumplir
from portal.impresos import actions
from portal.impresos.models import Impreso


@shared_task
def hacer_impreso(pk: str) -> None:
    """Make the file of document `pk` if it is due; calling it again changes nothing."""
    cumplir(Impreso, pk, actions.hacer)
