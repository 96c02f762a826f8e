"""A-09: the second step at sign-in."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from portal.historial.models import Evento
from portal.permisos import CLAVE_DE_SESION
from tests.acceso.ayuda import ingresar, ultimo_aviso
from tests.segundo_factor.ayuda import PASO, codigo, con_aplicacion, de_recuperacion

pytestmark = pytest.mark.django_db


def _dentro(navegador) -> bool:
    return navegador.get("/perfil/").status_code == 200


def test_password_then_code(client, doble):
    """A-09, A-02: nothing opens before the code; the profile chosen at the first step is the active one after it."""
    otro = doble.usuario.perfiles.get(tipo="distribuidora")
    secreto = con_aplicacion(doble)
    assert ingresar(client, otro).headers["Location"] == PASO
    assert not _dentro(client)
    assert client.post(PASO, {"code": codigo(secreto)}).headers["Location"] == "/"
    assert client.get("/perfil/").wsgi_request.perfil == otro
    assert Evento.objects.get(hecho="sesion_iniciada").datos == {"factor": "totp"}


def test_without_a_factor_nothing_changes(client, rosa):
    """A-09: for whoever has none the password is enough."""
    assert ingresar(client, rosa).headers["Location"] == "/"
    assert Evento.objects.get(hecho="sesion_iniciada").datos == {}


def test_the_second_step_alone(client, rosa):
    """A-09: without the first one there is none."""
    secreto = con_aplicacion(rosa)
    for respuesta in (client.get(PASO), client.post(PASO, {"code": codigo(secreto)})):
        assert respuesta.headers["Location"] == "/ingresar/"


def test_a_wrong_password_tells_nothing(client, rosa, pedro):
    """A-09, A-01: with or without a second factor, the same answer."""
    con_aplicacion(rosa)
    paginas = [ingresar(client, quien, password="no es").content.decode() for quien in (rosa, pedro)]
    sin_azar = [re.sub(r'value="[^"]*"', "", pagina) for pagina in paginas]
    assert sin_azar[0] == sin_azar[1]


@pytest.mark.parametrize("malo", ["000000", "", "abc", "9" * 30, "12 34", "\x00", "１２３４５６"])
def test_wrong_codes(client, rosa, malo):
    """A-09: refused in words, still outside."""
    con_aplicacion(rosa)
    ingresar(client, rosa)
    respuesta = client.post(PASO, {"code": malo})
    assert (respuesta.status_code, "invalid-feedback" in respuesta.content.decode()) == (200, True)
    assert not _dentro(client)


@pytest.mark.parametrize(
    "credencial", ["", "{}", "[]", "null", '"x"', '{"id":"a","response":{}}', '{"rawId":1,"response":1}', "{"]
)
def test_wrong_keys(client, rosa, credencial):
    """A-09: what is no answer of a key is refused, whatever it is."""
    con_aplicacion(rosa)
    ingresar(client, rosa)
    assert client.post(PASO, {"credential": credencial}).status_code == 200
    assert not _dentro(client)


def test_a_code_works_once(client, rosa):
    """A-09: also within the tolerance for clocks that differ."""
    secreto = con_aplicacion(rosa)
    with time_machine.travel(1_795_000_010, tick=False):
        usado = codigo(secreto)
        ingresar(client, rosa)
        client.post(PASO, {"code": usado})
        client.post("/salir/")
    with time_machine.travel(1_795_000_045, tick=False):
        ingresar(client, rosa)
        assert client.post(PASO, {"code": usado}).status_code == 200
        assert client.post(PASO, {"code": codigo(secreto)}).headers["Location"] == "/"


def test_limits(client, rosa):
    """A-10: wrong codes count like wrong passwords; after five not even the right one is looked at."""
    secreto = con_aplicacion(rosa)
    ingresar(client, rosa)
    for _ in range(5):
        assert client.post(PASO, {"code": "000000"}).status_code == 200
    respuesta = client.post(PASO, {"code": codigo(secreto)})
    assert (respuesta.status_code, "Podrás intentar de nuevo a las" in respuesta.content.decode()) == (429, True)
    assert not _dentro(client)


def test_a_recovery_code(client, rosa):
    """A-09: lost device: a code works once, the holder gets a mail, the history knows."""
    con_aplicacion(rosa)
    uno, *resto = de_recuperacion(rosa)
    ingresar(client, rosa)
    assert client.post(PASO, {"code": uno}).headers["Location"] == "/"
    assert de_recuperacion(rosa) == resto
    assert Evento.objects.get(hecho="codigo_usado").datos == {"quedan": 9}
    assert "Quedan 9" in ultimo_aviso().texto
    client.post("/salir/")
    ingresar(client, rosa)
    assert client.post(PASO, {"code": uno}).status_code == 200


def test_deactivated_between_the_steps(client, rosa):
    """A-09, A-08: the right password a minute ago is no key."""
    secreto = con_aplicacion(rosa)
    ingresar(client, rosa)
    rosa.usuario.is_active = False
    rosa.usuario.save()
    client.post(PASO, {"code": codigo(secreto)})
    assert not _dentro(client)


def test_another_account_instead(client, rosa, pedro):
    """A-09: whoever is stuck in the second step can begin again."""
    con_aplicacion(rosa)
    ingresar(client, rosa)
    client.post("/salir/")
    assert ingresar(client, pedro).headers["Location"] == "/"
    assert client.session[CLAVE_DE_SESION] == pedro.pk


def test_secrets_are_not_readable_in_the_database(rosa):
    """A-09: neither the application's key nor the seed of the recovery codes."""
    secreto = con_aplicacion(rosa)
    guardado = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secreto not in guardado
    assert all(c not in guardado for c in de_recuperacion(rosa))


def test_another_secret_key(client, rosa, settings):
    """A-09: what was encrypted with another key matches nothing, and breaks nothing."""
    secreto = con_aplicacion(rosa)
    de_antes = de_recuperacion(rosa)
    settings.SECRET_KEY = "otra clave, después de un robo"
    ingresar(client, rosa)
    for intento in (codigo(secreto), de_antes[0]):
        assert client.post(PASO, {"code": intento}).status_code == 200
    assert not _dentro(client)
