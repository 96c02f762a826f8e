"""The door in a real Chromium: with scripts, without them, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from portal.acceso.captcha import _NUMEROS
from portal.avisos.models import Aviso
from portal.cuentas.models import Usuario
from tests.factories import CLAVE

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]

RUTAS = ["/ingresar/", "/registrarse/", "/registrarse/recibido/", "/recuperar/", "/recuperar/recibido/"]
RUTAS += ["/activar/reenviar/", "/activar/x/", "/correo/x/", "/recuperar/1-x/"]
PROPIAS = ["/perfil/", "/perfil/clave/", "/perfil/correo/", "/salir/", "/perfil/elegir/"]


@pytest.mark.parametrize(("ancho", "colores"), [(1280, "light"), (390, "light"), (390, "dark")])
@pytest.mark.parametrize("ruta", RUTAS)
def test_public_pages_are_accessible(abrir, barreras, ruta, ancho, colores):
    """X-09: axe finds nothing on the pages of the door."""
    pagina = abrir(ruta, ancho=ancho, colores=colores)
    if "captcha" in pagina.content():
        expect(pagina.get_by_text("Verificado")).to_be_visible()
    assert barreras(pagina) == []


@pytest.mark.parametrize("ancho", [1280, 390])
@pytest.mark.parametrize("ruta", PROPIAS)
@pytest.mark.parametrize("quien", ["rosa", "marcos"])
def test_own_pages_are_accessible(abrir, barreras, request, ruta, ancho, quien):
    """X-09: and on the person's own ones, in both densities."""
    assert barreras(abrir(ruta, ancho=ancho, como=request.getfixturevalue(quien))) == []


def _registrarse(pagina, *, con_js: bool) -> None:
    pagina.get_by_label("RUT").fill("20.123.123-k")
    pagina.get_by_label("Nombres").fill("Ema")
    pagina.get_by_label("Apellidos").fill("Ríos")
    pagina.get_by_label("E-mail").fill("ema@correo.example")
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.get_by_label("Confirmar contraseña").fill(CLAVE)
    if con_js:
        expect(pagina.get_by_text("Verificado")).to_be_visible()
        expect(pagina.get_by_label("¿Cuánto es")).to_be_hidden()
    else:
        pregunta = pagina.get_by_text("¿Cuánto es")
        a, b = re.search(r"es (\w+) más (\w+)", pregunta.inner_text()).groups()
        pagina.get_by_label("¿Cuánto es").fill(str(_NUMEROS.index(a) + _NUMEROS.index(b)))
    pagina.get_by_role("button", name="Enviar").click()


@pytest.mark.parametrize("con_js", [True, False])
def test_register_activate_sign_in_and_out(abrir, live_server, con_js):
    """A-01, A-03, A-04, A-10: the whole way by keyboard and mouse, with the widget and with the question."""
    pagina = abrir("/registrarse/", js=con_js)
    _registrarse(pagina, con_js=con_js)
    expect(pagina.get_by_role("heading", name="Hemos recibido tu solicitud de registro")).to_be_visible()
    ruta = re.search(r"http://localhost:\d+(/activar/\S+)", Aviso._base_manager.latest("pk").texto).group(1)
    pagina.goto(live_server.url + ruta)
    pagina.get_by_role("button", name="Activar mi cuenta").click()
    assert Usuario.objects.get().is_active
    pagina.get_by_label("Perfil").select_option("Solicitante")
    pagina.get_by_label("RUT").fill("20.123.123-k")
    pagina.get_by_label("Contraseña", exact=True).fill(CLAVE)
    pagina.get_by_role("button", name="Ingresar").click()
    pagina.locator("details.desplegable summary").click()
    pagina.get_by_role("button", name="Cerrar Sesión").click()
    expect(pagina.get_by_text("Ud. ha cerrado sesión")).to_be_visible()
    pagina.go_back()
    expect(pagina.get_by_role("heading", name="Ingresar", exact=True)).to_be_visible()


def test_a_refused_sign_in_takes_the_focus(abrir, rosa):
    """A-01: the summary has the focus, and what was typed is there; the password is not."""
    pagina = abrir("/ingresar/")
    pagina.get_by_label("RUT").fill("12.345.678-5")
    pagina.get_by_label("Contraseña", exact=True).fill("no es")
    pagina.get_by_role("button", name="Ingresar").click()
    expect(pagina.locator(".resumen-errores")).to_be_focused()
    expect(pagina.get_by_label("RUT")).to_have_value("12.345.678-5")
    expect(pagina.get_by_label("Contraseña", exact=True)).to_have_value("")
