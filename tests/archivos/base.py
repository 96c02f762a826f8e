"""What the files of tests have in common."""

import zlib
from collections.abc import Callable

MIB = 1024 * 1024
Hostil = tuple[str, Callable[[], bytes]]


def ceros(cuantos: int) -> bytes:
    """`cuantos` zeros, deflated."""
    return zlib.compress(b"\0" * cuantos, 9)
