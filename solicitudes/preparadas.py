"""Standing answers: what a company has prepared to be answered by the portal itself (S-15)."""

from django.db import models
from django.db.models import Q

from portal.adjuntos.models import Fijo
from portal.cuentas.models import Distribuidora
from solicitudes.formularios import Formulario


class RespuestaAutomatica(models.Model):
    """The answer that a company keeps ready for a form, and the two switches that let the portal give it.

    `al_enviar`: to every request, when it is filed. `al_vencer_desde`: to those whose term lapses unanswered after
    that moment; None is off. What had lapsed before stays the company's to answer.
    """

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="respuestas_automaticas")
    formulario = models.CharField(max_length=2, choices=Formulario)
    texto = models.TextField(blank=True)
    archivo = models.ForeignKey(Fijo, models.PROTECT, null=True, blank=True, related_name="+")
    al_enviar = models.BooleanField("responder al enviar", default=False)
    al_vencer_desde = models.DateTimeField("responder al vencer, desde", null=True, blank=True)

    class Meta:
        verbose_name = "respuesta automática"
        verbose_name_plural = "respuestas automáticas"
        permissions = [("configurar_automaticas", "Preparar las respuestas automáticas de la empresa")]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "formulario"], name="automatica_una_por_formulario"),
            models.CheckConstraint(condition=~Q(formulario="MC"), name="automatica_solo_si_se_responde"),
            models.CheckConstraint(
                condition=Q(al_enviar=False, al_vencer_desde=None) | (Q(archivo__isnull=False) & ~Q(texto="")),
                name="automatica_activa_tiene_respuesta",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.distribuidora}: {self.get_formulario_display()}"

    @property
    def al_vencer(self) -> bool:
        return self.al_vencer_desde is not None

    @property
    def activa(self) -> bool:
        return self.al_enviar or self.al_vencer
