"""The judging of what people upload (S-07): by content and never by name; every refusal is a sentence with a remedy."""

import hashlib
import logging
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from portal.adjuntos import antivirus, proceso
from portal.adjuntos.formato import limite, peso
from portal.adjuntos.nombres import limpiar
from portal.adjuntos.perito.veredicto import Rechazo
from portal.adjuntos.recepcion import NoRecibido

bitacora = logging.getLogger(__name__)


class ArchivoRechazado(ValidationError):
    """The file is not taken; the message is whole: what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Revisado:
    """A file that passed. `archivo` is open at its start; `bytes` and `sha256` are of what is kept."""

    nombre: str
    formato: str
    bytes: int
    sha256: str
    sha256_recibido: str
    archivo: File


_REMEDIO_DE_PESO = {"jpg": "Guárdala con menos resolución.", "png": "Guárdala como JPG."}


def revisar(archivo: Any, *, formatos: tuple[str, ...], maximo: int) -> Revisado:
    """Judge an uploaded file; `maximo` in bytes, inclusive. ArchivoRechazado when it is not taken."""
    nombre = limpiar(archivo.name or "")
    if isinstance(archivo, NoRecibido):
        raise ArchivoRechazado(_NO_AHORA.format("recibir", nombre))
    datos = _leer(archivo, maximo)
    if not datos:
        raise ArchivoRechazado(f"{nombre} está vacío. Revisa que sea el archivo correcto y súbelo de nuevo.")
    if len(datos) > maximo:
        raise ArchivoRechazado(_muy_pesado(nombre, datos, archivo.size, formatos, maximo))
    try:
        veredicto = proceso.juzgar(datos, formatos)
    except Rechazo as rechazo:
        bitacora.info("archivo rechazado: %s", rechazo.que)
        raise ArchivoRechazado(f"{nombre} {rechazo.que}. {rechazo.remedio}") from None
    except OSError:
        bitacora.exception("no se pudo revisar un archivo")
        raise ArchivoRechazado(_NO_AHORA.format("revisar", nombre)) from None
    _sin_virus(nombre, datos)
    guardar = datos if veredicto.rehecho is None else veredicto.rehecho
    recibido = hashlib.sha256(datos).hexdigest()
    return Revisado(
        nombre=limpiar(archivo.name or "", veredicto.formato),
        formato=veredicto.formato,
        bytes=len(guardar),
        sha256=recibido if veredicto.rehecho is None else hashlib.sha256(guardar).hexdigest(),
        sha256_recibido=recibido,
        archivo=ContentFile(guardar),
    )


_NO_AHORA = "No pudimos {} {} por un problema nuestro. Inténtalo de nuevo en unos minutos."


def _leer(archivo: IO[bytes], maximo: int) -> bytes:
    """At most one byte more than allowed."""
    archivo.seek(0)
    return archivo.read(maximo + 1)


def _muy_pesado(nombre: str, datos: bytes, total: int, formatos: tuple[str, ...], maximo: int) -> str:
    inicios = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG"}
    parece = next((formato for formato, inicio in inicios.items() if datos.startswith(inicio)), "")
    remedio = "Guárdalo con menos páginas o menos resolución."
    if parece and (parece == "jpg" or "jpg" in formatos):
        remedio = _REMEDIO_DE_PESO[parece]
    return f"{nombre} pesa {peso(total)} y el máximo es {limite(maximo)}. {remedio}"


def _sin_virus(nombre: str, datos: bytes) -> None:
    try:
        infectado = antivirus.infectado(datos)
    except antivirus.SinAntivirus:
        bitacora.exception("el antivirus no responde")
        raise ArchivoRechazado(_NO_AHORA.format("revisar", nombre)) from None
    if infectado:
        raise ArchivoRechazado(f"{nombre} contiene un virus. Revisa tu equipo y sube otra copia.")
