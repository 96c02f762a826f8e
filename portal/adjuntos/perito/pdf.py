"""PDF: every object is read; what acts, carries files, or is written to exhaust the reader is refused."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from .veredicto import CORTADO, EXCESIVO, GUARDAR_COMO_PDF, VOLVER_A_GUARDAR, Rechazo, Veredicto

MIB = 1024 * 1024
OBJETOS = 60_000
PAGINAS = 2_000
HONDURA = 50
ESTRUCTURA = 3 * MIB  # outside streams: what the parser turns into objects, at some fifty times its size
INFLADO = 48 * MIB  # of one stream that is no image
INFLADO_TOTAL = 96 * MIB
PUNTOS = 120_000_000  # of one image: an A3 page at 800 dpi

pikepdf.settings.set_qpdf_limits(
    parser_max_container_size=200_000,
    doc_max_warnings=200,
    max_stream_filters=4,
    flate_max_memory=16 * MIB,
    run_length_max_memory=INFLADO,
    png_max_memory=INFLADO,
    tiff_max_memory=INFLADO,
)

_ACTIVO = Rechazo("lleva programas o acciones adentro", "Imprímelo a PDF y sube esa copia.")
_CON_ARCHIVOS = Rechazo("lleva otros archivos adentro", "Imprímelo a PDF y sube esa copia; los otros, súbelos aparte.")
_XFA = Rechazo("es un formulario dinámico (XFA)", "Ábrelo, imprímelo a PDF y sube esa copia.")
_APUNTA = Rechazo("apunta a archivos de fuera", "Imprímelo a PDF y sube esa copia.")
_MEZCLA = Rechazo("es un PDF mezclado con otro tipo de archivo", GUARDAR_COMO_PDF)

_ACCIONES = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView",
}  # fmt: skip
_SUBTIPOS = {"/RichMedia", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/3D", "/PS"}
_CLAVES = {
    "/JS": _ACTIVO, "/JavaScript": _ACTIVO, "/RichMediaContent": _ACTIVO, "/RichMediaSettings": _ACTIVO,
    "/EmbeddedFiles": _CON_ARCHIVOS, "/EF": _CON_ARCHIVOS, "/Collection": _CON_ARCHIVOS, "/XFA": _XFA,
}  # fmt: skip
_SOSPECHA = re.compile(
    rb"/(?:JS|JavaScript|RichMedia\w*|EmbeddedFiles?|EF|Collection|XFA|Launch|SubmitForm|ImportData|GoToR|GoToE|GoTo3DView"
    rb"|Rendition|Movie|Sound|FileAttachment|Screen|3D|PS)(?![^\s/<>\[\]()])"
    rb"|/U?F\s*(?:\(|<(?!<))|/URI\s*(?:\((?!https?:|mailto:|tel:)|<(?!<))"
)
_AVISO_GRAVE = re.compile(r"duplicated key|loop|limits error")  # readers would not agree on what the file says
_ETIQUETA = re.compile(rb"<\s*(?:!doctype|html|script|svg|body|iframe|\?php)|<\?php|^#!", re.IGNORECASE)


def juzgar(datos: bytes) -> Veredicto:
    """A PDF that any reader can open, and nothing but a PDF."""
    _sin_mezcla(datos)
    try:
        with pikepdf.open(io.BytesIO(datos), attempt_recovery=False, inherit_page_attributes=False) as documento:
            if documento.is_encrypted:
                raise Rechazo(
                    "está protegido con clave o con restricciones", "Guárdalo sin protección y súbelo de nuevo."
                )
            _revisar_objetos(documento)
            _revisar_paginas(documento)
            if any(_AVISO_GRAVE.search(str(aviso)) for aviso in documento.get_warnings()):
                raise CORTADO
    except pikepdf.PasswordError:
        raise Rechazo("está protegido con clave", "Guárdalo sin clave y súbelo de nuevo.") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RuntimeError, OverflowError):
        raise CORTADO from None
    return Veredicto("pdf")


def _sin_mezcla(datos: bytes) -> None:
    """It ends where a PDF ends, and no other program would take it for its own."""
    final = datos.rfind(b"%%EOF")
    if final < 0:
        raise CORTADO
    if datos[final + 5 :].strip(b"\0\t\n\f\r "):
        raise Rechazo("trae algo más después del final del PDF", VOLVER_A_GUARDAR)
    if zipfile.is_zipfile(io.BytesIO(datos)):
        raise _MEZCLA
    estructura = 0
    for trozo in _fuera_de_flujos(datos):
        estructura += len(trozo)
        if estructura > ESTRUCTURA:
            raise EXCESIVO
        if _ETIQUETA.search(trozo):
            raise _MEZCLA


def _fuera_de_flujos(datos: bytes) -> Iterator[bytes]:
    """The stretches between streams: what a person would see opening the file as text."""
    desde = 0
    while (inicio := datos.find(b"stream", desde)) >= 0:
        yield datos[desde:inicio]
        fin = datos.find(b"endstream", inicio + 6)
        if fin < 0:
            return
        desde = fin + 9
    yield datos[desde:]


def _revisar_objetos(documento: pikepdf.Pdf) -> None:
    total = 0
    objetos = documento.objects
    if len(objetos) > OBJETOS:
        raise EXCESIVO
    for objeto in objetos:
        if isinstance(objeto, pikepdf.Stream):
            total += _revisar_flujo(objeto)
            if total > INFLADO_TOTAL:
                raise EXCESIVO
            objeto = objeto.stream_dict
        elif not isinstance(objeto, (pikepdf.Dictionary, pikepdf.Array)):
            continue
        if _SOSPECHA.search(objeto.unparse(resolved=True)):
            _revisar_valores(objeto)


def _revisar_valores(raiz: Any) -> None:
    """The dictionaries written inside one object, one by one."""
    pendientes = [raiz]
    while pendientes:
        valor = pendientes.pop()
        if isinstance(valor, pikepdf.Array):
            pendientes.extend(
                v for v in valor if isinstance(v, (pikepdf.Array, pikepdf.Dictionary)) and not v.is_indirect
            )
        elif isinstance(valor, pikepdf.Dictionary):
            _revisar_diccionario(valor)
            pendientes.extend(
                v for v in valor.values() if isinstance(v, (pikepdf.Array, pikepdf.Dictionary)) and not v.is_indirect
            )


def _revisar_diccionario(diccionario: pikepdf.Dictionary) -> None:
    for clave, valor in diccionario.items():
        es_recurso = isinstance(valor, (pikepdf.Dictionary, pikepdf.Stream)) and "/Type" in valor
        if clave in _CLAVES and not (es_recurso and valor.get("/Type") in ("/Font", "/XObject", "/ExtGState")):
            raise _CLAVES[clave]
        if clave == "/S" and isinstance(valor, pikepdf.Name) and str(valor) in _ACCIONES:
            raise _ACTIVO
        if clave == "/Subtype" and isinstance(valor, pikepdf.Name) and str(valor) in _SUBTIPOS:
            raise _CON_ARCHIVOS if str(valor) == "/FileAttachment" else _ACTIVO
        if clave == "/Type" and valor == pikepdf.Name("/EmbeddedFile"):
            raise _CON_ARCHIVOS
        if clave in ("/F", "/UF") and isinstance(valor, pikepdf.String):
            raise _APUNTA
        if clave == "/URI" and isinstance(valor, pikepdf.String) and _direccion_peligrosa(str(valor)):
            raise _APUNTA


def _direccion_peligrosa(direccion: str) -> bool:
    esquema = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\-\s]*):", direccion, re.IGNORECASE)
    if esquema:
        return re.sub(r"\s", "", esquema[1]).lower() not in ("http", "https", "mailto", "tel")
    return direccion.lstrip().startswith(("\\\\", "//"))


def _revisar_flujo(flujo: pikepdf.Stream) -> int:
    """Bytes that the stream inflates to; images are not inflated: what they declare is what a reader allots."""
    propio = flujo.stream_dict
    filtros = propio.get("/Filter")
    nombres = (
        [] if filtros is None else [str(filtros)] if isinstance(filtros, pikepdf.Name) else [str(f) for f in filtros]
    )
    if "/F" in propio:
        raise _APUNTA
    if (
        "/Crypt" in nombres
        or sum(n in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode") for n in nombres) > 1
    ):
        raise EXCESIVO
    if propio.get("/Subtype") == "/Image":
        ancho, alto = int(propio.get("/Width", 0)), int(propio.get("/Height", 0))
        if ancho < 0 or alto < 0 or ancho * alto > PUNTOS:
            raise EXCESIVO
        return 0
    if not nombres:
        return 0
    if nombres == ["/FlateDecode"]:
        return _inflar(flujo.read_raw_bytes())
    if any(n in ("/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode") for n in nombres):
        return 0
    try:
        return len(flujo.read_bytes())
    except pikepdf.PdfError:
        raise CORTADO from None


def _inflar(crudo: bytes) -> int:
    """Length of what `crudo` inflates to, never holding more than a piece of it."""
    inflador, total, resto = zlib.decompressobj(), 0, crudo
    try:
        while resto and not inflador.eof:
            total += len(inflador.decompress(resto, MIB))
            resto = inflador.unconsumed_tail
            if total > INFLADO:
                raise EXCESIVO
    except zlib.error:
        raise CORTADO from None
    return total


def _revisar_paginas(documento: pikepdf.Pdf) -> None:
    """The page tree, without trusting it to be a tree."""
    raiz = documento.Root.get("/Pages")
    vistos: set[tuple[int, int]] = set()
    paginas, pendientes = 0, [(raiz, 0)]
    while pendientes:
        nodo, hondura = pendientes.pop()
        if (
            not isinstance(nodo, pikepdf.Dictionary)
            or hondura > HONDURA
            or (nodo.is_indirect and nodo.objgen in vistos)
        ):
            raise CORTADO
        if nodo.is_indirect:
            vistos.add(nodo.objgen)
        if "/Kids" in nodo:
            if len(nodo["/Kids"]) > PAGINAS:
                raise EXCESIVO
            pendientes.extend((hijo, hondura + 1) for hijo in nodo["/Kids"])
        else:
            paginas += 1
        if paginas > PAGINAS:
            raise EXCESIVO
    if not paginas:
        raise Rechazo("no tiene ninguna página", VOLVER_A_GUARDAR)
    if int(documento.Root.Pages.get("/Count", -1)) != paginas:
        raise CORTADO
