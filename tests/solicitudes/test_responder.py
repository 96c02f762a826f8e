"""Responder: the company's answer, without a charge, with one, and while one is open."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pagos.models import Cobro
from portal import muestras, reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from tests.solicitudes.puerta import DE_5_MIB, MALOS, avisados, de_la_solicitud, malo, pdf

pytestmark = pytest.mark.usefixtures("detenido", "medios")


def _cobro(**cambios) -> dict:
    return {
        "con_cobro": "on",
        "cobro-monto": "38.500",
        "cobro-concepto": "Estudio de conexión",
        "cobro-vence": "2026-12-18",
        "cobro-cupon": pdf("cupon.pdf"),
        **cambios,
    }


def test_sin_cobro_queda_respondida_y_avisada(puerta, marcos, rosa, detenido, a_rosa_y_jorge) -> None:
    """S-10: state, both dates, the history's line, the file, the mail to both addresses with the file, the message."""
    p = puerta()
    pagina = p.enviar(
        "responder", marcos, numero_solicitud="2026-17", respuesta=pdf("factible.pdf"), comentarios="Vale\nseis meses."
    )
    solicitud = p.hecho(pagina, f"Solicitud {p.solicitud.folio} respondida.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.RESPONDIDO, detenido, detenido)
    assert solicitud.numero_solicitud == "2026-17"
    assert de_la_solicitud(solicitud, "respuesta") == ["factible.pdf"]
    suya = p.ver(rosa)
    assert suya.historial == ["Respuesta enviada", "N° Solicitud: 2026-17"]
    assert suya.notas == ["Valeseis meses."]  # a <br> between the words
    assert avisados(solicitud) == a_rosa_y_jorge(
        "solicitud_respondida", f"Yungay Norte respondió tu solicitud {solicitud.folio}"
    )
    for aviso in Aviso.todos():
        assert "Vale\nseis meses." in aviso.texto
        assert [a.nombre for a in aviso.adjuntos.all()] == ["factible.pdf"]


def test_con_cobro_la_respuesta_espera(puerta, marcos, rosa, detenido, a_rosa_y_jorge) -> None:
    """S-10, P-01: the answer counts as sent, is not released; the charge is open and asked for by mail without it."""
    p = puerta()
    pagina = p.enviar("responder", marcos, respuesta=pdf("factible.pdf"), comentarios="Son seis meses.", **_cobro())
    solicitud = p.hecho(pagina, f"Solicitud {p.solicitud.folio} respondida.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.PENDIENTE_PAGO, detenido, None)
    cobro = solicitud.cobro
    assert (cobro.monto, cobro.moneda, cobro.concepto, cobro.vence, cobro.estado, cobro.pedido_por) == (
        Decimal(38500),
        "CLP",
        "Estudio de conexión",
        date(2026, 12, 18),
        Cobro.Estado.ABIERTO,
        marcos,
    )
    assert cobro.cupon.nombre == "cupon.pdf"
    assert pagina.historial[:2] == ["Pago solicitado: $ 38.500", "Respuesta lista, se entrega al validar el pago"]
    asunto = f"{solicitud.folio}: tienes que pagar $ 38.500 hasta el viernes 18 de diciembre"
    assert avisados(solicitud) == a_rosa_y_jorge("cobro_pedido", asunto)
    for aviso in Aviso.todos():
        assert "ya tiene lista la respuesta" in aviso.texto
        assert "Son seis meses." not in aviso.texto
        assert not aviso.adjuntos.exists()


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PENDIENTE_VALIDACION, Estado.PAGO_RECHAZADO])
def test_con_el_pago_abierto_queda_retenida(puerta, marcos, rosa, detenido, estado) -> None:
    """S-10, P-04: kept back, the state stays, nobody is mailed; the page said so before."""
    p = puerta(estado)
    assert "cuando se valide" in p.abrir("responder", marcos).texto
    pagina = p.enviar("responder", marcos, respuesta=pdf("lista.pdf"), comentarios="Secreto hasta pagar.")
    solicitud = p.hecho(pagina, f"Solicitud {p.solicitud.folio} respondida.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (estado, detenido, None)
    assert avisados(solicitud) == []
    suya = p.ver(rosa)
    assert "Secreto hasta pagar." not in suya.texto
    assert "lista.pdf" not in suya.texto


def test_pagado_se_responde_y_sale_de_inmediato(puerta, marcos, detenido) -> None:
    """S-10: after the validation nothing holds the answer, and no second charge is offered."""
    p = puerta(Estado.PAGO_VALIDADO)
    assert "con_cobro" not in p.abrir("responder", marcos).texto
    solicitud = p.hecho(
        p.enviar("responder", marcos, respuesta=pdf(), **_cobro()), f"Solicitud {p.solicitud.folio} respondida."
    )
    assert (solicitud.estado, solicitud.liberado) == (Estado.RESPONDIDO, detenido)
    assert solicitud.caso.cobros.count() == 1


@pytest.mark.parametrize(
    ("estado", "frase"),
    [
        (Estado.RESPONDIDO, "No se puede responder: {folio} está en estado «Respondido»."),
        (Estado.RESPONDIDO_AUTOMATICO, "No se puede responder: {folio} está en estado «Respondido Automático»."),
        (Estado.ENVIADO, "No se puede responder: {folio} está en estado «Enviado»."),
        (Estado.ANULADO, "No se puede responder: {folio} está en estado «Anulado»."),
    ],
)
def test_a_destiempo_lo_dice_y_conserva_todo(puerta, marcos, estado, frase) -> None:
    """S-10, S-14: a sentence; what was typed and the file stay on the form."""
    p = puerta(estado)
    pagina = p.enviar("responder", marcos, numero_solicitud="77", respuesta=pdf(), comentarios="Quedó escrito.")
    p.negado(pagina, frase.format(folio=p.solicitud.folio))
    assert (pagina.campo("numero_solicitud"), pagina.campo("comentarios")) == ("77", "Quedó escrito.")
    assert list(pagina.guardados) == ["respuesta-guardado"]


def test_una_segunda_respuesta_retenida_se_niega(puerta, marcos) -> None:
    """S-10: one answer waits already."""
    p = puerta(Estado.PENDIENTE_PAGO, respondido=reloj.ahora(), liberado=None)
    pagina = p.enviar("responder", marcos, respuesta=pdf())
    p.negado(pagina, "No se puede responder: ya hay una respuesta que espera el pago.")


def test_el_archivo_es_obligatorio(puerta, marcos) -> None:
    """S-10: without it nothing goes out, and the rest stays written."""
    p = puerta()
    pagina = p.enviar("responder", marcos, comentarios="Con cariño.", numero_solicitud="x")
    p.negado(pagina, "Adjunta el archivo con la respuesta")
    assert pagina.campo("comentarios") == "Con cariño."
    assert pagina.enlaces_del_resumen == ["#id_respuesta"]


@pytest.mark.parametrize("cual", MALOS)
def test_los_archivos_malos_se_niegan_con_palabras(puerta, marcos, cual) -> None:
    """S-10: judged by content; the sentence names the file."""
    p = puerta()
    pagina = p.enviar("responder", marcos, respuesta=malo(cual), comentarios="Sigue aquí.")
    (frase,) = pagina.errores
    assert frase.startswith(MALOS[cual][0])
    p.negado(pagina, frase)
    assert pagina.campo("comentarios") == "Sigue aquí."
    assert pagina.guardados == {}


@pytest.mark.parametrize(
    "archivo",
    [("r.jpg", muestras.jpg()), ("r.png", muestras.png()), ("r.docx", muestras.docx())],
    ids=["jpg", "png", "docx"],
)
def test_las_otras_clases_se_aceptan(puerta, marcos, archivo) -> None:
    """S-10: JPG, PNG, DOCX as well as PDF."""
    p = puerta()
    solicitud = p.hecho(
        p.enviar("responder", marcos, respuesta=SimpleUploadedFile(*archivo)),
        f"Solicitud {p.solicitud.folio} respondida.",
    )
    assert de_la_solicitud(solicitud, "respuesta") == [archivo[0]]


def test_cinco_mib_justos_pasan_y_un_byte_mas_no(puerta, marcos) -> None:
    """S-10: the limit is inclusive."""
    p = puerta()
    pagina = p.enviar("responder", marcos, respuesta=pdf("grande.pdf", tamano=DE_5_MIB + 1))
    frase = "grande.pdf pesa 5,3 MB y el máximo es 5 MB. Guárdalo con menos páginas o menos resolución."
    p.negado(pagina, frase)
    solicitud = p.hecho(
        p.enviar("responder", marcos, respuesta=pdf("grande.pdf", tamano=DE_5_MIB)),
        f"Solicitud {p.solicitud.folio} respondida.",
    )
    assert solicitud.caso.adjuntos.get(tipo="respuesta").bytes == DE_5_MIB


def test_un_error_en_el_cobro_no_cuesta_ningun_archivo(puerta, marcos) -> None:
    """S-10, P-01: both files stay as «guardado»; the form sent again without choosing them files."""
    p = puerta()
    escrito = {"comentarios": "Va con estudio.", "numero_solicitud": "2026-9"}
    pagina = p.enviar("responder", marcos, respuesta=pdf("r.pdf"), **escrito, **_cobro(**{"cobro-monto": "abc"}))
    p.negado(pagina, "Escribe el monto solo con números. Ejemplo: 38.500")
    assert pagina.texto.count("· guardado") == 2
    assert set(pagina.guardados) == {"respuesta-guardado", "cobro-cupon-guardado"}
    assert pagina.campo("cobro-monto") == "abc"
    assert pagina.campo("cobro-concepto") == "Estudio de conexión"
    de_nuevo = _cobro(**pagina.guardados)
    del de_nuevo["cobro-cupon"]
    solicitud = p.hecho(
        p.enviar("responder", marcos, **escrito, **de_nuevo), f"Solicitud {p.solicitud.folio} respondida."
    )
    assert (de_la_solicitud(solicitud, "respuesta"), de_la_solicitud(solicitud, "cupon")) == (["r.pdf"], ["cupon.pdf"])


def test_un_error_en_la_respuesta_tampoco_cuesta_el_cupon(puerta, marcos) -> None:
    """S-10, P-01: all that is wrong is said at once, in both parts of the form."""
    p = puerta()
    pagina = p.enviar("responder", marcos, comentarios="x" * 2001, **_cobro(**{"cobro-concepto": ""}))
    p.negado(pagina, "Adjunta el archivo con la respuesta")
    assert pagina.resumen == [
        "Adjunta el archivo con la respuesta",
        "Comentarios: Escribe a lo más 2000 caracteres. Ahora son 2001",
        "Concepto: Escribe qué se está cobrando",
    ]
    assert list(pagina.guardados) == ["cobro-cupon-guardado"]


def test_el_archivo_guardado_de_otra_persona_no_sirve(puerta, marcos, otra_dx, guardado) -> None:
    """S-10, A-12: the key of somebody else's file is no file."""
    p = puerta()
    pagina = p.enviar("responder", marcos, **{"respuesta-guardado": guardado(otra_dx).pk})
    p.negado(pagina, "Adjunta el archivo con la respuesta")
    pagina = p.enviar("responder", marcos, **{"respuesta-guardado": "no es una clave"})
    p.negado(pagina, "Adjunta el archivo con la respuesta")


def test_el_numero_se_propone_y_se_advierte_si_ya_se_uso(puerta, marcos, en_estado) -> None:
    """S-11: the next of the year is proposed; one that was used is kept, with a warning."""
    p = puerta()
    assert p.abrir("responder", marcos).campo("numero_solicitud") == "2026001"
    otra = en_estado(Estado.RESPONDIDO, numero_solicitud="2026041")
    assert p.abrir("responder", marcos).campo("numero_solicitud") == "2026042"
    pagina = p.enviar("responder", marcos, numero_solicitud=" 2026041 ", respuesta=pdf())
    solicitud = p.hecho(pagina, f"Tu empresa ya usó el N° Solicitud 2026041 en {otra.folio}. Revisa si es correcto.")
    assert solicitud.numero_solicitud == "2026041"


def test_quien_puede_responder(puerta, marcos, valentina, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """S-10: another company as for an unknown folio; without the function, 403."""
    puerta().acceso(
        "responder",
        {marcos: 200, valentina: 403, admin_dx: 403, otra_dx: 404, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403},
    )


def test_responde_tarde_y_queda_dicho(puerta, marcos) -> None:
    """S-10: an overdue request is answered like any other; timeliness counts the sending."""
    p = puerta(vence=reloj.ahora() - timedelta(days=3))
    solicitud = p.hecho(p.enviar("responder", marcos, respuesta=pdf()), f"Solicitud {p.solicitud.folio} respondida.")
    assert solicitud.respondido > solicitud.vence
