"""What happens to complaints by the clock."""

from celery import shared_task

from reclamos import recordatorios, vigilancia


@shared_task
def vigilar() -> None:
    """Silence where the organisation's rule says so, and drafts that nobody came back to."""
    vigilancia.vigilar()


@shared_task
def recordar() -> None:
    """Remind of what waits."""
    recordatorios.recordar()
