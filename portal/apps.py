from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project itself: shared tags, commands and templates; no models."""

    name = "portal"

    def ready(self) -> None:
        from portal import consultas, mirada  # noqa: F401 - they accompany each connection that is opened
