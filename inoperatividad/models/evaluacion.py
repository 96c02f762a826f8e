"""The evaluation of a closed record: four criteria, each with its owner, and a verdict (I-09)."""

from django.db import models
from django.db.models import Q

from inoperatividad.models.registro import Registro
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Perfil
from portal.cuentas.pared import Pared
from portal.plazos.models import Regla


class Horario(models.TextChoices):
    """The first criterion's result, in the procedure's words."""

    DENTRO = "dentro", "Dentro de Horario de falla masiva"
    FUERA = "fuera", "Fuera de Horario de falla masiva"


class Evaluacion(models.Model):
    """What was found; a figure that nobody has is null and is shown as «sin datos».

    `cifras` are the computed comparisons as they stood when the verdict was given.
    """

    registro = models.OneToOneField(Registro, models.PROTECT, primary_key=True, related_name="evaluacion")
    iniciada = models.DateTimeField()
    iniciada_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    consultada = models.DateTimeField("consulta a Mejora de Procesos", null=True, blank=True)
    opinion_vence = models.DateTimeField(null=True, blank=True)
    regla = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    opinada = models.DateTimeField(null=True, blank=True)
    opinada_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    procede = models.BooleanField(null=True, blank=True)
    horario = models.CharField(max_length=10, choices=Horario, blank=True)
    menciones = models.PositiveIntegerField("publicaciones en redes sociales", null=True, blank=True)
    opinion = models.TextField(blank=True)
    tipificaciones = models.PositiveIntegerField(null=True, blank=True)
    reclamos = models.PositiveIntegerField(null=True, blank=True)
    ldr = models.PositiveIntegerField(null=True, blank=True)
    reportar = models.BooleanField(null=True, blank=True)
    razon = models.TextField("razón", blank=True)
    concluida = models.DateTimeField(null=True, blank=True)
    concluida_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    cifras = models.JSONField(default=list, blank=True)

    objects = ManagerAcotado()
    PARED = Pared(sigue="registro")

    class Meta:
        verbose_name = "evaluación"
        verbose_name_plural = "evaluaciones"
        constraints = [
            models.CheckConstraint(
                condition=Q(concluida=None, reportar=None, concluida_por=None)
                | (Q(concluida__isnull=False, reportar__isnull=False, concluida_por__isnull=False) & ~Q(razon="")),
                name="evaluacion_concluida_da_su_razon",
            ),
            models.CheckConstraint(
                condition=Q(opinada=None, procede=None, opinada_por=None)
                | Q(opinada__isnull=False, procede__isnull=False, opinada_por__isnull=False, consultada__isnull=False),
                name="evaluacion_opinada_fue_consultada",
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluación del {str(self.registro).lower()}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(registro__in=Registro.objects.all()) if perfil.tiene("inoperatividad.ver_registros") else Q(pk__in=[])

    @property
    def espera_opinion(self) -> bool:
        """Mejora de Procesos was asked and has not answered."""
        return self.consultada is not None and self.opinada is None
