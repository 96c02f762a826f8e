"""A-06: the **Perfil** page, the password, the mail, the sessions."""

import re

import pytest
from django.test import Client

from portal.historial.models import Evento
from tests.acceso.ayuda import enlace, ingresar, ultimo_aviso
from tests.factories import CLAVE

NUEVA = "siete lobos en la nieve"


def datos_de(navegador) -> dict[str, str]:
    """Label → value, as the page shows them."""
    html = re.sub(r"<svg.*?</svg>", "", navegador.get("/perfil/").content.decode(), flags=re.DOTALL)
    return {
        rotulo: re.sub(r"<[^>]+>", "", valor)
        for rotulo, valor in re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", html, re.DOTALL)
    }


def test_what_a_solicitante_sees(entrar, rosa):
    """A-06: state of the account, RUT, e-mail, type of profile, date of creation."""
    vistos = datos_de(entrar(rosa))
    assert set(vistos) == {
        "Estado de la cuenta",
        "RUT",
        "E-mail",
        "Tipo de perfil",
        "Soy instalador SEC",
        "Fecha de creación",
    }
    assert (vistos["RUT"], vistos["E-mail"], vistos["Tipo de perfil"], vistos["Estado de la cuenta"]) == (
        "12.345.678-5",
        "rosa.fuentes@correo.example",
        "Solicitante",
        "Activa",
    )


def test_what_a_distribuidora_sees(entrar, marcos):
    """A-06: the company's trade name too, and the functions."""
    vistos = datos_de(entrar(marcos))
    assert (vistos["Nombre de fantasía"], vistos["Funciones"]) == ("Yungay Norte", "tramitador")


def test_the_page_costs_the_same_with_more_sessions(entrar, rosa, django_assert_max_num_queries):
    """A-10: what it costs does not run away with the number of open sessions."""
    navegador = entrar(rosa)
    with django_assert_max_num_queries(20):
        navegador.get("/perfil/")


def cambiar_clave(navegador, actual=CLAVE, uno=NUEVA, dos=None):
    return navegador.post("/perfil/clave/", {"oldpassword": actual, "password1": uno, "password2": dos or uno})


def test_password_change_ends_the_other_sessions(rosa):
    """A-06: the others end at their next request; this one goes on, under a new number; the person gets a mail."""
    aqui, alla = Client(), Client()
    ingresar(aqui, rosa)
    ingresar(alla, rosa)
    antes = aqui.session.session_key
    assert cambiar_clave(aqui).headers["Location"] == "/perfil/"
    assert "Tu contraseña cambió" in aqui.get("/perfil/").content.decode()
    assert aqui.session.session_key != antes
    assert alla.get("/perfil/").headers["Location"] == "/ingresar/?next=/perfil/"
    assert ultimo_aviso().plantilla == "cuenta_clave_cambiada"
    assert Evento.objects.get(hecho="clave_cambiada").perfil == rosa
    assert ingresar(Client(), rosa, password=NUEVA).status_code == 302


@pytest.mark.parametrize(
    ("cambio", "donde"),
    [
        ({"actual": "no es"}, "oldpassword"),
        ({"actual": ""}, "oldpassword"),
        ({"uno": "corta"}, "password1"),
        ({"uno": "chile2025"}, "password1"),
        ({"dos": "otra distinta"}, "password2"),
    ],
)
def test_bad_password_changes(entrar, rosa, cambio, donde):
    """A-06: said beside the field; the password stays."""
    respuesta = cambiar_clave(entrar(rosa), **cambio)
    assert list(respuesta.context["form"].errors) == [donde]
    rosa.usuario.refresh_from_db()
    assert rosa.usuario.check_password(CLAVE)


def test_guessing_the_current_password_is_limited(entrar, rosa):
    """A-10: a session left open is no way to try passwords."""
    navegador = entrar(rosa)
    for _ in range(5):
        cambiar_clave(navegador, actual="no es")
    assert "Podrás intentar de nuevo a las" in str(cambiar_clave(navegador).context["form"].errors)


def test_change_of_mail(entrar, rosa):
    """A-06: the new address confirms, the old one is told; the link works once."""
    navegador = entrar(rosa)
    navegador.post("/perfil/correo/", {"nuevo": "Rosa.Nueva@correo.example", "clave": CLAVE})
    pedido = ultimo_aviso()
    assert (pedido.plantilla, pedido.para) == ("cuenta_correo_nuevo", "rosa.nueva@correo.example")
    navegador.get(enlace(pedido))
    rosa.usuario.refresh_from_db()
    assert rosa.usuario.email == "rosa.fuentes@correo.example"
    assert Client().post(enlace(pedido)).status_code == 302
    rosa.usuario.refresh_from_db()
    assert rosa.usuario.email == "rosa.nueva@correo.example"
    assert (ultimo_aviso().plantilla, ultimo_aviso().para) == ("cuenta_correo_cambiado", "rosa.fuentes@correo.example")
    assert Client().post(enlace(pedido)).status_code == 410


@pytest.mark.parametrize(
    ("cambio", "donde"),
    [
        ({"nuevo": "mal"}, "nuevo"),
        ({"nuevo": "rosa.fuentes@correo.example"}, "nuevo"),
        ({"clave": "no es"}, "clave"),
        ({"clave": ""}, "clave"),
    ],
)
def test_bad_changes_of_mail(entrar, rosa, cambio, donde):
    """A-06: no mail goes out without the password."""
    respuesta = entrar(rosa).post("/perfil/correo/", {"nuevo": "otra@correo.example", "clave": CLAVE, **cambio})
    assert list(respuesta.context["form"].errors) == [donde]


def test_a_mail_change_dies_with_the_password(entrar, rosa):
    """A-06: who takes the account back by a new password also stops a change that a stranger asked for."""
    navegador = entrar(rosa)
    navegador.post("/perfil/correo/", {"nuevo": "ladron@correo.example", "clave": CLAVE})
    donde = enlace(ultimo_aviso())
    cambiar_clave(navegador)
    assert Client().post(donde).status_code == 410


def test_own_sessions(rosa, pedro):
    """A-10: the person sees the own sessions and ends one, or all others; another person's are out of reach."""
    aqui, alla, aculla, ajena = (Client(headers={"user-agent": f"Firefox/{n} Windows"}) for n in range(4))
    for navegador in (aqui, alla, aculla):
        ingresar(navegador, rosa)
    ingresar(ajena, pedro)
    html = aqui.get("/perfil/").content.decode()
    assert html.count("Firefox en Windows</strong>") == 3
    suya = re.findall(r'name="sesion" value="(\d+)"', html)
    ajenas = re.findall(r'name="sesion" value="(\d+)"', ajena.get("/perfil/").content.decode())
    assert (len(suya), len(ajenas)) == (2, 0)
    ajena.post("/perfil/sesiones/", {"sesion": suya[0]})
    assert [n.get("/perfil/").status_code for n in (aqui, alla, aculla)] == [200] * 3
    aqui.post("/perfil/sesiones/", {"sesion": suya[0]})
    assert sorted(n.get("/perfil/").status_code for n in (alla, aculla)) == [200, 302]
    aqui.post("/perfil/sesiones/")
    assert [n.get("/perfil/").status_code for n in (aqui, alla, aculla, ajena)] == [200, 302, 302, 200]


@pytest.mark.parametrize("sesion", ["", "x", "9" * 40, "-1"])
def test_impossible_sessions(rosa, sesion):
    """A-10: a session that is none ends none."""
    aqui, alla = Client(), Client()
    ingresar(aqui, rosa)
    ingresar(alla, rosa)
    aqui.post("/perfil/sesiones/", {"sesion": sesion})
    assert alla.get("/perfil/").status_code == 200
