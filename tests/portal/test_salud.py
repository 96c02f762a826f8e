"""What machines ask: alive, ready."""

from datetime import timedelta

import pytest

from portal import reloj
from portal.avisos.models import Aviso

pytestmark = pytest.mark.django_db


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    """X-07: the process answers, also when the database does not."""
    with django_assert_num_queries(0):
        respuesta = client.get("/salud/vivo")
    assert (respuesta.status_code, respuesta.json()) == (200, {"estado": "vivo"})


def test_ready_when_all_answer(client):
    """X-07: 200, nothing stored by anybody on the way."""
    respuesta = client.get("/salud/listo")
    assert (respuesta.status_code, respuesta.json()) == (200, {"estado": "listo"})
    assert "no-store" in respuesta["Cache-Control"]


@pytest.mark.parametrize(("minutos", "codigo"), [(9, 200), (11, 503)])
def test_a_notice_that_waits_too_long_is_not_ready(client, todo, minutos, codigo):
    """X-02: the age of the outbox is watched; the answer carries no details."""
    Aviso.objects.create(para="a@b.example", asunto="a", texto="b", proximo=reloj.ahora() - timedelta(minutes=minutos))
    respuesta = client.get("/salud/listo")
    assert respuesta.status_code == codigo
    assert respuesta.json() == {"estado": "listo" if codigo == 200 else "no listo"}


def test_a_silent_cache_is_not_ready(client, settings):
    """X-07: Redis away."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    assert client.get("/salud/listo").status_code == 503


@pytest.mark.parametrize("direccion", ["/salud/vivo", "/salud/listo"])
def test_only_asked_not_told(client, direccion):
    """X-07: other methods are refused."""
    assert client.post(direccion).status_code == 405
