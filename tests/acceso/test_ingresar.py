"""A-01: the sign-in."""

import pytest
import time_machine
from django.test import Client

from portal.historial.models import Evento
from portal.permisos import CLAVE_DE_SESION
from tests.acceso.ayuda import INGRESAR, contando, ingresar, sin_fichas


@pytest.mark.parametrize(
    "escrito", ["12345678-5", "12.345.678-5", "123456785", " 12 345 678 - 5 ", "0012345678-5", "\ufeff12.345.678‑5"]
)
def test_every_way_of_writing_a_rut(navegador, rosa, escrito):
    """A-01: with or without dots, hyphen, spaces: the profile chosen is the active one."""
    assert ingresar(navegador, rosa, login=escrito).headers["Location"] == "/"
    assert navegador.session[CLAVE_DE_SESION] == rosa.pk


@pytest.mark.parametrize("escrito", ["16543210-K", "16.543.210-k"])
def test_check_digit_k(navegador, admin_dx, escrito):
    """A-01: `k` and `K` are the same digit."""
    assert ingresar(navegador, admin_dx, login=escrito).status_code == 302


def test_the_labels(navegador, db):
    """A-01: **Perfil**, **RUT** and **Contraseña**, with the four profiles."""
    form = navegador.get(INGRESAR).context["form"]
    assert [(n, str(f.label)) for n, f in form.fields.items()] == [
        ("perfil", "Perfil"),
        ("login", "RUT"),
        ("password", "Contraseña"),
    ]
    assert [texto for _, texto in form.fields["perfil"].choices] == ["Solicitante", "Distribuidora", "SEC", "Agente"]


@pytest.fixture
def fallidos(rosa, pedro):
    """Ways to fail; what is typed is the same text in all of them."""
    pedro.usuario.is_active = False
    pedro.usuario.save()
    apagado = "11111111-1"
    return {
        "wrong password": {"login": "12345678-5", "password": "otra cosa", "perfil": "solicitante"},
        "unknown": {"login": "20123123-K", "password": "otra cosa", "perfil": "solicitante"},
        "malformed": {"login": "12345678-9", "password": "otra cosa", "perfil": "solicitante"},
        "not a RUT": {"login": "...", "password": "otra cosa", "perfil": "solicitante"},
        "profile not held": {"login": "12345678-5", "password": "cuatro pinos junto al lago", "perfil": "sec"},
        "inactive": {"login": apagado, "password": "cuatro pinos junto al lago", "perfil": "solicitante"},
    }


def test_nothing_learnt_from_a_refusal(fallidos):
    """A-01: same status, body, cookies and headers whatever was wrong."""
    vistas = {}
    for nombre, datos in fallidos.items():
        navegador = Client()
        navegador.get(INGRESAR)
        respuesta = navegador.post(INGRESAR, datos, REMOTE_ADDR=f"10.0.0.{len(vistas)}")
        cuerpo = sin_fichas(respuesta.content)
        for escrito in (datos["login"], 'value="sec" selected', 'value="solicitante" selected'):
            cuerpo = cuerpo.replace(escrito, "")
        cuerpo = cuerpo.replace('value="solicitante"', "").replace('value="sec"', "")
        galletas = {n: (g["path"], g["max-age"], g["httponly"]) for n, g in respuesta.cookies.items()}
        vistas[nombre] = (respuesta.status_code, cuerpo, galletas, sorted(respuesta.headers), set(navegador.cookies))
    referencia = vistas["wrong password"]
    assert "No pudimos ingresar con esos datos" in referencia[1]
    assert {nombre for nombre, vista in vistas.items() if vista != referencia} == set()


def test_one_hash_whatever_is_wrong(settings, fallidos):
    """A-01: the same work, so the same time: one password hashed in each path."""
    cuentas = {}
    for n, (nombre, datos) in enumerate(fallidos.items()):
        with contando(settings) as hasher:
            Client().post(INGRESAR, datos, REMOTE_ADDR=f"10.0.1.{n}")
            cuentas[nombre] = hasher.veces
    # The stored hashes are of the same kind, so that comparing costs one as well.
    assert set(cuentas.values()) == {1}, cuentas


def test_a_not_yet_activated_account(navegador, rosa):
    """A-04: before activation nobody signs in, and the answer is the usual one."""
    rosa.usuario.activado, rosa.usuario.is_active = None, False
    rosa.usuario.save()
    respuesta = ingresar(navegador, rosa)
    assert respuesta.status_code == 200
    assert "No pudimos ingresar" in respuesta.content.decode()


def test_typed_values_stay_but_the_password(navegador, rosa):
    """A-01: nothing typed is lost; the title says Error."""
    html = ingresar(navegador, rosa, login="12.345.678-5", password="ciruela-ajena").content.decode()
    assert 'value="12.345.678-5"' in html
    assert "ciruela-ajena" not in html
    assert "<title>Error: Ingresar" in html


@pytest.mark.parametrize("cambio", [{"password": ""}, {"login": ""}, {"perfil": "rey"}, {"password": "a\0b"}])
def test_missing_or_impossible_values(navegador, rosa, cambio):
    """A-01: said beside the field, never an error of the server."""
    respuesta = ingresar(navegador, rosa, **cambio)
    assert respuesta.status_code == 200
    assert list(respuesta.context["form"].errors) == list(cambio)


@pytest.mark.parametrize(
    ("pedido", "destino"),
    [
        ("/perfil/", "/perfil/"),
        ("https://malo.example/", "/"),
        ("//malo.example/", "/"),
        ("http://localhost/perfil/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/perfil/", "http://testserver/perfil/"),
    ],
)
def test_next_stays_on_this_site(navegador, rosa, pedido, destino):
    """A-01: after sign-in one goes on where one wanted, if that is here."""
    respuesta = ingresar(navegador, rosa, next=pedido)
    assert respuesta.headers["Location"] == destino


def test_session_is_a_new_one(navegador, rosa):
    """A-10: the session's number changes at sign-in."""
    navegador.get(INGRESAR)
    sesion = navegador.session
    sesion["algo"] = "puesto antes"
    sesion.save()
    navegador.cookies["sesion"] = sesion.session_key
    ingresar(navegador, rosa)
    assert navegador.session.session_key != sesion.session_key


def test_sign_in_is_recorded(navegador, rosa):
    """R-08: who, as what, from where."""
    ingresar(navegador, rosa, REMOTE_ADDR="10.9.8.7")
    evento = Evento.objects.get(hecho="sesion_iniciada")
    assert (evento.perfil, evento.como, evento.desde) == (rosa, "solicitante", "10.9.8.7")


def test_sign_out(navegador, rosa):
    """A-10: **Cerrar Sesión** ends the session and says so; a look alone ends nothing."""
    ingresar(navegador, rosa)
    navegador.get("/salir/")
    assert navegador.get("/perfil/").status_code == 200
    respuesta = navegador.post("/salir/", follow=True)
    assert "Ud. ha cerrado sesión" in respuesta.content.decode()
    assert navegador.get("/perfil/").headers["Location"] == "/ingresar/?next=/perfil/"
    ingresar(navegador, rosa)
    assert navegador.post("/salir/").headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(("minutos", "codigo"), [(59, 200), (61, 302)])
def test_inactivity_ends_the_session(navegador, rosa, settings, minutos, codigo):
    """A-10: an hour without a request; each request begins it anew."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"  # Redis has a clock that no test moves
    with time_machine.travel("2026-11-18 13:00", tick=False) as reloj:
        ingresar(navegador, rosa)
        reloj.shift(50 * 60)
        navegador.get("/perfil/")
        reloj.shift(minutos * 60)
        assert navegador.get("/perfil/").status_code == codigo


def test_signed_in_pages_are_not_kept(navegador, rosa):
    """A-10: Back after sign-out finds nothing: no page is stored by the browser."""
    ingresar(navegador, rosa)
    assert navegador.get("/perfil/").headers["Cache-Control"] == "no-store, private"


def test_a_form_without_token(rosa):
    """A-01: a POST without its token is refused."""
    assert ingresar(Client(enforce_csrf_checks=True), rosa).status_code == 403


def test_session_cookie(navegador, rosa):
    """A-10: out of reach for scripts, gone when the browser closes."""
    galleta = ingresar(navegador, rosa).cookies["sesion"]
    assert (galleta["httponly"], galleta["samesite"], galleta["max-age"]) == (True, "Lax", "")
