"""Background work of files."""

from celery import shared_task

from portal.adjuntos import actions


@shared_task
def barrer_huerfanos() -> int:
    """Once a day: stored files that were never linked."""
    return actions.barrer_huerfanos()
