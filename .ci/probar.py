"""`make test`: the whole suite on the embedded default, then on PostgreSQL + Redis; says which ran.

Its own PostgreSQL and Redis are started from Debian's packages where they are installed, in a directory that is thrown
away; otherwise those of this machine are used where they answer. Arguments are pytest's.

A browser on a busy machine can be late for reasons that are not ours: up to three failed browser tests are run once
more, alone, and where they pass then, the summary names them as unstable. No other test has a second chance. In CI a
machine on which all this would take too long leaves the browser tests out of the second run, and says so.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from ctypes.util import find_library
from pathlib import Path

from servidores import postgres, redis

RAIZ = Path(__file__).resolve().parent.parent
SERVIDORES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
DE_NAVEGADOR, SEGUNDAS = "tests/navegador/", 3
LENTA = 25 * 60  # seconds of the first run from which on CI's time is too short for the browser tests in the second
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

    def correr(donde: str, entorno: dict[str, str], *mas: str) -> float:
        nonlocal fallos
        inicio = time.monotonic()
        bien, inestables = pytest([*argumentos, *mas], entorno)
        segundos = time.monotonic() - inicio
        fallos += not bien
        resumen.append((donde, f"{'bien' if bien else 'FALLA'} ({segundos:.0f} s)"))
        resumen.extend(("  INESTABLE, pasó la segunda vez", prueba) for prueba in inestables)
        return segundos

    lenta = correr("SQLite, sin servidores", limpio) > LENTA and EN_CI

    with contextlib.ExitStack() as pila:
        temporal = pila.enter_context(tempfile.TemporaryDirectory(prefix="ventanilla-pg-"))
        base, motivo_base = pila.enter_context(postgres(Path(temporal)))
        cola, motivo_cola = pila.enter_context(redis(Path(temporal)))
        if base and cola:
            sin_navegador = ["-m", "not navegador"] if lenta else []
            correr(
                f"{motivo_base} + {motivo_cola}", {**limpio, "DATABASE_URL": base, "REDIS_URL": cola}, *sin_navegador
            )
            if lenta:
                gritar(f"MÁQUINA LENTA: en {motivo_base} no se corrieron las pruebas de navegador")
                resumen.append(("navegador", f"NO SE PROBÓ en {motivo_base}: la máquina es lenta"))
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


def pytest(argumentos: list[str], entorno: dict[str, str]) -> tuple[bool, list[str]]:
    """Whether the suite passed, and which browser tests only did so alone; few processes for a small machine."""
    procesos = str(max(1, min(4, os.cpu_count() or 1)))
    with tempfile.TemporaryDirectory(prefix="ventanilla-var-") as var:
        entorno = {**entorno, "VAR_DIR": var, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}

        def vez(*orden: str) -> int:
            entera = [sys.executable, "-m", "pytest", "-o", f"cache_dir={var}/pytest", *orden]
            return subprocess.run(entera, cwd=RAIZ, env=entorno, stdin=subprocess.DEVNULL).returncode  # noqa: S603

        if vez("-n", procesos, "--dist", "worksteal", *argumentos) == 0:
            return True, []
        caidas = Path(var, "pytest/v/cache/lastfailed")
        pruebas = sorted(json.loads(caidas.read_text())) if caidas.exists() else []
        if not 0 < len(pruebas) <= SEGUNDAS or not all(p.startswith(DE_NAVEGADOR) for p in pruebas):
            return False, []
        gritar(f"Otra vez, a solas: {', '.join(pruebas)}")
        bien = vez("-n", "0", *pruebas) == 0
        return bien, pruebas if bien else []


# --- the browser, and what prints -----------------------------------------------------------------------------------
IMPRENTA = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


def hay_navegador() -> bool:
    if shutil.which("chromium"):
        return True
    carpetas = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return any(carpetas.glob("chromium*/*/*chrom*")) or any(carpetas.glob("chromium*/*/headless_shell"))


def preparar_navegador() -> bool:
    """Whether there is a Chromium, after trying to install it (Debian's as root, else Playwright's) and Pango."""
    faltan = [paquete for nombre, paquete in IMPRENTA.items() if not find_library(nombre)]
    faltan += [] if hay_navegador() else ["chromium"]
    if faltan and os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=60"]
        instalar([*apt, "update"])
        instalar([*apt, "install", "-y", "--no-install-recommends", *faltan])
    if not hay_navegador():
        instalar([sys.executable, "-m", "playwright", "install", "chromium"])
    return hay_navegador()


def instalar(orden: list[str]) -> None:
    print(f"{' '.join(orden)}…", flush=True)
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        entorno = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(orden, env=entorno, stdin=subprocess.DEVNULL, timeout=600)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
