"""Measures one way of making the sábana over the database of DATABASE_URL; prints seconds and peak MB as JSON.

A process for each way, so that each has a peak of its own. See `mide_sabana`.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from portal.cuentas.ambito import como, sin_ambito  # noqa: E402
from portal.cuentas.models import Perfil  # noqa: E402
from portal.informes import paquete  # noqa: E402
from portal.informes.models import Tramo  # noqa: E402
from solicitudes import sabana  # noqa: E402
from solicitudes.informes import SabanaSolicitudes  # noqa: E402
from solicitudes.models import Solicitud  # noqa: E402


class SinContar:
    def __call__(self, filas: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        return iter(filas)

    def sumar(self, filas: int) -> None:
        """Nobody looks."""


def _perfil() -> Perfil:
    return Perfil.objects.select_related("usuario").filter(tipo="sec")[0]


def _olvidar() -> None:
    Tramo.objects.all().delete()


def _tocar_una() -> None:
    """One request in the middle changes."""
    with sin_ambito():
        todas = Solicitud.objects.order_by("folio_numero")
        todas[todas.count() // 2].save()


def piso(destino: Path) -> None:
    """COPY of the same query to a file."""
    consulta = sabana._SQL.format(donde="1 = 1")
    with (
        destino.open("wb") as archivo,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({consulta}) TO STDOUT") as copia,
    ):
        archivo.writelines(copia)


def hacer(destino: Path, **parametros: str) -> None:
    perfil = _perfil()
    with como(perfil):
        SabanaSolicitudes().escribir(destino, perfil, parametros, SinContar())


def con_zlib(destino: Path) -> None:
    """Where isal is not built."""
    import zlib

    paquete.zlib, paquete.NIVEL = zlib, 1
    hacer(destino)


def par(destino: Path) -> None:
    """The same rows by openpyxl's write-only workbook."""
    perfil, libro = _perfil(), Workbook(write_only=True)
    hoja = libro.create_sheet()
    momentos = [clase is sabana.Clase.MOMENTO for clase in sabana.CLASES]
    with como(perfil):
        for fila in SabanaSolicitudes().filas(perfil, {}):
            hoja.append([sabana.momento(v) if m and v is not None else v for v, m in zip(fila, momentos, strict=True)])
    libro.save(destino)


MANERAS: dict[str, tuple[Callable[[], None], Callable[[Path], None]]] = {
    "piso": (lambda: None, piso),
    "de nuevo": (_olvidar, hacer),
    "de nuevo, con zlib": (_olvidar, con_zlib),
    "otra vez": (lambda: None, hacer),
    "otra vez, con un período cambiado": (_tocar_una, hacer),
    "CSV": (lambda: None, lambda destino: hacer(destino, formato="csv")),
    "par": (lambda: None, par),
}


def main(manera: str) -> None:
    preparar, medido = MANERAS[manera]
    preparar()
    with tempfile.TemporaryDirectory(prefix="ventanilla-bench-") as carpeta:
        antes = time.perf_counter()
        medido(Path(carpeta, "sabana"))
        tardo = time.perf_counter() - antes
    print(json.dumps({"s": tardo, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1])
