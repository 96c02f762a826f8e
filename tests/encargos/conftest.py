"""An installation of its own: other processes work on the rows that the test wrote."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as ajustes
from django.db import connection


@pytest.fixture
def entorno(transactional_db, tmp_path) -> Callable[..., dict[str, str]]:
    """Environment for processes that share the test's database (a copy of it on SQLite, from that moment on)."""

    def _entorno(**variables: str) -> dict[str, str]:
        var = tmp_path / "var"
        var.mkdir(exist_ok=True)
        base = connection.settings_dict
        if connection.vendor == "sqlite":
            ruta = var / "ventanilla.sqlite3"
            destino = sqlite3.connect(ruta)
            connection.ensure_connection()
            connection.connection.backup(destino)
            destino.close()
            direccion = f"sqlite:///{ruta}"
        else:
            quien = f"{base['USER']}:{base['PASSWORD']}@" if base["PASSWORD"] else f"{base['USER']}@"
            direccion = f"postgres://{quien}{base['HOST']}:{base['PORT'] or 5432}/{base['NAME']}"
        limpio = {k: v for k, v in os.environ.items() if k not in ("REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL")}
        return limpio | {"VAR_DIR": str(var), "DATABASE_URL": direccion, "NIVEL_DE_REGISTRO": "ERROR"} | variables

    return _entorno


@pytest.fixture
def ejecutar() -> Callable[[str, dict[str, str]], str]:
    """Run lines of Python in another process of the portal; what it printed."""

    def _ejecutar(lineas: str, entorno: dict[str, str]) -> str:
        programa = f"import django; django.setup()\n{lineas}"
        hecho = subprocess.run(
            [sys.executable, "-c", programa],
            env=entorno | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=Path(ajustes.BASE_DIR),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert hecho.returncode == 0, hecho.stderr
        return hecho.stdout.strip()

    return _ejecutar
