"""The history is append-only in the database itself: triggers refuse what no code of ours asks for (R-08).

They are made anew after every migration, since SQLite drops them when Django remakes a table. On PostgreSQL whoever is
not the owner of the tables also loses the right to change or delete their rows.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLAS = {"historial_evento": "id", "historial_resumen": "dia"}
"""The tables, each with its key."""
NO = "El historial no se cambia ni se borra."

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {tabla}_no_{verbo} BEFORE {verbo} ON {tabla} {cuando}
        BEGIN SELECT RAISE(ABORT, '{NO}'); END"""
    for tabla, clave in TABLAS.items()
    for verbo, cuando in (
        ("UPDATE", ""),
        ("DELETE", ""),
        # INSERT OR REPLACE deletes without asking the trigger above
        ("INSERT", f"WHEN EXISTS (SELECT 1 FROM {tabla} WHERE {clave} = NEW.{clave})"),  # noqa: S608 - our own names
    )
]
_POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION historial_no() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{NO}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"""CREATE OR REPLACE TRIGGER {tabla}_no_cambia BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabla}
            FOR EACH STATEMENT EXECUTE FUNCTION historial_no()"""
        for tabla in TABLAS
    ),
    *(
        f"""DO $$ DECLARE otro text; BEGIN
            FOR otro IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                WHERE table_schema = current_schema() AND table_name = '{tabla}'
                AND grantee NOT IN (current_user, 'PUBLIC')
            LOOP EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON {tabla} FROM %I', otro); END LOOP; END $$"""  # noqa: S608
        for tabla in TABLAS
    ),
]


def poner(using: str = "default", **kwargs: Any) -> None:
    """Guard the history's tables; doing it again changes nothing."""
    conexion = connections[using]
    presentes = set(conexion.introspection.table_names())
    if not presentes.issuperset(TABLAS):
        return  # a migration backwards, to before the history
    with conexion.cursor() as cursor:
        for orden in _POSTGRES if conexion.vendor == "postgresql" else _SQLITE:
            cursor.execute(orden)


def levantar(conexion: BaseDatabaseWrapper) -> None:
    """Take the guard away: only for emptying a database of tests, which `poner` guards again afterwards."""
    nombres = {
        "postgresql": [f"{tabla}_no_cambia ON {tabla}" for tabla in TABLAS],
        "sqlite": [f"{tabla}_no_{verbo}" for tabla in TABLAS for verbo in ("UPDATE", "DELETE", "INSERT")],
    }[conexion.vendor]
    with conexion.cursor() as cursor:
        for nombre in nombres:
            cursor.execute(f"DROP TRIGGER IF EXISTS {nombre}")
