"""Spreadsheets asked for: who asked, with which filter, how far it is, where it lies, until when."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Perfil
from portal.cuentas.pared import Pared
from portal.encargos.models import Encargo, EncargoQuerySet
from portal.informes.paquete import Segmento


def _privado() -> Storage:
    return storages["informes"]


class InformeQuerySet(EncargoQuerySet):
    def disponibles(self) -> "InformeQuerySet":
        """Those whose file can be had now."""
        vigente = Q(caduca=None) | Q(caduca__gt=reloj.ahora())
        return self.filter(vigente, estado=Encargo.Estado.HECHO).exclude(archivo="")


class Informe(Encargo):
    """A spreadsheet made in the background for one profile."""

    TAREA = "portal.informes.tasks.hacer_informe"
    ARRIENDO = timedelta(minutes=5)
    PAUSAS = (15, 60, 300)
    ASPECTO = {
        Encargo.Estado.PENDIENTE: ("e-pendiente", "hourglass-split"),
        Encargo.Estado.EN_CURSO: ("e-enviado", "gear"),
        Encargo.Estado.HECHO: ("e-respondido", "check-circle"),
        Encargo.Estado.FALLIDO: ("e-rechazado", "x-circle"),
        Encargo.Estado.CANCELADO: ("e-anulado", "slash-circle"),
    }

    ROTULOS = {Encargo.Estado.EN_CURSO: "Preparando", Encargo.Estado.HECHO: "Listo"}
    get_estado_display = Encargo.rotulo

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tipo = models.CharField(max_length=60)
    titulo = models.CharField(max_length=120)
    parametros = models.JSONField(default=dict, blank=True)
    perfil = models.ForeignKey(Perfil, models.PROTECT, related_name="informes")
    filas = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    nombre = models.CharField(max_length=120)
    archivo = models.FileField(storage=_privado, max_length=100, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    caduca = models.DateTimeField(null=True, blank=True)

    objects = ManagerAcotado.from_queryset(InformeQuerySet)()
    PARED = Pared(persona="perfil")

    class Meta:
        indexes = [
            models.Index(fields=["estado", "proximo"], name="informe_por_hacer"),
            models.Index(fields=["perfil", "creado"], name="informe_por_perfil"),
        ]
        ordering = ["-creado"]

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(perfil=perfil)

    def get_absolute_url(self) -> str:
        return reverse("informes:ver", args=[self.pk])

    @property
    def abierto(self) -> bool:
        """Still to be made, or being made."""
        return self.estado in (self.Estado.PENDIENTE, self.Estado.EN_CURSO)

    @property
    def disponible(self) -> bool:
        vigente = self.caduca is None or self.caduca > reloj.ahora()
        return bool(self.estado == self.Estado.HECHO and self.archivo and vigente)

    @property
    def por_ciento(self) -> int | None:
        """How much of it is written; None when nobody counted."""
        return min(99, self.filas * 100 // self.total) if self.total else None

    @property
    def faltan_segundos(self) -> int | None:
        """About how long it will still take, at the pace so far."""
        if not (self.total and self.filas and self.empezado and self.estado == self.Estado.EN_CURSO):
            return None
        llevado: Any = (reloj.ahora() - self.empezado).total_seconds()
        return round(llevado / self.filas * max(self.total - self.filas, 0))


class Tramo(models.Model):
    """Rows of a spreadsheet, deflated, kept for the next one: good as long as they would be the same (`huella`).

    `parte` is the report's own division (a month). Belongs to nobody; it leaves only inside a report.
    """

    reporte = models.CharField(max_length=60)
    parte = models.CharField(max_length=20)
    huella = models.CharField(max_length=64)
    filas = models.PositiveIntegerField()
    crc = models.PositiveBigIntegerField()
    largo = models.PositiveBigIntegerField()
    bytes = models.PositiveBigIntegerField()
    archivo = models.FileField(storage=_privado, upload_to="tramos", max_length=100)

    class Meta:
        verbose_name = "tramo guardado"
        verbose_name_plural = "tramos guardados"
        constraints = [models.UniqueConstraint(fields=["reporte", "parte"], name="tramo_uno_por_parte")]

    def __str__(self) -> str:
        return f"{self.reporte} {self.parte}"

    @property
    def segmento(self) -> Segmento:
        return Segmento(self.crc, self.largo, self.bytes)
