import pytest


@pytest.fixture(autouse=True)
def _captcha_barato(settings) -> None:
    """A proof of work that Python solves in no time."""
    settings.COSTO_CAPTCHA = 1


@pytest.fixture
def navegador(client):
    return client
