"""What each organisation decides: the matters that can be complained about, and how it handles complaints (X-10)."""

from django.db import models
from django.db.models import Q

from portal.cuentas.models import Distribuidora
from portal.cuentas.paises import ELECCIONES


def empresas() -> models.QuerySet[Distribuidora]:
    """The companies against which a complaint can be filed."""
    return Distribuidora.objects.filter(estado=Distribuidora.Estado.VIGENTE)


class MateriaQuerySet(models.QuerySet["Materia"]):
    def de(self, distribuidora: Distribuidora) -> "MateriaQuerySet":
        """Those that a company's form offers: its own, or its country's where it has none."""
        propias = self.filter(distribuidora=distribuidora, activa=True)
        return propias if propias.exists() else self.filter(distribuidora=None, pais=distribuidora.pais, activa=True)

    def no_reclamables(self) -> "MateriaQuerySet":
        return self.filter(reclamable=False)


class Materia(models.Model):
    """Something that people complain about; what is not complainable is listed too, with what to do instead.

    Terms stand in the rules of `reclamos.respuesta.<codigo>`; of amounts above `umbral`, in `….<codigo>.mayor`.
    """

    pais = models.CharField("país", max_length=2, choices=ELECCIONES, default="CL")
    distribuidora = models.ForeignKey(
        Distribuidora,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="materias",
        help_text="Vacía: vale para todas las del país que no tienen materias propias.",
    )
    codigo = models.SlugField("código", max_length=25)
    nombre = models.CharField(max_length=100)
    ayuda = models.CharField(max_length=200, blank=True)
    reclamable = models.BooleanField(default=True)
    explicacion = models.TextField("por qué no se reclama y qué hacer", blank=True)
    con_monto = models.BooleanField("pide el monto reclamado", default=False)
    umbral = models.DecimalField(
        "monto desde el que rige el plazo mayor", max_digits=14, decimal_places=2, null=True, blank=True
    )
    orden = models.PositiveSmallIntegerField(default=50)
    activa = models.BooleanField(default=True)

    objects = MateriaQuerySet.as_manager()

    class Meta:
        ordering = ["orden", "nombre"]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "codigo"], name="materia_unica_en_su_empresa"),
            models.UniqueConstraint(
                fields=["pais", "codigo"], condition=Q(distribuidora=None), name="materia_unica_en_su_pais"
            ),
            models.CheckConstraint(
                condition=Q(reclamable=True) | ~Q(explicacion=""), name="materia_no_reclamable_se_explica"
            ),
            models.CheckConstraint(
                condition=Q(umbral=None) | Q(con_monto=True, umbral__gt=0), name="materia_con_umbral_pide_monto"
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class AjusteReclamos(models.Model):
    """How an organisation handles complaints; without a row, as the defaults say."""

    distribuidora = models.OneToOneField(Distribuidora, models.PROTECT, primary_key=True, related_name="+")
    silencio = models.BooleanField(
        "sin respuesta en plazo, el reclamo queda fundado",
        default=False,
        help_text="Silencio a favor de quien reclama. Enciéndalo solo si la norma de su país lo dice.",
    )
    codigo_automatico = models.BooleanField(
        "el portal da el código de reclamo al ingresar",
        default=False,
        help_text="Apagado: lo da su empresa, con el número que el portal propone o con uno propio.",
    )

    class Meta:
        verbose_name = "ajuste de reclamos"
        verbose_name_plural = "ajustes de reclamos"

    def __str__(self) -> str:
        return f"Reclamos de {self.distribuidora}"

    @classmethod
    def de(cls, distribuidora: Distribuidora) -> "AjusteReclamos":
        """Those of a company, or the defaults."""
        return cls.objects.filter(pk=distribuidora.pk).first() or cls(distribuidora=distribuidora)
