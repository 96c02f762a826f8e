"""Anular: the regulator ends the procedure."""

import pytest

from pagos.models import Cobro, Comprobante
from portal import reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido", "medios")


@pytest.mark.parametrize("estado", [e for e in Estado if e is not Estado.ANULADO])
def test_se_anula_desde_cualquier_estado(puerta, jefa_sec, rosa, a_rosa_y_jorge, estado) -> None:
    """R-05: state, no charge left open, history with the comment and by whom, notice to both."""
    p = puerta(estado)
    assert "No se puede deshacer" in p.abrir("anular", jefa_sec).texto
    solicitud = p.hecho(
        p.enviar("anular", jefa_sec, comentario="Se envió dos veces."), f"Anulaste la solicitud {p.solicitud.folio}."
    )
    assert solicitud.estado == Estado.ANULADO
    assert (solicitud.respondido, solicitud.liberado) == (p.solicitud.respondido, p.solicitud.liberado)
    assert not solicitud.caso.cobros.filter(estado__in=Cobro.ABIERTOS).exists()
    assert not Comprobante.objects.filter(estado=Comprobante.Estado.POR_VALIDAR).exists()
    suya = p.ver(rosa)
    assert (suya.historial[0], suya.notas[0]) == ("Anulada por la SEC", "Se envió dos veces.")
    assert avisados(solicitud) == a_rosa_y_jorge("solicitud_anulada", f"Tu solicitud {solicitud.folio} fue anulada")
    for aviso in Aviso.todos():
        assert "El motivo: «Se envió dos veces.»" in aviso.texto


def test_un_pago_validado_sigue_validado(puerta, jefa_sec) -> None:
    """R-05, P-05: money that arrived is not made not to have arrived."""
    p = puerta(Estado.PAGO_VALIDADO)
    p.enviar("anular", jefa_sec, comentario="Error.")
    assert p.releer().caso.cobros.get().estado == Cobro.Estado.VALIDADO


def test_una_respuesta_retenida_no_sale_al_anular(puerta, jefa_sec, rosa, entrar) -> None:
    """P-04, R-05: what was not paid stays kept back."""
    p = puerta(Estado.PENDIENTE_PAGO, respondido=reloj.ahora(), liberado=None)
    p.enviar("anular", jefa_sec, comentario="Error.")
    assert p.releer().liberado is None
    respuesta = p.solicitud.caso.adjuntos.get(tipo="respuesta")
    assert entrar(rosa).get(f"/adjuntos/{respuesta.pk}/").status_code == 403
    assert "Vale seis meses." not in p.ver(rosa).texto


@pytest.mark.parametrize("comentario", ["", "   ", "\r\n"])
def test_el_comentario_es_obligatorio(puerta, jefa_sec, comentario) -> None:
    """R-05: comment mandatory."""
    p = puerta()
    pagina = p.enviar("anular", jefa_sec, comentario=comentario)
    p.negado(pagina, "Escribe el comentario: quien lo lea debe entender por qué")


def test_anulada_ya_lo_dice(puerta, jefa_sec) -> None:
    """S-14: once."""
    p = puerta(Estado.ANULADO)
    pagina = p.enviar("anular", jefa_sec, comentario="Otra vez.")
    p.negado(pagina, f"No se puede anular: {p.solicitud.folio} está en estado «Anulado».")
    assert pagina.campo("comentario") == "Otra vez."


def test_quien_puede_anular(puerta, jefa_sec, auditora, marcos, valentina, admin_dx, otra_dx, rosa, pedro) -> None:
    """R-05: the SEC's administrator; its auditor looks."""
    puerta().acceso(
        "anular",
        {
            jefa_sec: 200,
            auditora: 403,
            marcos: 403,
            valentina: 403,
            admin_dx: 403,
            otra_dx: 403,
            rosa: 403,
            pedro: 403,
        },
    )


def test_un_folio_que_no_existe_no_se_anula(puerta, entrar, jefa_sec) -> None:
    """R-05: 404 for the regulator too."""
    p = puerta()
    assert entrar(jefa_sec).post(p.direccion("anular", "YN987654321"), {"comentario": "x"}).status_code == 404
