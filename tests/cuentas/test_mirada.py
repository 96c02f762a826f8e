"""A-12: the database is told who looks with each statement, and keeps none of it."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, permutations

import pytest
from celery import shared_task
from django.db import ProgrammingError, connection, transaction
from django.db.models import F

from portal import mirada
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Perfil
from portal.encargos.models import Encargo
from portal.informes.instantanea import instantanea
from portal.informes.models import Informe
from portal.informes.tasks import hacer_informe
from solicitudes.models import Solicitud
from tests.aplicacion import ROL, como_la_aplicacion
from tests.factories import SolicitudFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TODAS = Solicitud._base_manager


@pytest.fixture
def folios(distribuidora, otra_distribuidora) -> Iterator[dict[str, str]]:
    """A request at each company; the test asks as the application."""
    suyos = {"yn": SolicitudFactory(distribuidora=distribuidora).folio}
    suyos["v"] = SolicitudFactory(distribuidora=otra_distribuidora).folio
    with como_la_aplicacion():
        yield suyos


def _vistos() -> set[str]:
    return set(TODAS.values_list("folio", flat=True))


@transaction.atomic
def _mirar_y_fallar() -> None:
    if _vistos():
        raise ZeroDivisionError


def _dicho() -> str:
    """What the connection holds, asked without telling it anything."""
    return connection.connection.execute(f"SELECT current_setting('{mirada.AJUSTE}', true)").fetchone()[0] or ""


def test_cada_uno_lo_suyo_en_la_misma_conexion(folios, marcos, otra_dx) -> None:
    """A-12: profiles in turn, and then nobody."""
    for perfil, folio in ((marcos, folios["yn"]), (otra_dx, folios["v"])) * 2:
        with como(perfil):
            assert _vistos() == {folio}
    assert _vistos() == set()


def test_fuera_de_una_transaccion_no_queda_nada(folios, marcos) -> None:
    """A-12: a statement by itself leaves nothing behind."""
    with como(marcos):
        assert _vistos() == {folios["yn"]}
        assert _dicho() == ""


def test_al_terminar_la_transaccion_no_queda_nada(folios, marcos) -> None:
    """A-12: nor does a transaction."""
    with como(marcos), transaction.atomic():
        assert _vistos() == {folios["yn"]}
        assert _dicho().startswith("empresa ")
    assert _dicho() == ""


def test_despues_de_un_error_no_queda_nada(folios, marcos) -> None:
    """A-12: nor an error, ours or the database's."""
    with como(marcos), pytest.raises(ZeroDivisionError):
        _mirar_y_fallar()
    assert _dicho() == ""
    with como(marcos), pytest.raises(ProgrammingError), transaction.atomic():
        TODAS.extra(where=["no_existe"]).count()
    assert _dicho() == ""


def test_un_punto_de_retorno_no_devuelve_la_mirada_de_otro(folios, marcos, otra_dx) -> None:
    """A-12: what a rollback to a savepoint brings back is told anew."""
    with transaction.atomic():
        with como(marcos):
            assert _vistos() == {folios["yn"]}
        with como(otra_dx):
            with pytest.raises(ZeroDivisionError):
                _mirar_y_fallar()
            assert _vistos() == {folios["v"]}
        assert _vistos() == set()


def test_el_fondo_presta_la_conexion_limpia(folios, marcos, otra_dx) -> None:
    """A-12: two profiles and nobody, in every order, on the few connections of the pool."""
    servidos = defaultdict(set)
    for perfil, suyos in chain(*permutations([(marcos, {folios["yn"]}), (otra_dx, {folios["v"]}), (None, set())])):
        connection.ensure_connection()
        assert _dicho() == ""
        with como(perfil):
            assert _vistos() == suyos
        servidos[connection.connection.info.backend_pid].add(perfil)
        connection.close()
    assert {marcos, otra_dx, None} in servidos.values()


def test_hilos_a_la_vez(folios, marcos, otra_dx) -> None:
    """A-12: each thread its own profile; none borrows another's."""
    vistos: dict[str, list[set[str]]] = {"yn": [], "v": []}

    def mirar(perfil: Perfil, nombre: str) -> None:
        try:
            with como_la_aplicacion():
                for _ in range(25):
                    with como(perfil):
                        vistos[nombre].append(_vistos())
        finally:
            connection.close()

    hilos = [threading.Thread(target=mirar, args=a) for a in ((marcos, "yn"), (otra_dx, "v"))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert vistos == {nombre: [{folios[nombre]}] * 25 for nombre in vistos}


def test_por_trozos_y_de_a_muchos(folios, marcos) -> None:
    """A-12: a cursor of the server's, and one statement for many rows, are messages of their own."""
    orden = "UPDATE solicitudes_solicitud SET numero_solicitud = %s WHERE folio = %s"
    with como(marcos):
        assert [s.folio for s in TODAS.iterator(chunk_size=1)] == [folios["yn"]]
        with connection.cursor() as cursor:
            cursor.executemany(orden, [("2026-9", folios["yn"]), ("2026-9", folios["v"])])
        assert TODAS.filter(revision=1).update(revision=F("revision") + 1) == 1
    with sin_ambito():
        assert dict(TODAS.values_list("folio", "numero_solicitud")) == {folios["yn"]: "2026-9", folios["v"]: ""}


def test_copy_en_la_instantanea(folios, marcos) -> None:
    """A-12: what goes round Django's cursors is told by hand."""
    with como(marcos), instantanea() as otra, otra.cursor() as cursor:
        otra.connection.execute(f"SET LOCAL ROLE {ROL}")
        assert _copiados(cursor) == ""
        mirada.decir(otra)
        assert _copiados(cursor) == folios["yn"]


def _copiados(cursor) -> str:
    with cursor.copy("COPY (SELECT folio FROM solicitudes_solicitud) TO STDOUT") as copia:
        return b"".join(bytes(trozo) for trozo in copia).decode().strip()


@shared_task
def _contar(pk: int | None) -> None:
    """A task that says who looks, or forgot to."""
    with como(Perfil.objects.get(pk=pk) if pk else None):
        _contadas.append(_vistos())


_contadas: list[set[str]] = []


def test_en_una_tarea(folios, marcos, otra_dx) -> None:
    """A-12: a task sees what its profile sees; one that forgot to say who looks, nothing."""
    _contadas.clear()
    for perfil in (marcos, otra_dx, None):
        _contar.delay(perfil.pk if perfil else None)
    assert _contadas == [{folios["yn"]}, {folios["v"]}, set()]


def test_un_informe_entero(folios, marcos, carpetas) -> None:
    """X-04: the ledger takes the row while nobody looks; the report is made in its owner's name."""
    with como(marcos):
        informe = Informe(tipo="solicitudes", titulo="Reporte", nombre="reporte.xlsx", perfil=marcos)
        informe.save(force_insert=True)
    hacer_informe.delay(str(informe.pk))
    with sin_ambito():
        informe.refresh_from_db()
    assert (informe.estado, informe.filas) == (Encargo.Estado.HECHO, 1)
    assert Informe._base_manager.count() == 0
