"""All documents of a case as one zip."""

import io
import zipfile

import pytest

from portal import muestras
from portal.adjuntos.models import Adjunto
from portal.adjuntos.zip import nombres_en_zip, tamano_zip, zip_de
from portal.cuentas.ambito import sin_ambito

pytestmark = pytest.mark.django_db


def test_zip(solicitud, colgar) -> None:
    """S-09: the zip holds every file, is as long as was said, and opens."""
    contenidos = [muestras.pdf("a"), muestras.pdf("ñ" * 50), muestras.docx("hola"), muestras.pdf(tamano=2_000_000)]
    nombres = ["cédula.pdf", "cédula.pdf", "poder «Ñ».docx", "CÉDULA.pdf"]
    adjuntos = [colgar(solicitud.caso, n, datos=d) for n, d in zip(nombres, contenidos, strict=True)]
    respuesta = zip_de(adjuntos, "V+196.zip")
    trozos = [*respuesta.streaming_content]
    datos = b"".join(trozos)
    assert (len(datos), respuesta["Content-Length"]) == (tamano_zip(adjuntos), str(tamano_zip(adjuntos)))
    assert max(map(len, trozos)) <= 256 * 1024
    assert (respuesta["Content-Type"], respuesta["Content-Disposition"]) == (
        "application/zip",
        'attachment; filename="V+196.zip"',
    )
    with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
        assert paquete.testzip() is None
        hallados = {e.filename: paquete.read(e) for e in paquete.infolist()}
    esperados = ["cédula.pdf", "cédula (2).pdf", "poder «Ñ».docx", "CÉDULA (3).pdf"]
    assert hallados == dict(zip(esperados, contenidos, strict=True))


def test_zip_vacio() -> None:
    """S-09: the size of no file is that of an empty zip."""
    assert tamano_zip([]) == len(b"".join(zip_de([], "a.zip").streaming_content)) == 22


def test_nombres_numerados() -> None:
    """S-09: a numbered name does not meet one that was already so called."""
    with sin_ambito():
        filas = [Adjunto(nombre=n) for n in ("a.pdf", "a (2).pdf", "a.pdf", "b", "B")]
    assert nombres_en_zip(filas) == ["a.pdf", "a (2).pdf", "a (3).pdf", "b", "B (2)"]
