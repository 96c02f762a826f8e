"""A-11: functions from–to, with deputies; company and unit; profiles taken away."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal import reloj
from portal.acceso.usuarios import actions
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Asignacion, Perfil
from portal.historial.models import Evento
from tests.acceso.ayuda import ingresar

pytestmark = pytest.mark.django_db


@pytest.fixture
def administra(entrar, jefa_sec):
    return entrar(jefa_sec)


def _funcion(navegador, perfil: Perfil, **datos) -> str:
    return navegador.post(f"/usuarios/perfiles/{perfil.pk}/funcion/", datos).content.decode()


def test_from_to(administra, marcos):
    """A-11: it counts from its first day to its last, and on no other."""
    hoy = reloj.hoy()
    _funcion(administra, marcos, funcion="distribuidora.validador", desde=hoy + timedelta(1), hasta=hoy + timedelta(2))
    visto = []
    for dias in range(4):
        with reloj.adelantar(days=dias):
            visto.append(Perfil.objects.get(pk=marcos.pk).tiene("pagos.validar_pago"))
    assert visto == [False, True, True, False]


def test_a_deputy(administra, marcos, valentina):
    """A-11: who stands in for somebody may do what that one may, while it lasts; the pages say for whom."""
    hoy = reloj.hoy()
    _funcion(administra, marcos, funcion="distribuidora.validador", suplente_de=valentina.pk, desde=hoy, hasta=hoy)
    assert Perfil.objects.get(pk=marcos.pk).tiene("pagos.validar_pago")
    html = administra.get(f"/usuarios/{marcos.usuario_id}/").content.decode()
    assert "suplente de Valentina Oyarzo Paz" in html
    assert Evento.objects.get(hecho="funcion_asignada").datos["suplente_de"] == valentina.pk


@pytest.mark.parametrize(
    ("de_quien", "funcion", "frase"),
    [
        ("otra_dx", "distribuidora.validador", "Elige a una persona de la lista"),
        ("marcos", "distribuidora.tramitador", "Elige a una persona de la lista"),
        ("valentina", "distribuidora.tramitador", "no tiene esa función"),
    ],
)
def test_who_cannot_be_stood_in_for(administra, marcos, request, de_quien, funcion, frase):
    """A-11: of another company, oneself, who has not that function."""
    otro = request.getfixturevalue(de_quien)
    assert frase in _funcion(administra, marcos, funcion=funcion, suplente_de=otro.pk)


def test_nobody_stands_in_for_oneself_in_the_database(marcos):
    """A-11: a constraint says so too."""
    with pytest.raises(IntegrityError, match="asignacion_suplente_de_otro"), transaction.atomic():
        Asignacion.objects.filter(perfil=marcos).update(suplente_de=marcos)


def test_never_twice_for_a_day(administra, marcos):
    """A-11: the same function in overlapping days is refused; afterwards it is not."""
    assert "Ya tiene esa función" in _funcion(administra, marcos, funcion="distribuidora.tramitador")
    manana = reloj.hoy() + timedelta(1)
    _funcion(administra, marcos, funcion="distribuidora.validador", hasta=reloj.hoy())
    _funcion(administra, marcos, funcion="distribuidora.validador", desde=manana)
    assert marcos.asignaciones.count() == 3


def test_functions_of_another_type(administra, marcos, jefa_sec):
    """A-11: a company's user becomes no SEC administrator, by the page or by the action."""
    assert "Elige una función de la lista" in _funcion(administra, marcos, funcion="sec.administrador")
    with pytest.raises(Exception, match="no es de un perfil"):
        actions.asignar(marcos, por=jefa_sec, funcion=Funcion.ADMINISTRADOR_SEC.value)


def test_retiring(administra, entrar, marcos):
    """A-11: it bites at the next request."""
    suyo = entrar(marcos)
    assert suyo.get("/perfil/").wsgi_request.perfil.tiene("solicitudes.tramitar_solicitud")
    administra.post(f"/usuarios/funciones/{marcos.asignaciones.get().pk}/retirar/")
    assert not suyo.get("/perfil/").wsgi_request.perfil.tiene("solicitudes.tramitar_solicitud")
    assert Evento.objects.get(hecho="funcion_retirada").datos["funcion"] == "distribuidora.tramitador"


def test_another_company(administra, client, marcos, otra_distribuidora):
    """A-08: before and after in the history; the open sessions end."""
    ingresar(client, marcos)
    administra.post(f"/usuarios/perfiles/{marcos.pk}/", {"distribuidora": otra_distribuidora.pk})
    marcos.refresh_from_db()
    assert marcos.distribuidora == otra_distribuidora
    assert Evento.objects.get(hecho="perfil_editado").datos["cambios"] == {"distribuidora": ["Yungay Norte", "Valle+"]}
    assert client.get("/perfil/").headers["Location"].startswith("/ingresar/")


def test_a_profile_taken_away_and_given_back(administra, client, marcos):
    """A-08: nobody acts as it, the account goes on."""
    ingresar(client, marcos)
    administra.post(f"/usuarios/perfiles/{marcos.pk}/desactivar/")
    assert client.get("/perfil/").headers["Location"].startswith("/ingresar/")
    assert ingresar(client, marcos).status_code == 200
    assert "ya está desactivado" in administra.post(f"/usuarios/perfiles/{marcos.pk}/desactivar/").content.decode()
    administra.post(f"/usuarios/perfiles/{marcos.pk}/reactivar/")
    assert ingresar(client, marcos).headers["Location"] == "/"
