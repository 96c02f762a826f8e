"""**Falla Masiva**: alerted by a service point, declared and ended by Fallas de Sistemas y Plataforma (I-05)."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inoperatividad.models.catalogos import Aplicativo
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento


class EstadoMasiva(models.TextChoices):
    ALERTADA = "alertada", "Alertada"
    VIGENTE = "vigente", "Vigente"
    TERMINADA = "terminada", "Terminada"
    DESCARTADA = "descartada", "Descartada"


class SucesoMasiva(models.TextChoices):
    DECLARAR = "declarar", "declarar"
    DESCARTAR = "descartar", "descartar"
    TERMINAR = "terminar", "terminar"


class MasivaQuerySet(models.QuerySet["Masiva"]):
    def bloquear(self, pk: int) -> "Masiva":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("distribuidora").get(pk=pk)

    def vivas(self) -> "MasivaQuerySet":
        """Alerted or declared, not over."""
        return self.filter(estado__in=[EstadoMasiva.ALERTADA, EstadoMasiva.VIGENTE])

    def alertadas(self) -> "MasivaQuerySet":
        return self.filter(estado=EstadoMasiva.ALERTADA)

    def vigentes(self) -> "MasivaQuerySet":
        return self.filter(estado=EstadoMasiva.VIGENTE)


class Masiva(Documento):
    """A fall of one or more applications for everybody; its window decides the first criterion of the evaluation."""

    Estado = EstadoMasiva
    TRANSICIONES: ClassVar = {
        (EstadoMasiva.ALERTADA, SucesoMasiva.DECLARAR): EstadoMasiva.VIGENTE,
        (EstadoMasiva.ALERTADA, SucesoMasiva.DESCARTAR): EstadoMasiva.DESCARTADA,
        (EstadoMasiva.VIGENTE, SucesoMasiva.TERMINAR): EstadoMasiva.TERMINADA,
    }
    ASPECTO: ClassVar = {
        EstadoMasiva.ALERTADA: ("e-pago", "bell"),
        EstadoMasiva.VIGENTE: ("e-rechazado", "lightning-charge"),
        EstadoMasiva.TERMINADA: ("e-respondido", "check-circle"),
        EstadoMasiva.DESCARTADA: ("e-anulado", "slash-circle"),
    }

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField("N°")
    estado = models.CharField(max_length=12, choices=EstadoMasiva)
    aplicativos = models.ManyToManyField(Aplicativo, related_name="masivas")
    inicio = models.DateTimeField()
    fin = models.DateTimeField(null=True, blank=True)
    causa = models.TextField(blank=True)
    alertada_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    alertada = models.DateTimeField(null=True, blank=True)
    declarada = models.DateTimeField(null=True, blank=True)

    objects = ManagerAcotado.from_queryset(MasivaQuerySet)()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name = "falla masiva"
        verbose_name_plural = "fallas masivas"
        ordering = ["-inicio", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "numero"], name="masiva_numero_unico"),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gt=F("inicio")), name="masiva_termina_despues"),
            models.CheckConstraint(
                condition=Q(estado="terminada", fin__isnull=False) | (~Q(estado="terminada") & Q(fin=None)),
                name="masiva_terminada_tiene_fin",
            ),
            models.CheckConstraint(
                condition=Q(estado__in=["alertada", "descartada"]) | Q(declarada__isnull=False),
                name="masiva_vigente_fue_declarada",
            ),
        ]

    def __str__(self) -> str:
        return f"FM {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """All agents of the company: a fall concerns every point."""
        return Q(distribuidora=perfil.distribuidora_id) if perfil.tipo == TipoPerfil.AGENTE else Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("inoperatividad:masiva", args=[self.numero])

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return perfil.tiene("inoperatividad.ver_registros")

    @property
    def duracion(self) -> timedelta:
        """How long it lasted, or lasts by now."""
        return (self.fin or reloj.ahora()) - self.inicio

    def abarca(self, desde: datetime, hasta: datetime) -> bool:
        """Whether an interval lies within the masiva's window."""
        return self.inicio <= desde and hasta <= (self.fin or reloj.ahora())
