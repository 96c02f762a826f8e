"""Real small files of each accepted kind, for the demonstration and for tests; any size on request."""

import io
import struct
import zipfile

import pikepdf
from PIL import Image, ImageDraw, TiffImagePlugin

ORIENTACION, POSICION = 0x0112, 0x8825


def pdf(texto: str = "Documento de muestra", *, paginas: int = 1, tamano: int | None = None) -> bytes:
    """A PDF whose pages say `texto`; of exactly `tamano` bytes when given."""
    with pikepdf.new() as documento:
        letra = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        fuente = documento.make_indirect(letra)
        for numero in range(1, paginas + 1):
            pagina = documento.add_blank_page(page_size=(595, 842))
            linea = f"{texto} ({numero} de {paginas})".encode("cp1252", "replace")
            linea = linea.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            pagina.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=fuente))
            pagina.Contents = documento.make_stream(b"BT /F1 16 Tf 60 770 Td (" + linea + b") Tj ET")
        salida = io.BytesIO()
        documento.save(salida, deterministic_id=True)
        if tamano is None:
            return salida.getvalue()
        falta = tamano - len(salida.getvalue())
        for _ in range(3):  # the table of contents grows with the length that it writes
            documento.Root.Relleno = documento.make_stream(b"x" * falta)
            salida = io.BytesIO()
            documento.save(salida, deterministic_id=True, compress_streams=False)
            falta += tamano - len(salida.getvalue())
            if len(salida.getvalue()) == tamano:
                return salida.getvalue()
    raise ValueError(f"Un PDF de {tamano} bytes no cabe.")


def imagen(texto: str = "Documento de muestra", *, ancho: int = 900, alto: int = 600) -> Image.Image:
    """A picture that says `texto`, darker at its left, so that turning it shows."""
    lienzo = Image.linear_gradient("L").rotate(90).resize((ancho, alto)).convert("RGB")
    lapiz = ImageDraw.Draw(lienzo)
    lapiz.rectangle((ancho // 20, alto // 20, ancho * 19 // 20, alto // 3), fill="white")
    lapiz.text((ancho // 12, alto // 8), texto, fill="black")
    return lienzo


def jpg(
    texto: str = "Documento de muestra", *, orientacion: int = 1, gps: bool = False, tamano: int | None = None
) -> bytes:
    """A JPG as a phone makes it, with EXIF; of exactly `tamano` bytes when given."""
    exif = Image.Exif()
    exif[ORIENTACION] = orientacion
    if gps:
        grados = tuple(TiffImagePlugin.IFDRational(n) for n in (33, 27, 5))
        exif.get_ifd(POSICION).update({1: "S", 2: grados, 3: "W", 4: grados})
    salida = io.BytesIO()
    imagen(texto).save(salida, "JPEG", quality=85, exif=exif)
    datos = salida.getvalue()
    return datos if tamano is None else _comentar_jpg(datos, tamano)


def _comentar_jpg(datos: bytes, tamano: int) -> bytes:
    """Comments (segments COM) up to `tamano`."""
    comentarios, falta = [], tamano - len(datos)
    while falta > 0:
        largo = falta if falta <= 65_537 else min(65_537, falta - 4)
        comentarios.append(struct.pack(">HH", 0xFFFE, largo - 2) + b"x" * (largo - 4))
        falta -= largo
    return datos[:2] + b"".join(comentarios) + datos[2:]


def png(texto: str = "Documento de muestra", *, ancho: int = 900, alto: int = 600) -> bytes:
    """A PNG, as of a screen."""
    salida = io.BytesIO()
    imagen(texto, ancho=ancho, alto=alto).save(salida, "PNG")
    return salida.getvalue()


_TIPOS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELACIONES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_CUERPO = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    "{}</w:t></w:r></w:p></w:body></w:document>"
)


def partes_docx(texto: str = "Documento de muestra") -> dict[str, bytes]:
    """The parts of a minimal DOCX, by name."""
    seguro = texto.replace("&", "&amp;").replace("<", "&lt;")
    return {
        "[Content_Types].xml": _TIPOS.encode(),
        "_rels/.rels": _RELACIONES.encode(),
        "word/document.xml": _CUERPO.format(seguro).encode(),
    }


def docx(texto: str = "Documento de muestra") -> bytes:
    """A minimal DOCX that Word and LibreOffice open."""
    return comprimir(partes_docx(texto))


def comprimir(partes: dict[str, bytes]) -> bytes:
    """A zip of `partes`."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        for nombre, contenido in partes.items():
            paquete.writestr(nombre, contenido)
    return salida.getvalue()
