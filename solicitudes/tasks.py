"""Background work of requests."""

from celery import shared_task

from solicitudes import automaticas, conteo, recordatorios


@shared_task
def plegar_conteo() -> None:
    """Fold what was counted since the last time."""
    while conteo.plegar() == conteo.POR_VEZ:
        pass


@shared_task
def recordar() -> None:
    """Remind of what lapses."""
    recordatorios.recordar()


@shared_task
def responder_vencidas() -> None:
    """Give the prepared answers where the term lapsed."""
    automaticas.responder_vencidas()
