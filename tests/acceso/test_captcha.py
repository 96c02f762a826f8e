"""A-03: the captcha, with and without JavaScript."""

import re

import pytest
import time_machine

from portal.acceso.captcha import _NUMEROS
from tests.acceso.ayuda import resuelto


def preguntar(navegador):
    """The question on the page: its token, and what it adds up to."""
    html = navegador.get("/recuperar/").content.decode()
    ficha = re.search(r'name="captcha_ficha" value="([^"]+)"', html).group(1)
    a, b = re.search(r"¿Cuánto es (\w+) más (\w+)\?", html).groups()
    return ficha, _NUMEROS.index(a) + _NUMEROS.index(b)


def responder(navegador, ficha, respuesta):
    return navegador.post("/recuperar/", {"rut": "11111111-1", "captcha_ficha": ficha, "captcha_respuesta": respuesta})


@pytest.mark.parametrize("como", [str, lambda n: _NUMEROS[n].upper(), lambda n: f" {n} "])
def test_the_question_without_javascript(navegador, db, como):
    """A-03: answered with digits or with letters."""
    ficha, suma = preguntar(navegador)
    assert responder(navegador, ficha, como(suma)).status_code == 302


def test_a_question_works_once(navegador, db):
    """A-03: and a wrong answer, or one to an invented question, does not."""
    ficha, suma = preguntar(navegador)
    assert responder(navegador, ficha, "99").context["form"].errors["captcha"] == [
        "Esa no es la respuesta, o la pregunta venció. Responde la nueva."
    ]
    assert responder(navegador, ficha, suma).status_code == 302
    assert responder(navegador, ficha, suma).context["form"].errors["captcha"] == [
        "Esa verificación ya se usó. Hazla de nuevo."
    ]
    assert responder(navegador, "invento", suma).status_code == 200


def test_questions_and_proofs_expire(navegador, db):
    """A-03: half an hour."""
    with time_machine.travel("2026-11-18 13:00", tick=False) as reloj:
        ficha, suma = preguntar(navegador)
        prueba = resuelto()
        reloj.shift(31 * 60)
        assert responder(navegador, ficha, suma).status_code == 200
        assert navegador.post("/recuperar/", {"rut": "11111111-1", **prueba}).status_code == 200


def test_an_error_elsewhere_does_not_use_the_captcha_up(navegador, db):
    """A-03: whoever mistyped the RUT need not solve it again."""
    prueba = resuelto()
    assert navegador.post("/recuperar/", {"rut": "1", **prueba}).status_code == 200
    assert navegador.post("/recuperar/", {"rut": "11111111-1", **prueba}).status_code == 302


@pytest.mark.parametrize(
    "basura",
    ["e30=", "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOjF9", "%%%", "ñ", "eyJjaGFsbGVuZ2UiOnt9LCJzb2x1dGlvbiI6e319"],
)
def test_hostile_proofs(navegador, db, basura):
    """A-03: whatever is sent as proof, never an error of the server."""
    respuesta = navegador.post("/recuperar/", {"rut": "11111111-1", "altcha": basura})
    assert list(respuesta.context["form"].errors) == ["captcha"]


def test_the_challenge_is_fresh(navegador, db):
    """A-03: each one is another, and nothing keeps it."""
    uno, otro = navegador.get("/captcha/"), navegador.get("/captcha/")
    assert uno.json()["parameters"]["nonce"] != otro.json()["parameters"]["nonce"]
    assert "no-store" in uno.headers["Cache-Control"]
