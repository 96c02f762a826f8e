"""From a page of HTML to a PDF that screen readers understand (PDF/UA): our own letter, nothing from outside."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

HOJA = Path(settings.BASE_DIR, "static", "impreso.css")


class SinPango(RuntimeError):
    """The machine has not the library that sets the type."""


@cache
def _weasyprint() -> Any:
    """WeasyPrint, loaded by who prints and nobody else: it takes most of a second and needs libpango."""
    try:
        import weasyprint
    except OSError as error:
        raise SinPango(
            "Falta la biblioteca Pango en la máquina que prepara los documentos. Se instala con el paquete "
            "libpango-1.0-0 y libpangoft2-1.0-0; después, «Intentar de nuevo»."
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells each step of each page
    return weasyprint


@cache
def _recursos() -> Any:
    from weasyprint.urls import URLFetcher

    permitidas = (HOJA.with_name("fuentes").as_uri() + "/", "data:image/svg+xml")

    class Recursos(URLFetcher):
        """Our letters and the pictures drawn into the page; no other file, no network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(permitidas):
                raise ValueError(f"Un impreso no busca nada fuera: {url[:80]}")
            return super().fetch(url, headers)

    return Recursos()


def pdf(html: str) -> bytes:
    """The PDF of a whole page; SinPango."""
    weasyprint = _weasyprint()
    letras = weasyprint.text.fonts.FontConfiguration()
    hoja = weasyprint.CSS(filename=HOJA, url_fetcher=_recursos(), font_config=letras)
    pagina = weasyprint.HTML(string=html, url_fetcher=_recursos())
    return pagina.write_pdf(stylesheets=[hoja], font_config=letras, pdf_variant="pdf/ua-1")


def qr(texto: str) -> str:
    """A QR as the address of a picture that holds itself."""
    return segno.make(texto, error="m").svg_data_uri(border=0, scale=4)
