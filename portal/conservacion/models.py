"""How long each kind of data is kept, and the nightly passes that let go of it."""

from calendar import monthrange
from datetime import datetime, timedelta

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from portal import reloj
from portal.conservacion.clases import de
from portal.encargos.models import Encargo


class ReglaQuerySet(models.QuerySet["ReglaDeConservacion"]):
    def con_ultima_pasada(self) -> "ReglaQuerySet":
        """Each with the key of its last pass, `ultima`."""
        pasadas = Pasada.todos().filter(regla=OuterRef("pk")).order_by("-dia")
        return self.annotate(ultima=Subquery(pasadas.values("pk")[:1]))


class ReglaDeConservacion(models.Model):
    """How long a kind of data is kept after its fact. Without a rule, or with one that is off, it is kept for good."""

    class Unidad(models.TextChoices):
        DIAS = "dias", "días"
        MESES = "meses", "meses"

    clase = models.CharField(max_length=60, unique=True, help_text="Código de la clase de datos.")
    cantidad = models.PositiveSmallIntegerField()
    unidad = models.CharField(max_length=5, choices=Unidad)
    norma = models.CharField(max_length=200, blank=True)
    verificado = models.BooleanField(default=False)
    nota = models.TextField(blank=True)
    activa = models.BooleanField(default=False)

    objects = ReglaQuerySet.as_manager()

    class Meta:
        verbose_name = "regla de conservación"
        verbose_name_plural = "reglas de conservación"
        ordering = ["clase"]
        constraints = [
            models.CheckConstraint(condition=Q(cantidad__gt=0), name="conservacion_de_un_dia_o_mas"),
            models.CheckConstraint(condition=Q(unidad__in=["dias", "meses"]), name="conservacion_unidad_conocida"),
            models.CheckConstraint(
                condition=~Q(verificado=True) | ~Q(norma=""), name="conservacion_verificada_cita_su_norma"
            ),
        ]

    def __str__(self) -> str:
        return f"{de(self.clase).nombre}: {self.plazo}"

    @property
    def plazo(self) -> str:
        """«7 días», «1 mes»."""
        uno = {self.Unidad.DIAS: "día", self.Unidad.MESES: "mes"}
        return f"{self.cantidad} {uno[self.Unidad(self.unidad)] if self.cantidad == 1 else self.get_unidad_display()}"

    @property
    def limite(self) -> datetime:
        """What happened until this moment is let go of."""
        return self._mover(reloj.ahora(), -self.cantidad)

    def hasta(self, momento: datetime) -> datetime:
        """When what happens at `momento` may be let go of."""
        return self._mover(momento, self.cantidad)

    def _mover(self, momento: datetime, cuanto: int) -> datetime:
        """`momento` so many days or months away; of a month that is too short, its last day."""
        if self.unidad == self.Unidad.DIAS:
            return momento + timedelta(days=cuanto)
        anio, mes = divmod(momento.year * 12 + momento.month - 1 + cuanto, 12)
        return momento.replace(year=anio, month=mes + 1, day=min(momento.day, monthrange(anio, mes + 1)[1]))


class Pasada(Encargo):
    """A night's work for one rule; `borradas` counts what went so far, in the transaction in which it went."""

    TAREA = "portal.conservacion.tasks.pasar"
    ASPECTO = {
        Encargo.Estado.PENDIENTE: ("e-pendiente", "hourglass-split"),
        Encargo.Estado.EN_CURSO: ("e-enviado", "gear"),
        Encargo.Estado.HECHO: ("e-respondido", "check-circle"),
        Encargo.Estado.FALLIDO: ("e-rechazado", "x-circle"),
        Encargo.Estado.CANCELADO: ("e-anulado", "slash-circle"),
    }
    ROTULOS = {Encargo.Estado.EN_CURSO: "Borrando", Encargo.Estado.HECHO: "Terminada"}
    get_estado_display = Encargo.rotulo

    regla = models.ForeignKey(ReglaDeConservacion, models.PROTECT, related_name="pasadas")
    dia = models.DateField("día")
    borradas = models.PositiveBigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["estado", "proximo"], name="pasada_por_hacer")]
        constraints = [models.UniqueConstraint(fields=["regla", "dia"], name="pasada_una_por_regla_y_dia")]

    def __str__(self) -> str:
        return f"{self.regla}, {self.dia:%d-%m-%Y}"
