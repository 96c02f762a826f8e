"""DOCX: the zip is inflated while counting, its parts, relationships and fields are judged."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import normpath
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .veredicto import CORTADO, EXCESIVO, GUARDAR_COMO_PDF, Rechazo, Veredicto

MIB = 1024 * 1024
ENTRADAS = 2_000
INFLADO = 80 * MIB
XML = 24 * MIB
MARCAS = 800_000  # tags of one part
RELACIONES = MIB

_MACROS = Rechazo("lleva macros", GUARDAR_COMO_PDF)
_CON_ARCHIVOS = Rechazo("lleva otros archivos adentro", GUARDAR_COMO_PDF)
_APUNTA = Rechazo("trae contenido de otros lugares (plantilla, imagen u objeto vinculado)", GUARDAR_COMO_PDF)
_NO_ES_WORD = Rechazo("no es un documento de Word", GUARDAR_COMO_PDF)
_ORDENES = Rechazo("lleva órdenes para otros programas (DDE)", GUARDAR_COMO_PDF)

_PRINCIPAL = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ESPACIOS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_EXTENSIONES = {
    "xml", "rels", "png", "jpg", "jpeg", "jfif", "jpe", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz",
    "svg", "wdp", "odttf", "fntdata", "ttf", "psmdcp", "sigs", "thmx",
}  # fmt: skip
_PARTES_MACRO = re.compile(r"vba(project|data)|activex|macrosheet", re.IGNORECASE)
_TIPOS_MALOS = re.compile(r"macro|vba|activex|oleobject|control\+xml", re.IGNORECASE)
_RELACIONES_MALAS = {
    "vbaproject": _MACROS, "wordvbadata": _MACROS, "control": _MACROS, "activexcontrolbinary": _MACROS,
    "oleobject": _CON_ARCHIVOS, "package": _CON_ARCHIVOS, "afchunk": _CON_ARCHIVOS, "subdocument": _APUNTA,
    "frame": _APUNTA, "recipientdata": _APUNTA, "mailmergesource": _APUNTA, "mailmergeheadersource": _APUNTA,
}  # fmt: skip
_INSTRUCCION = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<|\binstr\s*=\s*(\"[^\"]*\"|'[^']*')")
_OTRA_CODIFICACION = re.compile(rb"\W*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii)", re.IGNORECASE)
_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_INCLUIR = re.compile(r"\bINCLUDE(?:TEXT|PICTURE)\s+[\"']?(?:\\\\|//|file:)", re.IGNORECASE)


def juzgar(datos: bytes) -> Veredicto:
    """A WordprocessingML document without macros, other files or foreign content."""
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
            _revisar_indice(paquete, len(datos))
            _revisar_partes(paquete)
    except (zipfile.BadZipFile, zlib.error, DefusedXmlException, ParseError, expat.ExpatError):
        raise CORTADO from None
    except (EOFError, OSError, UnicodeError, ValueError, KeyError, NotImplementedError, RuntimeError, RecursionError):
        raise CORTADO from None
    return Veredicto("docx")


def _revisar_indice(paquete: zipfile.ZipFile, tamano: int) -> None:
    """The table of contents: nothing before, behind, twice, overlapping or outside."""
    entradas = paquete.infolist()
    if len(entradas) > ENTRADAS:
        raise EXCESIVO
    if paquete.comment or paquete.start_dir + sum(_largo_en_indice(e) for e in entradas) + 22 != tamano:
        raise Rechazo("es un DOCX mezclado con otro tipo de archivo", GUARDAR_COMO_PDF)
    nombres = [e.filename.lower() for e in entradas]
    if "encryptedpackage" in nombres or any(e.flag_bits & 0x41 for e in entradas):
        raise Rechazo("está protegido con clave", "Guárdalo sin clave y súbelo de nuevo.")
    if "mimetype" in nombres or any(n.startswith("meta-inf/") or n.endswith(".class") for n in nombres):
        raise _NO_ES_WORD
    if len(set(nombres)) != len(nombres) or any(_ruta_mala(e) for e in entradas):
        raise CORTADO
    if any(e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for e in entradas):
        raise CORTADO
    ordenadas = sorted(entradas, key=lambda e: e.header_offset)
    finales = [e.header_offset + 30 + len(e.orig_filename) + e.compress_size for e in ordenadas]
    inicios = [e.header_offset for e in ordenadas[1:]] + [paquete.start_dir]
    if not ordenadas or ordenadas[0].header_offset != 0 or any(f > i for f, i in zip(finales, inicios, strict=True)):
        raise CORTADO
    if sum(e.file_size for e in entradas) > INFLADO:
        raise EXCESIVO
    if any(_PARTES_MACRO.search(n) for n in nombres):
        raise _MACROS
    partes = [n for n in nombres if not n.endswith("/")]
    if any("/embeddings/" in f"/{n}" or not _extension_conocida(n) for n in partes):
        raise _CON_ARCHIVOS if "[content_types].xml" in nombres else _NO_ES_WORD
    if not {"[content_types].xml", "_rels/.rels"} <= set(nombres):
        raise _NO_ES_WORD


def _largo_en_indice(entrada: zipfile.ZipInfo) -> int:
    nombre = entrada.orig_filename.encode("utf-8" if entrada.flag_bits & 0x800 else "cp437")
    return 46 + len(nombre) + len(entrada.extra) + len(entrada.comment)


def _ruta_mala(entrada: zipfile.ZipInfo) -> bool:
    nombre = entrada.orig_filename
    es_enlace = (entrada.external_attr >> 28) == 0xA
    return (
        es_enlace
        or nombre.startswith("/")
        or "\\" in nombre
        or ":" in nombre
        or "\0" in nombre
        or ".." in nombre.split("/")
    )


def _extension_conocida(nombre: str) -> bool:
    return nombre.rpartition(".")[2] in _EXTENSIONES or bool(re.search(r"/printersettings/?\w*\.bin$", nombre))


def _revisar_partes(paquete: zipfile.ZipFile) -> None:
    total, partes = 0, {}
    for entrada in paquete.infolist():
        es_xml = entrada.filename.lower().endswith((".xml", ".rels", ".svg"))
        contenido = bytearray()
        with paquete.open(entrada) as lectura:
            for trozo in iter(lambda: lectura.read(256 * 1024), b""):
                total += len(trozo)
                if total > INFLADO:
                    raise EXCESIVO
                if es_xml:
                    contenido += trozo
        if es_xml:
            de_indice = entrada.filename.lower().endswith((".rels", "[content_types].xml"))
            if len(contenido) > (RELACIONES if de_indice else XML) or contenido.count(b"<") > MARCAS:
                raise EXCESIVO
            _revisar_xml(bytes(contenido))
            if de_indice:
                partes[entrada.filename.lower()] = bytes(contenido)
    principal = _revisar_relaciones(partes)
    _revisar_tipos(partes["[content_types].xml"], principal)
    _revisar_principal(paquete, principal)


def _sin_tipo(*_: object) -> None:
    raise CORTADO


def _revisar_xml(contenido: bytes) -> None:
    """Well-formed UTF-8 without a document type; its fields give no orders."""
    if b"\0" in contenido[:64] or _OTRA_CODIFICACION.match(contenido):
        raise CORTADO
    lector = expat.ParserCreate("utf-8")
    lector.StartDoctypeDeclHandler = _sin_tipo
    lector.Parse(contenido, True)
    instrucciones = html.unescape(
        b"".join(texto or atributo for texto, atributo in _INSTRUCCION.findall(contenido)).decode("utf-8", "replace")
    )
    if _DDE.search(instrucciones):
        raise _ORDENES
    if _INCLUIR.search(instrucciones):
        raise _APUNTA


def _relaciones(contenido: bytes) -> Iterator[tuple[str, str, bool]]:
    """(last word of its type in lower case, target, whether external) of each relationship."""
    for nodo in fromstring(contenido, forbid_dtd=True):
        tipo = nodo.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        yield tipo, nodo.get("Target", ""), nodo.get("TargetMode", "").lower() == "external"


def _revisar_relaciones(partes: dict[str, bytes]) -> str:
    """The name of the main part; Rechazo when any part relates to something that it must not."""
    principal = ""
    for nombre, contenido in partes.items():
        if not nombre.endswith(".rels"):
            continue
        for tipo, destino, externo in _relaciones(contenido):
            if tipo in _RELACIONES_MALAS:
                raise _RELACIONES_MALAS[tipo]
            if externo and not (tipo == "hyperlink" and _enlace_sano(destino)):
                raise _APUNTA
            if not externo and re.match(r"\s*([a-z][a-z0-9+.\-]*:|\\\\|//)", destino, re.IGNORECASE):
                raise _APUNTA
            if nombre == "_rels/.rels" and tipo == "officedocument":
                principal = normpath(destino.lstrip("/"))
    if not principal:
        raise _NO_ES_WORD
    return principal


def _enlace_sano(destino: str) -> bool:
    esquema = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*):", destino, re.IGNORECASE)
    if esquema:
        return esquema[1].lower() in ("http", "https", "mailto", "tel")
    return not destino.lstrip().startswith(("\\\\", "//"))


def _revisar_tipos(contenido: bytes, principal: str) -> None:
    tipos = {
        (n.get("PartName", "").lstrip("/") or f"*.{n.get('Extension', '')}").lower(): n.get("ContentType", "")
        for n in fromstring(contenido, forbid_dtd=True)
    }
    todos = list(tipos.values())
    if any("macro" in t.lower() or "vba" in t.lower() for t in todos):
        raise _MACROS
    if any(_TIPOS_MALOS.search(t) for t in todos):
        raise _CON_ARCHIVOS
    if tipos.get(principal.lower(), tipos.get("*.xml")) != _PRINCIPAL:
        raise _NO_ES_WORD


def _revisar_principal(paquete: zipfile.ZipFile, principal: str) -> None:
    lector = expat.ParserCreate("utf-8", namespace_separator=" ")
    raices: list[str] = []
    lector.StartElementHandler = lambda nombre, _: raices.append(nombre) if not raices else None
    with paquete.open(principal) as lectura:
        lector.Parse(lectura.read(64 * 1024), False)
    if not raices or raices[0] not in [f"{espacio} document" for espacio in _ESPACIOS]:
        raise _NO_ES_WORD
