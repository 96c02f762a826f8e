"""From a template and its values to subject, text and HTML.

The source of a template is plain text: `Asunto: …`, an empty line, the title, an empty line, paragraphs. Each of these
parts is a small Django template of its own (a tag may not reach over an empty line; a paragraph that comes out empty is
left out), so a value, whatever people typed into it, stays inside its part: it cannot become a header, another
paragraph, markup or template code.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from portal.avisos import fuente, lenguaje
from portal.avisos.fuente import PlantillaMalEscrita, partir
from portal.avisos.models import MensajePropio
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso

bitacora = logging.getLogger(__name__)
_INVISIBLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NEGRITA = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Mensaje:
    asunto: str
    texto: str
    html: str
    marco: dict[str, Any]
    """What the text and the HTML were made of."""


def vigente(plantilla: str) -> str:
    """The source in force: the one that the SEC wrote, else the one that ships."""
    original = fuente.original(plantilla)
    propio = MensajePropio.objects.filter(plantilla=plantilla).values_list("fuente", flat=True).first()
    if propio is None:
        return original
    try:
        lenguaje.revisar(propio, original)
    except (
        PlantillaMalEscrita
    ):  # a newer version of the portal has not a variable any more: the mail goes out all the same
        bitacora.exception("el mensaje propio de «%s» ya no sirve: sale el original", plantilla)
        return original
    return propio


def redactar(
    plantilla: str, *, contexto: dict[str, Any], caso: Caso | None, perfil: Perfil | None, texto: str | None = None
) -> Mensaje:
    """The message of `plantilla` for one recipient; `texto` in place of the source in force, to try it."""
    partes = partir(vigente(plantilla) if texto is None else texto)
    folio = (caso.numero if caso else "") or contexto.get("folio", "")
    valores = lenguaje.valores(fuente.original(plantilla), {**contexto, "folio": folio})

    def lleno(parte: str) -> str:
        return lenguaje.llenar(parte, valores)

    asunto = _recortado(en_una_linea(lleno(partes.asunto)), 200)
    parrafos = [_limpio(lleno(parte)).strip() for parte in partes.parrafos]
    plazo = en_una_linea(contexto.get("plazo_texto", ""))
    texto_boton, ruta = contexto.get("boton") or ("", "")
    marco = {
        "asunto": asunto,
        "saludo": en_una_linea(contexto.get("saludo") or (perfil.usuario.get_short_name() if perfil else "")),
        "titulo": en_una_linea(lleno(partes.titulo)),
        "parrafos": [p for p in parrafos if p],
        "plazo": _NEGRITA.sub(r"\1", plazo),
        "plazo_trozos": [(trozo, i % 2 == 1) for i, trozo in enumerate(_NEGRITA.split(plazo)) if trozo],
        "boton": en_una_linea(texto_boton),
        "enlace": direccion(ruta) if ruta else "",
        "datos": [(en_una_linea(rotulo), en_una_linea(valor)) for rotulo, valor in contexto.get("datos", ())],
        "motivo": en_una_linea(contexto.get("motivo", "")),
        "folio": folio,
        "portal": settings.DIRECCION_PUBLICA,
        "portal_corto": settings.DIRECCION_PUBLICA.partition("://")[2],
        "producto": settings.NOMBRE_PRODUCTO,
        "lema": settings.LEMA_PRODUCTO,
        "responsable": settings.RESPONSABLE,
        "contacto": settings.CORREO_CONTACTO,
        "identificador_nombre": settings.IDENTIFICADOR_NOMBRE,
    }
    return Mensaje(
        asunto,
        render_to_string("avisos/_marco.txt", marco).strip() + "\n",
        render_to_string("avisos/_marco.html", marco).strip() + "\n",
        marco,
    )


def direccion(ruta: str) -> str:
    """The absolute address of a path of the portal."""
    return ruta if "://" in ruta else settings.DIRECCION_PUBLICA + ruta


def en_una_linea(valor: Any) -> str:
    """Text fit for a header or a cell: no control characters, no line ends, single spaces."""
    return " ".join(_limpio(valor).split())


def _limpio(valor: Any) -> str:
    """Text without control characters; line ends are \\n."""
    return _INVISIBLES.sub("", str(valor).replace("\r\n", "\n").replace("\r", "\n"))


def _recortado(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1] + "…"
