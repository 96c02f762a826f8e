"""Terms as data: how many days, of which kind, by which norm, and whether anybody verified it."""

from collections.abc import Mapping
from datetime import date
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.cuentas.models import Distribuidora
from portal.cuentas.paises import ELECCIONES


class ReglaQuerySet(models.QuerySet["Regla"]):
    def vigente(self, materia: str, *, distribuidora: Distribuidora, el: date) -> "Regla | None":
        """The rule for `materia` in force on day `el`: the company's own before its country's, or None.

        Of two that overlap, the one that began last rules; no two of the same matter and owner begin on one day.
        """
        candidatas = self.filter(
            Q(distribuidora=distribuidora) | Q(distribuidora=None, pais=distribuidora.pais),
            Q(vigente_hasta=None) | Q(vigente_hasta__gte=el),
            materia=materia,
            vigente_desde__lte=el,
        )
        return candidatas.order_by(F("distribuidora").asc(nulls_last=True), "-vigente_desde").first()

    def vigentes(self, el: date) -> "ReglaQuerySet":
        """Those in force on day `el`."""
        return self.filter(Q(vigente_hasta=None) | Q(vigente_hasta__gte=el), vigente_desde__lte=el)


class Regla(models.Model):
    """A term. A case keeps the rule that was in force when it was filed.

    `materia` is a code of the domain that asks (`solicitudes.SI.respuesta`, `pagos.validacion`).
    """

    class Unidad(models.TextChoices):
        HABILES = "habiles", "días hábiles"
        CORRIDOS = "corridos", "días corridos"
        HORAS = "horas", "horas"

    materia = models.CharField(max_length=60)
    pais = models.CharField("país", max_length=2, choices=ELECCIONES, default="CL")
    distribuidora = models.ForeignKey(
        Distribuidora, models.PROTECT, null=True, blank=True, help_text="Vacía: rige para todas las del país."
    )
    cantidad = models.PositiveSmallIntegerField()
    unidad = models.CharField(max_length=10, choices=Unidad, default=Unidad.HABILES)
    desde_suceso = models.CharField("se cuenta desde", max_length=60, default="el día siguiente al envío")
    vigente_desde = models.DateField()
    vigente_hasta = models.DateField("vigente hasta (inclusive)", null=True, blank=True)
    norma = models.CharField(max_length=200, blank=True)
    verificado = models.BooleanField(default=False)
    demostracion = models.BooleanField("valor de demostración", default=False)
    nota = models.TextField(blank=True)

    objects = ReglaQuerySet.as_manager()

    class Meta:
        verbose_name = "regla de plazo"
        verbose_name_plural = "reglas de plazo"
        ordering = ["materia", "-vigente_desde"]
        constraints = [
            models.CheckConstraint(condition=Q(cantidad__gt=0), name="regla_de_un_dia_o_mas"),
            models.CheckConstraint(
                condition=Q(vigente_hasta=None) | Q(vigente_hasta__gte=F("vigente_desde")),
                name="regla_desde_antes_de_hasta",
            ),
            models.CheckConstraint(condition=~Q(verificado=True) | ~Q(norma=""), name="regla_verificada_cita_su_norma"),
            models.CheckConstraint(
                condition=Q(verificado=False) | Q(demostracion=False), name="regla_de_demostracion_no_verificada"
            ),
            models.UniqueConstraint(
                fields=["materia", "distribuidora", "vigente_desde"], name="regla_una_por_empresa_y_comienzo"
            ),
            models.UniqueConstraint(
                fields=["materia", "pais", "vigente_desde"],
                condition=Q(distribuidora=None),
                name="regla_una_por_pais_y_comienzo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.materia}: {self.cantidad} {self.get_unidad_display()}"

    def clean(self) -> None:
        """Refuse, in words, an overlap with another rule of the same matter and owner, and a foreign country."""
        if self.distribuidora and self.distribuidora.pais != self.pais:
            raise ValidationError({"pais": f"{self.distribuidora} es de {self.distribuidora.datos_pais.nombre}."})
        hermanas = Regla.objects.filter(
            Q(vigente_hasta=None) | Q(vigente_hasta__gte=self.vigente_desde),
            materia=self.materia,
            pais=self.pais,
            distribuidora=self.distribuidora,
        ).exclude(pk=self.pk)
        if self.vigente_hasta:
            hermanas = hermanas.filter(vigente_desde__lte=self.vigente_hasta)
        if otra := hermanas.first():
            fin = f"hasta el {otra.vigente_hasta:%d-%m-%Y}" if otra.vigente_hasta else "sin fecha de término"
            raise ValidationError(
                f"Ya hay una regla para esta materia desde el {otra.vigente_desde:%d-%m-%Y} y {fin}. "
                "Termínala antes de que comience esta."
            )


SEGUNDOS_EN_MEMORIA = 60
_decretados: dict[str, tuple[float, dict[date, str]]] = {}


class DiaDecretado(models.Model):
    """A holiday decreed for one occasion (election, census, visit) that no library knows in time."""

    pais = models.CharField("país", max_length=2, choices=ELECCIONES, default="CL")
    fecha = models.DateField()
    nombre = models.CharField(max_length=120)

    class Meta:
        verbose_name = "día decretado"
        verbose_name_plural = "días decretados"
        constraints = [models.UniqueConstraint(fields=["pais", "fecha"], name="dia_decretado_unico")]

    def __str__(self) -> str:
        return f"{self.fecha:%d-%m-%Y}: {self.nombre}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _decretados.clear()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        borrado = super().delete(*args, **kwargs)
        _decretados.clear()
        return borrado

    @classmethod
    def del_pais(cls, pais: str) -> Mapping[date, str]:
        """Names by date, from memory: this process sees a change at once, the others within a minute."""
        leido, nombres = _decretados.get(pais, (0.0, {}))
        if not leido or monotonic() - leido > SEGUNDOS_EN_MEMORIA:
            nombres = dict(cls.objects.filter(pais=pais).values_list("fecha", "nombre"))
            _decretados[pais] = monotonic(), nombres
        return nombres
