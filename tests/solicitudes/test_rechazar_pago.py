"""Rechazar pago: the proof is no proof, and the applicant is told why."""

import pytest

from pagos.models import Cobro, Comprobante
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido", "medios")


def test_se_rechaza_con_motivo(puerta, valentina, rosa, detenido, a_rosa_y_jorge) -> None:
    """P-03: state, attempt, charge open again for another proof, history with the reason, notice to both."""
    p = puerta(Estado.PENDIENTE_VALIDACION)
    solicitud = p.hecho(
        p.enviar("rechazar_pago", valentina, comentario="No se lee\nel monto."),
        f"Rechazaste el pago de {p.solicitud.folio}.",
    )
    assert solicitud.estado == Estado.PAGO_RECHAZADO
    intento = solicitud.cobro.comprobantes.get()
    assert solicitud.cobro.estado == Cobro.Estado.RECHAZADO
    assert (intento.estado, intento.motivo, intento.resuelto, intento.resuelto_por) == (
        Comprobante.Estado.RECHAZADO,
        "No se lee\nel monto.",
        detenido,
        valentina,
    )
    suya = p.ver(rosa)
    assert (suya.historial, suya.notas) == (["Pago rechazado"], ["No se leeel monto."])
    assert avisados(solicitud) == a_rosa_y_jorge(
        "pago_rechazado", f"{solicitud.folio}: tu comprobante de pago fue rechazado"
    )
    for aviso in Aviso.todos():
        assert "«No se lee\nel monto.»" in aviso.texto


@pytest.mark.parametrize(
    ("motivo", "frase"),
    [
        ("", "Escribe el motivo del rechazo: quien lo lea debe entender por qué"),
        (" \n ", "Escribe el motivo del rechazo: quien lo lea debe entender por qué"),
        ("x" * 2001, "Escribe a lo más 2000 caracteres. Ahora son 2001"),
    ],
    ids=["nada", "blancos", "demasiado"],
)
def test_el_motivo_es_obligatorio_y_cabe(puerta, valentina, motivo, frase) -> None:
    """P-03: nothing is decided without it."""
    p = puerta(Estado.PENDIENTE_VALIDACION)
    pagina = p.enviar("rechazar_pago", valentina, comentario=motivo)
    p.negado(pagina, frase)
    assert pagina.campo("comentario").strip() == motivo.strip()


@pytest.mark.parametrize("estado", [e for e in Estado if e is not Estado.PENDIENTE_VALIDACION])
def test_a_destiempo_lo_dice(puerta, valentina, estado) -> None:
    """P-03, S-14: what was typed stays."""
    p = puerta(estado)
    pagina = p.enviar("rechazar_pago", valentina, comentario="No se lee.")
    p.negado(pagina, f"No se puede rechazar el pago: {p.solicitud.folio} está en estado «{estado.label}».")
    assert pagina.campo("comentario") == "No se lee."


def test_quien_puede_rechazar(puerta, valentina, marcos, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """P-03: payment validators of the company alone."""
    puerta(Estado.PENDIENTE_VALIDACION).acceso(
        "rechazar_pago",
        {
            valentina: 200,
            otra_dx: 404,
            marcos: 403,
            admin_dx: 403,
            rosa: 403,
            pedro: 403,
            auditora: 403,
            jefa_sec: 403,
        },
    )
