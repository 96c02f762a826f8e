"""Charges for answers, the proofs that applicants send, how each company is paid."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.paises import PAISES
from portal.cuentas.pared import Pared
from portal.documentos.models import Caso


class Medio(models.TextChoices):
    """The three ways to pay of the manual."""

    TRANSFERENCIA = "transferencia", "Transferencia electrónica"
    COMPROBANTE = "comprobante", "Comprobante de pago"
    BOLETA = "boleta", "Descuento por boleta"


class MedioDePago(models.Model):
    """A way to pay that a company offers; for transfers, into which account."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="medios_de_pago")
    medio = models.CharField(max_length=15, choices=Medio)
    titular = models.CharField(max_length=150, blank=True)
    rut = models.CharField("RUT", max_length=12, blank=True)
    banco = models.CharField(max_length=80, blank=True)
    tipo_cuenta = models.CharField("tipo de cuenta", max_length=40, blank=True)
    numero_cuenta = models.CharField("número de cuenta", max_length=40, blank=True)
    correo = models.EmailField(blank=True)

    class Meta:
        permissions = [("configurar_medios", "Decir cómo se le paga a la empresa")]
        verbose_name = "medio de pago"
        verbose_name_plural = "medios de pago"
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "medio"], name="medio_de_pago_unico"),
            models.CheckConstraint(
                condition=~Q(medio="transferencia") | (~Q(titular="") & ~Q(banco="") & ~Q(numero_cuenta="")),
                name="transferencia_con_cuenta",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribuidora}: {self.get_medio_display()}"


class Cobro(models.Model):
    """A charge for the answer to a case. `monto` is in `moneda` (ISO 4217), with the decimals of that currency."""

    class Estado(models.TextChoices):
        ABIERTO = "abierto", "Por pagar"
        EN_VALIDACION = "en_validacion", "Por validar"
        RECHAZADO = "rechazado", "Rechazado"
        VALIDADO = "validado", "Validado"
        RETIRADO = "retirado", "Retirado"

    ABIERTOS = (Estado.ABIERTO, Estado.EN_VALIDACION, Estado.RECHAZADO)

    caso = models.ForeignKey(Caso, models.PROTECT, related_name="cobros")
    estado = models.CharField(max_length=15, choices=Estado, default=Estado.ABIERTO)
    monto = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(1)])
    moneda = models.CharField(max_length=3)
    concepto = models.CharField(max_length=200)
    vence = models.DateField("fecha de vencimiento")
    cupon = models.ForeignKey(Adjunto, models.PROTECT, null=True, blank=True, related_name="+")
    pedido = models.DateTimeField(default=reloj.ahora)
    pedido_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    validar_hasta = models.DateTimeField(null=True, blank=True)
    resuelto = models.DateTimeField(null=True, blank=True)

    objects = ManagerAcotado()
    PARED = Pared(sigue="caso")

    class Meta:
        permissions = [("validar_pago", "Validar o rechazar pagos")]
        ordering = ["pedido", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["caso"],
                condition=Q(estado__in=["abierto", "en_validacion", "rechazado"]),
                name="cobro_uno_abierto_por_caso",
            ),
            models.UniqueConstraint(
                fields=["caso"], condition=Q(estado="validado"), name="cobro_uno_validado_por_caso"
            ),
            models.CheckConstraint(condition=Q(monto__gt=0), name="cobro_mayor_que_cero"),
        ]

    def __str__(self) -> str:
        return f"{self.concepto}: {self.importe}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Caso.visible_para(perfil, "caso__")

    @property
    def importe(self) -> str:
        """The amount as the country of its currency writes it."""
        return next(p for p in PAISES.values() if p.moneda == self.moneda).importe(self.monto)


class Comprobante(models.Model):
    """One attempt to pay: every one is kept, with what became of it."""

    class Estado(models.TextChoices):
        POR_VALIDAR = "por_validar", "Por validar"
        VALIDADO = "validado", "Validado"
        RECHAZADO = "rechazado", "Rechazado"

    cobro = models.ForeignKey(Cobro, models.PROTECT, related_name="comprobantes")
    medio = models.CharField(max_length=15, choices=Medio)
    adjunto = models.ForeignKey(Adjunto, models.PROTECT, related_name="+")
    estado = models.CharField(max_length=15, choices=Estado, default=Estado.POR_VALIDAR)
    enviado = models.DateTimeField(default=reloj.ahora)
    enviado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    resuelto = models.DateTimeField(null=True, blank=True)
    resuelto_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    motivo = models.TextField(blank=True)

    PARED = Pared(sigue="cobro")

    class Meta:
        ordering = ["enviado", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cobro"], condition=Q(estado="por_validar"), name="comprobante_uno_por_validar"
            ),
            models.CheckConstraint(
                condition=Q(estado="por_validar", resuelto=None, resuelto_por=None)
                | (~Q(estado="por_validar") & Q(resuelto__isnull=False, resuelto_por__isnull=False)),
                name="comprobante_resuelto_por_alguien",
            ),
            models.CheckConstraint(
                condition=~Q(estado="rechazado") | ~Q(motivo=""), name="comprobante_rechazado_con_motivo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_medio_display()} del {self.enviado:%d-%m-%Y}"
