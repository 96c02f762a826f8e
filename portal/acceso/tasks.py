"""Housekeeping, in the background."""

from celery import shared_task

from portal.acceso import captcha, limites


@shared_task
def olvidar() -> None:
    """Drop attempts and captchas that no longer count."""
    limites.barrer()
    captcha.barrer()
