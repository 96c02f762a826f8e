"""What people upload is judged by what it holds."""

import hashlib
import io
import json
import re
import socket
import struct
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal import muestras
from portal.adjuntos import proceso
from portal.adjuntos.formato import limite, peso
from portal.adjuntos.nombres import limpiar
from portal.adjuntos.perito import servir
from portal.adjuntos.revision import ArchivoRechazado, Revisado, revisar
from tests import archivos
from tests.archivos import HOSTILES, MIB, SUCIAS

TODOS = ("jpg", "png", "doc", "docx", "pdf")
NO_AHORA = "No pudimos revisar papel.pdf por un problema nuestro. Inténtalo de nuevo en unos minutos."
MUESTRAS = Path(__file__).parent / "muestras"


def juzgar(datos: bytes, nombre: str = "papel.pdf", formatos=TODOS, maximo: int = 5 * MIB) -> Revisado:
    return revisar(SimpleUploadedFile(nombre, datos), formatos=formatos, maximo=maximo)


def rechazo(datos: bytes, nombre: str = "papel.pdf", **opciones) -> str:
    with pytest.raises(ArchivoRechazado) as error:
        juzgar(datos, nombre, **opciones)
    return error.value.message


@pytest.fixture(scope="session", autouse=True)
def _perito_listo() -> None:
    """The first judge is started before anything is timed."""
    juzgar(muestras.pdf())


@pytest.mark.parametrize("hacer", [pytest.param(hacer, id=nombre) for nombre, hacer in HOSTILES])
def test_hostil(hacer) -> None:
    """S-07: a hostile file is refused in words, within its second of processor."""
    frase = rechazo(hacer(), maximo=8 * MIB)
    assert re.fullmatch(r"papel\.pdf [a-záéíóúñ¿].+\. [A-ZÁÉÍÓÚ].+\.", frase)


def test_son_mas_de_108() -> None:
    """S-07: the hostile files are at least as many as those of the figure to reach, all different."""
    assert len(dict(HOSTILES)) == len(HOSTILES) >= 108


@pytest.mark.parametrize(
    ("caso", "que"),
    [
        ("pdf-js-en-flujo-de-objetos", "lleva programas o acciones adentro"),
        ("pdf-js-con-nombre-escapado", "lleva programas o acciones adentro"),
        ("pdf-archivo-adjunto", "lleva otros archivos adentro"),
        ("pdf-xfa", "es un formulario dinámico (XFA)"),
        ("pdf-con-clave", "está protegido con clave"),
        ("pdf-zip-dentro", "es un PDF mezclado con otro tipo de archivo"),
        ("pdf-cien-mil-objetos", "es demasiado complejo para revisarlo"),
        ("imagen-png-desmedido", "mide 60000 × 60000 puntos y es demasiado grande"),
        ("imagen-heic", "es un archivo HEIC y aquí se acepta JPG, PNG, DOC, DOCX o PDF"),
        ("docx-macros-con-otro-nombre", "lleva macros"),
        ("docx-plantilla-remota", "trae contenido de otros lugares (plantilla, imagen u objeto vinculado)"),
        ("docx-dde-partido", "lleva órdenes para otros programas (DDE)"),
        ("docx-xlsx", "no es un documento de Word"),
        ("doc-ole10native", "lleva otros archivos adentro"),
        ("doc-xls", "es un libro de Excel, no un documento de Word"),
    ],
)
def test_dice_por_que(caso: str, que: str) -> None:
    """S-07: the sentence says what is wrong with this file, not just that something is."""
    assert rechazo(dict(HOSTILES)[caso]()).startswith(f"papel.pdf {que}. ")


def _con_detalles() -> bytes:
    """A PDF with what honest ones have: links, destinations, form fields, odd names, the word JavaScript in texts."""
    with pikepdf.open(io.BytesIO(muestras.pdf(paginas=3))) as d:
        enlace = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.sec.cl/a?b=c"))
        marca = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], F=4, A=enlace)
        d.pages[0].obj.Annots = pikepdf.Array([d.make_indirect(marca)])
        d.pages[0].Resources.Font.JS = d.pages[0].Resources.Font.F1
        d.pages[0].Resources.Font.EF = d.pages[0].Resources.Font.F1
        d.Root.OpenAction = pikepdf.Array([d.pages[1].obj, pikepdf.Name.Fit])
        d.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
        d.docinfo.Title = "Curso de /JavaScript y /Launch (nivel 1)"
        salida = io.BytesIO()
        d.save(salida, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
        return salida.getvalue()


def _imagen(modo: str, formato: str) -> bytes:
    salida = io.BytesIO()
    Image.effect_noise((300, 200), 30).convert(modo).save(salida, formato)
    return salida.getvalue()


BUENOS = [
    ("pdf", muestras.pdf),
    ("pdf", lambda: muestras.pdf("Poder de José Ñuñez", paginas=40)),
    ("pdf", _con_detalles),
    ("pdf", lambda: muestras.pdf() + b"\r\n\0\0"),
    ("pdf", lambda: (MUESTRAS / "chromium.pdf").read_bytes()),
    ("pdf", lambda: (MUESTRAS / "libreoffice.pdf").read_bytes()),
    ("jpg", muestras.jpg),
    ("jpg", lambda: _imagen("L", "JPEG")),
    ("jpg", lambda: _imagen("CMYK", "JPEG")),
    ("png", muestras.png),
    *[("png", lambda modo=modo: _imagen(modo, "PNG")) for modo in ("1", "L", "LA", "P", "RGBA", "I;16")],
    ("docx", muestras.docx),
    ("docx", archivos.con_relacion("hyperlink", "https://www.sec.cl/")),
    ("docx", archivos.con_relacion("hyperlink", "mailto:rosa@correo.example")),
    ("docx", archivos.con_partes({"word/media/image1.png": muestras.png(), "docProps/core.xml": b"<a/>"})),
    ("doc", archivos.doc),
    ("doc", lambda: archivos.doc(marca=0xA5DC, banderas=0)),
]


@pytest.mark.parametrize(("formato", "hacer"), BUENOS)
def test_bueno(formato: str, hacer) -> None:
    """S-07: an honest file passes for what it is, whatever its name says."""
    datos = hacer()
    revisado = juzgar(datos, "cosa.bin")
    kept = revisado.archivo.read()
    assert (revisado.formato, revisado.nombre) == (formato, f"cosa.{formato}")
    assert revisado.sha256_recibido == hashlib.sha256(datos).hexdigest()
    assert (revisado.bytes, revisado.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert formato in ("jpg", "png") or kept == datos


@pytest.mark.parametrize("hacer", [muestras.pdf, muestras.jpg])
@pytest.mark.parametrize("maximo", [MIB, 5 * MIB])
def test_maximo_inclusive(hacer, maximo: int) -> None:
    """S-07: exactly 5 MiB (1 MiB) passes, one byte more does not."""
    assert juzgar(hacer(tamano=maximo), maximo=maximo).sha256_recibido
    frase = rechazo(hacer(tamano=maximo + 1), maximo=maximo)
    assert frase.startswith(f"papel.pdf pesa {peso(maximo + 1)} y el máximo es {limite(maximo)}. Guárdal")


def test_frases() -> None:
    """S-07: the words of the refusals that people meet most."""
    assert rechazo(muestras.png() + b"\0" * 7_400_000, "cedula.png") == (
        "cedula.png pesa 7,5 MB y el máximo es 5 MB. Guárdala como JPG."
    )
    assert rechazo(b"", "cedula.png") == "cedula.png está vacío. Revisa que sea el archivo correcto y súbelo de nuevo."
    assert rechazo(muestras.jpg(), "contrato.pdf", formatos=("pdf",)) == (
        "contrato.pdf es un archivo JPG y aquí se acepta PDF. Guárdalo como PDF y súbelo de nuevo."
    )


@pytest.mark.parametrize("hacer", [pytest.param(hacer, id=nombre) for nombre, hacer in SUCIAS])
def test_imagen_limpia(hacer) -> None:
    """S-07: an image is made again from its pixels: no position, comment, second image or hidden file is kept."""
    revisado = juzgar(hacer())
    kept = revisado.archivo.read()
    assert revisado.sha256 != revisado.sha256_recibido
    assert [marca for marca in (b"<?php", b"<script", b"PK\x03\x04", b"Exif", b"acTL", b"tEXt") if marca in kept] == []
    with Image.open(io.BytesIO(kept)) as imagen:
        assert (imagen.getexif(), getattr(imagen, "n_frames", 1)) == ({}, 1)


@pytest.mark.parametrize(("orientacion", "oscuro"), [(1, "izquierda"), (3, "derecha"), (6, "arriba"), (8, "abajo")])
def test_foto_derecha(orientacion: int, oscuro: str) -> None:
    """S-07: a photograph taken sideways is kept upright."""
    with Image.open(juzgar(muestras.jpg(orientacion=orientacion)).archivo) as foto:
        gris = foto.convert("L")
    ancho, alto = gris.size
    puntos = {
        "izquierda": (3, alto - 5 if orientacion < 3 else 5), "derecha": (ancho - 4, 5),
        "arriba": (5, 3), "abajo": (ancho - 6, alto - 4),
    }  # fmt: skip
    assert (ancho > alto) == (orientacion in (1, 3))
    assert min(puntos, key=lambda lado: gris.getpixel(puntos[lado])) == oscuro


@pytest.mark.parametrize(
    ("dado", "formato", "queda"),
    [
        ("Cédula de Rosa.PDF", "pdf", "Cédula de Rosa.PDF"),
        ("foto.jpeg", "jpg", "foto.jpeg"),
        ("cedula.pdf", "png", "cedula.png"),
        ("informe.v1.2", "pdf", "informe.v1.2.pdf"),
        ("malo.pdf.exe", "pdf", "malo.pdf.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\Users\\rosa\\poder.doc", "doc", "poder.doc"),
        ("fac\u202efdp.exe", "pdf", "facfdp.pdf"),
        ("a\r\nb\0c\t.pdf", "pdf", "a bc.pdf"),
        ('a<b>"c|?*.pdf', "pdf", "a-b--c---.pdf"),
        ("CON.pdf", "pdf", "_CON.pdf"),
        ("...", "pdf", "archivo.pdf"),
        ("", "png", "archivo.png"),
        ("N\u0303andu\u0301.pdf", "pdf", "Ñandú.pdf"),
        ("\ud800.pdf", "pdf", "archivo.pdf"),
    ],
)
def test_nombre(dado: str, formato: str, queda: str) -> None:
    """X-03: the name is shown as it was given, and harmless."""
    assert limpiar(dado, formato) == queda


def test_nombre_largo() -> None:
    """X-03: a name fits any file system."""
    assert len(limpiar("ñ" * 500 + ".pdf", "pdf").encode()) <= 200
    assert limpiar("ñ" * 500 + ".pdf", "pdf").endswith("ñ.pdf")


def _foto_grande() -> bytes:
    """The largest that is kept whole, lying on its side."""
    salida = io.BytesIO()
    exif = Image.Exif()
    exif[muestras.ORIENTACION] = 6
    Image.new("RGB", (5400, 3700)).save(salida, "JPEG", exif=exif)
    return salida.getvalue()


@pytest.mark.parametrize(
    "caso",
    [
        "pdf-bomba-de-contenido",
        "pdf-bomba-runlength",
        "pdf-lista-de-un-millon",
        "pdf-listas-anidadas",
        "docx-bomba-de-xml",
        "",
    ],
)
def test_memoria(caso: str) -> None:
    """S-07: whatever is judged, the judge's memory stays under 256 MiB; the kernel sees to it."""
    perito = proceso._Perito()
    datos = dict(HOSTILES)[caso]() if caso else _foto_grande()
    # The judge ends by itself after a big one: its figures are read while the answer waits in the pipe.
    pregunta = json.dumps({"largo": len(datos), "formatos": TODOS}).encode() + b"\n"
    try:
        perito._escribir(pregunta + datos)
        perito._escribir(json.dumps({"largo": 1, "formatos": TODOS}).encode() + b"\n")
        perito._plazo = time.monotonic() + 10
        respuesta = json.loads(bytes(perito._leer()).split(b"\n")[0])
        estado = Path(f"/proc/{perito.proceso.pid}/status").read_text()
        limites = Path(f"/proc/{perito.proceso.pid}/limits").read_text()
    finally:
        perito.terminar()
    assert ("rechazo" in respuesta) == bool(caso)
    assert int(re.search(r"Max data size\s+(\d+)", limites)[1]) == servir.MEMORIA
    if hallado := re.search(r"VmHWM:\s+(\d+)", estado):
        assert int(hallado[1]) <= 256 * 1024
    else:
        assert respuesta["retiro"]


def test_perito_caido() -> None:
    """S-07: a judge that died is replaced; nobody notices."""
    juzgar(muestras.pdf())
    for perito in list(proceso._mesa.libres.queue):
        perito.proceso.kill()
        perito.proceso.wait()
    assert juzgar(muestras.pdf()).formato == "pdf"


def test_a_la_vez() -> None:
    """S-07: files judged at once do not get one another's verdict."""
    dados = [muestras.pdf, muestras.jpg, muestras.docx, muestras.png] * 4
    hallados: list[str] = [""] * len(dados)

    def uno(n: int) -> None:
        hallados[n] = juzgar(dados[n]()).formato

    hilos = [threading.Thread(target=uno, args=(n,)) for n in range(len(dados))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert hallados == ["pdf", "jpg", "docx", "png"] * 4


@pytest.fixture
def clamd(settings):
    """A real socket that speaks INSTREAM and answers what `respuesta` says; what it received."""
    servidor = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV = servidor.getsockname()
    recibido: dict[str, bytes] = {"respuesta": b"stream: OK\0", "datos": b""}

    def atender() -> None:
        conexion, _ = servidor.accept()
        with conexion, conexion.makefile("rb") as lectura:
            assert lectura.read(10) == b"zINSTREAM\0"
            while (largo := struct.unpack(">I", lectura.read(4))[0]) > 0:
                recibido["datos"] += lectura.read(largo)
            conexion.sendall(recibido["respuesta"])

    hilo = threading.Thread(target=atender, daemon=True)
    hilo.start()
    yield recibido
    hilo.join(5)
    servidor.close()


def test_antivirus_conforme(clamd) -> None:
    """X-03: with an antivirus, it sees the whole file."""
    datos = muestras.pdf(tamano=600_000)
    assert juzgar(datos).formato == "pdf"
    assert clamd["datos"] == datos


@pytest.mark.parametrize(
    ("respuesta", "frase"),
    [
        (b"stream: Eicar FOUND\0", "papel.pdf contiene un virus. Revisa tu equipo y sube otra copia."),
        (b"INSTREAM size limit exceeded. ERROR\0", NO_AHORA),
        (b"", NO_AHORA),
    ],
)  # fmt: skip
def test_antivirus_disconforme(clamd, respuesta: bytes, frase: str) -> None:
    """X-03: what the antivirus knows, or cannot judge, is refused."""
    clamd["respuesta"] = respuesta
    assert rechazo(muestras.pdf()) == frase


def test_antivirus_ausente(settings) -> None:
    """X-03: an antivirus out of reach refuses, at once and in words."""
    settings.CLAMAV = ("127.0.0.1", 1)
    antes = time.monotonic()
    assert rechazo(muestras.pdf()).startswith("No pudimos revisar papel.pdf por un problema nuestro.")
    assert time.monotonic() - antes < 5


@pytest.mark.parametrize(
    ("cantidad", "texto"),
    [
        (1, "1 kB"),
        (84_000, "84 kB"),
        (999_001, "1 MB"),
        (1_150_000, "1,2 MB"),
        (7_400_000, "7,4 MB"),
        (1_048_577, "1,1 MB"),
    ],
)
def test_peso(cantidad: int, texto: str) -> None:
    """X-03: sizes as people read them."""
    assert peso(cantidad) == texto
