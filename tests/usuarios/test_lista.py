"""A-08: looking for users."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.informes.registro import reporte
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administra(entrar, jefa_sec):
    return entrar(jefa_sec)


def _quienes(navegador, consulta: str = "") -> list[str]:
    return [u.nombres for u in navegador.get(f"/usuarios/?{consulta}").context["usuarios"].filas]


def test_search_and_filters(administra, rosa, marcos, valentina, otra_dx, invitada, distribuidora):
    """A-08: by RUT however written, name, mail; by type, company, function, state; together."""
    assert _quienes(administra, "buscar=12.345.678-5") == ["Rosa"]
    assert _quienes(administra, "buscar=fuentes+rosa") == ["Rosa"]
    assert _quienes(administra, "buscar=marcos.ibarra@") == ["Marcos"]
    assert _quienes(administra, "tipo=solicitante") == ["Rosa"]
    assert _quienes(administra, f"empresa={distribuidora.pk}") == ["Marcos", "Valentina", "Inés"]
    assert _quienes(administra, "funcion=distribuidora.validador") == ["Valentina", "Olivia"]
    assert _quienes(administra, f"funcion=distribuidora.validador&empresa={distribuidora.pk}") == ["Valentina"]
    assert _quienes(administra, "estado=invitada") == ["Inés"]
    assert _quienes(administra, "orden=-rut&tipo=distribuidora")[0] == "Olivia"


def test_bad_addresses(administra):
    """X-07: what makes no sense is said and left out."""
    for consulta in ("empresa=x", "tipo=rey", "estado=9", "funcion=nada", "orden=nada", "p=-1", "tamano=7"):
        respuesta = administra.get(f"/usuarios/?{consulta}")
        assert respuesta.status_code == 200
        assert respuesta.context["usuarios"].filtro.errors or respuesta.context["usuarios"].lista.avisos
    assert "No se encontró ningún resultado" in administra.get("/usuarios/?buscar=nadie").content.decode()


def test_queries_do_not_grow(administra, marcos):
    """X-07: as many for few as for many."""
    with CaptureQueriesContext(connection) as pocas:
        administra.get("/usuarios/?tamano=50")
    for _ in range(20):
        factories.PerfilFactory(tipo="distribuidora", distribuidora=marcos.distribuidora, funciones=[])
    with CaptureQueriesContext(connection) as muchas:
        administra.get("/usuarios/?tamano=50")
    assert len(muchas) == len(pocas)


def test_the_spreadsheet(jefa_sec, doble, marcos):
    """A-08: a row for each profile of whoever the filter shows."""
    filas = list(reporte("usuarios").filas(jefa_sec, {"buscar": "Daniela"}))
    assert [fila[4:8] for fila in filas] == [
        ["Distribuidora", "Yungay Norte", "", "tramitador"],
        ["Solicitante", "", "", ""],
    ]
