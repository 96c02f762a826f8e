"""`make test`: the whole suite on the embedded default, then on PostgreSQL + Redis; says which ran.

Its own PostgreSQL and Redis are started from Debian's packages where they are installed, in a directory that is thrown
away; otherwise those of this machine are used where they answer. Arguments are pytest's.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from servidores import postgres, redis

RAIZ = Path(__file__).resolve().parent.parent
SERVIDORES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
EN_CI = os.environ.get("CI", "").lower() in ("1", "true")


def main(argumentos: list[str]) -> int:
    resumen: list[tuple[str, str]] = []
    fallos = 0
    navegador = preparar_navegador()
    if not navegador:
        gritar("NO HAY NAVEGADOR: las pruebas de navegador no se corren. Instálalo con: sudo apt-get install chromium")
        resumen.append(("navegador", "NO SE PROBÓ: falta Chromium"))
        argumentos = [*argumentos, "-m", "not navegador"]
        fallos += EN_CI
    limpio = {k: v for k, v in os.environ.items() if k not in SERVIDORES}

    codigo, duro = pytest(argumentos, limpio)
    fallos += codigo != 0
    resumen.append(("SQLite, sin servidores", f"{'bien' if codigo == 0 else 'FALLA'} ({duro:.0f} s)"))

    with contextlib.ExitStack() as pila:
        temporal = pila.enter_context(tempfile.TemporaryDirectory(prefix="ventanilla-pg-"))
        base, motivo_base = pila.enter_context(postgres(Path(temporal)))
        cola, motivo_cola = pila.enter_context(redis(Path(temporal)))
        if base and cola:
            codigo, duro = pytest(argumentos, {**limpio, "DATABASE_URL": base, "REDIS_URL": cola})
            fallos += codigo != 0
            resumen.append((f"{motivo_base} + {motivo_cola}", f"{'bien' if codigo == 0 else 'FALLA'} ({duro:.0f} s)"))
        else:
            faltan = [m for url, m in ((base, motivo_base), (cola, motivo_cola)) if not url]
            gritar(f"NO SE PROBÓ EN POSTGRESQL + REDIS: {'; '.join(faltan)}")
            resumen.append(("PostgreSQL + Redis", f"NO SE PROBÓ: {'; '.join(faltan)}"))

    print("\nmake test:")
    for que, como in resumen:
        print(f"  {que:<40} {como}")
    return 1 if fallos else 0


def gritar(texto: str) -> None:
    print(f"\n{'!' * 100}\n{texto}\n{'!' * 100}\n", flush=True)


def pytest(argumentos: list[str], entorno: dict[str, str]) -> tuple[int, float]:
    """Exit code and seconds of one run; few processes, so that a small machine is not drowned."""
    inicio = time.monotonic()
    procesos = str(max(1, min(4, os.cpu_count() or 1)))
    orden = [sys.executable, "-m", "pytest", "-n", procesos, *argumentos]
    with tempfile.TemporaryDirectory(prefix="ventanilla-var-") as var:
        entorno = {**entorno, "VAR_DIR": var, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        codigo = subprocess.run(orden, cwd=RAIZ, env=entorno, stdin=subprocess.DEVNULL).returncode  # noqa: S603
    return codigo, time.monotonic() - inicio


# --- the browser ----------------------------------------------------------------------------------------------------
def hay_navegador() -> bool:
    if shutil.which("chromium"):
        return True
    carpetas = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return any(carpetas.glob("chromium*/*/*chrom*")) or any(carpetas.glob("chromium*/*/headless_shell"))


def preparar_navegador() -> bool:
    """Whether there is a Chromium, after trying to install one: Debian's as root, else Playwright's."""
    if hay_navegador():
        return True
    print("Instalando Chromium para las pruebas de navegador…", flush=True)
    intentos = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60"]
        intentos = [
            [*apt, "update"],
            [*apt, "install", "-y", "--no-install-recommends", "chromium", "libpango-1.0-0", "libpangoft2-1.0-0"],
            *intentos,
        ]
    for orden in intentos:
        if hay_navegador():
            break
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            entorno = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(orden, env=entorno, stdin=subprocess.DEVNULL, timeout=600)  # noqa: S603
    return hay_navegador()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
