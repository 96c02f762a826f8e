"""Several files as one zip, made while it is sent: stored, not deflated, since what is in it is deflated already."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from django.http import StreamingHttpResponse
from django.utils import timezone

from portal.adjuntos.models import Adjunto
from portal.adjuntos.reservados import anotar_descarga
from portal.adjuntos.views import cabeceras

_TROZO = 256 * 1024
_POR_ENTRADA = 30 + 16 + 46  # local header, data descriptor, line of the index; the name comes twice
_FINAL = 22


class _Salida:
    """What zipfile writes to: hands on, does not keep."""

    def __init__(self) -> None:
        self.trozos: list[bytes] = []

    def write(self, trozo: bytes) -> int:
        self.trozos.append(bytes(trozo))
        return len(trozo)

    def flush(self) -> None:
        """Nothing is held back."""

    def vaciar(self) -> Iterator[bytes]:
        trozos, self.trozos = self.trozos, []
        yield from trozos


def nombres_en_zip(adjuntos: Iterable[Adjunto]) -> list[str]:
    """Their names, each once: «cedula.jpg», «cedula (2).jpg»."""
    usados: set[str] = set()
    nombres = []
    for adjunto in adjuntos:
        ruta = PurePosixPath(adjunto.nombre)
        nombre, copia = adjunto.nombre, 1
        while nombre.casefold() in usados:
            copia += 1
            nombre = f"{ruta.stem} ({copia}){ruta.suffix}"
        usados.add(nombre.casefold())
        nombres.append(nombre)
    return nombres


def tamano_zip(adjuntos: Iterable[Adjunto]) -> int:
    """Bytes that `zip_de` will send, exactly."""
    adjuntos = list(adjuntos)
    nombres = nombres_en_zip(adjuntos)
    return _FINAL + sum(
        _POR_ENTRADA + 2 * len(nombre.encode()) + adjunto.bytes
        for nombre, adjunto in zip(nombres, adjuntos, strict=True)
    )


def zip_de(adjuntos: Iterable[Adjunto], nombre: str) -> StreamingHttpResponse:
    """The answer that sends `adjuntos` (those that whoever asks may read) as the zip `nombre`."""
    adjuntos = list(adjuntos)
    anotar_descarga(adjuntos)
    return StreamingHttpResponse(
        _escribir(adjuntos), headers=cabeceras(nombre, "application/zip", tamano_zip(adjuntos))
    )


def _escribir(adjuntos: Sequence[Adjunto]) -> Iterator[bytes]:
    salida = _Salida()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_STORED) as paquete:  # type: ignore[call-overload]
        for nombre, adjunto in zip(nombres_en_zip(adjuntos), adjuntos, strict=True):
            momento = timezone.localtime(adjunto.subido).timetuple()[:6]
            with adjunto.abrir() as origen, paquete.open(zipfile.ZipInfo(nombre, momento), "w") as destino:
                for trozo in origen.chunks(_TROZO):
                    destino.write(trozo)
                    yield from salida.vaciar()
    yield from salida.vaciar()
