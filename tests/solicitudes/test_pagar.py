"""Pagar: the applicant's proof, in the three ways of the manual."""

from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pagos.models import Cobro, Comprobante, Medio
from portal import muestras
from portal.avisos.models import Aviso
from portal.plazos.models import Regla
from solicitudes.models import Estado
from tests.solicitudes.puerta import DE_1_MIB, MALOS, Pagina, avisados, malo, pdf

pytestmark = pytest.mark.usefixtures("detenido")


@pytest.mark.parametrize("estado", [Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO])
@pytest.mark.parametrize("medio", Medio)
def test_el_comprobante_se_envia(puerta, rosa, medios, detenido, a_rosa_y_jorge, estado, medio) -> None:
    """P-02: by each way, first or after a rejection: state, attempt, charge, history, file, acknowledgement to both."""
    p = puerta(estado)
    pagina = p.enviar("pagar", rosa, medio=medio, comprobante=pdf("pago.pdf"))
    solicitud = p.hecho(pagina, f"Recibimos tu comprobante de {p.solicitud.folio}. Te avisaremos cuando lo revisen.")
    assert (solicitud.estado, solicitud.respondido) == (Estado.PENDIENTE_VALIDACION, None)
    assert solicitud.cobro.estado == Cobro.Estado.EN_VALIDACION
    intento = solicitud.cobro.comprobantes.get()
    assert (intento.medio, intento.estado, intento.adjunto.nombre, intento.enviado, intento.enviado_por) == (
        medio,
        Comprobante.Estado.POR_VALIDAR,
        "pago.pdf",
        detenido,
        rosa,
    )
    assert pagina.historial == [f"Comprobante enviado: {medio.label}"]
    assert avisados(solicitud) == a_rosa_y_jorge("comprobante_recibido", f"Recibimos tu comprobante: {solicitud.folio}")
    for aviso in Aviso.todos():
        assert f"Lo enviaste como {medio.label}, por $ 38.500." in aviso.texto


def test_la_pagina_ofrece_los_medios_con_sus_datos(puerta, rosa, marcos, medios) -> None:
    """P-02: three ways, the account to be copied; for nobody but the applicant."""
    p = puerta(Estado.PENDIENTE_PAGO)
    suya = p.ver(rosa)
    assert set(suya.arbol.xpath("//form//input[@name='medio']/@value")) == set(Medio)
    assert "001-4" in suya.arbol.xpath("//*[@data-copiar]/text()")
    assert 'name="medio"' not in p.ver(marcos).texto


def test_corre_el_plazo_de_validacion(puerta, rosa, medios, distribuidora) -> None:
    """P-03: the company's clock starts with the proof."""
    Regla.objects.create(
        materia="pagos.validacion", pais="CL", cantidad=2, unidad=Regla.Unidad.HABILES, vigente_desde="2020-01-01"
    )
    p = puerta(Estado.PENDIENTE_PAGO)
    p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf())
    limite = p.releer().cobro.validar_hasta.astimezone(ZoneInfo("America/Santiago"))
    assert f"{limite:%Y-%m-%d %H:%M}" == "2026-11-20 23:59"


@pytest.mark.parametrize("cual", MALOS)
def test_los_archivos_malos_se_niegan(puerta, rosa, medios, cual) -> None:
    """P-02: by content, beside the way that was chosen."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("pagar", rosa, medio="boleta", comprobante=malo(cual))
    (frase,) = pagina.errores
    assert frase.startswith(MALOS[cual][0])
    p.negado(pagina, frase)
    (campo,) = pagina.arbol.xpath("//input[@aria-invalid='true']/@id")
    assert campo == "id_comprobante_boleta"
    assert pagina.enlaces_del_resumen == ["#id_comprobante_boleta"]


def test_un_docx_no_es_un_comprobante(puerta, rosa, medios) -> None:
    """P-02: JPG, PNG or PDF only."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("pagar", rosa, medio="boleta", comprobante=SimpleUploadedFile("poder.docx", muestras.docx()))
    (frase,) = pagina.errores
    assert "aquí se acepta JPG, PNG o PDF" in frase
    p.negado(pagina, frase)


@pytest.mark.parametrize("archivo", [("p.jpg", muestras.jpg()), ("p.png", muestras.png())], ids=["jpg", "png"])
def test_una_foto_es_un_comprobante(puerta, rosa, medios, archivo) -> None:
    """P-02: JPG and PNG."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("pagar", rosa, medio="comprobante", comprobante=SimpleUploadedFile(*archivo))
    p.hecho(pagina, f"Recibimos tu comprobante de {p.solicitud.folio}. Te avisaremos cuando lo revisen.")


def test_un_mib_justo_pasa_y_un_byte_mas_no(puerta, rosa, medios) -> None:
    """P-02: the limit is inclusive."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf("g.pdf", tamano=DE_1_MIB + 1))
    p.negado(pagina, "g.pdf pesa 1,1 MB y el máximo es 1 MB. Guárdalo con menos páginas o menos resolución.")
    pagina = p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf("g.pdf", tamano=DE_1_MIB))
    p.hecho(pagina, f"Recibimos tu comprobante de {p.solicitud.folio}. Te avisaremos cuando lo revisen.")


def test_sin_archivo_no_hay_pago(puerta, rosa, medios) -> None:
    """P-02: the proof is mandatory."""
    p = puerta(Estado.PENDIENTE_PAGO)
    p.negado(p.enviar("pagar", rosa, medio="transferencia"), "Adjunta el comprobante de tu pago")


@pytest.mark.parametrize(
    ("medio", "frase"),
    [
        ("boleta", "La empresa no ofrece este medio de pago. Elige otro."),
        ("efectivo", "Elige un medio de pago de la lista"),
        ("", "Elige un medio de pago de la lista"),
    ],
)
def test_un_medio_que_no_se_ofrece_se_niega_y_el_archivo_queda(puerta, rosa, medios, medio, frase) -> None:
    """P-02: another way can be chosen without choosing the file again."""
    next(m for m in medios if m.medio == Medio.BOLETA).delete()
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = p.enviar("pagar", rosa, medio=medio, comprobante=pdf("pago.pdf"))
    p.negado(pagina, frase)
    assert pagina.texto.count("· guardado") == 2  # once in the form of each way that is offered
    pagina = p.enviar("pagar", rosa, medio="transferencia", **pagina.guardados)
    p.hecho(pagina, f"Recibimos tu comprobante de {p.solicitud.folio}. Te avisaremos cuando lo revisen.")


@pytest.mark.parametrize("estado", [e for e in Estado if e not in (Estado.PENDIENTE_PAGO, Estado.PAGO_RECHAZADO)])
def test_a_destiempo_lo_dice(puerta, rosa, medios, estado) -> None:
    """P-02, S-14: nothing to pay, or a proof that waits already."""
    p = puerta(estado)
    pagina = p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf())
    p.negado(pagina, f"No se puede enviar un comprobante de pago: {p.solicitud.folio} está en estado «{estado.label}».")
    assert Comprobante.objects.count() == (estado == Estado.PENDIENTE_VALIDACION)


def test_cada_intento_se_conserva(puerta, rosa, valentina, medios) -> None:
    """P-05: a rejected proof and its reason stay beside the next one."""
    p = puerta(Estado.PENDIENTE_PAGO)
    p.enviar("pagar", rosa, medio="transferencia", comprobante=pdf("uno.pdf"))
    p.enviar("rechazar_pago", valentina, comentario="No se lee.")
    p.enviar("pagar", rosa, medio="boleta", comprobante=pdf("dos.pdf"))
    assert list(p.releer().cobro.comprobantes.values_list("adjunto__nombre", "estado", "motivo")) == [
        ("uno.pdf", "rechazado", "No se lee."),
        ("dos.pdf", "por_validar", ""),
    ]
    assert "Motivo: No se lee." in p.ver(rosa).texto


def test_abierta_a_mano_lleva_a_la_solicitud(puerta, entrar, rosa, medios) -> None:
    """P-02: the form stands on the request's page."""
    p = puerta(Estado.PENDIENTE_PAGO)
    pagina = Pagina(entrar(rosa).get(p.direccion("pagar"), follow=True))
    assert pagina.camino == [p.direccion("ver")]


def test_quien_puede_pagar(puerta, marcos, valentina, otra_dx, pedro, auditora, jefa_sec) -> None:
    """P-02: another applicant as for an unknown folio; companies and the SEC do not pay."""
    puerta(Estado.PENDIENTE_PAGO).acceso(
        "pagar", {pedro: 404, marcos: 403, valentina: 403, otra_dx: 403, auditora: 403, jefa_sec: 403}
    )
