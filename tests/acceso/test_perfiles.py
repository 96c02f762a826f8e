"""A-02: several profiles, one of them active."""

import pytest

from portal.cuentas.models import Perfil
from portal.permisos import CLAVE_DE_SESION
from tests.acceso.ayuda import ingresar


def _otro(doble: Perfil) -> Perfil:
    return doble.usuario.perfiles.get(tipo="distribuidora")


def test_switching(navegador, doble):
    """A-02: the menu offers the other profile, and choosing it makes it the active one."""
    ingresar(navegador, doble)
    assert "Cambiar a Distribuidora" in navegador.get("/perfil/").content.decode()
    navegador.post("/perfil/cambiar/", {"perfil": _otro(doble).pk})
    respuesta = navegador.get("/perfil/")
    assert respuesta.wsgi_request.perfil == _otro(doble)
    assert "Yungay Norte" in respuesta.content.decode()


@pytest.mark.parametrize("cual", ["ajeno", "inactivo", "nada", "texto", "enorme"])
def test_only_own_active_profiles(navegador, doble, rosa, cual):
    """A-02: another person's, an inactive, an impossible profile: not found, and nothing changes."""
    Perfil.objects.filter(pk=_otro(doble).pk).update(activo=False)
    pedido = {"ajeno": rosa.pk, "inactivo": _otro(doble).pk, "nada": "", "texto": "sec", "enorme": "9" * 30}[cual]
    ingresar(navegador, doble)
    assert navegador.post("/perfil/cambiar/", {"perfil": pedido}).status_code == 404
    assert navegador.session[CLAVE_DE_SESION] == doble.pk


def test_switching_is_a_post(navegador, doble):
    """A-02: no state changes by looking."""
    ingresar(navegador, doble)
    assert navegador.get("/perfil/cambiar/", {"perfil": _otro(doble).pk}).status_code == 405


def test_a_profile_taken_away_bites_at_once(navegador, doble):
    """A-02: the next request asks which of the remaining profiles to go on with."""
    ingresar(navegador, doble)
    Perfil.objects.filter(pk=doble.pk).update(activo=False)
    assert navegador.get("/perfil/").headers["Location"] == "/perfil/elegir/"
    assert "Distribuidora · Yungay Norte" in navegador.get("/perfil/elegir/").content.decode()
    navegador.post("/perfil/cambiar/", {"perfil": _otro(doble).pk})
    assert navegador.get("/perfil/").status_code == 200


def test_the_last_profile_taken_away(navegador, rosa):
    """A-02: without any profile one is out, and told so."""
    ingresar(navegador, rosa)
    Perfil.objects.filter(pk=rosa.pk).update(activo=False)
    respuesta = navegador.get("/perfil/", follow=True)
    assert respuesta.redirect_chain == [("/ingresar/", 302)]
    assert "Tu perfil ya no está activo" in respuesta.content.decode()
    assert "_auth_user_id" not in navegador.session


def test_deactivation_bites_at_once(navegador, rosa):
    """A-10: a deactivated person is nobody at the next request."""
    ingresar(navegador, rosa)
    rosa.usuario.is_active = False
    rosa.usuario.save()
    assert navegador.get("/perfil/").headers["Location"] == "/ingresar/?next=/perfil/"


def test_a_function_taken_away_bites_at_once(entrar, marcos):
    """A-11: functions are read again at every request."""
    navegador = entrar(marcos)
    assert navegador.get("/perfil/").wsgi_request.perfil.tiene("solicitudes.tramitar_solicitud")
    marcos.asignaciones.all().delete()
    assert not navegador.get("/perfil/").wsgi_request.perfil.tiene("solicitudes.tramitar_solicitud")


def test_staff_become_citizens_too(entrar, marcos):
    """A-02: staff add a Solicitante profile by themselves, once."""
    navegador = entrar(marcos)
    assert "Activar mi perfil de Solicitante" in navegador.get("/perfil/").content.decode()
    for _ in range(2):
        navegador.post("/perfil/solicitante/")
    assert sorted(marcos.usuario.perfiles.values_list("tipo", flat=True)) == ["distribuidora", "solicitante"]
    assert "Activar mi perfil de Solicitante" not in navegador.get("/perfil/").content.decode()


def test_a_citizen_taken_away_stays_so(entrar, doble):
    """A-02: what the administrator took away nobody gives back to oneself."""
    Perfil.objects.filter(pk=doble.pk).update(activo=False)
    entrar(_otro(doble)).post("/perfil/solicitante/")
    doble.refresh_from_db()
    assert not doble.activo


def test_without_session_one_signs_in_first(navegador, db):
    """A-02: pages of a profile ask to sign in, and come back afterwards."""
    for pagina in ("/perfil/", "/perfil/clave/", "/perfil/correo/", "/perfil/elegir/", "/"):
        assert navegador.get(pagina).headers["Location"] == f"/ingresar/?next={pagina}"
