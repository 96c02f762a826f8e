"""Limits on attempts, counted in the database before the work they guard: exact under any concurrency (A-10).

An attempt takes its place first, under the row's lock, and says afterwards whether it was a success (which is free) or
not. Who finds all places taken by attempts still under way waits for them, so that fifty right passwords from one desk
all get in, and of fifty wrong ones only the allowed few are ever looked at.
"""

import hashlib
import ipaddress
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from portal import reloj
from portal.acceso.models import Limite

ESPERA = 10.0  # seconds that one waits for attempts under way
ABANDONO = 30.0  # seconds after which an attempt under way counts as failed: its process died


@dataclass(frozen=True)
class Tope:
    """At most `maximo` attempts of a subject within `ventana`."""

    nombre: str
    maximo: int
    ventana: timedelta

    def clave(self, sujeto: str) -> str:
        return hashlib.sha256(f"{self.nombre}:{sujeto}".encode()).hexdigest()


INGRESO_POR_CUENTA = Tope("ingreso-cuenta", 5, timedelta(minutes=30))
INGRESO_POR_NAVEGADOR = Tope("ingreso-navegador", 5, timedelta(minutes=30))
INGRESO_POR_DIRECCION = Tope("ingreso-direccion", 20, timedelta(hours=1))
CLAVE_ACTUAL = Tope("clave-actual", 5, timedelta(minutes=30))
REGISTRO_POR_DIRECCION = Tope("registro-direccion", 20, timedelta(hours=1))
REGISTRO_POR_CUENTA = Tope("registro-cuenta", 5, timedelta(hours=1))
CORREO_POR_DIRECCION = Tope("correo-direccion", 20, timedelta(hours=1))
CORREO_POR_CUENTA = Tope("correo-cuenta", 5, timedelta(hours=1))

type_sujetos = tuple[tuple[Tope, str], ...]


class Limitado(Exception):
    """Too many attempts; `hasta` is when the next one is possible."""

    def __init__(self, hasta: datetime) -> None:
        super().__init__(hasta)
        self.hasta = hasta


class Intento:
    """An attempt that holds its place; `perdonar()` gives it back."""

    def __init__(self) -> None:
        self.perdonado = False

    def perdonar(self) -> None:
        self.perdonado = True


@contextmanager
def intento(*sujetos: tuple[Tope, str]) -> Iterator[Intento]:
    """Inside the block the attempt is counted; raises Limitado, before anything is done, when there is no place."""
    numero = _apartar(sujetos)
    este = Intento()
    try:
        yield este
    finally:
        _resolver(sujetos, numero, perdonado=este.perdonado)


def red(direccion: str) -> str:
    """The subject behind an address: itself, or the /64 of an IPv6 one, which a single customer holds whole."""
    ip = ipaddress.ip_address(direccion)
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else direccion


def _bloquear(sujetos: type_sujetos) -> dict[Tope, Limite]:
    """The rows of `sujetos`, locked, in one order for all so that nobody waits in a circle."""
    ahora = reloj.ahora()
    por_clave = {tope.clave(sujeto): tope for tope, sujeto in sujetos}
    Limite.objects.bulk_create([Limite(clave=c, hasta=ahora) for c in sorted(por_clave)], ignore_conflicts=True)
    filas = Limite.objects.select_for_update().filter(clave__in=por_clave).order_by("clave")
    return {por_clave[fila.clave]: fila for fila in filas}


def _apartar(sujetos: type_sujetos) -> str:
    """Take a place under every subject, or none; its number."""
    numero = uuid.uuid4().hex
    paciencia = time.monotonic() + ESPERA
    while True:
        with transaction.atomic():
            ahora = reloj.ahora().timestamp()
            filas = _bloquear(sujetos)
            llenas = []
            for tope, fila in filas.items():
                desde = ahora - tope.ventana.total_seconds()
                fila.marcas = [m for m in fila.marcas if m[1] > desde]
                if len(fila.marcas) >= tope.maximo:
                    llenas.append((tope, fila.marcas))
            if not llenas:
                for tope, fila in filas.items():
                    fila.marcas.append([numero, ahora, True])
                    fila.hasta = reloj.ahora() + tope.ventana
                    fila.save()
                return numero
        if time.monotonic() > paciencia or not all(_por_decidir(t, marcas, ahora) for t, marcas in llenas):
            libre = max(marcas[-t.maximo][1] + t.ventana.total_seconds() for t, marcas in llenas)
            raise Limitado(datetime.fromtimestamp(libre, UTC))
        _esperar()


def _esperar() -> None:
    """A moment, without keeping a connection that whoever is under way may need; not the same moment for all."""
    if not connection.in_atomic_block:
        connection.close()
    time.sleep(random.uniform(0.05, 0.25))  # noqa: S311


def _por_decidir(tope: Tope, marcas: list, ahora: float) -> bool:
    """Whether a place may yet come free: some of those taken are still under way."""
    return sum(1 for _, cuando, en_curso in marcas if not en_curso or cuando < ahora - ABANDONO) < tope.maximo


@transaction.atomic
def _resolver(sujetos: type_sujetos, numero: str, *, perdonado: bool) -> None:
    for fila in _bloquear(sujetos).values():
        if perdonado:
            fila.marcas = [m for m in fila.marcas if m[0] != numero]
        else:
            fila.marcas = [[n, cuando, en_curso and n != numero] for n, cuando, en_curso in fila.marcas]
        fila.save(update_fields=["marcas"])
