"""Backup and restore, on a database of their own: SQLite always, PostgreSQL where the suite runs on it."""

import hashlib
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from portal.entorno import RAIZ

REGION = "from portal.territorio.models import Region as R; "
CASO = "from portal.cuentas.ambito import *\nfrom portal.documentos.models import Caso\nwith sin_ambito(): "


class Instalacion:
    """A portal with its own database and directory, worked by its commands."""

    def __init__(self, carpeta: Path, base: str) -> None:
        self.var = carpeta / "var"
        fuera = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
        self.entorno = {k: v for k, v in os.environ.items() if k not in fuera}
        self.entorno |= {"VAR_DIR": str(self.var), "DATABASE_URL": base}

    def manage(self, *orden: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *orden], cwd=RAIZ, env=self.entorno, capture_output=True, text=True
        )

    def consola(self, codigo: str) -> str:
        return self.manage("shell", "-v0", "-c", codigo).stdout.strip()

    def archivo(self, nombre: str, contenido: bytes) -> Path:
        ruta = self.var / "adjuntos" / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(contenido)
        return ruta


@pytest.fixture
def instalacion(tmp_path):
    base = settings.DATABASES["default"]
    if base["ENGINE"] != "django.db.backends.postgresql":
        yield _preparada(Instalacion(tmp_path, ""))
        return
    import psycopg

    servidor = {"host": base["HOST"], "port": base["PORT"] or 5432, "user": base["USER"], "password": base["PASSWORD"]}
    nombre = f"copias_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(**servidor, dbname="postgres", autocommit=True) as conexion:
        # Owner of the tables and no more, as in production: the wall between companies holds against it too.
        conexion.execute(f"CREATE ROLE {nombre} LOGIN PASSWORD '{nombre}'")
        conexion.execute(f"CREATE DATABASE {nombre} OWNER {nombre}")
        direccion = f"postgres://{nombre}:{nombre}@{base['HOST']}:{servidor['port']}/{nombre}"
        yield _preparada(Instalacion(tmp_path, direccion))
        conexion.execute(f"DROP DATABASE {nombre} WITH (FORCE)")
        conexion.execute(f"DROP ROLE {nombre}")


def _preparada(instalacion: Instalacion) -> Instalacion:
    assert instalacion.manage("migrate", "-v0").returncode == 0
    instalacion.consola(REGION + "R.objects.create(codigo='ZZ', nombre='Zeta', romano='Z', orden=99)")
    instalacion.consola(CASO + "Caso.objects.create(tipo='solicitudes.solicitud')")
    return instalacion


def test_what_was_lost_comes_back(instalacion, tmp_path):
    """X-03: rows and the hash of each file are equal afterwards; what was added meanwhile is gone."""
    contenido = os.urandom(200_000)
    instalacion.archivo("ab/cd/abcdef", contenido)
    copia = tmp_path / "respaldo.tar"
    hecho = instalacion.manage("respaldo", str(copia))
    assert hecho.returncode == 0, hecho.stderr
    assert hecho.stdout.endswith(" filas, 1 archivos.\n")
    assert copia.stat().st_mode & 0o077 == 0

    instalacion.consola(
        REGION + "R.objects.all().delete(); R.objects.create(codigo='YY', nombre='Y', romano='Y', orden=9)"
    )
    instalacion.consola(CASO + "Caso.objects.all().delete()")
    instalacion.archivo("ab/cd/abcdef", b"otra cosa")
    instalacion.archivo("nuevo", b"no estaba")

    hecho = instalacion.manage("restaurar", str(copia))
    assert hecho.returncode == 0, hecho.stderr
    assert instalacion.consola(REGION + "print(*R.objects.values_list('codigo', flat=True))") == "ZZ"
    assert instalacion.consola(CASO + "print(Caso.objects.count())") == "1"
    quedan = [ruta for ruta in (instalacion.var / "adjuntos").rglob("*") if ruta.is_file()]
    assert [hashlib.sha256(r.read_bytes()).digest() for r in quedan] == [hashlib.sha256(contenido).digest()]


def test_a_damaged_copy_touches_nothing(instalacion, tmp_path):
    """X-03: one byte of one file differs; the data stay as they were."""
    instalacion.archivo("ab/cd/abcdef", b"A" * 5000)
    copia = tmp_path / "respaldo.tar"
    instalacion.manage("respaldo", str(copia))
    datos = bytearray(copia.read_bytes())
    datos[datos.index(b"A" * 5000) + 100] = ord("B")
    copia.write_bytes(datos)

    for orden in (["restaurar", str(copia)], ["restaurar", "--verificar", str(copia)]):
        hecho = instalacion.manage(*orden)
        assert (hecho.returncode, hecho.stderr) == (1, "CommandError: La copia está dañada: adjuntos/ab/cd/abcdef.\n")
    assert instalacion.consola(REGION + "print(*R.objects.values_list('codigo', flat=True))") == "ZZ"


def test_a_copy_is_verified_without_touching_anything(instalacion, tmp_path):
    """X-03: `--verificar` reads it all, also over a base with data, and changes nothing."""
    archivo = instalacion.archivo("ab/cd/abcdef", b"A" * 5000)
    copia = tmp_path / "respaldo.tar"
    instalacion.manage("respaldo", str(copia))
    instalacion.consola("from portal.cuentas.models import Usuario as U; U.objects.create_user('12345678-5')")
    archivo.write_bytes(b"otra cosa")
    hecho = instalacion.manage("restaurar", "--verificar", str(copia))
    assert hecho.returncode == 0, hecho.stderr
    assert hecho.stdout.startswith("Verificado: ")
    assert archivo.read_bytes() == b"otra cosa"
    assert instalacion.consola("from portal.cuentas.models import Usuario as U; print(U.objects.count())") == "1"


def test_a_base_with_data_is_not_replaced_by_mistake(instalacion, tmp_path):
    """X-07: a destructive act asks first."""
    copia = tmp_path / "respaldo.tar"
    instalacion.manage("respaldo", str(copia))
    instalacion.consola("from portal.cuentas.models import Usuario as U; U.objects.create_user('12345678-5')")
    hecho = instalacion.manage("restaurar", str(copia))
    assert hecho.returncode == 1
    assert hecho.stderr.startswith("CommandError: Esta base tiene datos")
    assert instalacion.manage("restaurar", str(copia), "--reemplazar").returncode == 0
    assert instalacion.consola("from portal.cuentas.models import Usuario as U; print(U.objects.count())") == "0"


@pytest.mark.parametrize("nombre", ["", "no-existe.tar"])
def test_a_copy_that_is_not_there(nombre):
    """X-07: said in words."""
    hecho = subprocess.run([sys.executable, "manage.py", "restaurar", nombre], cwd=RAIZ, capture_output=True, text=True)
    assert hecho.returncode == 1
    assert hecho.stderr.startswith("CommandError: No existe el archivo")


def test_what_is_no_copy_is_refused(tmp_path):
    """X-07: any other file."""
    (tmp_path / "foto.tar").write_bytes(b"no soy un tar")
    entorno = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": ""}
    orden = [sys.executable, "manage.py", "restaurar", str(tmp_path / "foto.tar")]
    hecho = subprocess.run(orden, cwd=RAIZ, env=entorno, capture_output=True, text=True)
    assert hecho.returncode == 1
    assert "no es un respaldo de este portal" in hecho.stderr
