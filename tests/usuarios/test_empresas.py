"""A-08, X-10: companies and their units, edited on screen."""

import pytest

from portal.cuentas.models import Unidad
from portal.historial.models import Evento
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administra(entrar, jefa_sec):
    return entrar(jefa_sec)


def test_a_company(administra, distribuidora):
    """X-10: trade name, prefix, state, notes; before and after in the history."""
    datos = {"nombre_fantasia": "Yungay", "prefijo": "Y+", "estado": "renombrada", "notas": ""}
    administra.post(f"/empresas/{distribuidora.pk}/", datos)
    distribuidora.refresh_from_db()
    assert (distribuidora.nombre_fantasia, distribuidora.prefijo, distribuidora.estado) == (
        "Yungay",
        "Y+",
        "renombrada",
    )
    assert Evento.objects.get(hecho="empresa_editada").datos["cambios"]["prefijo"] == ["YN", "Y+"]


@pytest.mark.parametrize(
    ("campo", "valor"), [("prefijo", "Y"), ("prefijo", "Y N"), ("nombre_fantasia", ""), ("estado", "x")]
)
def test_a_wrong_company(administra, distribuidora, campo, valor):
    """X-10: said beside its field; nothing changes."""
    datos = {"nombre_fantasia": "Yungay", "prefijo": "YN", "estado": "vigente", "notas": "", campo: valor}
    respuesta = administra.post(f"/empresas/{distribuidora.pk}/", datos)
    assert list(respuesta.context["form"].errors) == [campo]
    distribuidora.refresh_from_db()
    assert distribuidora.nombre_fantasia == "Yungay Norte"


def test_a_unit(administra, distribuidora, unidad):
    """A-08: a new one below another; the same name twice is refused."""
    datos = {"nombre": "Caja", "superior": unidad.pk, "activa": "on"}
    administra.post(f"/empresas/{distribuidora.pk}/unidad/", datos)
    assert Unidad.objects.get(nombre="Caja").superior == unidad
    assert (
        "ya tiene una unidad con ese nombre"
        in administra.post(f"/empresas/{distribuidora.pk}/unidad/", datos).content.decode()
    )


def test_no_circles(administra, distribuidora, unidad):
    """A-08: a unit hangs neither on itself nor on one below it, nor on another company's."""
    hija = factories.UnidadFactory(distribuidora=distribuidora, superior=unidad)
    ajena = factories.UnidadFactory()
    for superior in (unidad, hija, ajena):
        respuesta = administra.post(
            f"/empresas/unidades/{unidad.pk}/", {"nombre": "X", "superior": superior.pk, "activa": "on"}
        )
        assert "superior" in respuesta.context["form"].errors
    unidad.refresh_from_db()
    assert (unidad.superior, unidad.nombre) == (None, "Oficina Centro")


def test_a_unit_out_of_use(administra, agente, unidad):
    """A-08: not while somebody is in it."""
    ruta = f"/empresas/unidades/{unidad.pk}/"
    assert "Hay personas en esta unidad" in administra.post(ruta, {"nombre": "Oficina Centro"}).content.decode()
    agente.activo = False
    agente.save()
    administra.post(ruta, {"nombre": "Oficina Centro"})
    unidad.refresh_from_db()
    assert not unidad.activa
