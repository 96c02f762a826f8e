"""**Reporte de Eventos de Inoperatividad de los Sistemas de Atención** (I-10)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento


class EstadoReporte(models.TextChoices):
    BORRADOR = "borrador", "Borrador"
    EN_APROBACION = "en_aprobacion", "En aprobación"
    APROBADO = "aprobado", "Aprobado"
    ENVIADO = "enviado", "Enviado"


class SucesoReporte(models.TextChoices):
    CAMBIAR = "cambiar", "cambiar"
    PROPONER = "proponer", "pedir la aprobación"
    APROBAR = "aprobar", "aprobar"
    COMPLETAR = "completar", "aprobar"
    OBSERVAR = "observar", "observar"
    ENVIAR = "enviar", "enviar"


class ReporteQuerySet(models.QuerySet["Reporte"]):
    def bloquear(self, pk: int) -> "Reporte":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("distribuidora", "caso").get(pk=pk)

    def borradores(self) -> "ReporteQuerySet":
        return self.filter(estado=EstadoReporte.BORRADOR)

    def aprobados(self) -> "ReporteQuerySet":
        return self.filter(estado=EstadoReporte.APROBADO)

    def sin_gerencia(self) -> "ReporteQuerySet":
        return self.filter(estado=EstadoReporte.EN_APROBACION, gerencia=None)

    def sin_direccion(self) -> "ReporteQuerySet":
        return self.filter(estado=EstadoReporte.EN_APROBACION, direccion=None)


_E, _S = EstadoReporte, SucesoReporte


class Reporte(Documento):
    """Records that go to the regulator together; `filas` are what was sent, cell by cell, and never change."""

    Estado = EstadoReporte
    TRANSICIONES: ClassVar = {
        (_E.BORRADOR, _S.CAMBIAR): _E.BORRADOR,
        (_E.BORRADOR, _S.PROPONER): _E.EN_APROBACION,
        (_E.EN_APROBACION, _S.APROBAR): _E.EN_APROBACION,
        (_E.EN_APROBACION, _S.COMPLETAR): _E.APROBADO,
        (_E.EN_APROBACION, _S.OBSERVAR): _E.BORRADOR,
        (_E.APROBADO, _S.OBSERVAR): _E.BORRADOR,
        (_E.APROBADO, _S.ENVIAR): _E.ENVIADO,
    }
    ASPECTO: ClassVar = {
        _E.BORRADOR: ("e-pendiente", "pencil"),
        _E.EN_APROBACION: ("e-validacion", "eye"),
        _E.APROBADO: ("e-enviado", "shield-check"),
        _E.ENVIADO: ("e-respondido", "check-circle"),
    }

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField("N°")
    estado = models.CharField(max_length=15, choices=EstadoReporte, default=EstadoReporte.BORRADOR)
    creado = models.DateTimeField()
    creado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    vence = models.DateTimeField("se envía hasta", null=True, blank=True)
    gerencia = models.DateTimeField("aprobación de la gerencia", null=True, blank=True)
    gerencia_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    direccion = models.DateTimeField("aprobación de la dirección", null=True, blank=True)
    direccion_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    enviado = models.DateTimeField(null=True, blank=True)
    filas = models.JSONField(default=list, blank=True)

    objects = ManagerAcotado.from_queryset(ReporteQuerySet)()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name = "reporte de eventos de inoperatividad"
        verbose_name_plural = "reportes de eventos de inoperatividad"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "numero"], name="reporte_numero_unico"),
            models.CheckConstraint(
                condition=Q(gerencia=None, gerencia_por=None) | Q(gerencia__isnull=False, gerencia_por__isnull=False),
                name="reporte_gerencia_dice_quien",
            ),
            models.CheckConstraint(
                condition=Q(direccion=None, direccion_por=None)
                | Q(direccion__isnull=False, direccion_por__isnull=False),
                name="reporte_direccion_dice_quien",
            ),
            models.CheckConstraint(
                condition=Q(gerencia_por=None) | Q(direccion_por=None) | ~Q(gerencia_por=F("direccion_por")),
                name="reporte_lo_aprueban_dos",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["aprobado", "enviado"]) | Q(gerencia__isnull=False, direccion__isnull=False),
                name="reporte_aprobado_por_ambos",
            ),
            models.CheckConstraint(
                condition=Q(estado="enviado", enviado__isnull=False) | (~Q(estado="enviado") & Q(enviado=None)),
                name="reporte_enviado_dice_cuando",
            ),
        ]

    def __str__(self) -> str:
        return f"Reporte {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """The company-wide functions: a report speaks of all points."""
        completo = perfil.tipo == TipoPerfil.AGENTE and perfil.unidades_visibles is None
        return Q(distribuidora=perfil.distribuidora_id) if completo else Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("inoperatividad:reporte", args=[self.numero])

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return perfil.tiene("inoperatividad.ver_registros")
