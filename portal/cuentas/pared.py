"""The second wall: PostgreSQL itself shows a company's people no other company's rows, whatever a query forgot.

Each model with a `ManagerAcotado` says beside `visible_para` where its wall stands (`PARED`). The manager knows units
and functions; the wall knows the boundary that must never be crossed: the company, the person, the key in one's hand.
It is put up anew after every migration, also against the owner of the tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import connections, models, transaction

from portal.cuentas.ambito import ManagerAcotado
from portal.mirada import AJUSTE

NOMBRE = "pared"


def _dicho(parte: int, tipo: str = "text") -> str:
    """A part of what the connection was told, read once for each query; NULL when it was told nothing."""
    return f"(SELECT nullif(split_part(current_setting('{AJUSTE}', true), ' ', {parte}), '')::{tipo})"


_QUIEN, _EMPRESA, _PERFIL, _LLAVES = _dicho(1), _dicho(2, "bigint"), _dicho(3, "bigint"), _dicho(4, "uuid[]")


@dataclass(frozen=True)
class Pared:
    """Whose a row is. Paths are Django's: `distribuidora`, `unidad__distribuidora`.

    `empresa`: the company whose people see it. `persona`: the profile that sees it, staff or not. `llaves`: the keys
    that open it. `sigue`: a reference; whoever sees the row at its other end sees this one. The SEC sees every row.
    """

    empresa: str = ""
    persona: str = ""
    llaves: tuple[str, ...] = ()
    sigue: str = ""

    def condicion(self, modelo: type[models.Model]) -> str:
        """The wall of `modelo` in SQL."""
        de_la_empresa = [_es(modelo, self.empresa, f"= {_EMPRESA}")] if self.empresa else []
        propia = [_es(modelo, self.persona, f"= {_PERFIL}")] if self.persona else []
        con_llave = [_es(modelo, llave, f"= ANY ({_LLAVES}::uuid[])") for llave in self.llaves]
        siguiendo = [_sigue(modelo, self.sigue)] if self.sigue else []
        return (
            f"CASE {_QUIEN} WHEN 'todo' THEN true WHEN 'sec' THEN true "
            f"WHEN 'empresa' THEN {_o(de_la_empresa + propia + siguiendo)} "
            f"WHEN 'persona' THEN {_o(propia + siguiendo)} "
            f"WHEN 'llave' THEN {_o(con_llave + siguiendo)} ELSE false END"
        )


def _o(condiciones: list[str]) -> str:
    return " OR ".join(condiciones) or "false"


def _columna(modelo: type[models.Model], nombre: str) -> str:
    campo: Any = modelo._meta.get_field(nombre)
    return f'"{modelo._meta.db_table}"."{campo.column}"'


def _es(modelo: type[models.Model], camino: str, prueba: str) -> str:
    """What `camino` leads to passes `prueba`; over another table by its set of keys, read once for each query."""
    campo, _, resto = camino.partition("__")
    if not resto:
        return f"{_columna(modelo, campo)} {prueba}"
    otro: Any = modelo._meta.get_field(campo).related_model
    suyas = f'SELECT {_columna(otro, otro._meta.pk.name)} FROM "{otro._meta.db_table}" WHERE {_es(otro, resto, prueba)}'  # noqa: S608
    return f"{_columna(modelo, campo)} IN ({suyas})"


def _sigue(modelo: type[models.Model], campo: str) -> str:
    """The row at the other end of `campo` can be seen, by the wall of its own table."""
    otro: Any = modelo._meta.get_field(campo).related_model
    return (
        f'EXISTS (SELECT 1 FROM "{otro._meta.db_table}" '  # noqa: S608 - our own names
        f"WHERE {_columna(otro, otro._meta.pk.name)} = {_columna(modelo, campo)})"
    )


def paredes() -> Iterator[tuple[type[models.Model], Pared]]:
    """Each model that has a wall, with it; a table between two models stands behind the wall of the first."""
    for modelo in apps.get_models():
        if isinstance(pared := getattr(modelo, "PARED", None), Pared):
            yield modelo, pared
            union: Any
            for union in modelo._meta.local_many_to_many:
                yield union.remote_field.through, Pared(sigue=union.m2m_field_name())


def poner(using: str = "default", **kwargs: Any) -> None:
    """Put up every wall; doing it again changes nothing."""
    conexion = connections[using]
    if conexion.vendor != "postgresql":
        return
    with transaction.atomic(using), conexion.cursor() as cursor:
        presentes = set(conexion.introspection.table_names(cursor))
        ordenes = [_ordenes(modelo, pared) for modelo, pared in paredes() if modelo._meta.db_table in presentes]
        cursor.execute("; ".join(ordenes))  # a migration backwards may leave none


def _ordenes(modelo: type[models.Model], pared: Pared) -> str:
    tabla, condicion = f'"{modelo._meta.db_table}"', pared.condicion(modelo)
    return (
        f"ALTER TABLE {tabla} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
        f"DROP POLICY IF EXISTS {NOMBRE} ON {tabla}; "
        f"CREATE POLICY {NOMBRE} ON {tabla} USING ({condicion}) WITH CHECK ({condicion})"
    )


@register()
def sin_declarar(**kwargs: Any) -> list[CheckMessage]:
    """Whatever has the first wall must have the second."""
    return [
        Error(f"{modelo._meta.label}: tiene ManagerAcotado y no dice su PARED.", obj=modelo, id="cuentas.E001")
        for modelo in apps.get_models()
        if isinstance(modelo._default_manager, ManagerAcotado) and not hasattr(modelo, "PARED")
    ]
