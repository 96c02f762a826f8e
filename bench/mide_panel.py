"""The SEC's Panel and compliance board at three sizes: the page in process, and its statements alone.

Floor: one indexed read. Peer: the same sums counted live by GROUP BY. Needs the databases of `mide_bandeja`.
"""

from collections.abc import Iterator

from bench.medida import Cifra, medida
from bench.mide_bandeja import por_filas


@medida("panel")
def panel() -> Iterator[Cifra]:
    """What the regulator sees first."""
    yield from por_filas("panel")
