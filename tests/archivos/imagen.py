"""Images: hostile ones, and those that pass and are made clean."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from portal.muestras import docx, jpg, png
from tests.archivos.base import MIB, Hostil, ceros


def _trozo_png(tipo: bytes, datos: bytes) -> bytes:
    return struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))


def png_a_mano(ancho: int, alto: int, idat: bytes, *otros: bytes, color: int = 2) -> bytes:
    cabecera = _trozo_png(b"IHDR", struct.pack(">IIBBBBB", ancho, alto, 8, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + cabecera + b"".join(otros) + _trozo_png(b"IDAT", idat) + _trozo_png(b"IEND", b"")


def _jpg_de(ancho: int, alto: int) -> bytes:
    datos = jpg()
    lugar = datos.index(b"\xff\xc0") + 5
    return datos[:lugar] + struct.pack(">HH", alto, ancho) + datos[lugar + 4 :]


def _imagen(formato: str) -> Callable[[], bytes]:
    def hacer() -> bytes:
        salida = io.BytesIO()
        Image.new("RGB", (20, 20)).save(salida, formato)
        return salida.getvalue()

    return hacer


def _png_roto() -> bytes:
    datos = bytearray(png())
    datos[datos.index(b"IDAT") + 40] ^= 0xFF
    return bytes(datos)


IMAGENES_HOSTILES: list[Hostil] = [
    ("jpg-cortado", lambda: jpg()[: len(jpg()) // 2]),
    ("jpg-casi-entero", lambda: jpg()[:-2000]),
    ("jpg-solo-inicio", lambda: b"\xff\xd8\xff\xe0"),
    ("jpg-inicio-y-html", lambda: b"\xff\xd8\xff<html><script>alert(1)</script>"),
    ("jpg-inicio-y-ceros", lambda: b"\xff\xd8\xff" + b"\0" * 5000),
    ("jpg-desmedido", lambda: _jpg_de(65_000, 65_000)),
    ("jpg-de-cincuenta-y-un-millones", lambda: _jpg_de(10_200, 5_000)),
    ("jpg-sin-alto", lambda: _jpg_de(100, 0)),
    ("png-cortado", lambda: png()[: len(png()) // 2]),
    ("png-solo-inicio", lambda: b"\x89PNG\r\n\x1a\n"),
    ("png-inicio-y-php", lambda: b"\x89PNG\r\n\x1a\n<?php system($_GET[0]); ?>"),
    ("png-suma-mala", _png_roto),
    ("png-desmedido", lambda: png_a_mano(60_000, 60_000, ceros(MIB))),
    ("png-dimension-imposible", lambda: png_a_mano(2**31 - 1, 2**31 - 1, ceros(MIB))),
    ("png-bomba-de-color", lambda: png_a_mano(7_000, 7_000, ceros(7_000 * 21_001))),
    ("png-sin-puntos", lambda: png_a_mano(0, 0, b"")),
    ("png-sin-datos", lambda: b"\x89PNG\r\n\x1a\n" + _trozo_png(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)) + _trozo_png(b"IEND", b"")),
    ("png-datos-cortos", lambda: png_a_mano(500, 500, ceros(10))),
    ("png-texto-bomba", lambda: png_a_mano(2, 2, ceros(14), *[_trozo_png(b"zTXt", b"a\0\0" + ceros(60 * MIB))] * 3)),
    ("gif", _imagen("GIF")), ("bmp", _imagen("BMP")), ("tiff", _imagen("TIFF")), ("webp", _imagen("WEBP")), ("ico", _imagen("ICO")),
    ("svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ("heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 400),
]  # fmt: skip


def png_animado() -> bytes:
    salida = io.BytesIO()
    cuadros = [Image.new("RGB", (40, 40), color) for color in ("red", "blue")]
    cuadros[0].save(salida, "PNG", save_all=True, append_images=cuadros[1:], duration=100)
    return salida.getvalue()


SUCIAS: list[Hostil] = [
    ("jpg-con-posicion", lambda: jpg(gps=True)),
    ("jpg-con-zip", lambda: jpg() + docx()),
    ("jpg-con-html", lambda: jpg() + b"<script>alert(1)</script>"),
    ("jpg-con-comentario-php", lambda: jpg()[:2] + b"\xff\xfe\x00\x20<?php system($_GET[0]); ?>ab" + jpg()[2:]),
    ("png-con-zip", lambda: png() + docx()),
    ("png-con-html", lambda: png() + b"<script>alert(1)</script>"),
    ("png-con-texto", lambda: png_a_mano(2, 2, ceros(14), _trozo_png(b"tEXt", b"Comment\0<script>alert(1)</script>"))),
    ("png-animado", png_animado),
]  # fmt: skip
