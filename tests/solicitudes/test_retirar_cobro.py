"""Retirar cobro: nothing is to be paid any more."""

import pytest

from pagos.models import Cobro
from portal import reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido", "medios")


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO])
def test_sin_respuesta_vuelve_a_esperarla(puerta, marcos, rosa, detenido, a_rosa_y_jorge, estado) -> None:
    """S-14: state, charge, history with the reason, notice to both; the page says what was withdrawn."""
    p = puerta(estado)
    assert "vuelve a esperar tu respuesta" in p.abrir("retirar_cobro", marcos).texto
    solicitud = p.hecho(
        p.enviar("retirar_cobro", marcos, comentario="No correspondía."),
        f"Retiraste el cobro de {p.solicitud.folio}.",
    )
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.PENDIENTE_RESPUESTA, None, None)
    cobro = solicitud.caso.cobros.get()
    assert (cobro.estado, cobro.resuelto, solicitud.cobro) == (Cobro.Estado.RETIRADO, detenido, None)
    suya = p.ver(rosa)
    assert (suya.historial, suya.notas) == (["Cobro retirado"], ["No correspondía."])
    assert "Cobro retirado: Estudio de conexión, $ 38.500." in suya.texto
    asunto = f"Ya no tienes que pagar por tu solicitud {solicitud.folio}"
    assert avisados(solicitud) == a_rosa_y_jorge("cobro_retirado", asunto)
    for aviso in Aviso.todos():
        assert "El motivo: «No correspondía.»" in aviso.texto


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO])
def test_con_respuesta_lista_la_entrega(puerta, marcos, rosa, detenido, a_rosa_y_jorge, estado) -> None:
    """S-14, P-04: it goes out at once, with its own mail after that of the withdrawal."""
    enviada = reloj.ahora()
    p = puerta(estado, respondido=enviada, liberado=None)
    assert "se le entregará de inmediato" in p.abrir("retirar_cobro", marcos).texto
    with reloj.adelantar(hours=5):
        pagina = p.enviar("retirar_cobro", marcos, comentario="Cortesía.")
        ahora = reloj.ahora()
    solicitud = p.hecho(pagina, f"Retiraste el cobro de {p.solicitud.folio}.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.RESPONDIDO, enviada, ahora)
    assert p.ver(rosa).historial == [
        "Respuesta entregada",
        "Cobro retirado",
        "Respuesta lista, se entrega al validar el pago",
    ]
    assert avisados(solicitud) == [
        *a_rosa_y_jorge("cobro_retirado", f"Ya no tienes que pagar por tu solicitud {solicitud.folio}"),
        *a_rosa_y_jorge("solicitud_respondida", f"Yungay Norte respondió tu solicitud {solicitud.folio}"),
    ]


def test_despues_se_puede_cobrar_de_nuevo(puerta, marcos) -> None:
    """P-01: one open charge at a time, not one for ever."""
    p = puerta(Estado.PENDIENTE_PAGO)
    p.enviar("retirar_cobro", marcos, comentario="Otro monto.")
    assert "Gestión de Pago" in p.ver(marcos).botones


@pytest.mark.parametrize("estado", [e for e in Estado if e not in (Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO)])
def test_a_destiempo_lo_dice(puerta, marcos, estado) -> None:
    """S-14: not while a proof is being looked at, not after it was accepted."""
    p = puerta(estado)
    pagina = p.enviar("retirar_cobro", marcos, comentario="Ya no.")
    p.negado(pagina, f"No se puede retirar el cobro: {p.solicitud.folio} está en estado «{estado.label}».")
    assert pagina.campo("comentario") == "Ya no."


def test_el_motivo_es_obligatorio(puerta, marcos) -> None:
    """S-14: reason mandatory."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("retirar_cobro", marcos, comentario="  ")
    p.negado(pagina, "Escribe el motivo: quien lo lea debe entender por qué")


def test_quien_puede_retirar(puerta, marcos, valentina, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """S-14: who handles requests at the company."""
    puerta(Estado.PENDIENTE_PAGO).acceso(
        "retirar_cobro",
        {marcos: 200, otra_dx: 404, valentina: 403, admin_dx: 403, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403},
    )
