"""The mirror's background work."""

from celery import shared_task

from portal.encargos.tasks import cumplir
from portal.sgc import actions
from portal.sgc.models import Importacion


@shared_task
def importar(pk: str) -> None:
    """Read, and maybe apply, import `pk` if it is due; calling it again changes nothing."""
    cumplir(Importacion, pk, actions.hacer)
