"""**Formato Manual de Registro de Inoperatividad**, blank, as a PDF (I-08)."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


class SinPDF(Exception):
    """The machine cannot make PDFs; the text says what it lacks."""


def pdf(contexto: dict[str, Any]) -> bytes:
    """The form as a PDF. SinPDF where the library that draws text is missing."""
    try:
        from weasyprint import CSS, HTML  # here: without libpango its import fails, and only this page needs it
    except OSError as error:
        raise SinPDF("A este servidor le falta la biblioteca libpango para hacer el PDF.") from error
    hoja = Path(str(finders.find("formato.css")))
    documento = HTML(string=render_to_string("inoperatividad/formato_pdf.html", contexto), url_fetcher=_nada)
    return bytes(
        documento.write_pdf(stylesheets=[CSS(string=hoja.read_text(encoding="utf-8"))], pdf_variant="pdf/ua-1")
    )


def _nada(url: str, *args: Any, **kwargs: Any) -> Any:
    """The form needs nothing from outside."""
    raise ValueError(f"El formato no pide nada de afuera: {url}")
