"""Enlaces de Interés: texts, addresses and blank forms that the SEC keeps for the applicants (S-16)."""

from django.db import models
from django.db.models import Q

from portal.adjuntos.models import Fijo


class Enlace(models.Model):
    """One of the links, or a blank form to be downloaded; in the order of `orden`."""

    class Grupo(models.TextChoices):
        ENLACE = "enlace", "Enlace"
        FORMULARIO = "formulario", "Formulario para descargar"

    grupo = models.CharField("dónde se muestra", max_length=12, choices=Grupo, default=Grupo.ENLACE)
    titulo = models.CharField("título", max_length=120, unique=True)
    texto = models.TextField(blank=True)
    direccion = models.URLField("dirección", max_length=500, blank=True)
    archivo = models.ForeignKey(Fijo, models.PROTECT, null=True, blank=True, related_name="+")
    orden = models.PositiveSmallIntegerField(default=10)

    class Meta:
        ordering = ["orden", "pk"]
        permissions = [("editar_enlaces", "Editar los Enlaces de Interés")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(texto="") | ~Q(direccion="") | Q(archivo__isnull=False), name="enlace_lleva_a_algo"
            ),
            models.CheckConstraint(
                condition=~Q(grupo="formulario") | Q(archivo__isnull=False), name="enlace_formulario_con_archivo"
            ),
            models.CheckConstraint(
                condition=Q(direccion="") | Q(direccion__startswith="https://") | Q(direccion__startswith="http://"),
                name="enlace_direccion_de_la_web",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo
