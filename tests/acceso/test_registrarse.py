"""A-03 and A-04: registration and activation."""

import pytest
import time_machine
from django.test import Client

from portal.acceso.models import RetoUsado
from portal.avisos.models import Aviso
from portal.cuentas.models import Perfil, Usuario
from tests.acceso.ayuda import enlace, ingresar, resuelto, sin_fichas, ultimo_aviso

CLAVE_NUEVA = "tres gatos bajo la higuera"
NUEVA = {
    "rut": "20.123.123-k",
    "nombres": "Ema",
    "apellidos": "Ríos Ñanco",
    "email": "Ema.Rios@correo.example",
    "clave": CLAVE_NUEVA,
    "clave2": CLAVE_NUEVA,
    "instalador_sec": "on",
}


def registrarse(navegador, **cambios):
    return navegador.post("/registrarse/", {**NUEVA, **resuelto(), **cambios})


def test_registers_activates_and_signs_in(navegador, db):
    """A-03, A-04: the whole way, by the link of the mail."""
    respuesta = registrarse(navegador)
    assert respuesta.headers["Location"] == "/registrarse/recibido/"
    assert "Hemos recibido tu solicitud de registro" in navegador.get("/registrarse/recibido/").content.decode()
    usuario = Usuario.objects.get(identificador="20123123-K")
    assert (usuario.nombres, usuario.apellidos, usuario.email, usuario.instalador_sec, usuario.is_active) == (
        "Ema",
        "Ríos Ñanco",
        "ema.rios@correo.example",
        True,
        False,
    )
    assert list(usuario.perfiles.values_list("tipo", flat=True)) == ["solicitante"]
    perfil = usuario.perfiles.get()
    assert ingresar(navegador, perfil, password=CLAVE_NUEVA).status_code == 200
    aviso = ultimo_aviso()
    assert (aviso.plantilla, aviso.para) == ("cuenta_activar", "ema.rios@correo.example")
    assert navegador.post(enlace(aviso)).headers["Location"] == "/ingresar/"
    assert "Tu cuenta está activa" in navegador.get("/ingresar/").content.decode()
    assert ingresar(navegador, perfil, password=CLAVE_NUEVA).status_code == 302


def test_looking_at_the_link_uses_nothing_up(navegador, db):
    """A-04: a mail scanner that opens the link activates nothing; pressing the button does, once."""
    registrarse(navegador)
    donde = enlace(ultimo_aviso())
    for _ in range(2):
        assert "Activar mi cuenta" in navegador.get(donde).content.decode()
    assert not Usuario.objects.get().is_active
    assert navegador.post(donde).status_code == 302
    segunda = navegador.post(donde)
    assert segunda.status_code == 410
    assert "El enlace ya no sirve" in segunda.content.decode()
    assert 'action="/activar/reenviar/"' in segunda.content.decode()


@pytest.mark.parametrize(("horas", "codigo"), [(71, 302), (73, 410)])
def test_the_link_expires(navegador, db, horas, codigo):
    """A-04: three days."""
    with time_machine.travel("2026-11-18 13:00", tick=False) as reloj:
        registrarse(navegador)
        reloj.shift(horas * 3600)
        assert navegador.post(enlace(ultimo_aviso())).status_code == codigo


@pytest.mark.parametrize("ficha", ["x", "a:b:c", "W10:1abc:xyz", "%00", "ñ"])
def test_an_invented_link(navegador, db, ficha):
    """A-04: what we never signed is a link that does not work."""
    assert navegador.post(f"/activar/{ficha}/").status_code == 410


def test_a_known_rut_is_not_told(db, rosa):
    """A-03: the same status, address, cookies and page; the holder gets a mail, whoever typed does not."""
    vistas = []
    for rut in ("20123123-K", rosa.usuario.identificador):
        navegador = Client()
        navegador.get("/registrarse/")
        respuesta = registrarse(navegador, rut=rut)
        galletas = {n: (g["path"], g["max-age"]) for n, g in respuesta.cookies.items()}
        pagina = sin_fichas(navegador.get(respuesta.headers["Location"]).content)
        vistas.append((respuesta.status_code, respuesta.headers["Location"], galletas, set(navegador.cookies), pagina))
    assert vistas[0] == vistas[1]
    aviso = ultimo_aviso()
    assert (aviso.plantilla, aviso.para) == ("cuenta_ya_existe", rosa.usuario.email)
    rosa.usuario.refresh_from_db()
    assert rosa.usuario.nombres == "Rosa"
    assert not rosa.usuario.check_password(CLAVE_NUEVA)


def test_registering_again_before_activating(navegador, db):
    """A-03: what was never activated is written over, and the earlier link dies: nobody keeps another's RUT busy."""
    registrarse(navegador)
    viejo = enlace(ultimo_aviso())
    registrarse(navegador, email="otra@correo.example", nombres="Ema Luisa")
    assert Usuario.objects.get().nombres == "Ema Luisa"
    assert Perfil.objects.count() == 1
    assert navegador.post(viejo).status_code == 410
    assert navegador.post(enlace(ultimo_aviso())).status_code == 302


def test_a_deactivated_account_does_not_come_back(navegador, rosa):
    """A-08: neither registering nor asking for the mail again wakes up what was deactivated."""
    Usuario.objects.filter(pk=rosa.usuario_id).update(is_active=False)
    registrarse(navegador, rut=rosa.usuario.identificador)
    navegador.post("/activar/reenviar/", {"rut": rosa.usuario.identificador, **resuelto()})
    navegador.post("/recuperar/", {"rut": rosa.usuario.identificador, **resuelto()})
    assert [a.plantilla for a in Aviso._base_manager.all()] == ["cuenta_ya_existe"]


@pytest.mark.parametrize(
    ("cambio", "donde"),
    [
        ({"rut": "20123123-1"}, "rut"),
        ({"rut": "00000000-0"}, "rut"),
        ({"rut": ""}, "rut"),
        ({"nombres": ""}, "nombres"),
        ({"apellidos": "x" * 81}, "apellidos"),
        ({"email": "sin arroba"}, "email"),
        ({"email": "a@b.cl\nBcc: c@d.cl"}, "email"),
        ({"clave": "corta", "clave2": "corta"}, "clave"),
        ({"clave": "x1" * 65, "clave2": "x1" * 65}, "clave"),
        ({"clave": "20123123 es mi rut", "clave2": "20123123 es mi rut"}, "clave"),
        ({"clave2": "otra distinta"}, "clave2"),
        ({"nombres": "a\0b"}, "nombres"),
        ({"altcha": ""}, "captcha"),
        ({"altcha": "basura"}, "captcha"),
    ],
)
def test_bad_input(navegador, db, cambio, donde):
    """A-03: said beside the field; what was typed stays, except passwords."""
    respuesta = registrarse(navegador, **cambio)
    assert list(respuesta.context["form"].errors) == [donde]
    html = respuesta.content.decode()
    assert "<title>Error: Registrarse" in html
    assert CLAVE_NUEVA not in html
    assert Usuario.objects.count() == 0


def test_the_labels(navegador, db):
    """A-03: the manual's labels."""
    campos = navegador.get("/registrarse/").context["form"].fields
    assert [str(c.label) for c in campos.values()] == [
        "RUT",
        "Nombres",
        "Apellidos",
        "E-mail",
        "Contraseña",
        "Confirmar contraseña",
        "Soy instalador SEC",
        "Verificación",
    ]


def test_posted_extras_have_no_effect(navegador, db):
    """A-03: nobody registers as anything but Solicitante, nor active."""
    registrarse(navegador, tipo="sec", perfil="sec", is_active="on", activado="2026-01-01")
    assert list(Perfil.objects.values_list("tipo", flat=True)) == ["solicitante"]
    assert not Usuario.objects.get().is_active


def test_a_solved_captcha_works_once(navegador, db):
    """A-03: the same proof sent twice is refused the second time."""
    prueba = resuelto()
    registrarse(navegador, **prueba)
    respuesta = registrarse(navegador, rut="11111111-1", **prueba)
    assert respuesta.context["form"].errors["captcha"] == ["Esa verificación ya se usó. Hazla de nuevo."]
    assert RetoUsado.objects.count() == 1


def test_the_resent_mail_works(navegador, db):
    """A-04: asked again with RUT and captcha; the same answer for a RUT that waits for nothing."""
    registrarse(navegador)
    destinos = [
        navegador.post("/activar/reenviar/", {"rut": rut, **resuelto()}).headers["Location"]
        for rut in ("20123123-K", "11111111-1")
    ]
    assert destinos == ["/registrarse/recibido/"] * 2
    assert Aviso._base_manager.count() == 2
    assert navegador.post(enlace(ultimo_aviso())).status_code == 302


def test_links_do_not_follow_the_host_header(navegador, db, settings):
    """A-04: the address in the mail is the installation's, whatever the request claims to be for."""
    settings.ALLOWED_HOSTS = ["*"]
    navegador.post("/registrarse/", {**NUEVA, **resuelto()}, HTTP_HOST="malo.example")
    assert "malo.example" not in ultimo_aviso().texto


def test_registrations_are_limited(navegador, db):
    """A-10: five an hour for one RUT, whether it is known or not."""
    codigos = [registrarse(navegador).status_code for _ in range(6)]
    assert codigos == [302] * 5 + [429]
    assert "Hubo demasiados pedidos." in registrarse(navegador).content.decode()
