"""Cobrar: **Gestión de Pago** before an answer."""

from datetime import date
from decimal import Decimal

import pytest

from pagos.models import Cobro, Medio, MedioDePago
from portal.avisos.models import Aviso
from portal.cuentas.models import Distribuidora
from solicitudes.models import Estado
from tests.solicitudes.puerta import DE_5_MIB, MALOS, avisados, de_la_solicitud, malo, pdf

pytestmark = pytest.mark.usefixtures("detenido")


@pytest.fixture
def sin_cupon(distribuidora) -> None:
    """Company 1 takes discounts on the bill alone."""
    MedioDePago.objects.create(distribuidora=distribuidora, medio=Medio.BOLETA)


def _escrito(**cambios) -> dict:
    escrito = {
        "monto": "38.500",
        "concepto": "Estudio de conexión",
        "vence": "2026-12-18",
        "comentario": "Según la tarifa.",
        "cupon": pdf("cupon.pdf"),
        **cambios,
    }
    return {campo: valor for campo, valor in escrito.items() if valor is not None}


def test_el_cobro_se_pide_y_se_avisa(puerta, marcos, rosa, medios, detenido, a_rosa_y_jorge) -> None:
    """P-01: state, charge, history, coupon, the notice to both addresses; no answer was sent."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito())
    solicitud = p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")
    assert (solicitud.estado, solicitud.respondido, solicitud.liberado) == (Estado.PENDIENTE_PAGO, None, None)
    cobro = solicitud.cobro
    assert (cobro.estado, cobro.monto, cobro.moneda, cobro.concepto, cobro.vence, cobro.pedido, cobro.pedido_por) == (
        Cobro.Estado.ABIERTO,
        Decimal(38500),
        "CLP",
        "Estudio de conexión",
        date(2026, 12, 18),
        detenido,
        marcos,
    )
    assert de_la_solicitud(solicitud, "cupon") == ["cupon.pdf"]
    suya = p.ver(rosa)
    assert (suya.historial, suya.notas) == (["Pago solicitado: $ 38.500"], ["Según la tarifa."])
    asunto = f"{solicitud.folio}: tienes que pagar $ 38.500 hasta el viernes 18 de diciembre"
    assert avisados(solicitud) == a_rosa_y_jorge("cobro_pedido", asunto)
    for aviso in Aviso.todos():
        assert "Yungay Norte pide un pago para responder tu Solicitud de Conexión." in aviso.texto
        assert "La empresa agregó: «Según la tarifa.»" in aviso.texto
        assert "Tienes hasta el viernes 18 de diciembre" in aviso.texto


@pytest.mark.parametrize(
    ("escrito", "monto"),
    [("38.500", 38_500), ("38500", 38_500), (" $ 38.500 ", 38_500), ("1", 1), ("999999999999", 999_999_999_999)],
)
def test_el_monto_se_escribe_como_en_el_pais(puerta, marcos, medios, escrito, monto) -> None:
    """P-01: with or without thousands, with or without the symbol."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(monto=escrito))
    solicitud = p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")
    assert solicitud.cobro.monto == monto


_SOLO_NUMEROS = "Escribe el monto solo con números. Ejemplo: 38.500"


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"monto": ""}, "Escribe el monto"),
        ({"monto": "  "}, "Escribe el monto"),
        ({"monto": "0"}, "El monto debe ser mayor que cero"),
        ({"monto": "-1"}, "El monto debe ser mayor que cero"),
        ({"monto": "1000000000000"}, "El monto es demasiado grande. Revísalo"),
        *(
            ({"monto": texto}, _SOLO_NUMEROS)
            for texto in ("abc", "1e9", "NaN", "Infinity", "38,5", "38.50", "3.85.00", "38.500,00", "٣٨٥٠٠", "1_000")
        ),
        ({"concepto": ""}, "Escribe qué se está cobrando"),
        ({"concepto": "x" * 201}, "Escribe a lo más 200 caracteres. Ahora son 201"),
        ({"vence": ""}, "Escribe hasta cuándo se puede pagar"),
        ({"vence": "2026-11-17"}, "La fecha ya pasó. Elige una desde hoy en adelante"),
        ({"vence": "2026-02-30"}, "Escribe una fecha que exista"),
        ({"vence": "mañana"}, "Escribe una fecha que exista"),
        ({"vence": "2126-01-01"}, "La fecha está demasiado lejos. Revisa el año"),
        ({"cupon": None}, "Adjunta el cupón de pago"),
        ({"comentario": "x" * 2001}, "Escribe a lo más 2000 caracteres. Ahora son 2001"),
    ],
    ids=lambda valor: str(valor)[:40],
)
def test_cada_dato_malo_se_dice_y_lo_demas_queda(puerta, marcos, medios, cambio, frase) -> None:
    """P-01: nothing is charged; the words and the coupon stay."""
    p = puerta()
    escrito = _escrito(**cambio)
    pagina = p.enviar("cobrar", marcos, **escrito)
    p.negado(pagina, frase)
    assert pagina.errores == [frase]
    for campo in ("monto", "concepto", "comentario"):
        assert pagina.campo(campo) == escrito[campo]
    if "cupon" in escrito:
        assert list(pagina.guardados) == ["cupon-guardado"]
    assert not Cobro.objects.exists()


def test_reenviado_sin_elegir_el_cupon_se_graba(puerta, marcos, medios) -> None:
    """P-01: the coupon that passed is not asked for again."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(monto="mucho"))
    assert "cupon.pdf" in pagina.texto
    pagina = p.enviar("cobrar", marcos, **_escrito(cupon=None), **pagina.guardados)
    solicitud = p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")
    assert solicitud.cobro.cupon.nombre == "cupon.pdf"


def test_hoy_mismo_se_puede_pagar(puerta, marcos, medios) -> None:
    """P-01: the due date may be today, by the company's calendar."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(vence="2026-11-18"))
    p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")


@pytest.mark.parametrize("cual", MALOS)
def test_el_cupon_malo_se_niega(puerta, marcos, medios, cual) -> None:
    """P-01: judged by content."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(cupon=malo(cual)))
    (frase,) = pagina.errores
    assert frase.startswith(MALOS[cual][0])
    p.negado(pagina, frase)


def test_el_cupon_pesa_a_lo_mas_cinco_mib(puerta, marcos, medios) -> None:
    """P-01: the limit is inclusive."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(cupon=pdf("c.pdf", tamano=DE_5_MIB + 1)))
    p.negado(pagina, "c.pdf pesa 5,3 MB y el máximo es 5 MB. Guárdalo con menos páginas o menos resolución.")
    pagina = p.enviar("cobrar", marcos, **_escrito(cupon=pdf("c.pdf", tamano=DE_5_MIB)))
    p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")


def test_sin_comprobante_entre_los_medios_el_cupon_es_opcional(puerta, marcos, sin_cupon) -> None:
    """P-01: mandatory only where Comprobante is offered."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(cupon=None))
    solicitud = p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")
    assert solicitud.cobro.cupon is None


def test_sin_ningun_medio_de_pago_no_se_cobra(puerta, marcos) -> None:
    """P-02: who cannot be paid cannot charge."""
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito())
    p.negado(pagina, "Tu empresa no tiene ningún medio de pago. Pide que lo configuren antes de cobrar.")
    assert list(pagina.guardados) == ["cupon-guardado"]


@pytest.mark.parametrize(("escrito", "monto"), [("1,200.50", "1200.50"), ("1200.5", "1200.50"), ("S/ 38,500", "38500")])
def test_los_decimales_y_los_miles_son_los_del_pais(puerta, marcos, medios, escrito, monto) -> None:
    """P-01: soles have two decimals and are written the other way round."""
    Distribuidora.objects.update(pais="PE", zona_horaria="America/Lima")
    p = puerta()
    pagina = p.enviar("cobrar", marcos, **_escrito(monto=escrito))
    solicitud = p.hecho(pagina, f"Pediste el pago por {p.solicitud.folio}. Avisamos al solicitante.")
    assert (solicitud.cobro.monto, solicitud.cobro.moneda) == (Decimal(monto), "PEN")


@pytest.mark.parametrize("escrito", ["1.200,50", "1,200.505", "12,00"])
def test_en_soles_tambien_hay_montos_mal_escritos(puerta, marcos, medios, escrito) -> None:
    """P-01: an amount that could be read in two ways is not guessed."""
    Distribuidora.objects.update(pais="PE", zona_horaria="America/Lima")
    p = puerta()
    p.negado(
        p.enviar("cobrar", marcos, **_escrito(monto=escrito)),
        "Escribe el monto solo con números. Ejemplo: 38,500.00",
    )


@pytest.mark.parametrize("estado", [e for e in Estado if e is not Estado.PENDIENTE_RESPUESTA])
def test_a_destiempo_lo_dice(puerta, marcos, medios, estado) -> None:
    """P-01, S-14: one charge, before the answer; the sentence says where the case stands."""
    p = puerta(estado)
    pagina = p.enviar("cobrar", marcos, **_escrito())
    p.negado(pagina, f"No se puede pedir un pago: {p.solicitud.folio} está en estado «{estado.label}».")
    assert list(pagina.guardados) == ["cupon-guardado"]


def test_quien_puede_cobrar(puerta, marcos, valentina, admin_dx, otra_dx, rosa, pedro, auditora, jefa_sec) -> None:
    """P-01: another company as for an unknown folio; without the function, 403."""
    puerta().acceso(
        "cobrar",
        {marcos: 200, valentina: 403, admin_dx: 403, otra_dx: 404, rosa: 403, pedro: 403, auditora: 403, jefa_sec: 403},
    )
