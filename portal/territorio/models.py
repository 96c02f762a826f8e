"""Regions and comunas, with the codes of the national register (CUT)."""

from django.db import models


class Region(models.Model):
    codigo = models.CharField("código", max_length=2, primary_key=True)
    nombre = models.CharField(max_length=80)
    romano = models.CharField("número romano", max_length=5)
    orden = models.PositiveSmallIntegerField("orden de norte a sur")

    class Meta:
        verbose_name = "región"
        verbose_name_plural = "regiones"
        ordering = ["orden"]

    def __str__(self) -> str:
        return self.nombre


class Comuna(models.Model):
    codigo = models.CharField("código", max_length=5, primary_key=True)
    nombre = models.CharField(max_length=80)
    provincia = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="comunas", verbose_name="región")

    class Meta:
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre
