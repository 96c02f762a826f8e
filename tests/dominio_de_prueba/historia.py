"""The throw-away domain's own story; run by tests/test_dominio_nuevo.py under the settings beside it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from portal.avisos.models import Aviso

pytestmark = pytest.mark.django_db


def foto() -> SimpleUploadedFile:
    archivo = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(archivo, "JPEG")
    return SimpleUploadedFile("árbol.jpg", archivo.getvalue(), "image/jpeg")


def codigo(navegador: Client, direccion: str) -> int:
    """The answer's status, once it was read to its end: the client closes then what it opened."""
    respuesta = navegador.get(direccion)
    b"".join(respuesta)
    return respuesta.status_code


def test_a_document_is_filed_with_history_file_notice_and_number(entrar, rosa, distribuidora, todo):
    """X-06: what portal/ gives to any domain."""
    navegador = entrar(rosa)
    assert "Pedir una poda" in navegador.get("/podas/pedir/").content.decode()
    datos = {"distribuidora": distribuidora.pk, "lugar": "Los Aromos 120"}
    assert navegador.post("/podas/pedir/", {**datos, "foto": foto()})["Location"] == "/podas/PODA1/"
    assert navegador.post("/podas/pedir/", {**datos, "foto": foto()})["Location"] == "/podas/PODA2/"

    pagina = navegador.get("/podas/PODA1/").content.decode()
    for dicho in ("PODA1", "Pedida", "Pediste podar en Los Aromos 120", "árbol.jpg"):
        assert dicho in pagina
    avisos = Aviso.todos().order_by("pk")
    assert [(a.para, a.asunto) for a in avisos] == [
        (rosa.usuario.email, "Recibimos tu pedido de poda PODA1"),
        (rosa.usuario.email, "Recibimos tu pedido de poda PODA2"),
    ]
    adjunto = avisos[0].caso.adjuntos.get()
    assert codigo(navegador, f"/adjuntos/{adjunto.pk}/") == 200


def test_others_do_not_see_it(entrar, rosa, pedro, otra_dx, marcos, distribuidora, todo):
    """A-12: the scope and the permissions hold without a line in portal/."""
    entrar(rosa).post("/podas/pedir/", {"distribuidora": distribuidora.pk, "lugar": "Aquí", "foto": foto()})
    adjunto = Aviso.todos().get().caso.adjuntos.get()
    codigos = {
        quien.usuario.nombres: [codigo(entrar(quien), p) for p in ("/podas/PODA1/", f"/adjuntos/{adjunto.pk}/")]
        for quien in (rosa, marcos, pedro, otra_dx)
    }
    assert codigos == {"Rosa": [200, 200], "Marcos": [200, 200], "Pedro": [404, 404], "Olivia": [404, 404]}
    assert entrar(marcos).get("/podas/pedir/").status_code == 403


def test_its_diagram_is_drawn(tmp_path, monkeypatch):
    """X-06: by the same command."""
    monkeypatch.setattr("portal.generado.RAIZ", tmp_path)
    call_command("diagramas", stdout=io.StringIO())
    assert "pedida --> podada: podar" in (tmp_path / "docs/estados/podas.md").read_text()
