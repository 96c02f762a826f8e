"""The page that one sees while the database is away."""

import pytest
from django.db import InterfaceError, OperationalError

from portal import permisos


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_database_is_away(client, db, monkeypatch, error):
    """X-07: 503 with when to ask again, what happened and what to do, and nothing of the inside."""

    def sin_base(*args, **kwargs):
        raise error("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr(permisos.PermisosMiddleware, "_perfil", staticmethod(sin_base))
    client.raise_request_exception = False
    respuesta = client.get("/ingresar/")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "30")
    assert "Volvemos en un momento" in respuesta.text
    assert "vuelve atrás: lo que escribiste sigue" in respuesta.text
    assert "10.0.0.7" not in respuesta.text
