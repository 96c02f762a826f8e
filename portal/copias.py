"""Backup and restore: the database and the private files as one tar, verified row by row and file by file.

The database is copied first. Files are never rewritten and get their rows after they are stored, so every file that a
copied row names is there when the files are copied.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from portal.mirada import AJUSTE, TODO, sin_pared

CARPETAS = ("adjuntos", "informes")
INDICE = "indice.json"


class CopiaInvalida(Exception):
    """What was read is not what was written; the text says where."""


def respaldar(destino: Path) -> dict[str, Any]:
    """Write the copy to `destino`, whole or not at all; its index (rows by table, SHA-256 by file)."""
    with tempfile.TemporaryDirectory(dir=destino.absolute().parent) as temporal:
        volcado = Path(temporal, "base")
        _volcar(volcado)
        indice: dict[str, Any] = {
            "motor": connection.vendor,
            "base": _sha256(volcado),
            "filas": _filas(),
            "archivos": {},
        }
        parcial = Path(temporal, "copia.tar")
        with tarfile.open(parcial, "w") as tar:
            tar.add(volcado, "base")
            for ruta in _privados():
                nombre = str(ruta.relative_to(settings.VAR_DIR))
                indice["archivos"][nombre] = _sha256(ruta)
                tar.add(ruta, nombre)
            Path(temporal, INDICE).write_text(json.dumps(indice))
            tar.add(Path(temporal, INDICE), INDICE)
        os.chmod(parcial, 0o600)
        parcial.replace(destino)
    return indice


def restaurar(origen: Path) -> dict[str, Any]:
    """Put back what `origen` holds, in place of what is there; a damaged copy (CopiaInvalida) touches nothing."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as temporal:
        indice = _extraer(origen, Path(temporal))
        if indice["motor"] != connection.vendor:
            raise CopiaInvalida(f"La copia es de {indice['motor']} y esta base es {connection.vendor}.")
        _cargar(Path(temporal, "base"))
        for carpeta in CARPETAS:
            shutil.rmtree(settings.VAR_DIR / carpeta, ignore_errors=True)
            if Path(temporal, carpeta).exists():
                shutil.move(Path(temporal, carpeta), settings.VAR_DIR / carpeta)
    if _filas() != indice["filas"]:
        raise CopiaInvalida("Después de restaurar, las filas no son las de la copia.")
    return indice


def verificar(origen: Path) -> dict[str, Any]:
    """The index of a copy that is whole, byte for byte; CopiaInvalida when it is not. Touches nothing."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as temporal:
        return _extraer(origen, Path(temporal))


def _extraer(origen: Path, destino: Path) -> dict[str, Any]:
    """Unpack into `destino` and compare every file with its sum."""
    with tarfile.open(origen) as tar:
        tar.extractall(destino, filter="data")
    indice: dict[str, Any] = json.loads((destino / INDICE).read_text())
    sumas = {"base": indice["base"], **indice["archivos"]}
    danados = [n for n, suma in sumas.items() if not (destino / n).is_file() or _sha256(destino / n) != suma]
    if danados:
        raise CopiaInvalida(f"La copia está dañada: {', '.join(danados[:5])}.")
    return indice


def _privados() -> Iterator[Path]:
    for carpeta in CARPETAS:
        yield from sorted(ruta for ruta in (settings.VAR_DIR / carpeta).rglob("*") if ruta.is_file())


def _sha256(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


@sin_pared()
def _filas() -> dict[str, int]:
    """How many rows each table of a model has, whoever may see them."""
    return {m._meta.db_table: m._base_manager.count() for m in apps.get_models() if m._meta.managed}


def _volcar(destino: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copia = sqlite3.connect(destino)
        connection.connection.backup(copia)
        copia.close()
    else:
        _postgres("pg_dump", "--format", "custom", "--no-owner", "--enable-row-security", "--file", str(destino))


def _cargar(origen: Path) -> None:
    if connection.vendor == "sqlite":
        copia = sqlite3.connect(origen)
        connection.ensure_connection()
        copia.backup(connection.connection)
        copia.close()
    else:
        connections["default"].close_pool()  # type: ignore[attr-defined]  # its idle connections would hold locks against the restore
        base = settings.DATABASES["default"]["NAME"]
        orden = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        _postgres("pg_restore", *orden, "--dbname", base, str(origen))


def _postgres(programa: str, *argumentos: str) -> None:
    """Run one of PostgreSQL's programs on our database; where it is and with which key goes by the environment."""
    base = connection.settings_dict
    claves = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    entorno = {variable: str(base[clave]) for variable, clave in claves.items() if base.get(clave)}
    entorno["PGOPTIONS"] = f"-c {AJUSTE}={TODO.replace(' ', chr(92) + ' ')}"  # the wall holds against owners too
    try:
        hecho = subprocess.run(  # noqa: S603 - our own command, no shell
            [programa, *argumentos], env={**os.environ, **entorno}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise CopiaInvalida(f"Falta {programa}. Se instala con: sudo apt-get install postgresql-client") from None
    if hecho.returncode:
        raise CopiaInvalida(f"{programa}: {hecho.stderr.strip()}")
