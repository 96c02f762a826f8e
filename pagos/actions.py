"""The verbs of a charge. The document's own action holds its lock, calls these, and moves the document's state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from pagos.models import Cobro, Comprobante, Medio, MedioDePago
from pagos.permissions import puede_configurar
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso, TransicionInvalida
from portal.historial.models import registrar
from portal.permisos import exigir
from portal.plazos.actions import vencimiento


@dataclass(frozen=True)
class DatosCobro:
    """What is charged: `monto` in the company's currency, payable until the end of `vence`."""

    monto: Decimal
    concepto: str
    vence: date


def empresa_de(caso: Caso) -> Distribuidora:
    """The company that charges; only filed cases, which have one, are charged for."""
    if caso.distribuidora is None:
        raise TransicionInvalida("No se puede cobrar: el caso todavía no se envía a ninguna empresa.")
    return caso.distribuidora


def exigir_cupon(caso: Caso, cupon: object) -> None:
    """P-01: a coupon is mandatory where the company offers to pay with it."""
    ofrece = MedioDePago.objects.filter(distribuidora=caso.distribuidora_id, medio=Medio.COMPROBANTE).exists()
    if ofrece and cupon is None:
        raise ValidationError({"cupon": "Adjunta el cupón de pago: tu empresa ofrece pagar con comprobante."})


@transaction.atomic
def cobrar(caso: Caso, *, por: Perfil, datos: DatosCobro, cupon: Adjunto | None) -> Cobro:
    """Open a charge; the database allows one open charge per case."""
    exigir_cupon(caso, cupon)
    if not MedioDePago.objects.filter(distribuidora=caso.distribuidora_id).exists():
        raise ValidationError("Tu empresa no tiene ningún medio de pago. Pide que lo configuren antes de cobrar.")
    return Cobro.objects.create(
        caso=caso,
        monto=datos.monto,
        moneda=empresa_de(caso).datos_pais.moneda,
        concepto=datos.concepto,
        vence=datos.vence,
        cupon=cupon,
        pedido=reloj.ahora(),
        pedido_por=por,
    )


def abierto(caso: Caso) -> Cobro:
    """The open charge of `caso`, locked; TransicionInvalida when there is none."""
    cobro = Cobro.objects.select_for_update().filter(caso=caso, estado__in=Cobro.ABIERTOS).first()
    if cobro is None:
        raise TransicionInvalida("Este caso no tiene un cobro abierto.")
    return cobro


@transaction.atomic
def enviar_comprobante(caso: Caso, *, por: Perfil, medio: Medio, adjunto: Adjunto) -> Comprobante:
    """Send the proof of a payment; from now the company has the term of P-03 to say yes or no."""
    cobro = abierto(caso)
    if not MedioDePago.objects.filter(distribuidora=caso.distribuidora_id, medio=medio).exists():
        raise ValidationError({"medio": "La empresa no ofrece este medio de pago. Elige otro."})
    ahora = reloj.ahora()
    limite, _ = vencimiento("pagos.validacion", distribuidora=empresa_de(caso), desde=ahora)
    cobro.estado, cobro.validar_hasta = Cobro.Estado.EN_VALIDACION, limite
    cobro.save()
    return Comprobante.objects.create(cobro=cobro, medio=medio, adjunto=adjunto, enviado=ahora, enviado_por=por)


@transaction.atomic
def validar(caso: Caso, *, por: Perfil) -> Cobro:
    """The money arrived."""
    return _resolver(caso, por, Cobro.Estado.VALIDADO, Comprobante.Estado.VALIDADO, "")


@transaction.atomic
def rechazar(caso: Caso, *, por: Perfil, motivo: str) -> Cobro:
    """The proof is no proof; `motivo` tells the applicant why, and another may be sent."""
    return _resolver(caso, por, Cobro.Estado.RECHAZADO, Comprobante.Estado.RECHAZADO, motivo)


@transaction.atomic
def retirar(caso: Caso, *, por: Perfil) -> Cobro:
    """Nothing is to be paid any more."""
    cobro = abierto(caso)
    ahora = reloj.ahora()
    cobro.comprobantes.filter(estado=Comprobante.Estado.POR_VALIDAR).update(
        estado=Comprobante.Estado.RECHAZADO, motivo="El cobro fue retirado.", resuelto=ahora, resuelto_por=por
    )
    cobro.estado, cobro.resuelto = Cobro.Estado.RETIRADO, ahora
    cobro.save()
    return cobro


@transaction.atomic
def ofrecer(distribuidora: Distribuidora, *, por: Perfil, medios: Collection[Medio], cuenta: dict[str, str]) -> None:
    """Make `medios` the ways to pay `distribuidora` (P-02); `cuenta` is where transfers go."""
    exigir(puede_configurar(por, distribuidora))
    Distribuidora.objects.select_for_update().get(pk=distribuidora.pk)
    MedioDePago.objects.filter(distribuidora=distribuidora).exclude(medio__in=medios).delete()
    for medio in medios:
        datos = cuenta if medio == Medio.TRANSFERENCIA else {}
        MedioDePago.objects.update_or_create(distribuidora=distribuidora, medio=medio, defaults=datos)
    registrar(None, "medios_de_pago_cambiados", por=por, empresa=distribuidora.pk, medios=sorted(medios))


def _resolver(caso: Caso, por: Perfil, estado: Cobro.Estado, del_comprobante: Comprobante.Estado, motivo: str) -> Cobro:
    cobro = abierto(caso)
    comprobante = cobro.comprobantes.select_for_update().filter(estado=Comprobante.Estado.POR_VALIDAR).first()
    if comprobante is None:
        raise TransicionInvalida("No hay ningún comprobante por validar.")
    ahora = reloj.ahora()
    comprobante.estado, comprobante.motivo = del_comprobante, motivo
    comprobante.resuelto, comprobante.resuelto_por = ahora, por
    comprobante.save()
    cobro.estado, cobro.resuelto = estado, ahora
    cobro.save()
    return cobro
