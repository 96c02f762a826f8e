"""Lists: the address says filter, order, size and page, and nothing in it can break the page (X-07)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

TAMANOS = (10, 25, 50, 100)
LIMITE = 1000  # what was typed is counted up to here; above, «más de 1000»
LEJOS = 1000  # rows from which on a slice asks for keys first
PROFUNDIDAD = 20_000  # rows that may be skipped one by one where nothing tells where they are


@dataclass(frozen=True)
class Total:
    """How many rows there are; `mas`: more than `n`, nobody counted how many."""

    n: int
    mas: bool = False


@dataclass(frozen=True)
class Columna:
    """A column that sorts. `campos`: its ascending order, complete (no two rows equal)."""

    clave: str
    titulo: str
    campos: Sequence[Any]

    def ordenar(self, consulta: QuerySet[Any], descendente: bool) -> QuerySet[Any]:
        ordenada = consulta.order_by(*self.campos)
        return ordenada.reverse() if descendente else ordenada


class Fuente:
    """The rows of a list: a queryset with its filter applied and no order yet."""

    def __init__(self, consulta: QuerySet[Any], *, contar_todo: bool = False) -> None:
        self.consulta = consulta
        self._contar_todo = contar_todo

    @cached_property
    def total(self) -> Total:
        if self._contar_todo:
            return Total(self.consulta.count())
        n = self.consulta.order_by()[: LIMITE + 1].count()
        return Total(min(n, LIMITE), mas=n > LIMITE)

    def tramo(self, columna: Columna, descendente: bool, desde: int, hasta: int) -> list[Any]:
        """Rows `desde` (inclusive, 0 is the first) to `hasta` (exclusive), found from the nearer end."""
        return cortar(columna.ordenar(self.consulta, descendente), self.total, desde, hasta)


def cortar(consulta: QuerySet[Any], total: Total, desde: int, hasta: int) -> list[Any]:
    """Rows `desde` to `hasta` of an ordered queryset with `total` rows, skipped over from the nearer end."""
    if not total.mas and desde > total.n // 2:
        return _saltar(consulta.reverse(), max(total.n - hasta, 0), max(total.n - desde, 0))[::-1]
    return _saltar(consulta, desde, hasta)


def _saltar(consulta: QuerySet[Any], desde: int, hasta: int) -> list[Any]:
    """A slice; where much is skipped, keys first: an index alone gives them, without reading the rows between."""
    if desde < LEJOS:
        return list(consulta[desde:hasta])
    claves = list(consulta.values_list("pk", flat=True)[desde:hasta])
    filas = {fila.pk: fila for fila in consulta.order_by().filter(pk__in=claves)}
    return [filas[clave] for clave in claves if clave in filas]


@dataclass
class _Paginador:
    """What the page's foot asks, under the names of Django's Paginator."""

    count: int
    per_page: int
    num_pages: int
    mas: bool


@dataclass
class Pagina:
    """A page of a list; also a Django `Page` for `{% paginas %}`."""

    object_list: list[Any]
    number: int
    paginator: _Paginador

    def start_index(self) -> int:
        return (self.number - 1) * self.paginator.per_page + 1 if self.object_list else 0

    def end_index(self) -> int:
        return (self.number - 1) * self.paginator.per_page + len(self.object_list)


@dataclass
class Lista:
    """What `datos` (the address) asks of `fuente`; what cannot be is replaced, and `avisos` says by what."""

    datos: QueryDict
    fuente: Fuente
    columnas: Sequence[Columna]
    por_omision: str
    avisos: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columnas = {c.clave: c for c in self.columnas}
        self.orden = self._orden()
        self.tamano = self._tamano()

    def _orden(self) -> str:
        pedido = self.datos.get("orden", "")
        if pedido and pedido.removeprefix("-") not in self._columnas:
            self.avisos.append("No se puede ordenar así. Elige el orden en el título de una columna.")
            pedido = ""
        return pedido or self.por_omision

    def _tamano(self) -> int:
        pedido = self.datos.get("tamano", "")
        if pedido and pedido not in map(str, TAMANOS):
            self.avisos.append("Se puede mostrar 10, 25, 50 o 100 ítems. Te mostramos 10.")
            pedido = ""
        return int(pedido or TAMANOS[0])

    def _numero(self) -> int:
        try:
            numero = int(self.datos.get("p") or 1)
        except ValueError:
            numero = 0
        if numero < 1:
            self.avisos.append("Esa página no existe. Te mostramos la primera.")
        return max(numero, 1)

    @cached_property
    def pagina(self) -> Pagina:
        numero, total = self._numero(), self.fuente.total
        ultima = max(-(-total.n // self.tamano), 1) + total.mas
        if numero > ultima and (not total.mas or numero * self.tamano > PROFUNDIDAD or not self._filas(numero)):
            self.avisos.append(
                "Son demasiadas para llegar hasta esa página: filtra más."
                if total.mas
                else f"Esa página no existe. Te mostramos la última, la {ultima}."
            )
            numero = ultima
        filas = self._filas(numero)
        if total.mas and len(filas) > self.tamano and numero * self.tamano < PROFUNDIDAD:
            ultima = max(ultima, numero + 1)
        return Pagina(filas[: self.tamano], numero, _Paginador(total.n, self.tamano, max(ultima, numero), total.mas))

    def _filas(self, numero: int) -> list[Any]:
        """The page's rows, and one more where nobody knows whether another page follows."""
        desde = (numero - 1) * self.tamano
        hasta = desde + self.tamano + self.fuente.total.mas
        descendente = self.orden.startswith("-")
        return self.fuente.tramo(self._columnas[self.orden.removeprefix("-")], descendente, desde, hasta)
