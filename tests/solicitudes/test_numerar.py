"""Numerar: the company's own reference, given and edited."""

import pytest

from solicitudes.models import Estado, Solicitud
from tests.solicitudes.puerta import avisados

pytestmark = pytest.mark.usefixtures("detenido")


@pytest.mark.parametrize("estado", Estado)
def test_se_da_y_se_edita_en_cualquier_estado(puerta, marcos, estado) -> None:
    """S-11: kept, in the history, nobody is mailed."""
    p = puerta(estado)
    pagina = p.enviar("numerar", marcos, numero_solicitud="  2026-017/A ")
    solicitud = p.hecho(pagina, f"Guardamos el N° Solicitud de {p.solicitud.folio}.")
    assert (solicitud.numero_solicitud, solicitud.estado) == ("2026-017/A", estado)
    assert pagina.historial[0] == "N° Solicitud: 2026-017/A"
    assert avisados(solicitud) == []


def test_el_mismo_numero_no_ensucia_el_historial(puerta, marcos) -> None:
    """S-11, X-06: nothing changed, nothing is told."""
    p = puerta(numero_solicitud="A1")
    pagina = p.enviar("numerar", marcos, numero_solicitud="A1")
    p.hecho(pagina, f"Guardamos el N° Solicitud de {p.solicitud.folio}.")
    assert pagina.historial == []


def test_se_puede_quitar(puerta, marcos) -> None:
    """S-11: it is optional."""
    p = puerta(numero_solicitud="A1")
    pagina = p.enviar("numerar", marcos, numero_solicitud="", x="1")
    assert p.hecho(pagina, f"Guardamos el N° Solicitud de {p.solicitud.folio}.").numero_solicitud == ""
    assert pagina.historial == ["N° Solicitud: sin número"]


@pytest.mark.parametrize(
    ("usados", "propuesto"),
    [
        ([], "2026001"),
        (["2026001"], "2026002"),
        (["2026009", "2026010"], "2026011"),
        (["2026999"], "20261000"),
        (["20261000", "2026999"], "20261001"),
        (["2025044", "zx", "2026-5", "2026٣"], "2026001"),
        (["2026007", "20269999999999999"], "2026008"),
    ],
)
def test_se_propone_el_siguiente_del_ano(puerta, marcos, en_estado, usados, propuesto) -> None:
    """S-11: after the company's last one of the year; what is no such number does not count."""
    for numero in usados:
        en_estado(Estado.RESPONDIDO, numero_solicitud=numero)
    assert puerta().abrir("numerar", marcos).campo("numero_solicitud") == propuesto


def test_los_numeros_de_otra_empresa_no_cuentan(puerta, marcos, otra_distribuidora) -> None:
    """S-11, A-12: proposed and warned within the company."""
    from tests.factories import SolicitudFactory

    SolicitudFactory(distribuidora=otra_distribuidora, numero_solicitud="2026055")
    p = puerta()
    assert p.abrir("numerar", marcos).campo("numero_solicitud") == "2026001"
    pagina = p.enviar("numerar", marcos, numero_solicitud="2026055")
    assert pagina.mensajes == [f"Guardamos el N° Solicitud de {p.solicitud.folio}."]


def test_se_advierte_si_ya_se_uso(puerta, marcos, en_estado) -> None:
    """S-11: warned, not forbidden."""
    otra = en_estado(Estado.RESPONDIDO, numero_solicitud="2026001")
    p = puerta()
    pagina = p.enviar("numerar", marcos, numero_solicitud="2026001")
    assert pagina.mensajes == [
        f"Tu empresa ya usó el N° Solicitud 2026001 en {otra.folio}. Revisa si es correcto.",
        f"Guardamos el N° Solicitud de {p.solicitud.folio}.",
    ]
    assert Solicitud.objects.filter(numero_solicitud="2026001").count() == 2


def test_uno_demasiado_largo_se_niega_y_queda_escrito(puerta, marcos) -> None:
    """S-11: 40 characters."""
    p = puerta()
    pagina = p.enviar("numerar", marcos, numero_solicitud="9" * 41)
    p.negado(pagina, "Escribe a lo más 40 caracteres. Ahora son 41")
    assert pagina.campo("numero_solicitud") == "9" * 41


def test_quien_puede_numerar(puerta, marcos, valentina, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """S-11: who handles requests at the company; only there stands **Editar**."""
    p = puerta()
    p.acceso(
        "numerar",
        {marcos: 200, otra_dx: 404, valentina: 403, admin_dx: 403, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403},
    )
    assert p.direccion("numerar") in p.ver(marcos).texto
    for otro in (valentina, rosa, auditora):
        assert p.direccion("numerar") not in p.ver(otro).texto
