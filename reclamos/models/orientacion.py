"""Advice given at a desk or by phone, recorded even where no complaint follows (Q-05)."""

from django.db import models
from django.db.models import Q

from portal import reloj
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared
from reclamos.models.catalogo import Materia
from reclamos.models.reclamo import Canal


class Orientacion(models.Model):
    """What somebody asked and what was said."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="orientaciones")
    unidad = models.ForeignKey(Unidad, models.PROTECT, null=True, blank=True, related_name="orientaciones")
    por = models.ForeignKey(Perfil, models.PROTECT, related_name="orientaciones")
    cuando = models.DateTimeField(default=reloj.ahora)
    canal = models.CharField(max_length=10, choices=Canal)
    materia = models.ForeignKey(Materia, models.PROTECT, null=True, blank=True, related_name="+")
    documento = models.CharField("documento", max_length=20, blank=True)
    suministro = models.CharField("suministro", max_length=40, blank=True)
    consulta = models.TextField("qué consultó")
    respuesta = models.TextField("qué se le dijo")

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name = "orientación"
        verbose_name_plural = "orientaciones"
        ordering = ["-cuando", "-pk"]
        indexes = [models.Index(fields=["distribuidora", "cuando"], name="orientacion_por_empresa")]

    def __str__(self) -> str:
        return f"Orientación del {self.cuando:%d-%m-%Y}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12: agents by unit, the company's people all of the company's."""
        if perfil.es_solicitante:
            return Q(pk__in=[])
        if perfil.es_sec:
            return Q()
        propias = Q(distribuidora=perfil.distribuidora_id)
        if perfil.es_distribuidora or perfil.unidades_visibles is None:
            return propias
        return propias & Q(unidad__in=perfil.unidades_visibles)
