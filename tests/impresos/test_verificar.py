"""The public check of a document."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.impresos import limites
from portal.impresos.models import Impreso
from portal.impresos.tasks import hacer_impreso

pytestmark = pytest.mark.django_db


@pytest.fixture
def hecho(emitir) -> Impreso:
    impreso = emitir()
    hacer_impreso(str(impreso.pk))
    return Impreso.todos().select_related("adjunto").get(pk=impreso.pk)


def comparar(client, impreso: Impreso, datos: bytes):
    archivo = SimpleUploadedFile("x.pdf", datos, "application/pdf")
    return client.post(reverse("impresos:comprobar", args=[impreso.codigo]), {"archivo": archivo})


def test_se_escribe_el_codigo(client, hecho):
    """S-25: typed in small letters and without hyphens, it leads to what the document is, and to nobody's data."""
    respuesta = client.get("/verificar/", {"codigo": hecho.codigo.lower().replace("-", " ")})
    assert respuesta.url == f"/verificar/{hecho.codigo}/"
    pagina = client.get(respuesta.url).content.decode()
    for texto in ("Certificado de prueba", "1/2026", hecho.sha256, hecho.distribuidora.nombre):
        assert texto in pagina
    for personal in ("Rosa", "Fuentes", "Ñandú", hecho.caso.numero, "Marcos"):
        assert personal not in pagina


def test_antes_de_tener_archivo(client, emitir):
    """S-25: a document is genuine before its PDF exists."""
    impreso = emitir()
    pagina = client.get(f"/verificar/{impreso.codigo}/").content.decode()
    assert "El archivo se está preparando." in pagina
    assert "Compáralo" not in pagina


def test_se_compara_el_archivo(client, hecho):
    """S-25: the very file is recognised; one byte more is not."""
    datos = Path(hecho.adjunto.archivo.path).read_bytes()
    assert "El archivo es el que se emitió." in comparar(client, hecho, datos).content.decode()
    assert "El archivo no es el que se emitió." in comparar(client, hecho, datos + b" ").content.decode()


def test_sin_archivo_que_comparar(client, hecho):
    """S-25: nothing chosen, or an empty file, is said so."""
    vacia = client.post(reverse("impresos:comprobar", args=[hecho.codigo]), {}).content.decode()
    assert "Elige el archivo PDF que quieres comparar" in vacia
    assert "El archivo está vacío" in comparar(client, hecho, b"").content.decode()


@pytest.mark.parametrize("codigo", ["AAAA-AAAA-AAAA", "corto", "Ñ" * 12, "0" * 40])
def test_un_codigo_que_no_existe(client, db, codigo):
    """S-25: the form says so beside the field; the address is not found."""
    pagina = client.get("/verificar/", {"codigo": codigo})
    assert "No hay un documento con ese código" in pagina.content.decode()
    assert client.get(f"/verificar/{codigo}/").status_code == 404


def test_adivinar_tiene_limite(client, hecho, monkeypatch):
    """S-25: wrong codes are counted by address; right ones are free."""
    monkeypatch.setattr(
        "portal.impresos.views.VERIFICAR_POR_DIRECCION", limites.Tope("prueba", 2, limites.timedelta(1))
    )
    for _ in range(4):
        assert client.get(f"/verificar/{hecho.codigo}/").status_code == 200
    for _ in range(2):
        assert client.get("/verificar/AAAA-AAAA-AAAA/").status_code == 404
    assert client.get("/verificar/AAAA-AAAA-AAAA/").status_code == 429
    assert client.get("/verificar/", {"codigo": "AAAA-AAAA-AAAA"}).status_code == 429
