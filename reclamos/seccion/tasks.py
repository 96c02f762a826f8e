"""What happens to the section's cases by the clock."""

from celery import shared_task

from reclamos.seccion import recordatorios


@shared_task
def recordar() -> None:
    """Remind of what waits."""
    recordatorios.recordar()
