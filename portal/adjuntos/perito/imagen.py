"""JPG and PNG: decoded whole and made again from their pixels, so that nothing else they brought is kept.

Position, camera, comments, thumbnails, further frames and whatever hides behind the image's end are gone.
"""

import io

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin

from .veredicto import Rechazo, Veredicto

PIXELES = 50_000_000
PIXELES_ENTEROS = 20_000_000  # a JPG beyond is kept at half scale: an A4 page at 300 dpi has 9 million
MEMORIA = 80 * 1024 * 1024
_BYTES_POR_PIXEL = {"1": 1, "L": 1, "P": 1, "LA": 4, "I;16": 2}

Image.MAX_IMAGE_PIXELS = None  # `_medir` is stricter, and answers in words
Image.preinit()


def _medir(imagen: Image.Image) -> None:
    pixeles = imagen.width * imagen.height
    if pixeles > PIXELES or pixeles * _BYTES_POR_PIXEL.get(imagen.mode, 4) > MEMORIA:
        raise Rechazo(
            f"mide {imagen.width} × {imagen.height} puntos y es demasiado grande",
            "Guárdala con menos resolución y súbela de nuevo.",
        )


def juzgar_jpg(datos: bytes) -> Veredicto:
    """A JPG, upright."""
    with Image.open(io.BytesIO(datos), formats=["JPEG"]) as imagen:
        if PIXELES_ENTEROS < imagen.width * imagen.height <= PIXELES:
            imagen.draft(imagen.mode, (imagen.width // 2, imagen.height // 2))
        _medir(imagen)
        imagen.load()
        tablas, muestreo = getattr(imagen, "quantization", None), JpegImagePlugin.get_sampling(imagen)
        derecha = ImageOps.exif_transpose(imagen)
    salida = io.BytesIO()
    limpia = Image.Image()._new(derecha.im)
    limpia.save(salida, "JPEG", qtables=tablas, subsampling=muestreo if muestreo >= 0 else 0)
    return Veredicto("jpg", salida.getvalue())


def juzgar_png(datos: bytes) -> Veredicto:
    """A PNG, upright; of an animated one its first image."""
    with Image.open(io.BytesIO(datos), formats=["PNG"]) as imagen:
        _medir(imagen)
        imagen.load()
        transparencia = imagen.info.get("transparency")
        derecha = ImageOps.exif_transpose(imagen)
    salida = io.BytesIO()
    derecha.info = {} if transparencia is None else {"transparency": transparencia}
    derecha.save(salida, "PNG", compress_level=3, pnginfo=PngImagePlugin.PngInfo())
    return Veredicto("png", salida.getvalue())
