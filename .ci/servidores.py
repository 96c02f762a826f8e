"""A PostgreSQL and a Redis of one's own, from Debian's packages, in a directory that is thrown away.

`make test` runs the suite on them; the fault tests also kill them and start them again.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path


def puerto_libre() -> int:
    with socket.socket() as puerta:
        puerta.bind(("127.0.0.1", 0))
        return puerta.getsockname()[1]


def responde(puerto: int) -> bool:
    with socket.socket() as puerta:
        puerta.settimeout(1)
        return puerta.connect_ex(("127.0.0.1", puerto)) == 0


def esperar(puerto: int) -> bool:
    for _ in range(100):
        if responde(puerto):
            return True
        time.sleep(0.1)
    return False


class NoEmpieza(Exception):
    """The server is not installed or does not start; the text says why."""


class Postgres:
    """Its data stay in `carpeta`; `duradero`: what it committed outlives its own death, at the price of speed."""

    def __init__(self, carpeta: Path, *, duradero: bool = False) -> None:
        programas = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
        if not programas:
            raise NoEmpieza("no hay PostgreSQL (sudo apt-get install postgresql)")
        self.pg_ctl, self.carpeta, self.puerto = programas[-1], carpeta, puerto_libre()
        self.nombre = f"PostgreSQL {self.pg_ctl.parts[-3]}"
        self.datos = carpeta / "datos"
        # PostgreSQL refuses to run as root: the packages' own user takes over.
        self._como = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._como:
            shutil.chown(carpeta, "postgres")
        opciones = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(carpeta),
            "max_connections": "200",
            "fsync": "off",  # the machine itself is not switched off
            "full_page_writes": "off",
            "synchronous_commit": "on" if duradero else "off",
        }
        self._opciones = f"-p {self.puerto} " + " ".join(f"-c {n}={v}" for n, v in opciones.items())
        self._ordenar("initdb", "-o", "-A trust -U postgres -E UTF8 --locale=C.UTF-8")

    def direccion(self, base: str = "ventanilla") -> str:
        return f"postgres://postgres@127.0.0.1:{self.puerto}/{base}"

    def empezar(self) -> None:
        self._ordenar("start", "-w", "-l", str(self.carpeta / "registro"), "-o", self._opciones)

    def parar(self) -> None:
        with contextlib.suppress(NoEmpieza):  # it may be dead already
            self._ordenar("stop", "-m", "immediate")

    def matar(self) -> None:
        """SIGKILL to the server and each of its processes, as when the machine runs out of memory."""
        padre = int((self.datos / "postmaster.pid").read_text().split()[0])
        hijos = [int(h) for h in Path(f"/proc/{padre}/task/{padre}/children").read_text().split()]
        for proceso in (padre, *hijos):
            with contextlib.suppress(ProcessLookupError):
                os.kill(proceso, signal.SIGKILL)
        while any(_vive(proceso) for proceso in (padre, *hijos)):
            time.sleep(0.05)
        # Where nobody collects the dead, their numbers stay taken, and the lock files seem to be held.
        for cerrojo in (self.datos / "postmaster.pid", self.carpeta / f".s.PGSQL.{self.puerto}.lock"):
            cerrojo.unlink(missing_ok=True)

    def _ordenar(self, verbo: str, *opciones: str) -> None:
        orden = [*self._como, str(self.pg_ctl), verbo, "-s", "-D", str(self.datos), *opciones]
        hecho = subprocess.run(orden, cwd="/", capture_output=True, text=True)  # noqa: S603
        if hecho.returncode:
            raise NoEmpieza(f"PostgreSQL no empieza: {hecho.stderr.strip()[-300:]}")


class Redis:
    """Keeps what it acknowledged in an append-only file when `duradero`, and nothing otherwise."""

    def __init__(self, carpeta: Path, *, duradero: bool = False) -> None:
        programa = shutil.which("redis-server")
        if not programa:
            raise NoEmpieza("no hay Redis (sudo apt-get install redis-server)")
        self.puerto = puerto_libre()
        guardar = ["--appendonly", "yes"] if duradero else ["--save", ""]
        lugar = ["--port", str(self.puerto), "--bind", "127.0.0.1", "--dir", str(carpeta)]
        self._orden = [programa, *lugar, *guardar]
        self._proceso: subprocess.Popen[bytes] | None = None

    @property
    def direccion(self) -> str:
        return f"redis://127.0.0.1:{self.puerto}/0"

    def empezar(self) -> None:
        self._proceso = subprocess.Popen(  # noqa: S603
            self._orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if not esperar(self.puerto):
            raise NoEmpieza("Redis no empieza")

    def parar(self) -> None:
        if self._proceso:
            self._proceso.terminate()
            self._proceso.wait(10)

    def matar(self) -> None:
        if self._proceso:
            self._proceso.kill()
            self._proceso.wait(10)


@contextlib.contextmanager
def postgres(carpeta: Path) -> Iterator[tuple[str, str]]:
    """Address of a PostgreSQL and its name for the summary; an empty address and the reason when there is none."""
    try:
        servidor = Postgres(carpeta)
        servidor.empezar()
    except NoEmpieza as motivo:
        yield en_la_maquina() if "no hay" in str(motivo) else ("", str(motivo))
        return
    try:
        yield servidor.direccion(), servidor.nombre
    finally:
        servidor.parar()


def en_la_maquina() -> tuple[str, str]:
    """A PostgreSQL that answers here without a password, or at PRUEBA_DATABASE_URL."""
    import psycopg

    direccion = os.environ.get("PRUEBA_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    try:
        with psycopg.connect(direccion, connect_timeout=3):
            # A name of its own: two runs at once do not share their test database.
            return f"{direccion.rsplit('/', 1)[0]}/ventanilla_{os.getpid()}", "PostgreSQL de esta máquina"
    except psycopg.OperationalError:
        return "", "no hay PostgreSQL (sudo apt-get install postgresql)"


@contextlib.contextmanager
def redis(carpeta: Path) -> Iterator[tuple[str, str]]:
    """Address of a Redis and its name for the summary; an empty address and the reason when there is none."""
    try:
        servidor = Redis(carpeta)
        servidor.empezar()
    except NoEmpieza as motivo:
        if "no hay" in str(motivo) and responde(6379):
            yield "redis://127.0.0.1:6379/15", "Redis de esta máquina"
        else:
            yield "", str(motivo)
        return
    try:
        yield servidor.direccion, "Redis"
    finally:
        servidor.parar()


def _vive(proceso: int) -> bool:
    """Whether it still runs; a zombie that nobody collects does not."""
    try:
        return Path(f"/proc/{proceso}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
