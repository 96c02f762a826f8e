"""Logs tell what happened and name nobody."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from portal import registro


@pytest.fixture
def salida():
    """What the log of production would say."""
    manejador = logging.StreamHandler(io.StringIO())
    configuracion = registro.configuracion(json=True, nivel="INFO")["formatters"]["registro"]
    fabrica = configuracion.pop("()")
    manejador.setFormatter(fabrica(**configuracion))
    logger = logging.getLogger("prueba.registro")
    logger.addHandler(manejador)
    logger.propagate = False
    yield lambda: [json.loads(linea) for linea in manejador.stream.getvalue().splitlines()]
    logger.removeHandler(manejador)
    logger.propagate = True


def test_nada_personal_en_el_registro(salida):
    """X-02: no mail address, RUT or filter reaches the log, neither in a message nor in a traceback."""
    log = structlog.get_logger("prueba.registro")
    log.info(
        "enviado", para="rosa.fuentes@correo.example", rut="12.345.678-5", ruta="/solicitudes/?cliente=5000000-7&q=x"
    )
    try:
        raise ValueError("no existe <rosa@correo.example> 12345678-5 11.111.111-k")
    except ValueError:
        logging.getLogger("prueba.registro").exception("falló %s", "ana@correo.example")
    uno, dos = salida()
    assert (uno["event"], uno["para"], uno["rut"]) == ("enviado", "[correo]", "[identificador]")
    assert uno["ruta"] == "/solicitudes/?[…]"
    assert dos["event"] == "falló [correo]"
    assert "no existe <[correo]> [identificador] [identificador]" in dos["exception"]


def test_cada_peticion_lleva_su_numero(salida):
    """X-02: what is bound to a request or task stands in each of its lines."""
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        logging.getLogger("prueba.registro").warning("hola")
    assert (salida()[0]["request_id"], salida()[0]["level"]) == ("abc", "warning")


@pytest.mark.django_db
def test_la_peticion_se_anota_sin_su_filtro(client, caplog):
    """X-02: a request is logged by its path."""
    with caplog.at_level("INFO", logger="django_structlog.middlewares.request"):
        client.get("/accesibilidad/?q=12345678-5")
    peticiones = [r.msg["request"] for r in caplog.records if isinstance(r.msg, dict) and "request" in r.msg]
    assert peticiones == ["GET /accesibilidad/"] * 2
