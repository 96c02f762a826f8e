"""A working day in small: people of each kind who look, think and file, in a closed loop against an own portal.

20 people for 30 s; `CARGA=200x600 make bench ARGS=carga` for 200 people and ten minutes. Between two pages each thinks
5 s on average, as people do. Only ever a portal of this machine that the measurement itself starts.
"""

import os
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.medida import Cifra, medida
from bench.servidor import Navegador, Solicitante, gunicorn, instalacion
from portal import muestras

MAXIMO_PERSONAS, MAXIMO_SEGUNDOS = 200, 900
PENSAR = 5.0
DE_SOLICITANTE = ("/", "/?estado=enviado", "/solicitudes/nuevo/", "/informes/")
DE_OFICINA = ("/solicitudes/", "/solicitudes/?estado=por_responder", "/solicitudes/?pagina=2", "/informes/")


@dataclass
class Resultado:
    """What all of them saw."""

    ingresos: list[float] = field(default_factory=list)
    paginas: list[float] = field(default_factory=list)
    envios: list[float] = field(default_factory=list)
    errores: list[str] = field(default_factory=list)


@medida("carga")
def carga() -> Iterator[Cifra]:
    """Pages, filings and sign-ins of many at once."""
    personas, segundos = _tamano(os.environ.get("CARGA", "20x30"))
    with instalacion() as entorno, gunicorn("portal.wsgi", entorno, "-c", "python:portal.gunicorn") as puerto:
        visto = _trabajar(puerto, personas, segundos)
    for error, veces in Counter(visto.errores).most_common(3):
        print(f"  {veces} × {error}")
    yield Cifra(f"carga: {personas} ingresos a la vez, el último", personas, max(visto.ingresos, default=0), "s")
    yield Cifra(f"carga: páginas en {segundos} s", len(visto.paginas), len(visto.paginas) / segundos, "por s")
    yield Cifra("carga: página, percentil 95", len(visto.paginas), _p95(visto.paginas), "ms")
    yield Cifra("carga: envío con dos archivos, percentil 95", len(visto.envios), _p95(visto.envios), "ms")
    yield Cifra("carga: errores", len(visto.paginas) + len(visto.envios), len(visto.errores), "")


def _tamano(texto: str) -> tuple[int, int]:
    """People and seconds from «20x30»."""
    partes = texto.split("x")
    if len(partes) != 2 or not all(parte.isascii() and parte.isdecimal() for parte in partes):
        raise SystemExit(f"CARGA debe ser como 20x30 (personas x segundos), no «{texto}».")
    personas, segundos = map(int, partes)
    if not (1 <= personas <= MAXIMO_PERSONAS and 1 <= segundos <= MAXIMO_SEGUNDOS):
        raise SystemExit(f"CARGA: hasta {MAXIMO_PERSONAS} personas y {MAXIMO_SEGUNDOS} segundos.")
    return personas, segundos


def _p95(tiempos: list[float]) -> float:
    return statistics.quantiles(tiempos, n=20)[18] if len(tiempos) > 1 else sum(tiempos)


def _trabajar(puerto: int, personas: int, segundos: int) -> Resultado:
    """All sign in at once; when the last is in, the day begins."""
    visto = Resultado()
    dentro = threading.Barrier(personas)
    hilos = [
        threading.Thread(target=_persona, args=(n, puerto, segundos, dentro, visto), daemon=True)
        for n in range(personas)
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return visto


def _persona(numero: int, puerto: int, segundos: int, dentro: threading.Barrier, visto: Resultado) -> None:
    azar = random.Random(numero)
    inicio = time.perf_counter()
    try:
        navegador = _entrar(numero, puerto)
        visto.ingresos.append(time.perf_counter() - inicio)
    except Exception as error:
        visto.errores.append(f"ingreso: {error!r}")
        dentro.abort()
        return
    try:
        dentro.wait(180)
    except threading.BrokenBarrierError:
        return
    navegador.conexion.close()  # the server keeps an idle one for 5 s: a browser opens another
    paginas = DE_SOLICITANTE if isinstance(navegador, Solicitante) else DE_OFICINA
    fin = time.monotonic() + segundos
    time.sleep(azar.uniform(0, PENSAR))
    while time.monotonic() < fin:
        envia = isinstance(navegador, Solicitante) and azar.random() < 0.2
        inicio = time.perf_counter()
        try:
            estado = _enviar(navegador) if envia else navegador.pedir("GET", azar.choice(paginas))[0]
        except Exception as error:
            visto.errores.append(repr(error))
            navegador.conexion.close()
            continue
        (visto.envios if envia else visto.paginas).append((time.perf_counter() - inicio) * 1000)
        if estado != (302 if envia else 200):
            visto.errores.append(f"{'envío' if envia else 'página'}: {estado}")
        navegador.conexion.close()
        time.sleep(azar.uniform(0.5, 1.5) * PENSAR)


def _entrar(numero: int, puerto: int) -> Navegador:
    """Seven of ten are applicants, two handle requests, one supervises."""
    from portal.cuentas.demo import CLAVE, CUENTAS
    from portal.cuentas.funciones import Funcion

    tipo = "solicitante" if numero % 10 < 7 else "distribuidora" if numero % 10 < 9 else "sec"
    cuentas = [
        c
        for c in CUENTAS
        if c.tipo == tipo and (tipo == "solicitante" or {Funcion.TRAMITADOR, Funcion.AUDITOR} & {*c.funciones})
    ]
    cuenta = cuentas[numero % len(cuentas)]
    if tipo == "solicitante":
        return Solicitante(puerto, cuenta.rut, CLAVE)
    navegador = Navegador(puerto)
    navegador.ingresar(tipo, cuenta.rut, CLAVE)
    return navegador


def _enviar(persona: Navegador) -> int:
    assert isinstance(persona, Solicitante)
    return persona.enviar(persona.formulario([muestras.pdf("Formulario"), muestras.pdf("Cédula")]))[0]
