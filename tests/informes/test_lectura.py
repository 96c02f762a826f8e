"""Reports read a replica, when there is one that keeps up, and the primary otherwise."""

import inspect
import uuid
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.cuentas.ambito import sin_ambito
from portal.documentos.models import Caso
from portal.informes import lectura
from portal.informes.actions import pedir
from portal.informes.models import Informe
from portal.informes.tasks import hacer_informe
from solicitudes.conteo import recontar
from solicitudes.models import Estado
from tests.aplicacion import ROL
from tests.factories import SolicitudFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("detenido")]


@pytest.fixture
def replica(transactional_db, monkeypatch) -> Iterator[dict]:
    """A second connection that finds first what the schema `replica` holds: what is there came from nowhere else."""
    suya = {**connection.settings_dict, "OPTIONS": {"options": "-c search_path=replica,public", "connect_timeout": 1}}
    monkeypatch.setitem(connections.settings, lectura.ALIAS, suya)
    # Django forbids a test every connection that was not there when it began.
    conectar = inspect.getclosurevars(BaseDatabaseWrapper.ensure_connection).nonlocals["real_ensure_connection"]
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", conectar)
    _ejecutar(
        f"CREATE SCHEMA replica; GRANT USAGE ON SCHEMA replica TO {ROL};"
        f" ALTER DEFAULT PRIVILEGES IN SCHEMA replica GRANT SELECT ON TABLES TO {ROL}"
    )
    yield suya
    connections[lectura.ALIAS].close()
    del connections[lectura.ALIAS]
    _ejecutar("DROP SCHEMA replica CASCADE")


def _ejecutar(orden: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(orden)


@pytest.fixture
def dos(distribuidora, replica) -> list[str]:
    """Two requests, of which the replica has the first; their folios."""
    uno = SolicitudFactory(distribuidora=distribuidora, estado=Estado.ANULADO)
    _ejecutar("CREATE TABLE replica.solicitudes_solicitud AS TABLE public.solicitudes_solicitud")
    otro = SolicitudFactory(distribuidora=distribuidora, estado=Estado.ANULADO)
    recontar()
    return [uno.folio, otro.folio]


def folios(tipo: str, por, columna: int) -> list[str]:
    """The column of folios in the file of a kind, made now."""
    informe = pedir(tipo, {}, por=por)
    hacer_informe(str(informe.pk))
    informe = Informe.todos().get(pk=informe.pk)
    assert informe.error == ""
    with informe.archivo.open() as archivo:
        filas = list(openpyxl.load_workbook(archivo, read_only=True).active.values)
    assert informe.nombre.endswith("2026-11-18-1000.xlsx")
    return sorted(fila[columna] for fila in filas[1:])


def _sin_hacer(por) -> uuid.UUID:
    """The key of a report that nobody has taken."""
    return Informe._base_manager.create(tipo="sabana", titulo="x", nombre="x.xlsx", perfil=por).pk


@pytest.mark.parametrize(("tipo", "columna"), [("sabana", 3), ("solicitudes", 0)])
def test_los_informes_leen_en_la_replica(dos, auditora, tipo, columna):
    """R-03, S-13: both ways of reading, by a connection of their own and by models, find what the replica has."""
    assert folios(tipo, auditora, columna) == dos[:1]


def test_las_paginas_leen_en_la_primaria(dos, entrar, auditora):
    """S-13: who just wrote finds it."""
    pagina = entrar(auditora).get("/solicitudes/").text
    assert all(folio in pagina for folio in dos)


def test_una_replica_atrasada_no_se_usa(dos, auditora, monkeypatch, caplog):
    """X-04: one that does not have the report's own row yet lacks other things too; the log says so."""
    monkeypatch.setattr(lectura, "ESPERA", 0.0)
    _ejecutar("CREATE TABLE replica.informes_informe (LIKE public.informes_informe)")
    assert folios("sabana", auditora, 3) == sorted(dos)
    assert "replica_atrasada" in caplog.text


def test_una_replica_ausente_no_se_usa(dos, replica, auditora, caplog):
    """X-04: nor one that does not answer."""
    connections[lectura.ALIAS].close()
    replica |= {"HOST": "127.0.0.1", "PORT": "1"}
    del connections[lectura.ALIAS]
    assert folios("solicitudes", auditora, 0) == sorted(dos)
    assert "replica_no_responde" in caplog.text


def test_el_segundo_intento_lee_en_la_primaria(dos, auditora):
    """X-04: a replica breaks off what hinders its catching up; it is not asked again."""
    tomado = Informe.tomar(_sin_hacer(auditora))
    assert tomado is not None
    with lectura.leyendo(tomado):
        assert lectura.alias() == lectura.ALIAS
    tomado.intentos = 2
    with lectura.leyendo(tomado):
        assert lectura.alias() == "default"


def test_todo_es_de_un_mismo_momento(dos, auditora, distribuidora):
    """X-04: models too see what there was when the report began to read, and the progress is written all the same."""
    informe = Informe.tomar(_sin_hacer(auditora))
    assert informe is not None
    with lectura.leyendo(informe), sin_ambito():
        antes = Caso.objects.count()
        SolicitudFactory(distribuidora=distribuidora, estado=Estado.ANULADO)
        assert Caso.objects.count() == antes
        informe.renovar(filas=7)
    assert Informe.todos().get(pk=informe.pk).filas == 7
    with sin_ambito():
        assert Caso.objects.count() == antes + 1
