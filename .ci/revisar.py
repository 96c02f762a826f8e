"""`make check`: everything that can be judged without running the tests. Goes on after a failure, and sums up."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PAQUETES = ["portal", "pagos", "solicitudes", "gestiones", "inoperatividad", "reclamos"]


def pasos(var: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Command and extra environment of each step, by its name."""
    aparte = {"VAR_DIR": var}
    produccion = {
        **aparte,
        "ENTORNO": "produccion",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CLAVE_DE_HISTORIAL": secrets.token_urlsafe(50),
        "CIFRADO_LLAVES": f"a:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "DATABASE_URL": "postgres://ventanilla@localhost/ventanilla",
        "ALLOWED_HOSTS": "tramites.example",
        "DIRECCION_PUBLICA": "https://tramites.example",
        "EMAIL_URL": "smtp://localhost",
        "PROXIES_DE_CONFIANZA": "1",
    }
    return {
        "formato": ([f"{BIN}/ruff", "format", "--check", "--quiet", "."], {}),
        "estilo": ([f"{BIN}/ruff", "check", "--quiet", "."], {}),
        "tipos": ([f"{BIN}/mypy"], aparte),
        "capas": ([f"{BIN}/lint-imports", "--no-cache"], aparte),
        "migraciones": ([*MANAGE, "makemigrations", "--check", "--dry-run"], aparte),
        "diagramas": ([*MANAGE, "diagramas", "--check"], aparte),
        "configuración": ([*MANAGE, "configuracion", "--check"], {}),
        "plantillas": ([f"{BIN}/djlint", "--lint", "--quiet", "templates"], {}),
        "seguridad": ([f"{BIN}/bandit", "--quiet", "-ll", "-c", "pyproject.toml", "-r", *PAQUETES], {}),
        "producción": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], produccion),
        "candado": ([sys.executable, ".ci/candado.py", "--check"], {}),
    }


def main() -> int:
    fallidos = []
    with tempfile.TemporaryDirectory(prefix="ventanilla-") as var:
        for nombre, (orden, extra) in pasos(var).items():
            inicio = time.monotonic()
            hecho = subprocess.run(  # noqa: S603
                orden, cwd=RAIZ, env={**os.environ, **extra}, capture_output=True, text=True, stdin=subprocess.DEVNULL
            )
            marca = "bien" if hecho.returncode == 0 else "FALLA"
            print(f"{nombre:<14} {marca:<5} {time.monotonic() - inicio:5.1f} s", flush=True)
            if hecho.returncode:
                fallidos.append(nombre)
            if hecho.returncode or "ATENCIÓN" in hecho.stderr:
                print((hecho.stdout + hecho.stderr).rstrip(), flush=True)
    print(f"make check: fallan {', '.join(fallidos)}" if fallidos else "make check: todo en orden")
    return 1 if fallidos else 0


if __name__ == "__main__":
    sys.exit(main())
