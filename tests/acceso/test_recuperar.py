"""A-05: the way back for whoever forgot the password."""

import pytest
import time_machine
from django.test import Client

from portal.avisos.models import Aviso
from tests.acceso.ayuda import enlace, ingresar, resuelto, sin_fichas, ultimo_aviso

NUEVA = "siete lobos en la nieve"


def recuperar(navegador, rut):
    return navegador.post("/recuperar/", {"rut": rut, **resuelto()})


def poner(navegador, donde, uno=NUEVA, dos=None):
    """Open the link and send the form it leads to."""
    pagina = navegador.get(donde, follow=True)
    if not pagina.redirect_chain:
        return pagina
    return navegador.post(pagina.redirect_chain[-1][0], {"password1": uno, "password2": dos or uno})


def test_the_whole_way(navegador, rosa):
    """A-05: link, new password, and all sessions but none are left."""
    abierta = Client()
    ingresar(abierta, rosa)
    assert recuperar(navegador, "12.345.678-5").headers["Location"] == "/recuperar/recibido/"
    pagina = navegador.get("/recuperar/recibido/").content.decode()
    assert "Hemos recibido tu solicitud, no olvides revisar tu correo" in pagina
    donde = enlace(ultimo_aviso())
    assert ultimo_aviso().para == rosa.usuario.email
    assert poner(navegador, donde).headers["Location"] == "/ingresar/"
    assert abierta.get("/perfil/").headers["Location"] == "/ingresar/?next=/perfil/"
    assert ingresar(Client(), rosa).status_code == 200
    assert ingresar(navegador, rosa, password=NUEVA).status_code == 302
    assert ultimo_aviso().plantilla == "cuenta_clave_cambiada"


def test_a_link_works_once(navegador, rosa):
    """A-05: single use."""
    recuperar(navegador, rosa.usuario.identificador)
    donde = enlace(ultimo_aviso())
    poner(navegador, donde)
    assert "El enlace ya no sirve" in poner(Client(), donde).content.decode()


@pytest.mark.parametrize(("minutos", "sirve"), [(119, True), (121, False)])
def test_a_link_expires(navegador, rosa, minutos, sirve):
    """A-05: two hours."""
    with time_machine.travel("2026-11-18 13:00", tick=False) as reloj:
        recuperar(navegador, rosa.usuario.identificador)
        reloj.shift(minutos * 60)
        assert bool(navegador.get(enlace(ultimo_aviso()), follow=True).redirect_chain) == sirve


def test_unknown_ruts_get_the_same_answer(db, rosa):
    """A-05: status, address, cookies, page: nothing tells whether the RUT has an account."""
    vistas = []
    for rut in (rosa.usuario.identificador, "20123123-K"):
        navegador = Client()
        respuesta = recuperar(navegador, rut)
        pagina = sin_fichas(navegador.get(respuesta.headers["Location"]).content)
        vistas.append((respuesta.status_code, respuesta.headers["Location"], set(navegador.cookies), pagina))
    assert vistas[0] == vistas[1]
    assert Aviso._base_manager.count() == 1


def test_who_never_activated_gets_the_activation_again(navegador, rosa):
    """A-05: a new password would not help before the activation."""
    rosa.usuario.activado, rosa.usuario.is_active = None, False
    rosa.usuario.save()
    recuperar(navegador, rosa.usuario.identificador)
    assert ultimo_aviso().plantilla == "cuenta_activar"


def test_a_bad_new_password(navegador, rosa):
    """A-05: the rule holds here too, beside the field."""
    recuperar(navegador, rosa.usuario.identificador)
    donde = enlace(ultimo_aviso())
    assert list(poner(navegador, donde, "12345678").context["form"].errors) == ["password1"]
    assert list(poner(navegador, donde, NUEVA, "otra cosa").context["form"].errors) == ["password2"]
    assert poner(navegador, donde).status_code == 302


def test_the_owner_gets_in_after_recovering(navegador, rosa):
    """A-10: the browser that set the password is known: a stranger's failures do not keep its owner out."""
    for _ in range(6):
        ingresar(Client(), rosa, password="no es")
    recuperar(navegador, rosa.usuario.identificador)
    poner(navegador, enlace(ultimo_aviso()))
    assert ingresar(navegador, rosa, password=NUEVA).status_code == 302


def test_requests_are_limited(navegador, rosa):
    """A-10: five an hour for one RUT, known or not, so that nobody's mailbox is flooded."""
    assert [recuperar(navegador, rosa.usuario.identificador).status_code for _ in range(6)] == [302] * 5 + [429]
    assert [recuperar(navegador, "20123123-K").status_code for _ in range(6)] == [302] * 5 + [429]
