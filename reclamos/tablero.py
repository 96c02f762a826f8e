"""The complaint board: how many, about what, of whom, and whether the terms are kept (Q-17)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.http import QueryDict

from portal import reloj
from portal.listas.filtro import DiaField, Filtro, comienzo, termino
from reclamos.models import Estado, Reclamo
from reclamos.turno import DISTRIBUIDORAS

_TARDE = Q(respondido__gt=F("vence")) | Q(estado=Estado.POR_SILENCIO)


class FiltroTablero(Filtro):
    FRASES = {"desde": "Ingreso desde el {}", "hasta": "Ingreso hasta el {}"}

    desde = DiaField(label="Ingreso desde")
    hasta = DiaField(label="Ingreso hasta")


@dataclass(frozen=True)
class Linea:
    """One matter or one company."""

    nombre: str
    total: int
    abiertos: int
    vencidos: int
    en_plazo: int
    tarde: int
    a_favor: int

    @property
    def cumplimiento(self) -> str:
        """The share answered within the term, of those that had one and were answered: «94 %», or «sin datos»."""
        juzgados = self.en_plazo + self.tarde
        return f"{round(100 * self.en_plazo / juzgados)} %" if juzgados else "sin datos"


class Tablero:
    """The figures of what the reader may see."""

    def __init__(self, datos: QueryDict) -> None:
        self.filtro = FiltroTablero(datos)
        self._consulta = Reclamo.objects.order_by()
        desde: date | None = self.filtro.valor("desde")
        hasta: date | None = self.filtro.valor("hasta")
        if desde:
            self._consulta = self._consulta.filter(ingresado__gte=comienzo(desde))
        if hasta:
            self._consulta = self._consulta.filter(ingresado__lt=termino(hasta))

    def total(self) -> Linea:
        return Linea("Todos", **self._consulta.aggregate(**_cuentas()))

    def por_materia(self) -> list[Linea]:
        return [Linea(str(nombre), **cuentas) for nombre, cuentas in self._por("materia__nombre")]

    def por_empresa(self) -> list[Linea]:
        return [Linea(str(DISTRIBUIDORAS.de(clave)), **cuentas) for clave, cuentas in self._por("distribuidora")]

    def _por(self, campo: str) -> Iterator[tuple[Any, dict[str, int]]]:
        """The counts by the values of `campo`, the most frequent first."""
        filas: Iterable[dict[str, Any]] = self._consulta.values(campo).annotate(**_cuentas())
        for fila in sorted(filas, key=lambda f: (-f["total"], f[campo])):
            yield fila.pop(campo), fila


def _cuentas() -> dict[str, Count]:
    respondido = Q(respondido__isnull=False, vence__isnull=False)
    return {
        "total": Count("pk"),
        "abiertos": Count("pk", Q(estado__in=Reclamo.ABIERTOS)),
        "vencidos": Count("pk", Q(estado__in=(Estado.INGRESADO, Estado.EN_TRAMITE), vence__lt=reloj.ahora())),
        "en_plazo": Count("pk", respondido & ~_TARDE),
        "tarde": Count("pk", respondido & _TARDE),
        "a_favor": Count("pk", Q(resultado__in=("fundado", "parcial"))),
    }
