"""A copy of everything and its way back, verified row by row and file by file: seconds."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.medida import Cifra, medida
from bench.servidor import instalacion

SOLICITUDES, ARCHIVOS, MB = 50_000, 300, 1_000_000


@medida("respaldo")
def respaldo() -> Iterator[Cifra]:
    """50,000 requests with their history, and 300 files of 1 MB."""
    with instalacion() as entorno, tempfile.TemporaryDirectory() as carpeta:
        _segundos(entorno, "generar_datos", "--solicitudes", str(SOLICITUDES))
        adjuntos = Path(entorno["VAR_DIR"], "adjuntos", "bench")
        adjuntos.mkdir(parents=True)
        for n in range(ARCHIVOS):
            (adjuntos / str(n)).write_bytes(os.urandom(MB))
        copia = str(Path(carpeta, "copia.tar"))
        yield Cifra(
            f"respaldo con {ARCHIVOS} archivos de 1 MB", SOLICITUDES, _segundos(entorno, "respaldo", copia), "s"
        )
        vuelta = _segundos(entorno, "restaurar", "--reemplazar", copia)
        yield Cifra("restauración, con filas y sumas comprobadas", SOLICITUDES, vuelta, "s")


def _segundos(entorno: dict[str, str], *orden: str) -> float:
    inicio = time.perf_counter()
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *orden], env=entorno, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - inicio
