"""Complementar respuesta: a file more, and words, to an answer that was given."""

import pytest

from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import DE_5_MIB, MALOS, avisados, de_la_solicitud, malo, pdf

pytestmark = pytest.mark.usefixtures("detenido")


@pytest.mark.parametrize("estado", [Estado.RESPONDIDO, Estado.RESPONDIDO_AUTOMATICO])
def test_agrega_archivo_y_palabras(puerta, marcos, rosa, a_rosa_y_jorge, estado) -> None:
    """S-10: state and dates unchanged; history, file for the applicant, notice to both."""
    p = puerta(estado)
    pagina = p.enviar("complementar", marcos, respuesta=pdf("anexo.pdf"), comentarios="Faltaba el plano.")
    solicitud = p.hecho(pagina, f"Complementaste la respuesta de {p.solicitud.folio}.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (
        estado,
        p.solicitud.respondido,
        p.solicitud.liberado,
    )
    assert de_la_solicitud(solicitud, "complemento") == ["anexo.pdf"]
    suya = p.ver(rosa)
    assert (suya.historial, suya.notas) == (["Respuesta complementada"], ["Faltaba el plano."])
    anexo = solicitud.caso.adjuntos.get(tipo="complemento")
    assert f"/adjuntos/{anexo.pk}/" in suya.descargables
    assert avisados(solicitud) == a_rosa_y_jorge(
        "respuesta_complementada", f"Yungay Norte agregó un documento a su respuesta {solicitud.folio}"
    )
    for aviso in Aviso.todos():
        assert "La empresa agregó: «Faltaba el plano.»" in aviso.texto


def test_cuantas_veces_haga_falta(puerta, marcos) -> None:
    """S-10: not once only; two files of the same name are two."""
    p = puerta(Estado.RESPONDIDO)
    for _ in range(2):
        pagina = p.enviar("complementar", marcos, respuesta=pdf("anexo.pdf"))
    solicitud = p.hecho(pagina, f"Complementaste la respuesta de {p.solicitud.folio}.")
    assert de_la_solicitud(solicitud, "complemento") == ["anexo.pdf", "anexo.pdf"]


@pytest.mark.parametrize("cual", MALOS)
def test_los_archivos_malos_se_niegan(puerta, marcos, cual) -> None:
    """S-10: by content; the words stay."""
    p = puerta(Estado.RESPONDIDO)
    pagina = p.enviar("complementar", marcos, respuesta=malo(cual), comentarios="Aquí va.")
    (frase,) = pagina.errores
    assert frase.startswith(MALOS[cual][0])
    p.negado(pagina, frase)
    assert pagina.campo("comentarios") == "Aquí va."


def test_cinco_mib_justos_pasan_y_un_byte_mas_no(puerta, marcos) -> None:
    """S-10: the limit is inclusive."""
    p = puerta(Estado.RESPONDIDO)
    pagina = p.enviar("complementar", marcos, respuesta=pdf("g.pdf", tamano=DE_5_MIB + 1))
    p.negado(pagina, "g.pdf pesa 5,3 MB y el máximo es 5 MB. Guárdalo con menos páginas o menos resolución.")
    pagina = p.enviar("complementar", marcos, respuesta=pdf("g.pdf", tamano=DE_5_MIB))
    p.hecho(pagina, f"Complementaste la respuesta de {p.solicitud.folio}.")


def test_sin_archivo_no_hay_complemento(puerta, marcos) -> None:
    """S-10: words alone are a Comunicación."""
    p = puerta(Estado.RESPONDIDO)
    pagina = p.enviar("complementar", marcos, comentarios="Solo palabras.")
    p.negado(pagina, "Adjunta el documento que agregas")
    assert pagina.campo("comentarios") == "Solo palabras."


def test_el_archivo_queda_si_el_texto_no_cabe(puerta, marcos) -> None:
    """S-10: sent again without choosing it, it goes."""
    p = puerta(Estado.RESPONDIDO)
    pagina = p.enviar("complementar", marcos, respuesta=pdf("anexo.pdf"), comentarios="x" * 2001)
    p.negado(pagina, "Escribe a lo más 2000 caracteres. Ahora son 2001")
    pagina = p.enviar("complementar", marcos, comentarios="x" * 2000, **pagina.guardados)
    solicitud = p.hecho(pagina, f"Complementaste la respuesta de {p.solicitud.folio}.")
    assert de_la_solicitud(solicitud, "complemento") == ["anexo.pdf"]


@pytest.mark.parametrize("estado", [e for e in Estado if e not in (Estado.RESPONDIDO, Estado.RESPONDIDO_AUTOMATICO)])
def test_a_destiempo_lo_dice(puerta, marcos, medios, estado) -> None:
    """S-14: only what was answered; what was typed and chosen stays."""
    p = puerta(estado)
    pagina = p.enviar("complementar", marcos, respuesta=pdf(), comentarios="Quedó.")
    p.negado(pagina, f"No se puede complementar la respuesta: {p.solicitud.folio} está en estado «{estado.label}».")
    assert (pagina.campo("comentarios"), list(pagina.guardados)) == ("Quedó.", ["respuesta-guardado"])


def test_quien_puede_complementar(
    puerta, marcos, valentina, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec
) -> None:
    """S-10: who handles requests at the company."""
    puerta(Estado.RESPONDIDO).acceso(
        "complementar",
        {marcos: 200, otra_dx: 404, valentina: 403, admin_dx: 403, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403},
    )
