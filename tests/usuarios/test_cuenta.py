"""A-08: editing, deactivating, reactivating, deleting; the last administrator."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from portal import reloj
from portal.acceso.usuarios import actions
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Asignacion, Perfil, Usuario
from portal.historial.models import Evento
from tests.acceso.ayuda import ingresar, ultimo_aviso

pytestmark = pytest.mark.django_db


@pytest.fixture
def administra(entrar, jefa_sec):
    return entrar(jefa_sec)


def test_editing(administra, marcos):
    """A-08: the history has before and after, the person's own words apart, where they can be erased."""
    datos = {"nombres": "Marcos Antonio", "apellidos": "Ibarra Toro", "email": "nuevo@empresa.example"}
    administra.post(f"/usuarios/{marcos.usuario_id}/editar/", datos)
    marcos.usuario.refresh_from_db()
    assert (marcos.usuario.nombres, marcos.usuario.email) == ("Marcos Antonio", "nuevo@empresa.example")
    evento = Evento.objects.get(hecho="usuario_editado")
    assert evento.datos == {"usuario": marcos.usuario_id, "campos": ["email", "nombres"]}
    assert "Nombres: Marcos → Marcos Antonio" in evento.nota
    assert (ultimo_aviso().para, ultimo_aviso().plantilla) == ("marcos.ibarra@correo.example", "cuenta_correo_cambiado")


def test_editing_nothing_leaves_no_trace(administra, marcos):
    """A-08: saving what is already so changes nothing."""
    usuario = marcos.usuario
    administra.post(
        f"/usuarios/{usuario.pk}/editar/",
        {"nombres": usuario.nombres, "apellidos": usuario.apellidos, "email": usuario.email},
    )
    assert not Evento.objects.filter(hecho="usuario_editado").exists()


def test_deactivating_bites_at_once(administra, client, marcos):
    """A-08: the open session ends, nobody signs in; reactivated, everything is as before."""
    ingresar(client, marcos)
    ruta = f"/usuarios/{marcos.usuario_id}"
    assert "las sesiones que tenga abiertas se cierran" in administra.get(f"{ruta}/desactivar/").content.decode()
    administra.post(f"{ruta}/desactivar/")
    assert client.get("/perfil/").headers["Location"].startswith("/ingresar/")
    assert ingresar(client, marcos).status_code == 200
    assert administra.post(f"{ruta}/desactivar/").status_code == 200  # the wrong moment: a sentence
    administra.post(f"{ruta}/reactivar/")
    assert ingresar(client, marcos).headers["Location"] == "/"
    hechos = list(Evento.objects.filter(datos__usuario=marcos.usuario_id).values_list("hecho", flat=True))
    assert hechos == ["usuario_desactivado", "usuario_reactivado"]


def test_deactivating_an_open_invitation(administra, invitada, client):
    """A-08: its link dies; reactivated, another one goes out."""
    from tests.acceso.ayuda import enlace

    vieja = enlace(ultimo_aviso())
    administra.post(f"/usuarios/{invitada.usuario_id}/desactivar/")
    clave = "siete gaviotas sobre el muelle"
    assert client.post(vieja, {"password1": clave, "password2": clave}).status_code == 410
    administra.post(f"/usuarios/{invitada.usuario_id}/reactivar/")
    client.post(enlace(ultimo_aviso()), {"password1": clave, "password2": clave})
    assert ingresar(client, invitada, password=clave).headers["Location"] == "/"


def test_deleting_only_without_history(administra, invitada, rosa):
    """A-08: who did nothing can be deleted; who did something is deactivated."""
    administra.post(f"/usuarios/{invitada.usuario_id}/eliminar/")
    assert not Usuario.objects.filter(pk=invitada.usuario_id).exists()
    ingresar(administra.__class__(), rosa)
    respuesta = administra.post(f"/usuarios/{rosa.usuario_id}/eliminar/")
    assert "se puede desactivar, no eliminar" in respuesta.content.decode()
    assert Perfil.objects.filter(pk=rosa.pk).exists()
    assert Evento.objects.get(hecho="usuario_eliminado").datos == {"usuario": invitada.usuario_id}


def test_not_oneself(administra, jefa_sec, otro_jefe):
    """A-08: nobody locks oneself out."""
    for que in ("desactivar", "eliminar", "segundo-factor"):
        ruta = f"/usuarios/{jefa_sec.usuario_id}/{que}/".replace("segundo-factor", "quitar-segundo-factor")
        assert "tu propia cuenta" in administra.post(ruta).content.decode()
    assert "tu propia cuenta" in administra.post(f"/usuarios/perfiles/{jefa_sec.pk}/desactivar/").content.decode()


def _ultimo(jefa_sec, otro_jefe) -> list:
    """All the ways by which the only administrator could be lost, tried by somebody who is one no more."""
    asignacion = otro_jefe.asignaciones.get()
    return [
        lambda: actions.desactivar(otro_jefe.usuario, por=jefa_sec),
        lambda: actions.desactivar_perfil(otro_jefe, por=jefa_sec),
        lambda: actions.retirar(asignacion, por=jefa_sec),
        lambda: actions.eliminar(otro_jefe.usuario, por=jefa_sec),
    ]


def test_the_last_administrator_stays(jefa_sec, otro_jefe):
    """A-08: an assignment that ends some day does not count: it would lock everybody out then."""
    jefa_sec.asignaciones.update(hasta=reloj.hoy() + timedelta(days=30))
    for perderlo in _ultimo(jefa_sec, otro_jefe):
        with pytest.raises(ValidationError, match="último administrador"):
            perderlo()
    assert actions.asignar(jefa_sec, por=otro_jefe, funcion=Funcion.AUDITOR.value)


def test_retiring_the_own_last_function(entrar, jefa_sec):
    """A-08: nor by the page, by the last one herself."""
    respuesta = entrar(jefa_sec).post(f"/usuarios/funciones/{jefa_sec.asignaciones.get().pk}/retirar/")
    assert "último administrador" in respuesta.content.decode()
    assert jefa_sec.asignaciones.count() == 1


def _esperar_a_ambos() -> None:
    """Until two others wait for a row."""
    orden = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with connection.cursor() as cursor:
        while cursor.execute(orden).fetchone()[0] < 2:
            cursor.execute("SELECT pg_stat_clear_snapshot()")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("vez", range(4))
def test_two_administrators_at_once(jefa_sec, otro_jefe, vez):
    """A-08: two who deactivate each other in the same moment: one is refused, one stays."""
    refusados = []

    def desactivar(victima: Perfil, por: Perfil) -> None:
        try:
            actions.desactivar(victima.usuario, por=por)
        except (ValidationError, PermissionDenied) as error:
            refusados.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=desactivar, args=par) for par in ((jefa_sec, otro_jefe), (otro_jefe, jefa_sec))]
    with transaction.atomic():  # both begin, and neither can end before the other has begun
        list(Usuario.objects.select_for_update().filter(perfiles__tipo="sec"))
        for hilo in hilos:
            hilo.start()
        _esperar_a_ambos()
    for hilo in hilos:
        hilo.join()
    assert len(refusados) == 1
    assert Usuario.objects.filter(is_active=True, perfiles__tipo="sec").count() == 1


def test_nobody_else_acts(auditora, admin_dx, marcos):
    """A-08: the action itself refuses."""
    for por in (auditora, admin_dx):
        with pytest.raises(PermissionDenied):
            actions.desactivar(marcos.usuario, por=por)
    assert Asignacion.objects.filter(perfil=marcos).exists()
