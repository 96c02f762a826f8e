"""Validar pago: the company says that the money arrived."""

import pytest

from pagos.models import Cobro, Comprobante
from portal import reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido", "medios")


def test_sin_respuesta_queda_por_responder(puerta, valentina, rosa, detenido, a_rosa_y_jorge) -> None:
    """P-03: state, charge and attempt validated by whom and when, history, notice to both."""
    p = puerta(Estado.PENDIENTE_VALIDACION)
    assert "Confirmas que tu empresa recibió $ 38.500" in p.abrir("validar_pago", valentina).arbol.text_content()
    solicitud = p.hecho(p.enviar("validar_pago", valentina, si="1"), f"Validaste el pago de {p.solicitud.folio}.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.PAGO_VALIDADO, None, None)
    cobro = solicitud.cobro
    intento = cobro.comprobantes.get()
    assert (cobro.estado, cobro.resuelto) == (Cobro.Estado.VALIDADO, detenido)
    assert (intento.estado, intento.resuelto, intento.resuelto_por) == (
        Comprobante.Estado.VALIDADO,
        detenido,
        valentina,
    )
    assert p.ver(rosa).historial == ["Pago validado"]
    assert avisados(solicitud) == a_rosa_y_jorge("pago_validado", f"Tu pago fue validado: {solicitud.folio}")
    for aviso in Aviso.todos():
        assert "Recibió $ 38.500. Ahora debe responder tu Solicitud de Conexión." in aviso.texto


def test_con_respuesta_lista_la_entrega(puerta, valentina, rosa, detenido, a_rosa_y_jorge) -> None:
    """P-03, P-04: released now, answered when it was sent; the mail carries the answer's words and file."""
    enviada = reloj.ahora()
    p = puerta(Estado.PENDIENTE_VALIDACION, respondido=enviada, liberado=None)
    with reloj.adelantar(days=1):
        pagina = p.enviar("validar_pago", valentina, si="1")
        ahora = reloj.ahora()
    solicitud = p.hecho(pagina, f"Validaste el pago de {p.solicitud.folio}.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.RESPONDIDO, enviada, ahora)
    suya = p.ver(rosa)
    assert suya.historial[:2] == ["Respuesta entregada", "Pago validado"]
    assert suya.notas == ["Vale seis meses."]
    assert avisados(solicitud) == a_rosa_y_jorge(
        "solicitud_respondida", f"Yungay Norte respondió tu solicitud {solicitud.folio}"
    )
    for aviso in Aviso.todos():
        assert "Vale seis meses." in aviso.texto
        assert [a.nombre for a in aviso.adjuntos.all()] == ["respuesta.pdf"]


@pytest.mark.parametrize("estado", [e for e in Estado if e is not Estado.PENDIENTE_VALIDACION])
def test_a_destiempo_lo_dice(puerta, valentina, estado) -> None:
    """P-03, S-14."""
    p = puerta(estado)
    pagina = p.enviar("validar_pago", valentina, si="1")
    p.negado(pagina, f"No se puede validar el pago: {p.solicitud.folio} está en estado «{estado.label}».")


def test_mirar_la_pagina_no_valida(puerta, valentina) -> None:
    """P-03: only sending does."""
    p = puerta(Estado.PENDIENTE_VALIDACION)
    assert p.abrir("validar_pago", valentina).codigo == 200
    assert p.releer().estado == Estado.PENDIENTE_VALIDACION


def test_el_boton_solo_basta(puerta, entrar, valentina) -> None:
    """P-03: the form has no field; sent without any, it validates."""
    p = puerta(Estado.PENDIENTE_VALIDACION)
    assert entrar(valentina).post(p.direccion("validar_pago")).status_code == 302
    assert p.releer().estado == Estado.PAGO_VALIDADO


def test_quien_puede_validar(puerta, marcos, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """P-03: payment validators of the company alone."""
    puerta(Estado.PENDIENTE_VALIDACION).acceso(
        "validar_pago", {otra_dx: 404, marcos: 403, admin_dx: 403, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403}
    )
