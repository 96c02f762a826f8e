"""The SEC's page about the mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from portal.avisos.models import Aviso
from portal.encargos.models import Encargo
from portal.historial.models import Evento

pytestmark = pytest.mark.django_db
Estado = Encargo.Estado
LISTA = "/avisos/"


@pytest.fixture
def fallido(aviso):
    return aviso(estado=Estado.FALLIDO, intentos=8, error="El servidor de correo contestó 550: No existe")


def test_muestra_cifras_y_motivos(entrar, auditora, aviso, fallido, detenido):
    """X-02: waiting, oldest and failed as figures; each failed one with its reason."""
    aviso(creado=reloj.ahora() - timedelta(hours=3), para="pedro@correo.example")
    pagina = entrar(auditora).get(LISTA)
    texto = pagina.content.decode()
    assert pagina.status_code == 200
    assert pagina.context["cifras"]["esperan"] == 1
    assert pagina.context["cifras"]["fallidos"] == 1
    assert "3\xa0horas" in texto
    assert "El servidor de correo contestó 550: No existe" in texto


@pytest.mark.parametrize(
    ("consulta", "vistos"),
    [
        ("estado=fallido", {"rosa.fuentes@correo.example"}),
        ("para=PEDRO", {"pedro@correo.example"}),
        ("estado=fallido&para=pedro", set()),
        ("estado=inventado", {"rosa.fuentes@correo.example", "pedro@correo.example"}),
        ("para=%00&p=cien&tamano=-1", {"rosa.fuentes@correo.example", "pedro@correo.example"}),
    ],
)
def test_filtra_por_estado_y_correo(entrar, auditora, aviso, fallido, consulta, vistos):
    """X-02: filters combine and stand in the address; nonsense is no error."""
    aviso(para="pedro@correo.example")
    pagina = entrar(auditora).get(f"{LISTA}?{consulta}")
    assert {a.para for a in pagina.context["lista"].pagina.object_list} == vistos


def test_reenviar_uno(entrar, jefa_sec, fallido, caso):
    """X-02: the administrator sends a failed one again: it waits, with a fresh start, and the history says who."""
    respuesta = entrar(jefa_sec).post(reverse("avisos:reenviar", args=[fallido.pk]), follow=True)
    assert "sale otra vez a rosa.fuentes@correo.example" in respuesta.content.decode()
    nuevo = Aviso.todos().get()
    assert (nuevo.estado, nuevo.intentos) == (Estado.PENDIENTE, 0)
    assert [(e.hecho, e.perfil, e.caso_id) for e in Evento.objects.all()] == [("aviso_reenviado", jefa_sec, caso.pk)]


def test_reenviar_dos_veces_no_duplica(entrar, jefa_sec, fallido):
    """X-02: pressed twice, it goes once."""
    navegador = entrar(jefa_sec)
    navegador.post(reverse("avisos:reenviar", args=[fallido.pk]))
    respuesta = navegador.post(reverse("avisos:reenviar", args=[fallido.pk]), follow=True)
    assert "ya no está fallido" in respuesta.content.decode()
    assert Evento.objects.count() == 1


def test_reenviar_todos(entrar, jefa_sec, aviso, fallido):
    """X-02: all failed ones at once; those that were sent stay sent."""
    aviso(estado=Estado.FALLIDO)
    enviado = aviso(estado=Estado.HECHO)
    entrar(jefa_sec).post(reverse("avisos:reenviar_fallidos"))
    assert Aviso.todos().filter(estado=Estado.PENDIENTE).count() == 2
    assert Aviso.todos().get(pk=enviado.pk).estado == Estado.HECHO
    assert Evento.objects.get().datos == {"cantidad": 2}


@pytest.mark.parametrize("quien", ["rosa", "marcos", "agente"])
def test_no_es_para_otros(entrar, request, quien, fallido):
    """X-02: only the SEC sees the page."""
    navegador = entrar(request.getfixturevalue(quien))
    assert navegador.get(LISTA).status_code == 403
    assert navegador.post(reverse("avisos:reenviar", args=[fallido.pk])).status_code == 403


def test_la_auditora_mira_y_no_toca(entrar, auditora, fallido):
    """X-02: an auditor sees failed notices and has no button; trying anyway is refused."""
    navegador = entrar(auditora)
    assert "Reenviar" not in navegador.get(LISTA).content.decode()
    assert navegador.post(reverse("avisos:reenviar", args=[fallido.pk])).status_code == 403
    assert navegador.post(reverse("avisos:reenviar_fallidos")).status_code == 403
    assert Aviso.todos().get().estado == Estado.FALLIDO


def test_las_consultas_no_crecen(entrar, auditora, aviso):
    """X-02: the list costs the same with one notice and with several."""
    navegador = entrar(auditora)
    aviso()
    navegador.get(LISTA)  # what a process learns once
    with CaptureQueriesContext(connection) as una:
        navegador.get(LISTA)
    for _ in range(5):
        aviso(estado=Estado.FALLIDO)
    with CaptureQueriesContext(connection) as varias:
        navegador.get(LISTA)
    assert len(varias) == len(una)
