"""A large upload that finds no room on disk while it arrives."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.adjuntos import recepcion
from portal.adjuntos.revision import ArchivoRechazado, revisar

GRANDE = 2 * 1024 * 1024


class _DiscoLleno(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, caben: int) -> None:
        super().__init__()
        self.caben = caben

    def write(self, datos) -> int:
        if self.tell() + len(datos) > self.caben:
            raise OSError(28, "No space left on device")
        return super().write(datos)


def _recibido(monkeypatch, disco):
    """What the form gets of a large file and of the small field after it."""
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", disco)
    grande = SimpleUploadedFile("plano.pdf", b"x" * GRANDE, "application/pdf")
    pedido = RequestFactory().post("/", {"doc": grande, "nombre": "Rosa"})
    assert pedido.POST["nombre"] == "Rosa"
    return pedido.FILES["doc"]


@pytest.mark.parametrize("caben", [0, 100_000])
def test_no_room_is_said_beside_the_field(monkeypatch, caben):
    """S-07, X-03: the form arrives with all that was typed, and the file is refused by a sentence."""
    archivo = _recibido(monkeypatch, lambda **_: _DiscoLleno(caben))
    assert isinstance(archivo, recepcion.NoRecibido)
    with pytest.raises(ArchivoRechazado, match=r"No pudimos recibir plano\.pdf por un problema nuestro"):
        revisar(archivo, formatos=("pdf",), maximo=5 * 1024 * 1024)


def test_no_file_can_even_be_opened(monkeypatch):
    """S-07, X-03: the same where the disk refuses from the beginning."""

    def lleno(**_):
        raise OSError(28, "No space left on device")

    assert isinstance(_recibido(monkeypatch, lleno), recepcion.NoRecibido)


def test_with_room_the_file_arrives_whole():
    """S-07: nothing changes for a file that fits."""
    grande = SimpleUploadedFile("plano.pdf", b"x" * GRANDE, "application/pdf")
    archivo = RequestFactory().post("/", {"doc": grande}).FILES["doc"]
    assert (archivo.size, archivo.read(10)) == (GRANDE, b"x" * 10)
    archivo.close()
