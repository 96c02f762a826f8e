from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project itself: shared tags, commands and templates; no models."""

    name = "portal"

    def ready(self) -> None:
        from portal import consultas, mirada, prefijos  # noqa: F401 - each makes itself known to Django
