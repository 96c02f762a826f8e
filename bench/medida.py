"""The frame of the measurements: each registers itself, gives figures, and is compared with a floor and a peer."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Cifra:
    """One figure. `floor` is the least that the job can cost, `peer` what another way costs, in the same `unit`.

    `times_floor` and `times_peer` are how many times worse (of a time) or better (of a rate) this is.
    """

    job: str
    rows: int | None
    value: float
    unit: str
    floor: float | None = None
    peer: float | None = None

    @property
    def times_floor(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def times_peer(self) -> float | None:
        return self.value / self.peer if self.peer else None

    def como_dict(self) -> dict[str, object]:
        """As `var/bench.json` has it."""
        return {**asdict(self), "times_floor": self.times_floor, "times_peer": self.times_peer}


Medida = Callable[[], Iterable[Cifra]]
MEDIDAS: dict[str, Medida] = {}


def medida(nombre: str) -> Callable[[Medida], Medida]:
    """Registers a function without arguments that gives figures: `make bench ARGS=nombre` runs it alone."""

    def registrar(funcion: Medida) -> Medida:
        MEDIDAS[nombre] = funcion
        return funcion

    return registrar


def mediana_ms(hacer: Callable[[], object], *, veces: int = 30, calentar: int = 3) -> float:
    """Median milliseconds of `hacer`, warm."""
    for _ in range(calentar):
        hacer()
    return statistics.median(_tiempos(hacer, veces)) * 1000


def _tiempos(hacer: Callable[[], object], veces: int) -> Iterator[float]:
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        yield time.perf_counter() - inicio
