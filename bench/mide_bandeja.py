"""The tray from request to response, in process, warm, signed in: at three sizes, beside a floor and a peer.

Floor: one query of psycopg and an f-string. Peer: the changelist of Django's admin with its plain Paginator.
Needs a PostgreSQL server where databases may be made: BENCH_POSTGRES_URL. BENCH_FILAS chooses the sizes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg

from bench.medida import Cifra, medida

SERVIDOR = os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
FILAS = [int(n) for n in os.environ.get("BENCH_FILAS", "10000,100000,1000000").split(",")]


@medida("bandeja")
def bandeja() -> Iterator[Cifra]:
    """Pages of the tray by filter and size."""
    yield from por_filas("bandeja")


def por_filas(medida: str) -> Iterator[Cifra]:
    """What `bench.<medida>` prints, each size in a process of its own."""
    if not hay_postgres(medida):
        return
    for filas in FILAS:
        entorno = {**os.environ, "DATABASE_URL": preparar(filas), "DJANGO_SETTINGS_MODULE": "bench.ajustes"}
        salida = subprocess.run(  # noqa: S603
            [sys.executable, "-m", f"bench.{medida}"], env=entorno, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        for cifra in json.loads(salida.splitlines()[-1]):
            yield Cifra(rows=filas, unit="ms", **cifra)


def hay_postgres(medida: str) -> bool:
    """Whether the server answers; if not, says that `medida` is left out."""
    try:
        psycopg.connect(f"{SERVIDOR}/postgres", connect_timeout=3).close()
    except psycopg.Error as error:
        print(f"{medida}: sin PostgreSQL no se mide ({error}). Di dónde está con BENCH_POSTGRES_URL.", file=sys.stderr)
        return False
    return True


def preparar(filas: int) -> str:
    """The address of a database with that many requests, made once."""
    nombre = f"bench_{filas}"
    direccion = f"{SERVIDOR}/{nombre}"
    with psycopg.connect(f"{SERVIDOR}/postgres", autocommit=True) as conexion:
        if conexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nombre]).fetchone():
            return direccion
        conexion.execute(f"CREATE DATABASE {nombre}")  # type: ignore[arg-type]
    for orden in (["migrate"], ["cargar_datos", "--demostracion"], ["generar_datos", "--solicitudes", str(filas)]):
        subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *orden],
            env={**os.environ, "DATABASE_URL": direccion},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return direccion
