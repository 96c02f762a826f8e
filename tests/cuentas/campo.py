"""A row of each walled table for each of two companies: nothing but whose it is, whatever else its table demands."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone

from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import paredes

TABLAS = [modelo for modelo, _ in paredes()]
_POR_CLASE: dict[str, Any] = {
    "BooleanField": lambda n: False,
    "DateField": lambda n: timezone.localdate(),
    "DateTimeField": lambda n: timezone.now(),
    "JSONField": lambda n: "{}",
    "UUIDField": lambda n: uuid.UUID(int=n),
    "DecimalField": lambda n: n,
}


@dataclass(frozen=True)
class Lado:
    """One company with one person on its side; `n` is the key of each of its rows."""

    n: int
    empresa: Distribuidora
    unidad: Unidad
    persona: Perfil

    def clave(self, modelo: type[models.Model]) -> Any:
        """The key of this side's row of a walled table."""
        pk: Any = modelo._meta.pk
        return self.clave(pk.related_model) if pk.is_relation and pk.related_model in TABLAS else self._valor(pk, 0)

    def valores(self, modelo: type[models.Model], mas: int = 0) -> dict[str, Any]:
        """What stands in each column of its row; with `mas`, of another row beside it."""
        return {campo.column: self._valor(campo, mas) for campo in modelo._meta.concrete_fields}

    def _valor(self, campo: Any, mas: int) -> Any:
        if campo.is_relation:
            propias = {Distribuidora: self.empresa.pk, Unidad: self.unidad.pk, Perfil: self.persona.pk}
            otro = campo.related_model
            if otro in TABLAS:
                return self.clave(otro)
            return propias.get(otro, None if campo.null else self.n)
        n, clase = self.n + mas, campo.get_internal_type()
        if clase in _POR_CLASE:
            return _POR_CLASE[clase](n)
        return n if clase.endswith(("IntegerField", "AutoField")) else f"{n}"[: campo.max_length]


def sembrar(*lados: Lado) -> None:
    """Write the rows. What else the tables demand is lifted, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for modelo in TABLAS:
            tabla = modelo._meta.db_table
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [tabla])
            for (nombre,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{tabla}" DROP CONSTRAINT "{nombre}"')
            for lado in lados:
                insertar(modelo, lado.valores(modelo))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def insertar(modelo: type[models.Model], valores: dict[str, Any]) -> None:
    """Raw SQL: no manager in between."""
    columnas, huecos = ", ".join(f'"{c}"' for c in valores), ", ".join(["%s"] * len(valores))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{modelo._meta.db_table}" ({columnas}) VALUES ({huecos})',  # noqa: S608
            list(valores.values()),
        )


def claves(modelo: type[models.Model]) -> set[Any]:
    """The keys of the rows that the database shows now, whatever the managers say."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{modelo._meta.pk.column}" FROM "{modelo._meta.db_table}"')  # noqa: S608
        return {clave for (clave,) in cursor.fetchall()}
