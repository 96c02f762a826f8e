"""What follows a complaint: the appeal against its answer, and the queja about how it is handled (Q-04)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.plazos.models import Regla
from reclamos.models.reclamo import Reclamo


class SucesoRecurso(models.TextChoices):
    ELEVAR = "elevar", "elevarlo a la segunda instancia"
    DECIDIR = "decidir", "decidirlo"


class EstadoRecurso(models.TextChoices):
    PRESENTADO = "presentado", "Por Elevar"
    ELEVADO = "elevado", "En Segunda Instancia"
    DECIDIDO = "decidido", "Decidido"


class Decision(models.TextChoices):
    FUNDADO = "fundado", "Fundado"
    PARCIAL = "parcial", "Parcialmente fundado"
    INFUNDADO = "infundado", "Infundado"
    INADMISIBLE = "inadmisible", "Inadmisible"
    IMPROCEDENTE = "improcedente", "Improcedente"


class RecursoQuerySet(models.QuerySet["Recurso"]):
    def bloquear(self, pk: int) -> "Recurso":
        """The row, locked until the transaction ends; lock its complaint first."""
        return self.select_for_update(of=("self",)).select_related("caso").get(pk=pk)

    def pendientes(self) -> "RecursoQuerySet":
        return self.exclude(estado=EstadoRecurso.DECIDIDO)

    def por_elevar(self) -> "RecursoQuerySet":
        return self.filter(estado=EstadoRecurso.PRESENTADO)


class Recurso(Documento):
    """An appeal or a queja: filed with the company, forwarded by it, decided by the second instance."""

    class Clase(models.TextChoices):
        APELACION = "apelacion", "Apelación"
        QUEJA = "queja", "Queja"

    Estado = EstadoRecurso
    TRANSICIONES: ClassVar = {
        (EstadoRecurso.PRESENTADO, SucesoRecurso.ELEVAR): EstadoRecurso.ELEVADO,
        (EstadoRecurso.ELEVADO, SucesoRecurso.DECIDIR): EstadoRecurso.DECIDIDO,
    }
    ASPECTO: ClassVar[dict[models.TextChoices, tuple[str, str]]] = {
        EstadoRecurso.PRESENTADO: ("e-enviado", "send"),
        EstadoRecurso.ELEVADO: ("e-validacion", "bank"),
        EstadoRecurso.DECIDIDO: ("e-respondido", "check-circle"),
    }

    reclamo = models.ForeignKey(Reclamo, models.PROTECT, related_name="recursos")
    clase = models.CharField(max_length=10, choices=Clase)
    estado = models.CharField(max_length=12, choices=EstadoRecurso, default=EstadoRecurso.PRESENTADO)
    numero = models.CharField("N° de expediente", max_length=20, unique=True)
    motivo = models.TextField()
    presentado = models.DateTimeField()
    elevar_hasta = models.DateTimeField(null=True, blank=True)
    elevado = models.DateTimeField(null=True, blank=True)
    decidir_hasta = models.DateTimeField(null=True, blank=True)
    regla_elevar = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    regla_decidir = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    decidido = models.DateTimeField(null=True, blank=True)
    decision = models.CharField("decisión", max_length=15, choices=Decision, blank=True)

    objects = ManagerAcotado.from_queryset(RecursoQuerySet)()
    PARED = Pared(sigue="reclamo", llaves=("caso__clave",))

    class Meta:
        ordering = ["presentado", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reclamo"], condition=Q(clase="apelacion"), name="recurso_una_apelacion_por_reclamo"
            ),
            models.UniqueConstraint(
                fields=["reclamo"],
                condition=Q(clase="queja") & ~Q(estado="decidido"),
                name="recurso_una_queja_abierta_por_reclamo",
            ),
            models.CheckConstraint(
                condition=Q(estado="presentado", elevado=None) | (~Q(estado="presentado") & Q(elevado__isnull=False)),
                name="recurso_elevado_tiene_fecha",
            ),
            models.CheckConstraint(
                condition=(Q(estado="decidido", decidido__isnull=False) & ~Q(decision=""))
                | (~Q(estado="decidido") & Q(decidido=None, decision="")),
                name="recurso_decidido_tiene_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """Whoever sees the complaint sees what follows it."""
        return Q(reclamo__in=Reclamo.objects.filter(Reclamo.visible_para(perfil)))

    def get_absolute_url(self) -> str:
        return f"{self.reclamo.get_absolute_url()}#recurso-{self.numero}"

    def puede_leer(self, perfil: Perfil | None, adjunto: Adjunto) -> bool:
        return True
