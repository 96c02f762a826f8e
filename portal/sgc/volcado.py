"""From a file to the mirror: rows to a staging table of this connection, then all or nothing by set-based SQL.

The statements are the same on both databases; only the filling differs (COPY on PostgreSQL). Memory stays constant:
nothing here grows with the file.
"""
# ruff: noqa: S608 - names of tables and columns come from the models; values are parameters

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.sgc.columnas import CLAVE, DE
from portal.sgc.models import Cliente, Expediente, Importacion, Suministro

LOTE = 10_000
_PROVISORIA = "sgc_volcado"
_CLIENTE = ("tipo_documento", "documento", "nombre", "telefono", "correo")
_SUMINISTRO = ("nis", "tension", "estado", "tarifa", "direccion", "zona")
_EXPEDIENTE = ("clase", "numero", "asunto")


@dataclass(frozen=True)
class Cuenta:
    """What applying does, or would do."""

    nuevas: int
    cambiadas: int
    iguales: int


class Volcado:
    """The staging table of one import; use within `abierto`."""

    def __init__(self, contenido: str, empresa: int) -> None:
        self.contenido, self.empresa = contenido, empresa
        self.campos = [c.campo for c in DE[contenido]]

    # --- staging ----------------------------------------------------------------------------------------------------
    def guardar(self, filas: Sequence[tuple[Any, ...]]) -> None:
        """Rows of line number and values, in the columns' order."""
        columnas = ", ".join(["linea", *self.campos])
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {_PROVISORIA} ({columnas}) FROM STDIN") as copia:
                    for fila in filas:
                        copia.write_row(fila)
            else:
                huecos = ", ".join(["%s"] * (len(self.campos) + 1))
                cursor.executemany(f"INSERT INTO {_PROVISORIA} ({columnas}) VALUES ({huecos})", filas)

    def repetidas(self, cuantas: int) -> Iterator[tuple[int, int]]:
        """Lines whose key stands in an earlier line, with that line; the first `cuantas`."""
        clave = ", ".join(CLAVE[self.contenido])
        iguales = " AND ".join(f"v.{c} = p.{c}" for c in CLAVE[self.contenido])
        self._ejecutar(f"CREATE INDEX sgc_volcado_clave ON {_PROVISORIA} ({clave})")
        if connection.vendor == "postgresql":  # the planner knows nothing of a table that was just filled
            self._ejecutar(f"ANALYZE {_PROVISORIA}")
        yield from self._filas(
            f"SELECT v.linea, p.linea FROM (SELECT {clave}, MIN(linea) AS linea FROM {_PROVISORIA}"
            f" GROUP BY {clave} HAVING COUNT(*) > 1) p JOIN {_PROVISORIA} v ON {iguales} AND v.linea > p.linea"
            " ORDER BY v.linea LIMIT %s",
            [cuantas],
        )

    def sin_suministro(self, cuantas: int) -> Iterator[tuple[int, str]]:
        """Lines of files whose NIS the mirror does not have; the first `cuantas`."""
        yield from self._filas(
            f"SELECT v.linea, v.nis FROM {_PROVISORIA} v LEFT JOIN {_tabla(Suministro)} s"
            " ON s.distribuidora_id = %s AND s.nis = v.nis WHERE v.nis <> '' AND s.id IS NULL"
            " ORDER BY v.linea LIMIT %s",
            [self.empresa, cuantas],
        )

    # --- what it means ----------------------------------------------------------------------------------------------
    def contar(self) -> Cuenta:
        """How many rows are new, differ from the mirror, or say the same."""
        igual = " AND ".join(f"{mio} = {suyo}" for mio, suyo in self._comparados())
        ((total, presentes, iguales),) = self._filas(
            f"SELECT COUNT(*), COUNT(d.id), SUM(CASE WHEN d.id IS NOT NULL AND {igual} THEN 1 ELSE 0 END)"
            f" FROM {_PROVISORIA} v {self._union()}",
            [self.empresa] * self._union().count("%s"),
        )
        iguales = iguales or 0
        return Cuenta(total - presentes, presentes - iguales, iguales)

    def _union(self) -> str:
        if self.contenido == Importacion.Contenido.EXPEDIENTES:
            return (
                f"LEFT JOIN {_tabla(Expediente)} d ON d.distribuidora_id = %s AND d.clase = v.clase"
                f" AND d.numero = v.numero LEFT JOIN {_tabla(Suministro)} s ON s.id = d.suministro_id"
            )
        return (
            f"LEFT JOIN {_tabla(Suministro)} d ON d.distribuidora_id = %s AND d.nis = v.nis"
            f" LEFT JOIN {_tabla(Cliente)} c ON c.id = d.titular_id"
        )

    def _comparados(self) -> list[tuple[str, str]]:
        if self.contenido == Importacion.Contenido.EXPEDIENTES:
            return [("v.asunto", "d.asunto"), ("v.nis", "COALESCE(s.nis, '')")]
        return [(f"v.{c}", f"d.{c}") for c in _SUMINISTRO[1:]] + [(f"v.{c}", f"c.{c}") for c in _CLIENTE]

    # --- applying ---------------------------------------------------------------------------------------------------
    def aplicar(self) -> None:
        """Write it all; the caller's transaction makes it all or nothing. The last line that names a customer wins."""
        if self.contenido == Importacion.Contenido.EXPEDIENTES:
            self._subir(
                Expediente,
                (*_EXPEDIENTE, "suministro_id"),
                f"SELECT %s, v.clase, v.numero, v.asunto, s.id FROM {_PROVISORIA} v LEFT JOIN {_tabla(Suministro)} s"
                " ON s.distribuidora_id = %s AND s.nis = v.nis",
                clave=("clase", "numero"),
            )
            return
        clientes = ", ".join(f"v.{c}" for c in _CLIENTE)
        self._subir(
            Cliente,
            _CLIENTE,
            f"SELECT %s, {clientes} FROM {_PROVISORIA} v JOIN (SELECT MAX(linea) AS linea FROM {_PROVISORIA}"
            " GROUP BY tipo_documento, documento) u ON u.linea = v.linea",
            clave=("tipo_documento", "documento"),
        )
        suministros = ", ".join(f"v.{c}" for c in _SUMINISTRO)
        self._subir(
            Suministro,
            (*_SUMINISTRO, "titular_id"),
            f"SELECT %s, {suministros}, c.id FROM {_PROVISORIA} v JOIN {_tabla(Cliente)} c ON c.distribuidora_id = %s"
            " AND c.tipo_documento = v.tipo_documento AND c.documento = v.documento",
            clave=("nis",),
        )

    def _subir(self, modelo: type[Any], campos: tuple[str, ...], consulta: str, *, clave: tuple[str, ...]) -> None:
        """INSERT … ON CONFLICT DO UPDATE; rows that say the same are not touched."""
        tabla, otros = _tabla(modelo), [c for c in campos if c not in clave]
        poner = ", ".join(f"{c} = excluded.{c}" for c in otros)
        difiere = " OR ".join(f"{tabla}.{c} IS DISTINCT FROM excluded.{c}" for c in otros)
        if connection.vendor != "postgresql":
            difiere = difiere.replace("IS DISTINCT FROM", "IS NOT")
        self._ejecutar(
            f"INSERT INTO {tabla} (distribuidora_id, {', '.join(campos)}) {consulta} WHERE true"
            f" ON CONFLICT (distribuidora_id, {', '.join(clave)}) DO UPDATE SET {poner} WHERE {difiere}",
            [self.empresa] * consulta.count("%s"),
        )

    # --- SQL --------------------------------------------------------------------------------------------------------
    @staticmethod
    def _ejecutar(orden: str, valores: Iterable[Any] = ()) -> None:
        with connection.cursor() as cursor:
            cursor.execute(orden, list(valores))

    @staticmethod
    def _filas(orden: str, valores: Iterable[Any] = ()) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(orden, list(valores))
            return cursor.fetchall()


def _tabla(modelo: type[Any]) -> str:
    return str(modelo._meta.db_table)


@contextmanager
def abierto(contenido: str, empresa: int) -> Iterator[Volcado]:
    """A staging table that is gone afterwards, whatever happens."""
    volcado = Volcado(contenido, empresa)
    columnas = ", ".join(f"{c} text NOT NULL" for c in volcado.campos)
    volcado._ejecutar(f"DROP TABLE IF EXISTS {_PROVISORIA}")
    volcado._ejecutar(f"CREATE TEMPORARY TABLE {_PROVISORIA} (linea bigint NOT NULL, {columnas})")
    try:
        yield volcado
    finally:
        if connection.is_usable():
            volcado._ejecutar(f"DROP TABLE IF EXISTS {_PROVISORIA}")
