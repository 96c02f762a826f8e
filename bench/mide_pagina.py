"""A signed-in page of the portal over HTTP, eight browsers at once, connections kept: pages a second.

Floor: an address of the same server without a query. Peer: gunicorn as it comes (sync workers, no kept connections).
"""

import statistics
import threading
import time
from collections.abc import Iterator

from bench.medida import Cifra, medida
from bench.servidor import Navegador, gunicorn, instalacion

SEGUNDOS = 6.0
NAVEGADORES = 8


@medida("pagina")
def pagina() -> Iterator[Cifra]:
    """The page of the four forms: session, person, profile, drafts."""
    with instalacion() as entorno:
        with gunicorn("portal.wsgi", entorno, "-c", "python:portal.gunicorn") as puerto:
            valor, p99 = _martillar(puerto, "/solicitudes/nuevo/")
            piso, _ = _martillar(puerto, "/salud/vivo")
        with gunicorn("portal.wsgi", entorno, "-k", "sync", "-w", "2") as puerto:
            par, p99_par = _martillar(puerto, "/solicitudes/nuevo/")
    yield Cifra("página con sesión", None, valor, "por s", floor=piso, peer=par)
    yield Cifra("página con sesión, percentil 99", None, p99, "ms", peer=p99_par)


def _martillar(puerto: int, ruta: str) -> tuple[float, float]:
    """Pages a second and the 99th percentile in ms."""
    from portal.cuentas.demo import CLAVE, CUENTAS

    tiempos: list[float] = []
    barrera = threading.Barrier(NAVEGADORES + 1)

    def pedir(cuenta) -> None:
        navegador = Navegador(puerto)
        navegador.ingresar("solicitante", cuenta.rut, CLAVE)
        barrera.wait()
        while time.monotonic() < fin:
            inicio = time.perf_counter()
            if navegador.pedir("GET", ruta)[0] != 200:
                raise RuntimeError(f"{ruta} no respondió")
            tiempos.append((time.perf_counter() - inicio) * 1000)

    solicitantes = [c for c in CUENTAS if c.tipo == "solicitante"]
    fin = float("inf")
    hilos = [
        threading.Thread(target=pedir, args=(solicitantes[n % len(solicitantes)],), daemon=True)
        for n in range(NAVEGADORES)
    ]
    for hilo in hilos:
        hilo.start()
    barrera.wait(120)
    fin = time.monotonic() + SEGUNDOS
    for hilo in hilos:
        hilo.join()
    return len(tiempos) / SEGUNDOS, statistics.quantiles(tiempos, n=100)[98]
