"""The digests, in the background."""

from celery import shared_task

from portal.historial import resumenes


@shared_task
def resumir() -> None:
    """What beat calls every hour: the days that closed."""
    resumenes.resumir()
