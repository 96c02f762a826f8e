"""Desistir: the applicant gives the procedure up, before any answer or proof of payment."""

import pytest

from pagos.models import Cobro
from portal import reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido", "medios")
SE_PUEDE = (Estado.PENDIENTE_RESPUESTA, Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO)


@pytest.mark.parametrize("estado", SE_PUEDE)
def test_se_desiste(puerta, rosa, marcos, a_rosa_y_jorge, estado) -> None:
    """S-20: state, no charge left open, history says who, notice to both."""
    p = puerta(estado)
    solicitud = p.hecho(
        p.enviar("desistir", rosa, comentario="Vendí la casa."), f"Desististe de la solicitud {p.solicitud.folio}."
    )
    assert solicitud.estado == Estado.ANULADO
    assert not solicitud.caso.cobros.filter(estado__in=Cobro.ABIERTOS).exists()
    de_la_empresa = p.ver(marcos)
    assert (de_la_empresa.historial, de_la_empresa.notas) == (["El solicitante desistió"], ["Vendí la casa."])
    assert avisados(solicitud) == a_rosa_y_jorge("solicitud_desistida", f"Desististe de tu solicitud {solicitud.folio}")
    for aviso in Aviso.todos():
        assert "Escribiste: «Vendí la casa.»" in aviso.texto


@pytest.mark.parametrize("estado", [e for e in Estado if e not in SE_PUEDE])
def test_a_destiempo_lo_dice(puerta, rosa, estado) -> None:
    """S-20, S-14: never once a proof of payment was sent."""
    p = puerta(estado)
    pagina = p.enviar("desistir", rosa, comentario="Ya no.")
    sentencias = (
        f"No se puede desistir: {p.solicitud.folio} está en estado «{estado.label}».",
        "No se puede desistir: la empresa ya respondió.",
    )
    p.negado(pagina, sentencias[bool(p.solicitud.respondido)])
    assert pagina.campo("comentario") == "Ya no."


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO])
def test_con_la_respuesta_lista_ya_no(puerta, rosa, estado) -> None:
    """S-20: before the answer."""
    p = puerta(estado, respondido=reloj.ahora(), liberado=None)
    pagina = p.enviar("desistir", rosa, comentario="Ya no.")
    p.negado(pagina, "No se puede desistir: la empresa ya respondió.")


def test_el_comentario_es_obligatorio(puerta, rosa) -> None:
    """S-20: comment mandatory."""
    p = puerta()
    p.negado(p.enviar("desistir", rosa, comentario=" "), "Escribe el comentario: quien lo lea debe entender por qué")


def test_quien_puede_desistir(puerta, rosa, pedro, marcos, valentina, otra_dx, auditora, jefa_sec) -> None:
    """S-20: the applicant alone; another one as for an unknown folio."""
    puerta().acceso(
        "desistir", {rosa: 200, pedro: 404, marcos: 403, valentina: 403, otra_dx: 403, auditora: 403, jefa_sec: 403}
    )
