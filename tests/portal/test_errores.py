"""The page that one sees while the database is away."""

import pytest
from django.db import InterfaceError, OperationalError, connection

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


def test_the_database_goes_away_before_the_session_is_written(rosa, entrar):
    """X-07, A-10: also 503: the browser's request was in order, and its session was not ended."""
    rosa_en = entrar(rosa)
    sesion = rosa_en.session
    sesion[permisos.CLAVE_DE_VISTA] = 0  # so that the page writes that it is in use
    sesion.save()
    rosa_en.raise_request_exception = False

    def sin_base(ejecutar, sql, valores, muchos, contexto):
        if 'UPDATE "django_session"' in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return ejecutar(sql, valores, muchos, contexto)

    with connection.execute_wrapper(sin_base):
        respuesta = rosa_en.get("/")
    assert (respuesta.status_code, respuesta["Retry-After"]) == (503, "30")
    assert rosa_en.get("/").status_code == 200
