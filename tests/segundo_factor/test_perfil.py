"""A-09: adding and removing a second factor; who must have one; who lost it."""

import io
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from portal.historial.models import Evento
from portal.permisos import CLAVE_DE_SESION
from tests.acceso.ayuda import ingresar, ultimo_aviso
from tests.factories import CLAVE
from tests.segundo_factor.ayuda import INICIO, PASO, codigo, con_aplicacion, de_recuperacion

pytestmark = pytest.mark.django_db
APLICACION = f"{INICIO}aplicacion/"
CODIGOS = f"{INICIO}codigos/"


def _activar(navegador):
    """Read the key of the page, answer its code."""
    html = navegador.get(APLICACION).content.decode()
    secreto = re.search(r'clave-qr">([\w ]+)<', html).group(1).replace(" ", "")
    return secreto, navegador.post(APLICACION, {"code": codigo(secreto)})


def test_adding_an_application(client, rosa):
    """A-09: image and key, the first code, ten recovery codes, history, mail."""
    ingresar(client, rosa)
    assert "Segundo factor" in client.get("/perfil/").content.decode()
    html = client.get(APLICACION).content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert "Ese código no sirve" in client.post(APLICACION, {"code": "000000"}).content.decode()
    _, respuesta = _activar(client)
    assert respuesta.headers["Location"] == CODIGOS
    html = client.get(CODIGOS).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", html)) == 10
    assert Evento.objects.get(hecho="segundo_factor_agregado").datos == {"cual": "aplicación de códigos"}
    assert (ultimo_aviso().plantilla, ultimo_aviso().para) == ("cuenta_segundo_factor_cambiado", rosa.usuario.email)


def test_the_password_again(client, rosa):
    """A-09: a session left open is not enough to change how one signs in."""
    with time_machine.travel(time.time() - 3000, tick=False):
        ingresar(client, rosa)
    for ruta in (APLICACION, f"{INICIO}llave/"):
        assert client.get(ruta).headers["Location"].startswith("/perfil/confirmar/?next=")
    confirmar = client.get(APLICACION).headers["Location"]
    assert "no es tu contraseña" in client.post(confirmar, {"password": "otra"}).content.decode()
    assert client.post(confirmar, {"password": CLAVE, "next": APLICACION}).headers["Location"] == APLICACION
    assert client.get(APLICACION).status_code == 200


def test_removing(client, rosa):
    """A-09: asked first; with the last one the recovery codes go too."""
    ingresar(client, rosa)
    _activar(client)
    assert "Dejará de pedirse" in client.get(f"{APLICACION}quitar/").content.decode()
    client.post(f"{APLICACION}quitar/")
    assert not Authenticator.objects.exists()
    assert Evento.objects.filter(hecho="segundo_factor_retirado").count() == 1
    client.post("/salir/")
    assert ingresar(client, rosa).headers["Location"] == "/"


def test_new_recovery_codes(client, rosa):
    """A-09: the old ones die."""
    ingresar(client, rosa)
    _activar(client)
    viejos = de_recuperacion(rosa)
    client.post(f"{CODIGOS}nuevos/")
    assert not set(viejos) & set(de_recuperacion(rosa))
    assert Evento.objects.filter(hecho="codigos_generados").count() == 1


def test_recovery_codes_come_with_a_factor(client, rosa):
    """A-09: alone there are none to see, nor to make."""
    ingresar(client, rosa)
    assert client.get(CODIGOS).status_code == 404
    assert "Primero agrega" in client.post(f"{CODIGOS}nuevos/").content.decode()


def test_another_ones_key(client, rosa, pedro):
    """A-09: not found."""
    con_aplicacion(pedro)
    ingresar(client, rosa)
    ajena = Authenticator.objects.filter(user=pedro.usuario).first()
    assert client.get(f"{INICIO}llave/{ajena.pk}/quitar/").status_code == 404


@pytest.fixture
def obligatorio(settings):
    settings.SEGUNDO_FACTOR_OBLIGATORIO = True


@pytest.mark.parametrize("quien", ["jefa_sec", "auditora", "valentina"])
def test_who_must(client, obligatorio, request, quien):
    """A-09: the SEC and who validates payments do nothing before they have one; then they go on."""
    perfil = request.getfixturevalue(quien)
    ingresar(client, perfil)
    for ruta in ("/", "/perfil/", "/solicitudes/", "/informes/"):
        assert client.get(ruta).headers["Location"] == INICIO
    assert "Tu función lo exige" in client.get(INICIO).content.decode()
    assert client.get("/accesibilidad/").status_code == 200
    _activar(client)
    assert client.get("/perfil/").status_code == 200
    assert "agrega otro antes de quitar este" in client.post(f"{APLICACION}quitar/").content.decode()
    assert Authenticator.objects.filter(user=perfil.usuario, type="totp").exists()


@pytest.mark.parametrize("quien", ["rosa", "marcos", "admin_dx", "agente"])
def test_who_may(client, obligatorio, request, quien):
    """A-09: for everybody else it is voluntary."""
    ingresar(client, request.getfixturevalue(quien))
    assert client.get("/perfil/").status_code == 200


def test_by_profile(client, obligatorio, doble):
    """A-09: it binds the profile that is acted as; changing to one that must leads to the gate."""
    from portal.cuentas.funciones import Funcion
    from tests import factories

    sec = factories.PerfilFactory(usuario=doble.usuario, tipo="sec", funciones=[Funcion.AUDITOR])
    ingresar(client, doble)
    assert client.get("/perfil/").status_code == 200
    client.post("/perfil/cambiar/", {"perfil": sec.pk})
    assert client.session[CLAVE_DE_SESION] == sec.pk
    assert client.get("/perfil/").headers["Location"] == INICIO


def test_off_where_not_asked_for(client, jefa_sec):
    """A-09: outside of production the demonstration's people sign in as they are."""
    ingresar(client, jefa_sec)
    assert client.get("/perfil/").status_code == 200


def test_the_administrator_takes_it_away(entrar, client, jefa_sec, marcos):
    """A-09: lost device and codes: a trace, a mail to the holder, the sessions end, the password alone signs in."""
    secreto = con_aplicacion(marcos)
    ingresar(client, marcos)
    client.post(PASO, {"code": codigo(secreto)})
    ruta = f"/usuarios/{marcos.usuario_id}/quitar-segundo-factor/"
    assert "Le avisamos por correo" in entrar(jefa_sec).get(ruta).content.decode()
    entrar(jefa_sec).post(ruta)
    assert not Authenticator.objects.exists()
    assert Evento.objects.get(hecho="segundo_factor_quitado").perfil == jefa_sec
    assert (ultimo_aviso().plantilla, ultimo_aviso().para) == ("cuenta_segundo_factor_quitado", marcos.usuario.email)
    assert client.get("/perfil/").headers["Location"].startswith("/ingresar/")
    assert ingresar(client, marcos).headers["Location"] == "/"
    assert "no tiene segundo factor" in entrar(jefa_sec).post(ruta).content.decode()


def test_from_the_console(jefa_sec):
    """A-09: for when nobody is left who could do it in the portal."""
    con_aplicacion(jefa_sec)
    call_command("quitar_segundo_factor", "14.555.666-K", verbosity=0, stdout=io.StringIO())
    assert not Authenticator.objects.exists()
    assert Evento.objects.get(hecho="segundo_factor_quitado").perfil is None
    for rut in ("14.555.666-K", "1-1", "11.111.111-1"):
        with pytest.raises(CommandError):
            call_command("quitar_segundo_factor", rut)
