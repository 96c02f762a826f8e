"""Background work of files."""

from celery import shared_task

from portal.adjuntos import actions


@shared_task
def barrer_huerfanos() -> int:
    """Once a day: stored bytes that no row has."""
    return actions.barrer_huerfanos()
