"""Figures for Prometheus, for whoever knows the key: what was answered, what waits, what failed.

Requests are counted in each web process and written to a file of its own beside the others, so that whichever process
is asked tells of all. Every series carries its process: a counter never goes back, and `sum(rate(…))` is exact.
"""

import os
import secrets
import socket
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import reloj
from portal.encargos.models import Encargo
from portal.encargos.reparto import modelos
from portal.mirada import sin_pared
from portal.permisos import publica

LIMITES = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends, in seconds, of the classes in which answers are counted by how long they took."""
CADA = 1.0
"""Seconds between two writings of a process's counters."""
OLVIDO = 900
"""Seconds after which a process that says nothing has ended, and its file goes."""
SIN_CONTAR = ("/salud/", "/metricas")


class Contadores:
    """What one process answered since it began."""

    def __init__(self) -> None:
        self._cerrojo = threading.Lock()
        self._nombre = f"{socket.gethostname()}-{os.getpid()}-{int(time.time())}"
        self._respuestas: Counter[tuple[str, int]] = Counter()
        self._clases = [0] * (len(LIMITES) + 1)
        self._segundos = 0.0
        self._escrito = 0.0

    def anotar(self, metodo: str, estado: int, segundos: float) -> None:
        with self._cerrojo:
            self._respuestas[metodo, estado] += 1
            self._clases[bisect_left(LIMITES, segundos)] += 1
            self._segundos += segundos

    def guardar(self) -> None:
        """Write them, at most once in `CADA`; a disk that is full costs figures and nothing else."""
        with self._cerrojo:
            if time.monotonic() - self._escrito < CADA:
                return
            self._escrito = time.monotonic()
            texto = "\n".join(self._lineas())
        try:
            _carpeta().mkdir(exist_ok=True)
            provisorio = _carpeta() / f"{self._nombre}.parte"
            provisorio.write_text(texto)
            provisorio.rename(_carpeta() / f"{self._nombre}.txt")
        except OSError:
            return

    def _lineas(self) -> Iterator[str]:
        yo = f'proceso="{self._nombre}"'
        for (metodo, estado), veces in sorted(self._respuestas.items()):
            yield f'ventanilla_peticiones_total{{{yo},metodo="{metodo}",estado="{estado}"}} {veces}'
        hasta = [*map(str, LIMITES), "+Inf"]
        for limite, veces in zip(hasta, accumulate(self._clases), strict=True):
            yield f'ventanilla_peticion_segundos_bucket{{{yo},le="{limite}"}} {veces}'
        yield f"ventanilla_peticion_segundos_sum{{{yo}}} {self._segundos:.6f}"
        yield f"ventanilla_peticion_segundos_count{{{yo}}} {sum(self._clases)}"


class MetricasMiddleware:
    """Counts every answer and how long it took; what machines ask of themselves is not counted."""

    METODOS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.contadores = Contadores()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inicio = time.perf_counter()
        respuesta = self.get_response(request)
        if not request.path.startswith(SIN_CONTAR):
            metodo = request.method if request.method in self.METODOS else "otro"
            self.contadores.anotar(str(metodo), respuesta.status_code, time.perf_counter() - inicio)
        if settings.CLAVE_METRICAS:
            self.contadores.guardar()
        return respuesta


@publica
@require_safe
@never_cache
def metricas(request: HttpRequest) -> HttpResponse:
    """Everything, in Prometheus's text format; nothing is here for who does not bring the key."""
    dada = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.CLAVE_METRICAS or not secrets.compare_digest(dada.encode(), settings.CLAVE_METRICAS.encode()):
        raise Http404
    lineas = [*_de_los_procesos(), *_de_la_base(), *_de_la_cola()]
    return HttpResponse("\n".join(lineas) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _carpeta() -> Path:
    return Path(settings.VAR_DIR, "metricas")


def _de_los_procesos() -> Iterator[str]:
    """What each web process wrote, the lines of one figure together as the format wants them."""
    lineas: list[str] = []
    for archivo in sorted(_carpeta().glob("*.txt")):
        try:
            if time.time() - archivo.stat().st_mtime > OLVIDO:
                archivo.unlink()
            else:
                lineas += archivo.read_text().splitlines()
        except OSError:  # another process tidied up first
            continue
    yield "# TYPE ventanilla_peticiones_total counter"
    yield from (linea for linea in lineas if linea.startswith("ventanilla_peticiones_total"))
    yield "# TYPE ventanilla_peticion_segundos histogram"
    yield from (linea for linea in lineas if linea.startswith("ventanilla_peticion_segundos"))


def _de_la_base() -> Iterator[str]:
    """How much work waits, since when, how much failed; who is connected."""
    try:
        with sin_pared():
            lineas = [*_encargos(), *_conexiones()]
    except DatabaseError:
        lineas = []
    yield "# TYPE ventanilla_base_responde gauge"
    yield f"ventanilla_base_responde {1 if lineas else 0}"
    yield from lineas


def _encargos() -> Iterator[str]:
    abiertos = [Encargo.Estado.PENDIENTE, Encargo.Estado.EN_CURSO, Encargo.Estado.FALLIDO]
    cuantos, edades = [], []
    for modelo in modelos():
        tipo = f'tipo="{modelo._meta.model_name}"'
        por_estado: dict[str, Any] = {
            fila["estado"]: fila
            for fila in modelo.todos()
            .filter(estado__in=abiertos)
            .order_by()
            .values("estado")
            .annotate(cuantos=Count("pk"), desde=Min("creado"))
        }
        for estado in abiertos:
            cantidad = por_estado[estado]["cuantos"] if estado in por_estado else 0
            cuantos.append(f'ventanilla_encargos{{{tipo},estado="{estado.value}"}} {cantidad}')
        desde = [por_estado[e]["desde"] for e in abiertos[:2] if e in por_estado]
        edad = (reloj.ahora() - min(desde)).total_seconds() if desde else 0
        edades.append(f"ventanilla_encargo_mas_antiguo_segundos{{{tipo}}} {edad:.0f}")
    yield "# TYPE ventanilla_encargos gauge"
    yield from cuantos
    yield "# TYPE ventanilla_encargo_mas_antiguo_segundos gauge"
    yield from edades


def _conexiones() -> Iterator[str]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'otra'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1 ORDER BY 1"
        )
        yield "# TYPE ventanilla_conexiones_base gauge"
        for estado, cuantas in cursor.fetchall():
            yield f'ventanilla_conexiones_base{{estado="{estado}"}} {cuantas}'


def _de_la_cola() -> Iterator[str]:
    """How many messages no worker has taken; only a Redis can be asked."""
    if not settings.CELERY_BROKER_URL.startswith(("redis", "unix")):
        return
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1, socket_connect_timeout=1) as cola:
            mensajes: Any = cola.llen("celery")
    except redis.RedisError:
        mensajes = None
    yield "# TYPE ventanilla_cola_responde gauge"
    yield f"ventanilla_cola_responde {0 if mensajes is None else 1}"
    if mensajes is not None:
        yield "# TYPE ventanilla_cola_mensajes gauge"
        yield f"ventanilla_cola_mensajes {mensajes}"
