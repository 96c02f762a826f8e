"""The sábana at three sizes: anew, again, again after a change, as CSV; time and peak memory.

Floor: COPY of the same query to a file. Peer: openpyxl's write-only workbook (up to `FILAS_DEL_PAR` rows: it takes
long). Needs the databases of `mide_bandeja`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.medida import Cifra, medida
from bench.mide_bandeja import FILAS, hay_postgres, preparar

FILAS_DEL_PAR = 100_000
MEDIDAS = (
    "de nuevo", "de nuevo, con zlib", "otra vez", "otra vez, con un período cambiado", "CSV",
)  # fmt: skip


@medida("sabana")
def sabana() -> Iterator[Cifra]:
    """The regulator's spreadsheet of everything."""
    if not hay_postgres("sabana"):
        return
    for filas in FILAS:
        entorno = {**os.environ, "DATABASE_URL": preparar(filas), "DJANGO_SETTINGS_MODULE": "bench.ajustes"}
        _medir(entorno, "piso")  # reads the tables into memory
        piso = _medir(entorno, "piso")["s"]
        par = _medir(entorno, "par")["s"] if filas <= FILAS_DEL_PAR else None
        for manera in MEDIDAS:
            cifras = _medir(entorno, manera)
            del_par = None if manera == "CSV" else par
            yield Cifra(job=f"sábana, {manera}", rows=filas, value=cifras["s"], unit="s", floor=piso, peer=del_par)
            yield Cifra(job=f"sábana, {manera}: memoria", rows=filas, value=cifras["mb"], unit="MB")


def _medir(entorno: dict[str, str], manera: str) -> dict[str, float]:
    salida = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.sabana", manera], env=entorno, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    cifras: dict[str, float] = json.loads(salida.splitlines()[-1])
    return cifras
