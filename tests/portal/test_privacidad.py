"""A person's data: handed over whole, erased when nothing is under way, and nobody else's touched."""

import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from portal.avisos.models import Aviso
from portal.cuentas.models import Usuario
from portal.historial.models import Comentario, Evento, registrar
from portal.privacidad import BORRADO
from solicitudes.models import Estado, Solicitud
from tests import factories
from tests.factories import SolicitudFactory

pytestmark = pytest.mark.django_db
RUT = "12.345.678-5"


@pytest.fixture
def trato(rosa, marcos, distribuidora, todo) -> Solicitud:
    """A finished request of Rosa's with words of both sides, a file and two notices."""
    solicitud = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, estado=Estado.ENVIADO)
    registrar(solicitud.caso, "enviada", por=rosa, comentario="Mi nieta Antonia recibe los correos")
    registrar(solicitud.caso, "respondida", por=marcos, comentario="Se aprueba")
    adjunto = factories.AdjuntoFactory(caso=solicitud.caso, nombre="cédula.pdf", formato="pdf")
    adjunto.archivo.save("x", ContentFile(b"%PDF-1.7 cedula"), save=True)
    for perfil in (rosa, marcos):
        Aviso.objects.create(perfil=perfil, para=perfil.usuario.email, asunto="a", texto=f"Hola, {perfil.nombre}")
    return solicitud


def test_everything_is_handed_over(trato, tmp_path):
    """A-12: rows, words and files of the person, none of the others, no password."""
    call_command("exportar_persona", RUT, str(tmp_path / "rosa.zip"))
    assert (tmp_path / "rosa.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "rosa.zip") as archivo:
        datos = json.loads(archivo.read("datos.json"))
        (contenido,) = [archivo.read(n) for n in archivo.namelist() if n.startswith("archivos/")]
    assert contenido == b"%PDF-1.7 cedula"
    assert [f["fields"]["folio"] for f in datos["solicitudes.solicitud"]] == [trato.folio]
    assert datos["cuentas.usuario"][0]["fields"]["identificador"] == "12345678-5"
    assert [f["fields"]["texto"] for f in datos["historial.comentario"]] == ["Mi nieta Antonia recibe los correos"]
    assert len(datos["avisos.aviso"]) == 1
    texto = json.dumps(datos, ensure_ascii=False)
    assert "Marcos" not in texto
    assert "password" not in texto
    assert Evento.objects.filter(hecho="datos_exportados", caso=None).count() == 1


def test_who_it_was_is_erased_and_what_happened_stays(trato, rosa, marcos, entrar):
    """A-12, X-06: name, identifier, address, words and mails go; events, the other side's words and sessions' end."""
    navegador = entrar(rosa)
    antes = list(Evento.objects.values_list("pk", "hecho", "perfil_id", "cuando"))
    call_command("borrar_persona", RUT, "--confirmar")
    usuario = Usuario.objects.get(pk=rosa.usuario_id)
    assert (usuario.identificador, usuario.get_full_name(), usuario.email, usuario.is_active) == (
        f"borrado-{usuario.pk}",
        "Persona borrada",
        "",
        False,
    )
    assert list(Comentario.objects.order_by("evento").values_list("texto", flat=True)) == [BORRADO, "Se aprueba"]
    despues = list(Evento.objects.exclude(hecho="persona_borrada").values_list("pk", "hecho", "perfil_id", "cuando"))
    assert despues == antes
    textos = {a.perfil_id: (a.para, a.texto) for a in Aviso.objects.all()}
    assert textos[rosa.pk] == ("", BORRADO)
    assert textos[marcos.pk][1].startswith("Hola, Marcos")
    assert Aviso.todos().abiertos().filter(perfil=rosa).count() == 0
    assert navegador.get("/").status_code == 302
    assert Solicitud.objects.filter(pk=trato.pk).exists()


def test_not_while_something_is_under_way(rosa, distribuidora, todo):
    """A-12: an unfinished request stops it, by its folio, and nothing is changed."""
    abierta = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, estado=Estado.PENDIENTE_RESPUESTA)
    with pytest.raises(CommandError, match=rf"Tiene solicitudes sin terminar: {abierta.folio}\."):
        call_command("borrar_persona", RUT, "--confirmar")
    assert Usuario.objects.filter(identificador="12345678-5", is_active=True).exists()


def test_erasing_asks_first(rosa):
    """X-07: without `--confirmar` it says whose data would go."""
    with pytest.raises(CommandError, match=r"borra para siempre los datos de Rosa Fuentes Lagos"):
        call_command("borrar_persona", RUT)
    assert Usuario.objects.filter(identificador="12345678-5").exists()


@pytest.mark.parametrize("orden", [("exportar_persona", "1-9", "x.zip"), ("borrar_persona", "1-9")])
def test_nobody_by_that_identifier(db, orden):
    """X-07: said in words."""
    with pytest.raises(CommandError, match="Nadie tiene el identificador «1-9»"):
        call_command(*orden)


def test_a_file_is_not_overwritten(rosa, tmp_path):
    """X-07: what is there stays."""
    (tmp_path / "x.zip").write_text("otra cosa")
    with pytest.raises(CommandError, match="ya existe"):
        call_command("exportar_persona", RUT, str(tmp_path / "x.zip"))
    assert (tmp_path / "x.zip").read_text() == "otra cosa"
