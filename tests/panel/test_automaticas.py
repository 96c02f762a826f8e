"""Respondido Automático: what a company prepares, and the two moments at which the portal answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras, reloj
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como
from portal.historial.models import Evento
from solicitudes import actions, automaticas
from solicitudes.formularios import Formulario
from solicitudes.models import Causa, CeldaAtencion, Estado, RespuestaAutomatica
from tests.solicitudes.puerta import Pagina

pytestmark = pytest.mark.django_db
LISTA, INFORMACION = "/solicitudes/automaticas/", "/solicitudes/automaticas/informacion/"
TEXTO = "Van las condiciones."


def _pdf(nombre: str = "condiciones.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, muestras.pdf(nombre))


def test_se_prepara_por_la_pagina(todo, entrar, admin_dx, distribuidora):
    """S-15: file, text and the two switches, with who changed what; both off until they are set."""
    navegador = entrar(admin_dx)
    pagina = Pagina(navegador.get(LISTA))
    assert "Solicitud de Información" in pagina.texto
    assert "Manifestación de Conformidad</a>" not in pagina.texto
    assert "Responde el portal" not in pagina.texto
    guardada = Pagina(navegador.post(INFORMACION, {"archivo": _pdf(), "texto": TEXTO, "al_enviar": "on"}, follow=True))
    assert guardada.mensajes == ["Guardamos la respuesta automática de Solicitud de Información."]
    preparada = RespuestaAutomatica.objects.get()
    assert (preparada.distribuidora, preparada.texto, preparada.al_enviar, preparada.al_vencer) == (
        distribuidora, TEXTO, True, False,
    )  # fmt: skip
    assert preparada.archivo.nombre == "condiciones.pdf"
    evento = Evento.objects.get(hecho="automatica_preparada")
    assert evento.perfil == admin_dx
    assert ["Responder al enviar", "No", "Sí"] in evento.datos["cambios"]
    bajado = navegador.get(INFORMACION + "archivo/")
    assert b"".join(bajado.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("datos", "error"),
    [
        ({"al_enviar": "on", "texto": TEXTO}, "Adjunta la respuesta: sin ella el portal no puede responder."),
        ({"al_vencer": "on", "texto": TEXTO}, "Adjunta la respuesta: sin ella el portal no puede responder."),
        ({"al_enviar": "on", "archivo": True}, "Escribe el texto que acompaña la respuesta."),
        ({"texto": "x" * 2001}, "Escribe a lo más 2000 caracteres. Ahora son 2001"),
    ],
)
def test_sin_respuesta_no_se_activa(todo, entrar, admin_dx, datos, error):
    """S-15: a switch without a file or a text is refused beside its field, and nothing changes."""
    enviado = {k: _pdf() if k == "archivo" else v for k, v in datos.items()}
    pagina = Pagina(entrar(admin_dx).post(INFORMACION, enviado))
    assert pagina.errores == [error]
    assert pagina.resumen
    assert not RespuestaAutomatica.objects.filter(al_enviar=True).exists()
    assert not Evento.objects.filter(hecho="automatica_preparada").exists()


def test_quien_no_administra_no_la_prepara(todo, marcos, otra_dx, jefa_sec, distribuidora):
    """S-15, A-11: at the action too: neither a handler, nor another company's, nor the SEC."""
    for perfil in (marcos, otra_dx, jefa_sec):
        with pytest.raises(PermissionDenied):
            automaticas.preparar(distribuidora, por=perfil, formulario=Formulario.SI, texto=TEXTO)


def test_la_de_otra_empresa_no_se_ve(todo, entrar, admin_dx, preparada, otra_distribuidora):
    """S-15, A-12: another company's file is not there."""
    preparada(al_enviar=True, distribuidora=otra_distribuidora)
    ajena = RespuestaAutomatica.objects.get()
    ajena.distribuidora = otra_distribuidora
    ajena.save()
    assert entrar(admin_dx).get(INFORMACION + "archivo/").status_code == 404
    assert "Responde el portal" not in entrar(admin_dx).get(LISTA).text
    assert entrar(admin_dx).get("/solicitudes/automaticas/conformidad/").status_code == 404


def test_al_enviar_responde_en_el_acto(todo, detenido, entrar, rosa, enviar, preparada, regla):
    """S-15: filed and answered at once, in time, by the portal; the applicant gets the file, twice told."""
    regla()
    preparada(al_enviar=True)
    solicitud = enviar()
    solicitud.refresh_from_db()
    assert (solicitud.estado, solicitud.causa_automatica) == (Estado.RESPONDIDO_AUTOMATICO, Causa.REGLA)
    assert solicitud.respondido == solicitud.liberado == detenido
    hechos = list(solicitud.caso.eventos.order_by("pk").values_list("hecho", "perfil"))
    assert hechos == [("enviada", rosa.pk), ("respondida_por_regla", None)]
    adjunto = solicitud.caso.adjuntos.get(tipo="respuesta")
    assert (adjunto.nombre, adjunto.subido_por) == ("respuesta.pdf", None)
    avisos = Aviso.todos().filter(caso=solicitud.caso).order_by("pk")
    assert [a.plantilla for a in avisos] == ["solicitud_recibida_SI", "respondida_automaticamente_regla"]
    assert list(avisos[1].adjuntos.all()) == [adjunto]
    assert TEXTO in avisos[1].texto
    assert CeldaAtencion.objects.values_list("resultado", "dias", "n").get() == ("en_plazo", 0, 1)
    pagina = Pagina(entrar(rosa).get(solicitud.get_absolute_url()))
    assert pagina.historial[0] == "Respuesta automática: la empresa la tiene preparada para este formulario"
    assert TEXTO in pagina.notas
    assert pagina.descargables >= {f"/adjuntos/{adjunto.pk}/"}


def test_al_enviar_solo_ese_formulario_y_esa_empresa(todo, enviar, preparada, otra_distribuidora):
    """S-15: another form, another company and a Manifestación are not touched; nor is anything while it is off."""
    preparada(al_enviar=True)
    assert enviar(Formulario.SC).estado == Estado.PENDIENTE_RESPUESTA
    assert enviar(Formulario.MC).estado == Estado.ENVIADO
    assert enviar(empresa=otra_distribuidora).estado == Estado.PENDIENTE_RESPUESTA
    preparada(al_enviar=False)
    assert enviar().estado == Estado.PENDIENTE_RESPUESTA


def test_al_vencer_responde_y_nunca_cuenta_en_plazo(todo, detenido, entrar, marcos, enviar, preparada, regla):
    """S-15: the day after the term, once, with its cause told in history and tray; never in time."""
    regla()
    preparada(al_vencer_desde=detenido)
    solicitud = enviar()
    with reloj.detener(solicitud.vence - timedelta(minutes=1)):
        assert automaticas.responder_vencidas() == 0
    with reloj.detener(solicitud.vence + timedelta(minutes=10)):
        assert automaticas.responder_vencidas() == 1
        assert automaticas.responder_vencidas() == 0
        bandeja = entrar(marcos).get("/solicitudes/").text
    solicitud.refresh_from_db()
    assert (solicitud.estado, solicitud.causa_automatica) == (Estado.RESPONDIDO_AUTOMATICO, Causa.LAPSO)
    assert CeldaAtencion.objects.values_list("resultado", "n").get() == ("lapso", 1)
    assert "Respuesta: del portal, al vencer el plazo" in bandeja
    pagina = Pagina(entrar(marcos).get(solicitud.get_absolute_url()))
    assert pagina.historial[0] == "Respuesta automática: el plazo venció sin respuesta de la empresa"
    (aviso,) = Aviso.todos().filter(plantilla="respondida_automaticamente_lapso")
    assert "no respondió tu Solicitud de Información dentro del plazo" in aviso.texto


def test_lo_vencido_antes_de_activarla_queda_para_la_empresa(todo, detenido, enviar, preparada, regla):
    """S-15: switching it on does not answer what had lapsed before."""
    regla()
    solicitud = enviar()
    despues = solicitud.vence + timedelta(days=1)
    preparada(al_vencer_desde=despues)
    with reloj.detener(despues + timedelta(days=1)):
        assert automaticas.responder_vencidas() == 0


def test_prenderla_otra_vez_no_mueve_su_comienzo(todo, detenido, admin_dx, preparada, distribuidora):
    """S-15: saved again while it is on, it is on since the first time; off and on, since now."""
    preparada(al_vencer_desde=detenido)
    comun = {"por": admin_dx, "formulario": Formulario.SI, "texto": TEXTO}
    with reloj.adelantar(days=3):
        assert automaticas.preparar(distribuidora, al_vencer=True, **comun).al_vencer_desde == detenido
        assert automaticas.preparar(distribuidora, **comun).al_vencer_desde is None
        assert automaticas.preparar(distribuidora, al_vencer=True, **comun).al_vencer_desde == reloj.ahora()


@pytest.mark.parametrize("estado", [e for e in Estado if e not in (Estado.PENDIENTE_RESPUESTA, Estado.PAGO_VALIDADO)])
def test_solo_lo_que_espera_respuesta(todo, detenido, en_estado, preparada, estado):
    """S-15, S-14: an open payment, an answer or an end is left alone."""
    preparada(al_vencer_desde=detenido - timedelta(days=9), formulario=Formulario.SC)
    solicitud = en_estado(estado, vence=detenido - timedelta(days=1))
    assert automaticas.responder_vencidas() == 0
    solicitud.refresh_from_db()
    assert solicitud.estado == estado


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_RESPUESTA, Estado.PAGO_VALIDADO])
def test_lo_que_espera_respuesta_se_responde(todo, detenido, en_estado, preparada, estado):
    """S-15, S-14: also after a payment was validated."""
    preparada(al_vencer_desde=detenido - timedelta(days=9), formulario=Formulario.SC)
    solicitud = en_estado(estado, vence=detenido - timedelta(days=1))
    assert automaticas.responder_vencidas() == 1
    solicitud.refresh_from_db()
    assert solicitud.estado == Estado.RESPONDIDO_AUTOMATICO


def test_el_archivo_viejo_sigue_en_los_casos(todo, detenido, entrar, rosa, admin_dx, enviar, guardado, preparada):
    """S-15: a new standing answer does not change what was answered with the old one."""
    preparada(al_enviar=True)
    solicitud = enviar()
    with como(admin_dx):
        automaticas.preparar(
            solicitud.distribuidora, por=admin_dx, formulario=Formulario.SI, texto="Otro.",
            archivo=guardado(admin_dx, "nueva.pdf"), al_enviar=True,
        )  # fmt: skip
    assert [a.nombre for a in solicitud.caso.adjuntos.filter(tipo="respuesta")] == ["respuesta.pdf"]
    otra = enviar()
    assert [a.nombre for a in otra.caso.adjuntos.filter(tipo="respuesta")] == ["nueva.pdf"]


def test_se_complementa_como_cualquier_respuesta(todo, detenido, marcos, enviar, guardado, preparada):
    """S-15, S-10: the company may add to an automatic answer; its cause stays."""
    preparada(al_enviar=True)
    solicitud = enviar()
    with como(marcos):
        actions.complementar(solicitud, por=marcos, respuesta=guardado(marcos))
    solicitud.refresh_from_db()
    assert (solicitud.estado, solicitud.causa_automatica) == (Estado.RESPONDIDO_AUTOMATICO, Causa.REGLA)
