"""Background work of outages."""

from celery import shared_task

from inoperatividad import recordatorios


@shared_task
def recordar() -> None:
    """Remind of what lapses."""
    recordatorios.recordar()
