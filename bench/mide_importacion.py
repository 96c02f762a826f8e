"""The mirror of the commercial system from a CSV, by its command: seconds and peak memory.

Floor: COPY of the same file into a table of texts. Needs the server of `mide_bandeja`; BENCH_SUMINISTROS is the size.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from stdnum.cl import rut

from bench.medida import Cifra, medida
from bench.mide_bandeja import SERVIDOR, hay_postgres

SUMINISTROS = int(os.environ.get("BENCH_SUMINISTROS", "1000000"))
EMPRESA, BASE = "ENEL", "bench_espejo"
COLUMNAS = (
    "NIS", "Tensión", "Estado", "Tarifa", "Dirección", "Zona", "Tipo de documento", "Documento", "Titular", "Teléfono",
    "Correo",
)  # fmt: skip
CON_SU_MEMORIA = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@medida("importacion")
def importacion() -> Iterator[Cifra]:
    """All supplies anew, the same file again, and one supply in a hundred changed."""
    if not hay_postgres("importacion"):
        return
    entorno = {**os.environ, "DATABASE_URL": f"{SERVIDOR}/{BASE}", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    with tempfile.TemporaryDirectory() as carpeta, psycopg.connect(f"{SERVIDOR}/postgres", autocommit=True) as servidor:
        servidor.execute(f"DROP DATABASE IF EXISTS {BASE}")
        servidor.execute(f"CREATE DATABASE {BASE}")
        for orden in ("migrate", "cargar_datos"):
            _correr(entorno, orden)
        archivo = Path(carpeta, "suministros.csv")
        escribir(archivo, estado="activo")
        piso = _copiar(archivo)
        for que, cada in (("de nuevo", None), ("otra vez igual", None), ("con 1 de 100 cambiada", 100)):
            if cada:
                escribir(archivo, estado="suspendido", cada=cada)
            segundos, mb = _correr(entorno, "importar_sgc", EMPRESA, str(archivo))
            yield Cifra(f"importación, {que}", SUMINISTROS, segundos, "s", floor=piso)
            yield Cifra(f"importación, {que}: memoria", SUMINISTROS, mb, "MB")
        servidor.execute(f"DROP DATABASE {BASE}")


def escribir(archivo: Path, *, estado: str, cada: int = 1) -> None:
    """A file of SUMINISTROS lines; those whose number `cada` divides are in `estado`, the others active."""
    with archivo.open("w", newline="") as salida:
        escritor = csv.writer(salida, delimiter=";")
        escritor.writerow(COLUMNAS)
        for n in range(SUMINISTROS):
            cuerpo = str(5_000_000 + n * 7 // 9)  # some people have more than one supply
            escritor.writerow((
                f"{700_000_000 + n}", "MT" if n % 50 == 0 else "BT", "activo" if n % cada else estado, "BT1",
                f"Pasaje Los Aromos {n % 9_999}", "Maipú", "RUT", f"{cuerpo}-{rut.calc_check_digit(cuerpo)}",
                f"Titular Número {cuerpo}", f"+56 9 {n % 10**8:08}", f"titular{cuerpo}@correo.example",
            ))  # fmt: skip


def _copiar(archivo: Path) -> float:
    """Seconds of a COPY that judges nothing."""
    inicio = time.perf_counter()
    with psycopg.connect(f"{SERVIDOR}/{BASE}") as conexion, conexion.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE piso ({', '.join(f'c{n} text' for n in range(len(COLUMNAS)))})")
        with (
            cursor.copy("COPY piso FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)") as copia,
            archivo.open("rb") as todo,
        ):
            while trozo := todo.read(1 << 16):
                copia.write(trozo)
    return time.perf_counter() - inicio


def _correr(entorno: dict[str, str], *orden: str) -> tuple[float, float]:
    """Seconds that a command of manage.py takes, and its peak of memory in MB."""
    inicio = time.perf_counter()
    salida = subprocess.run(  # noqa: S603
        [sys.executable, "-c", CON_SU_MEMORIA, *orden], env=entorno, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return time.perf_counter() - inicio, float(salida.splitlines()[-1])
