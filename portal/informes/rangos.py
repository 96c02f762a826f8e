"""Sending a private file so that a broken download can go on where it stopped (RFC 9110, one range)."""

import re

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

_RANGO = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def enviar(
    request: HttpRequest, archivo: File, *, nombre: str, tipo: str, largo: int, etiqueta: str
) -> HttpResponseBase:
    """`archivo` (`largo` bytes) as an attachment; the part that `Range` asks for, 416 when there is no such part.

    `etiqueta` names this very content: `If-Range` with another one gets the whole file.
    """
    etag = f'"{etiqueta}"'
    desde, hasta, estado = 0, largo - 1, 200
    pedido = _RANGO.fullmatch(request.headers.get("Range", "").strip())
    if pedido and any(pedido.groups()) and request.headers.get("If-Range", etag) == etag:
        tramo = _tramo(*pedido.groups(), largo=largo)
        if tramo is None:
            archivo.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{largo}", "Accept-Ranges": "bytes"})
        (desde, hasta), estado = tramo, 206
    respuesta = _Respuesta(_Tramo(archivo, desde, hasta) if estado == 206 else archivo, status=estado)
    if estado == 206:
        respuesta["Content-Range"] = f"bytes {desde}-{hasta}/{largo}"
    respuesta["Content-Length"] = str(hasta - desde + 1)
    respuesta["Content-Type"] = tipo
    respuesta["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=nombre)
    respuesta["Accept-Ranges"] = "bytes"
    respuesta["ETag"] = etag
    respuesta["Cache-Control"] = "private, no-store"
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta


class _Respuesta(FileResponse):
    block_size = 64 * 1024


class _Tramo:
    """Bytes `desde` to `hasta` of a file, as a file."""

    def __init__(self, archivo: File, desde: int, hasta: int) -> None:
        archivo.seek(desde)
        self._archivo = archivo
        self._faltan = hasta - desde + 1

    def read(self, cuanto: int = -1) -> bytes:
        trozo = self._archivo.read(min(cuanto, self._faltan) if cuanto >= 0 else self._faltan)
        self._faltan -= len(trozo)
        return trozo

    def close(self) -> None:
        self._archivo.close()


def _tramo(primero: str, ultimo: str, *, largo: int) -> tuple[int, int] | None:
    """First and last byte asked for («-500»: the last 500); None when the file has no such bytes."""
    if not primero:
        desde, hasta = max(largo - int(ultimo), 0), largo - 1
    else:
        desde, hasta = int(primero), min(int(ultimo), largo - 1) if ultimo else largo - 1
    return (desde, hasta) if desde <= hasta else None
