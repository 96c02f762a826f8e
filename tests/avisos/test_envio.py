"""Sending against a real server: what it accepts, what it postpones, what it refuses, and when it is not there."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.base import ContentFile

from portal import reloj
from portal.avisos.models import Aviso
from portal.avisos.tasks import enviar_aviso
from portal.encargos.models import Encargo
from portal.encargos.reparto import barrer
from tests import factories

pytestmark = pytest.mark.django_db
Estado = Encargo.Estado


def releer(aviso: Aviso) -> Aviso:
    return Aviso.todos().get(pk=aviso.pk)


def test_se_envia_una_vez(servidor, aviso):
    """X-02: the message arrives whole, with a Message-ID of its row; calling the task again sends nothing."""
    nuevo = aviso()
    enviar_aviso(str(nuevo.pk))
    enviar_aviso(str(nuevo.pk))
    (correo,) = servidor.recibidos
    assert servidor.destinatarios == ["rosa.fuentes@correo.example"]
    assert correo["Subject"] == "YN194: recibimos tu solicitud"
    assert correo["Message-ID"] == nuevo.id_mensaje
    assert correo["Auto-Submitted"] == "auto-generated"
    assert [p.get_content_type() for p in correo.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert releer(nuevo).estado == Estado.HECHO


def test_lleva_los_adjuntos(servidor, aviso, caso):
    """X-02: attachments come from the storage, under their own name."""
    nuevo = aviso()
    adjunto = factories.AdjuntoFactory(caso=caso, nombre="Respuesta\r\nBcc: x@y.cl ñandú.pdf", formato="pdf")
    adjunto.archivo.save("x", ContentFile(b"%PDF-1.7 prueba"), save=False)
    adjunto.save()
    nuevo.adjuntos.add(adjunto)
    enviar_aviso(str(nuevo.pk))
    (parte,) = servidor.recibidos[0].iter_attachments()
    assert parte.get_content() == b"%PDF-1.7 prueba"
    assert parte.get_content_type() == "application/pdf"
    assert parte.get_filename() == "Respuesta Bcc: x@y.cl ñandú.pdf"
    assert servidor.recibidos[0]["Bcc"] is None


def test_un_adjunto_perdido_falla_a_la_vista(servidor, aviso, caso):
    """X-02: a file that is missing is an error for a person, not for another attempt."""
    nuevo = aviso()
    nuevo.adjuntos.add(factories.AdjuntoFactory(caso=caso))
    enviar_aviso(str(nuevo.pk))
    fallido = releer(nuevo)
    assert (fallido.estado, fallido.error) == (
        Estado.FALLIDO,
        "Falta en el almacén un archivo que el aviso lleva adjunto.",
    )
    assert servidor.recibidos == []


def test_451_se_intenta_otra_vez_con_pausas_que_crecen(servidor, aviso, detenido):
    """X-02: «not now» is tried again after 15 s, 1 min, 5 min …, eight times in all, then it has failed."""
    servidor.responder = "451 4.7.1 Vuelva más tarde"
    nuevo, pausas, momento = aviso(), [], detenido
    while releer(nuevo).estado == Estado.PENDIENTE:
        with reloj.detener(momento):
            enviar_aviso(str(nuevo.pk))
            siguiente = releer(nuevo).proximo
            enviar_aviso(str(nuevo.pk))
            assert releer(nuevo).proximo == siguiente, "antes de la pausa no se intenta"
        if releer(nuevo).estado == Estado.PENDIENTE:
            pausas.append((siguiente - momento).total_seconds())
            momento = siguiente
    assert pausas == [15, 60, 300, 900, 3600, 10800, 43200]
    fallido = releer(nuevo)
    assert (fallido.estado, fallido.intentos) == (Estado.FALLIDO, 8)
    assert fallido.error == "El servidor de correo contestó 451: 4.7.1 Vuelva más tarde"


def test_451_y_despues_bien(servidor, aviso, detenido):
    """X-02: what was postponed arrives when the server takes it, with the same Message-ID."""
    servidor.responder = "451 Vuelva más tarde"
    nuevo = aviso()
    enviar_aviso(str(nuevo.pk))
    servidor.responder = None
    with reloj.adelantar(seconds=16):
        assert barrer() == 1
    assert [c["Message-ID"] for c in servidor.recibidos] == [nuevo.id_mensaje]
    hecho = releer(nuevo)
    assert (hecho.estado, hecho.intentos, hecho.error) == (Estado.HECHO, 2, "")


def test_550_falla_y_se_muestra(servidor, aviso):
    """X-02: a refusal is shown with the server's words and not tried again."""
    servidor.responder = "550 5.1.1 No existe esa casilla"
    nuevo = aviso()
    enviar_aviso(str(nuevo.pk))
    fallido = releer(nuevo)
    assert (fallido.estado, fallido.intentos) == (Estado.FALLIDO, 1)
    assert fallido.error == "El servidor de correo contestó 550: 5.1.1 No existe esa casilla"


def test_554_tras_los_datos_tambien_es_no(servidor, aviso):
    """X-02: a refusal of the content is a refusal."""
    servidor.tras_datos = "554 5.6.0 Contenido rechazado"
    nuevo = aviso()
    enviar_aviso(str(nuevo.pk))
    assert releer(nuevo).estado == Estado.FALLIDO


@pytest.mark.parametrize("como", ["cortar", "callar"])
def test_corte_o_silencio_tras_los_datos(servidor, aviso, detenido, como):
    """X-02: cut or mute after DATA, nobody knows whether it arrived: again, and the Message-ID is the same."""
    setattr(servidor, como, True)
    nuevo = aviso()
    enviar_aviso(str(nuevo.pk))
    pendiente = releer(nuevo)
    assert (pendiente.estado, pendiente.intentos) == (Estado.PENDIENTE, 1)
    assert pendiente.error == "El servidor de correo cortó la conexión."
    setattr(servidor, como, False)
    with reloj.adelantar(seconds=16):
        enviar_aviso(str(nuevo.pk))
    assert [c["Message-ID"] for c in servidor.recibidos] == [nuevo.id_mensaje] * 2
    assert releer(nuevo).estado == Estado.HECHO


def test_servidor_caido_no_gasta_intentos(servidor, aviso, settings, detenido):
    """X-02: a server that is down for days loses nothing; every notice is tried again every four minutes at most."""
    puerto, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    nuevo, momento, pausas = aviso(), detenido, []
    for _ in range(12):
        with reloj.detener(momento):
            enviar_aviso(str(nuevo.pk))
        pendiente = releer(nuevo)
        assert (pendiente.estado, pendiente.intentos) == (Estado.PENDIENTE, 0)
        assert pendiente.error == "El servidor de correo no responde (ConnectionRefusedError)."
        pausas.append((pendiente.proximo - momento).total_seconds())
        momento = pendiente.proximo
    assert pausas == [15, 15, 30, 60, 120, 240, 240, 240, 240, 240, 240, 240]
    settings.EMAIL_PORT = puerto
    with reloj.detener(momento):
        enviar_aviso(str(nuevo.pk))
    assert releer(nuevo).estado == Estado.HECHO


@pytest.mark.parametrize(
    "malo",
    [
        {"asunto": "uno\nBcc: todos@correo.example"},
        {"para": "ana@correo.example\nBcc: todos@correo.example"},
        {"para": "sin arroba"},
        {"para": "ñ@@correo..example"},
    ],
)
def test_un_encabezado_imposible_falla_sin_reintentos(servidor, aviso, malo):
    """X-02: a bad header fails visibly, at once, and nothing reaches anybody."""
    nuevo = aviso(**malo)
    enviar_aviso(str(nuevo.pk))
    assert (releer(nuevo).estado, servidor.destinatarios) == (Estado.FALLIDO, [])
    assert releer(nuevo).error != ""


def test_el_arriendo_vencido_se_retoma(servidor, aviso, detenido):
    """X-02: a notice whose worker died is taken again when its lease has lapsed, not before."""
    nuevo = aviso()
    assert Aviso.tomar(nuevo.pk) is not None
    with reloj.adelantar(seconds=179):
        assert (barrer(), Aviso.tomar(nuevo.pk)) == (0, None)
    with reloj.adelantar(seconds=181):
        assert barrer() == 1
    assert [c["Message-ID"] for c in servidor.recibidos] == [nuevo.id_mensaje]


def test_el_que_mata_a_todos_termina_fallido(servidor, aviso, detenido):
    """X-02: a notice whose workers die again and again is failed in the end."""
    nuevo, momento = aviso(), detenido
    for _ in range(9):
        with reloj.detener(momento):
            Aviso.tomar(nuevo.pk)
        momento += timedelta(minutes=4)
    assert releer(nuevo).estado == Estado.FALLIDO


def test_sin_servidor_configurado_cada_correo_es_un_archivo(aviso, settings, tmp_path):
    """X-02: the embedded default writes one complete message per file, with a name that says what it is."""
    settings.EMAIL_BACKEND = "portal.avisos.buzon.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "correo")
    nuevo = aviso(asunto="YN194: ñandú /../ tu solicitud")
    enviar_aviso(str(nuevo.pk))
    (archivo,) = (tmp_path / "correo").iterdir()
    assert archivo.name.endswith(".eml")
    assert "_rosa.fuentes@correo.example_yn194-nandu-tu-solicitud_aviso-" in archivo.name
    correo = message_from_bytes(archivo.read_bytes(), policy=policy.default)
    assert (correo["Subject"], correo["To"]) == (nuevo.asunto, nuevo.para)
    assert correo.get_body(("html",)).get_content().strip() == "<p>Hola, Rosa</p>"
