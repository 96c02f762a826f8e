"""R-08: the database itself refuses to change or delete history."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.historial import guardia
from portal.historial.models import Evento, Resumen, registrar
from tests.aplicacion import como_la_aplicacion, crear_rol

pytestmark = pytest.mark.django_db


def _refusa(orden: str) -> None:
    with pytest.raises(DatabaseError, match="El historial no se cambia ni se borra"), transaction.atomic():
        connection.cursor().execute(orden)


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE historial_evento SET hecho = 'otro'",
        "DELETE FROM historial_evento",
        "UPDATE historial_resumen SET eventos = 0",
        "DELETE FROM historial_resumen",
    ],
)
def test_no_change_no_deletion(tres_dias, orden):
    """R-08: with plain SQL, past all our code."""
    _refusa(orden)
    assert (Evento.objects.count(), Resumen.objects.count()) == (15, 3)


def test_not_by_the_models_either(tres_dias):
    """R-08: nor with Django's own verbs."""
    evento = tres_dias[0]
    for verbo in (evento.delete, evento.save, lambda: Evento.objects.filter(pk=evento.pk).update(como="sec")):
        with pytest.raises(DatabaseError), transaction.atomic():
            verbo()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="INSERT OR REPLACE es de SQLite")
def test_not_by_replacing(tres_dias):
    """R-08: SQLite's INSERT OR REPLACE deletes without asking the trigger of deletions."""
    _refusa(
        "INSERT OR REPLACE INTO historial_evento (id, cuando, hecho, como, datos) "  # noqa: S608
        f"VALUES ({tres_dias[0].pk}, '2026-11-10', 'x', '', '{{}}')"
    )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE es de PostgreSQL")
def test_not_by_emptying(tres_dias):
    """R-08: TRUNCATE fires no row trigger."""
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    _refusa("TRUNCATE historial_evento CASCADE")


def test_words_can_be_erased(marcos):
    """R-08: a person's words go without touching what happened."""
    evento = registrar(None, "sesion_iniciada", por=marcos, comentario="algo personal")
    evento.comentario.delete()
    assert Evento.objects.get(pk=evento.pk).nota == ""


def test_the_guard_comes_back_after_each_migration(tres_dias):
    """R-08: SQLite drops triggers when Django remakes a table; migrating puts them back."""
    guardia.levantar(connection)
    call_command("migrate", "historial", verbosity=0)
    _refusa("DELETE FROM historial_evento")


@pytest.mark.postgres
def test_the_application_has_no_right_to(tres_dias):
    """R-08: what usuarios.sh grants by default is taken back for these two tables alone."""
    crear_rol()
    guardia.levantar(connection)  # the rights alone, without the triggers
    with como_la_aplicacion(), connection.cursor() as cursor:
        for orden in ("UPDATE historial_evento SET hecho = 'x'", "DELETE FROM historial_resumen"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(orden)
        registrar(None, "sesion_iniciada", por=None, comentario="la aplicación sí escribe")
        cursor.execute("UPDATE historial_comentario SET texto = ''")
    assert Evento.objects.count() == 16
