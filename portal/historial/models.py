"""The history: what happened to each case, written in the same transaction and never edited."""

from typing import Any

from django.db import models

from portal import origen, reloj
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso


class Evento(models.Model):
    """One thing that happened. It holds references and no personal data: free text is in `Comentario`."""

    caso = models.ForeignKey(Caso, models.PROTECT, null=True, blank=True, related_name="eventos")
    cuando = models.DateTimeField(default=reloj.ahora)
    hecho = models.CharField(max_length=60)
    perfil = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="eventos")
    como = models.CharField("actuando como", max_length=15, choices=TipoPerfil, blank=True)
    desde = models.GenericIPAddressField("dirección", null=True, blank=True)
    datos = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["cuando", "pk"]
        indexes = [
            models.Index(fields=["caso", "cuando", "id"], name="evento_por_caso"),
            models.Index(fields=["cuando", "id"], name="evento_por_momento"),
            models.Index(fields=["perfil", "cuando"], name="evento_por_perfil"),
            models.Index(fields=["hecho", "cuando"], name="evento_por_hecho"),
        ]
        permissions = [("ver_historial", "Ver el historial de todo el portal")]

    def __str__(self) -> str:
        return f"{self.cuando:%d-%m-%Y %H:%M} {self.hecho}"

    @property
    def nota(self) -> str:
        """The comment that was written, or nothing."""
        return self.comentario.texto if hasattr(self, "comentario") else ""


class Comentario(models.Model):
    """The words somebody wrote with an event; apart, so that a person's data can be erased without touching history."""

    evento = models.OneToOneField(Evento, models.CASCADE, primary_key=True, related_name="comentario")
    texto = models.TextField()

    def __str__(self) -> str:
        return self.texto[:60]


class Resumen(models.Model):
    """The signed digest of a day (of UTC) of the history; `huellas` is a key and a print for each event, by key."""

    dia = models.DateField("día", primary_key=True)
    eventos = models.PositiveIntegerField()
    huellas = models.BinaryField()
    anterior = models.CharField("firma del día anterior", max_length=88, blank=True)
    hecho = models.DateTimeField()
    firma = models.CharField(max_length=88)

    class Meta:
        verbose_name = "resumen del historial"
        verbose_name_plural = "resúmenes del historial"

    def __str__(self) -> str:
        return f"{self.dia:%d-%m-%Y}: {self.eventos}"


def registrar(caso: Caso | None, hecho: str, *, por: Perfil | None, comentario: str = "", **datos: Any) -> Evento:
    """Write that `hecho` happened to `caso`, done by `por` (None: the portal itself), from where the request came."""
    evento = Evento.objects.create(
        caso=caso, hecho=hecho, perfil=por, como=por.tipo if por else "", desde=origen.direccion(), datos=datos
    )
    if comentario:
        Comentario.objects.create(evento=evento, texto=comentario)
    return evento
