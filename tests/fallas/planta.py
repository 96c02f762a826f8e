"""The whole portal as an installation runs it, in plain processes that can be killed one by one."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from servidores import Postgres, Redis, esperar, puerto_libre

from bench.servidor import CUENTAS as SEMBRAR_CUENTAS
from bench.servidor import Solicitante
from portal import muestras
from portal.cuentas.demo import CLAVE, CUENTAS
from portal.procesos import morir_con_el_padre
from tests.fallas.correo import Correo
from tests.fallas.puerta import Puerta

RAIZ = Path(__file__).resolve().parents[2]
RUTS = [cuenta.rut for cuenta in CUENTAS if cuenta.tipo == "solicitante"]
CIFRAS: list[str] = []
"""What was measured on the way, for the summary."""
DOCUMENTOS = [muestras.pdf(nombre) for nombre in ("Formulario", "Cédula")]


def esperar_a(que: str, condicion: Callable[[], Any], segundos: float = 60) -> Any:
    """What `condicion` gives as soon as it gives something."""
    limite = time.monotonic() + segundos
    while not (hallado := condicion()):
        assert time.monotonic() < limite, f"no llegó en {segundos:.0f} s: {que}"
        time.sleep(0.1)
    return hallado


@dataclass
class Envio:
    """One filing as its applicant saw it: `estado` is the answer's status, 0 when none came; `inicio` is monotonic."""

    clave: uuid.UUID
    inicio: float
    estado: int
    segundos: float


class Planta:
    """PostgreSQL, Redis behind a door, a mail server, gunicorn, a worker and the scheduler."""

    def __init__(self, carpeta: Path) -> None:
        for nombre in ("pg", "redis", "var"):
            (carpeta / nombre).mkdir()
        carpeta.chmod(0o755)  # PostgreSQL runs as a user of its own
        self.carpeta, self.var = carpeta, carpeta / "var"
        self.postgres = Postgres(carpeta / "pg", duradero=True)
        self.redis = Redis(carpeta / "redis", duradero=True)
        self.puerta_redis = Puerta(self.redis.puerto)
        self.correo = Correo()
        self.puerto = puerto_libre()
        self.procesos: dict[str, subprocess.Popen[bytes]] = {}
        propio = {
            "ENTORNO": "desarrollo",
            "VAR_DIR": str(self.var),
            "PORT": str(self.puerto),
            "DATABASE_URL": self.postgres.direccion("postgres"),
            "REDIS_URL": f"redis://127.0.0.1:{self.puerta_redis.puerto}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.correo.puerto}",
            "NIVEL_DE_REGISTRO": "WARNING",
        }
        self.entorno = {k: v for k, v in os.environ.items() if k != "CELERY_BROKER_URL"} | propio

    # --- processes --------------------------------------------------------------------------------------------------
    def levantar(self) -> None:
        self.postgres.empezar()
        self.redis.empezar()
        self.puerta_redis.empezar()
        self.correo.empezar()
        for orden in (["migrate", "-v0"], ["createcachetable"], ["cargar_datos"], ["shell", "-c", SEMBRAR_CUENTAS]):
            self.manage(*orden)
        for nombre in ("web", "tareas", "agenda"):
            self.empezar(nombre)

    def manage(self, *orden: str) -> str:
        """What the command says."""
        hecho = subprocess.run(
            [sys.executable, "manage.py", *orden], cwd=RAIZ, env=self.entorno, capture_output=True, text=True
        )
        assert hecho.returncode == 0, hecho.stderr
        return hecho.stdout

    def empezar(self, nombre: str, **entorno: str) -> None:
        """Start `web`, `tareas` or `agenda`, with more environment if a test wants it."""
        celery = ["celery", "-A", "portal", "--quiet"]
        ordenes = {
            "web": ["gunicorn", "-c", "portal/gunicorn.py", "portal.wsgi"],
            "tareas": [*celery, "worker", "--concurrency", "2", "--loglevel", "warning", "--without-mingle"],
            "agenda": [*celery, "beat", "--loglevel", "warning", "--pidfile", ""],
        }
        with (self.carpeta / f"{nombre}.log").open("ab") as registro:
            self.procesos[nombre] = subprocess.Popen(
                [sys.executable, "-m", *ordenes[nombre]],
                cwd=RAIZ,
                env={**self.entorno, "PYTHONWARNINGS": "ignore", **entorno},
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=morir_con_el_padre,
            )
        if nombre == "web":
            assert esperar(self.puerto), self.registro("web")

    def matar(self, nombre: str) -> None:
        """SIGKILL to the process and all its children at once."""
        proceso = self.procesos.pop(nombre)
        with suppress(ProcessLookupError):
            os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait(10)

    def parar(self, nombre: str) -> None:
        """End it gently."""
        proceso = self.procesos.pop(nombre)
        proceso.terminate()
        with suppress(subprocess.TimeoutExpired):
            proceso.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(proceso.pid, signal.SIGKILL)
        proceso.wait(10)

    def matar_un_hijo(self, nombre: str) -> None:
        """SIGKILL to one of the processes that serve, not to the one that watches over them."""
        padre = self.procesos[nombre].pid
        hijos = Path(f"/proc/{padre}/task/{padre}/children").read_text().split()
        if hijos:
            with suppress(ProcessLookupError):
                os.kill(int(hijos[0]), signal.SIGKILL)

    def limitar_disco(self, bytes_por_archivo: int | None) -> None:
        """No file that the web processes write may grow beyond this: their disk is as good as full. None lifts it."""
        maximo = resource.RLIM_INFINITY if bytes_por_archivo is None else bytes_por_archivo
        padre = self.procesos["web"].pid
        for hijo in Path(f"/proc/{padre}/task/{padre}/children").read_text().split():
            resource.prlimit(int(hijo), resource.RLIMIT_FSIZE, (maximo, resource.RLIM_INFINITY))

    def registro(self, nombre: str) -> str:
        """The end of what it said."""
        return (self.carpeta / f"{nombre}.log").read_text(errors="replace")[-6000:]

    def cerrar(self) -> None:
        for nombre in list(self.procesos):
            self.matar(nombre)
        self.correo.terminar()
        self.puerta_redis.terminar()
        self.redis.parar()
        self.postgres.parar()

    # --- what is in the database ------------------------------------------------------------------------------------
    def filas(self, consulta: str, *valores: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.postgres.direccion("postgres"), autocommit=True) as conexion:
            cursor = conexion.execute(consulta, valores)
            return cursor.fetchall() if cursor.description else []

    def presentadas(self) -> dict[uuid.UUID, str]:
        """Folio by the key of the form's page."""
        return dict(self.filas("SELECT clave, numero FROM documentos_caso WHERE numero IS NOT NULL"))

    def avisos_por(self, estado: str) -> int:
        return int(self.filas("SELECT count(*) FROM avisos_aviso WHERE estado = %s", estado)[0][0])

    def abiertos(self) -> int:
        """Notices that have still to leave."""
        return self.avisos_por("pendiente") + self.avisos_por("en_curso")

    def envejecer(self) -> None:
        """As if the minutes had passed after which a dead holder's lease lapses and a lost message is sent again."""
        for tabla in ("avisos_aviso", "informes_informe"):
            self.filas(
                f"UPDATE {tabla} SET repartido = NULL, proximo = now(), arrendado_hasta = now() - interval '1 second'"  # noqa: S608
                " WHERE estado IN ('pendiente', 'en_curso')"
            )

    @contextmanager
    def deteniendo(self, tabla: str, clave: str) -> Iterator[None]:
        """Nobody else writes that row while the block lasts; who waits for it when it ends never does."""
        with psycopg.connect(self.postgres.direccion("postgres")) as freno:
            freno.execute(f"SELECT 1 FROM {tabla} WHERE id = %s FOR UPDATE", [clave])  # type: ignore[arg-type]  # noqa: S608
            yield
            self.filas("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")

    def sembrar_avisos(self, cuantos: int, *, para: str = "rosa@correo.example") -> None:
        """Notices as the actions write them, waiting for the sweep."""
        self.filas(
            "INSERT INTO avisos_aviso (estado, intentos, proximo, creado, error, plantilla, para, asunto, texto, html)"
            " SELECT 'pendiente', 0, now(), now(), '', 'prueba', %s, 'Aviso ' || n, 'Hola', '<p>Hola</p>'"
            " FROM generate_series(1, %s) n",
            para,
            cuantos,
        )

    def vaciar_avisos(self) -> None:
        """A clean outbox for a test that counts mails."""
        self.filas("DELETE FROM avisos_aviso_adjuntos")
        self.filas("DELETE FROM avisos_aviso")
        self.correo.recibidos.clear()

    # --- what people do ---------------------------------------------------------------------------------------------
    def solicitante(self, numero: int = 0) -> Solicitante:
        return Solicitante(self.puerto, RUTS[numero % len(RUTS)], CLAVE)

    def sin_numero(self) -> list[tuple[Any, ...]]:
        """Cases and files that hang on no filed request and no draft."""
        return self.filas(
            "SELECT c.id FROM documentos_caso c LEFT JOIN solicitudes_borrador b ON b.caso_id = c.id"
            " WHERE c.numero IS NULL AND b.caso_id IS NULL"
        )

    def enviar(self, quien: Solicitante, clave: uuid.UUID | None = None) -> Envio:
        """File once; whatever breaks on the way is an answer that did not come."""
        clave, inicio = clave or uuid.uuid4(), time.monotonic()
        try:
            estado = quien.enviar(quien.formulario(DOCUMENTOS), clave)[0]
        except (OSError, Exception) as error:  # http.client has a dozen ways to say that nobody answered
            if not isinstance(error, OSError) and type(error).__module__ != "http.client":
                raise
            quien.conexion.close()
            estado = 0
        return Envio(clave, inicio, estado, time.monotonic() - inicio)

    @contextmanager
    def enviando(self, personas: int = 4) -> Iterator[list[Envio]]:
        """While the block lasts, that many people file one form after another; the list grows with what they saw."""
        envios: list[Envio] = []
        quienes = [self.solicitante(n) for n in range(personas)]
        fin = threading.Event()

        def insistir(quien: Solicitante) -> None:
            while not fin.is_set():
                envios.append(self.enviar(quien))
                if envios[-1].estado != 302:
                    time.sleep(0.1)

        with ThreadPoolExecutor(personas) as hilos:
            futuros = [hilos.submit(insistir, quien) for quien in quienes]
            try:
                yield envios
            finally:
                fin.set()
            for futuro in futuros:
                futuro.result(60)
