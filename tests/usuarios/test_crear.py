"""A-08: a new user of every type, the invitation, the first password."""

import pytest

from portal import reloj
from portal.avisos.models import Aviso
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Usuario
from portal.historial.models import Evento
from tests.acceso.ayuda import enlace, ingresar, ultimo_aviso
from tests.factories import CLAVE, rut

pytestmark = pytest.mark.django_db
CLAVE_NUEVA = "siete gaviotas sobre el muelle"


def _datos(**otros):
    return {
        "rut": "19.222.333-9",
        "nombres": "Bruno",
        "apellidos": "Tapia Rojas",
        "email": "Bruno@Empresa.example",
        **otros,
    }


def _crear(navegador, tipo: str, **otros):
    return navegador.post(f"/usuarios/nuevo/{tipo}/", _datos(**otros))


@pytest.fixture
def rut_nuevo() -> str:
    return rut(19_222_333)


@pytest.fixture
def administra(entrar, jefa_sec):
    return entrar(jefa_sec)


@pytest.mark.parametrize("tipo", TipoPerfil.values)
def test_each_type(administra, tipo, distribuidora, unidad, rut_nuevo):
    """A-08: profile, company, unit and functions as asked; an invitation; the history has references only."""
    funciones = [f.value for f in Funcion if f.tipo == tipo][:2]
    lugar = {"distribuidora": distribuidora.pk, "unidad": unidad.pk} if tipo in ("distribuidora", "agente") else {}
    respuesta = _crear(administra, tipo, funciones=funciones, rut=rut_nuevo, **lugar)
    usuario = Usuario.objects.get(identificador=rut_nuevo)
    assert respuesta.headers["Location"] == f"/usuarios/{usuario.pk}/"
    perfil = usuario.perfiles.get()
    assert (perfil.tipo, perfil.distribuidora_id, perfil.unidad_id) == (
        tipo,
        lugar.get("distribuidora"),
        lugar.get("unidad"),
    )
    assert perfil.funciones == frozenset(map(Funcion, funciones))
    assert (usuario.estado, usuario.email) == ("invitada", "bruno@empresa.example")
    assert (ultimo_aviso().plantilla, ultimo_aviso().para) == ("cuenta_invitacion", usuario.email)
    evento = Evento.objects.get(hecho="usuario_creado")
    assert evento.datos["usuario"] == usuario.pk
    assert "Bruno" not in str(evento.datos)
    assert "bruno" not in str(evento.datos)


def test_the_first_password(administra, client, invitada):
    """A-08: the link asks for a password, activates, works once; then one signs in."""
    aviso = Aviso._base_manager.get(plantilla="cuenta_invitacion")
    ruta = enlace(aviso)
    assert "Elige la contraseña" in client.get(ruta).content.decode()
    assert client.post(ruta, {"password1": "corta", "password2": "corta"}).status_code == 200
    assert client.post(ruta, {}).status_code == 200
    invitada.usuario.refresh_from_db()
    assert invitada.usuario.estado == "invitada"
    client.post(ruta, {"password1": CLAVE_NUEVA, "password2": CLAVE_NUEVA})
    assert (
        client.post(
            ruta, {"password1": "otra clave larga y nueva", "password2": "otra clave larga y nueva"}
        ).status_code
        == 410
    )
    assert ingresar(client, invitada, password=CLAVE_NUEVA).headers["Location"] == "/"


def test_the_invitation_expires_and_is_sent_again(administra, client, invitada):
    """A-08: after its hours it is dead; another one can be sent, by the administrator or by whoever asks to recover."""
    vieja = enlace(ultimo_aviso())
    with reloj.adelantar(hours=100):
        administra.post(f"/usuarios/{invitada.usuario_id}/invitar/")
    assert Aviso._base_manager.filter(plantilla="cuenta_invitacion").count() == 2
    assert client.get(vieja).status_code == 200
    assert Evento.objects.filter(hecho="usuario_invitado").count() == 1


def test_inviting_who_is_active(administra, rosa):
    """A-08: there is nothing to invite to."""
    respuesta = administra.post(f"/usuarios/{rosa.usuario_id}/invitar/", follow=True)
    assert "ya fue activada" in respuesta.content.decode()
    assert not Aviso._base_manager.exists()


def test_who_has_an_account_gets_a_profile(administra, rosa, distribuidora):
    """A-08: no second account; asked first; name, mail and password stay; the person is told."""
    pedido = {
        "rut": rosa.usuario.identificador,
        "distribuidora": distribuidora.pk,
        "funciones": ["distribuidora.tramitador"],
    }
    html = _crear(administra, "distribuidora", **pedido).content.decode()
    assert "ya tiene una cuenta, de Rosa Fuentes Lagos (rosa.fuentes@correo.example)" in html
    _crear(administra, "distribuidora", **pedido, confirmado="on")
    rosa.usuario.refresh_from_db()
    assert (rosa.usuario.nombres, rosa.usuario.email) == ("Rosa", "rosa.fuentes@correo.example")
    assert rosa.usuario.check_password(CLAVE)
    assert sorted(rosa.usuario.perfiles.values_list("tipo", flat=True)) == ["distribuidora", "solicitante"]
    assert ultimo_aviso().plantilla == "cuenta_perfil_nuevo"
    assert (
        "ya tiene un perfil Distribuidora"
        in _crear(administra, "distribuidora", **pedido, confirmado="on").content.decode()
    )


def test_who_registered_and_never_activated_is_nobody_yet(administra, client, rut_nuevo):
    """A-08: whoever typed somebody's RUT and an own mail must not inherit the profile given to that RUT."""
    impostor = Usuario.objects.create(
        identificador=rut_nuevo, nombres="X", apellidos="Y", email="malo@malo.example", is_active=False, activado=None
    )
    impostor.set_password(CLAVE)
    impostor.save()
    from portal.acceso import fichas

    suya = fichas.para_activar(impostor).removeprefix("http://localhost:8000")
    _crear(administra, "sec", rut=rut_nuevo, funciones=["sec.auditor"])
    impostor.refresh_from_db()
    assert (impostor.email, impostor.has_usable_password()) == ("bruno@empresa.example", False)
    assert client.post(suya, {"password1": CLAVE_NUEVA, "password2": CLAVE_NUEVA}).status_code == 410


@pytest.mark.parametrize(
    ("tipo", "otros", "frase"),
    [
        ("agente", {}, "Elige la empresa."),
        ("agente", {"distribuidora": "999999"}, "Elige una empresa de la lista."),
        ("sec", {"funciones": ["agente.agente"]}, "Elige funciones de la lista."),
        ("sec", {"rut": "1-1"}, "Revisa el RUT"),
        ("sec", {"email": "x"}, "Revisa el correo"),
        ("sec", {"nombres": ""}, "Escribe los nombres."),
        ("sec", {"desde": "2026-12-01", "hasta": "2026-11-01"}, "Termina antes de empezar."),
        ("sec", {"desde": "mañana"}, "Escribe una fecha que exista"),
    ],
)
def test_what_is_wrong_is_said(administra, tipo, otros, frase):
    """A-08: beside its field, and nothing is made."""
    cuantos = Usuario.objects.count()
    respuesta = _crear(administra, tipo, **otros)
    assert (respuesta.status_code, frase in respuesta.content.decode()) == (200, True)
    assert Usuario.objects.count() == cuantos


def test_a_unit_of_another_company(administra, otra_distribuidora, unidad):
    """A-08: units belong to their company."""
    respuesta = _crear(administra, "agente", distribuidora=otra_distribuidora.pk, unidad=unidad.pk)
    assert "Esa unidad no es de Valle+" in respuesta.content.decode()


def test_only_administrators(entrar, auditora, admin_dx, rosa):
    """A-08: nobody else, not even the SEC's auditor."""
    for quien in (auditora, admin_dx, rosa):
        for ruta in ("/usuarios/", "/usuarios/nuevo/sec/", f"/usuarios/{rosa.usuario_id}/", "/empresas/"):
            assert entrar(quien).get(ruta).status_code == 403
    assert entrar(auditora).post("/usuarios/nuevo/sec/", _datos()).status_code == 403


def test_unknown_things(administra):
    """A-08: a type, a person, a profile, a function that do not exist."""
    for ruta in ("nuevo/rey/", "999999/", "999999/editar/", "perfiles/999999/", "funciones/999999/retirar/"):
        assert administra.get(f"/usuarios/{ruta}").status_code == 404
