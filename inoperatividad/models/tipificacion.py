"""**Tipificaciones**: how many procedures of each kind a point logged in each hour, as imported (I-11)."""

from django.db import models
from django.db.models import Q

from inoperatividad.models.catalogos import TipoTramite
from portal import reloj
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared


class Tramite(models.TextChoices):
    """The four kinds of procedure, and LDR, which the fourth criterion counts."""

    RECLAMOS = TipoTramite.RECLAMOS.value, "Reclamos"
    ALTAS = TipoTramite.ALTAS.value, "Altas"
    BAJAS = TipoTramite.BAJAS.value, "Bajas"
    CONSULTAS = TipoTramite.CONSULTAS.value, "Consultas"
    LDR = "ldr", "LDR"


def _de_la_empresa(perfil: Perfil) -> Q:
    return Q(distribuidora=perfil.distribuidora_id) if perfil.tipo == TipoPerfil.AGENTE else Q(pk__in=[])


class Lote(models.Model):
    """A file that was imported whole."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    nombre = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    filas = models.PositiveIntegerField()
    nuevas = models.PositiveIntegerField()
    cambiadas = models.PositiveIntegerField()
    importado = models.DateTimeField(default=reloj.ahora)
    importado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return _de_la_empresa(perfil)


class Tipificacion(models.Model):
    """A count. A zero is written as a zero; an hour without a row has no data."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+")
    tramite = models.CharField("trámite", max_length=10, choices=Tramite)
    fecha = models.DateField()
    hora = models.PositiveSmallIntegerField()
    cantidad = models.PositiveIntegerField()
    lote = models.ForeignKey(Lote, models.PROTECT, related_name="tipificaciones")

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name = "tipificación"
        verbose_name_plural = "tipificaciones"
        constraints = [
            models.UniqueConstraint(
                fields=["distribuidora", "unidad", "tramite", "fecha", "hora"], name="tipificacion_una_por_hora"
            ),
            models.CheckConstraint(condition=Q(hora__lte=23), name="tipificacion_hora_del_dia"),
        ]
        indexes = [models.Index(fields=["distribuidora", "tramite", "fecha"], name="tipificacion_por_dia")]

    def __str__(self) -> str:
        return f"{self.fecha:%d-%m-%Y} {self.hora:02d} h, {self.get_tramite_display()}: {self.cantidad}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return _de_la_empresa(perfil)
