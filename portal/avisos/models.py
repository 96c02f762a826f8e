"""Notices: a row first, in the transaction of what it announces; mail after the commit."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Count, Min, Q

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Caso
from portal.encargos.models import Encargo, EncargoQuerySet


class AvisoQuerySet(EncargoQuerySet):
    def de(self, caso: Caso) -> "AvisoQuerySet":
        """Those about `caso`, for its page; the scope leaves a person only the own ones."""
        return self.filter(caso=caso)

    def cifras(self) -> dict[str, Any]:
        """How many wait, since when the oldest does, how many failed."""
        abierto = Q(estado__in=[Encargo.Estado.PENDIENTE, Encargo.Estado.EN_CURSO])
        return self.order_by().aggregate(
            esperan=Count("pk", filter=abierto),
            mas_antiguo=Min("creado", filter=abierto),
            fallidos=Count("pk", filter=Q(estado=Encargo.Estado.FALLIDO)),
        )


class Aviso(Encargo):
    """One message to one address, as it was when it was written."""

    TAREA = "portal.avisos.tasks.enviar_aviso"
    ARRIENDO = timedelta(minutes=3)
    ASPECTO = {
        Encargo.Estado.PENDIENTE: ("e-pendiente", "hourglass-split"),
        Encargo.Estado.EN_CURSO: ("e-enviado", "send"),
        Encargo.Estado.HECHO: ("e-respondido", "check-circle"),
        Encargo.Estado.FALLIDO: ("e-rechazado", "x-circle"),
        Encargo.Estado.CANCELADO: ("e-anulado", "slash-circle"),
    }

    ROTULOS = {Encargo.Estado.EN_CURSO: "Enviándose", Encargo.Estado.HECHO: "Enviado"}
    get_estado_display = Encargo.rotulo

    caso = models.ForeignKey(Caso, models.PROTECT, null=True, blank=True, related_name="avisos")
    plantilla = models.CharField(max_length=60)
    clave = models.CharField(max_length=400, null=True, unique=True, help_text="Lo que se avisa una sola vez.")
    perfil = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="avisos")
    para = models.EmailField()
    asunto = models.CharField(max_length=200)
    texto = models.TextField()
    html = models.TextField(blank=True)
    adjuntos = models.ManyToManyField(Adjunto, blank=True, related_name="avisos")

    objects = ManagerAcotado.from_queryset(AvisoQuerySet)()
    PARED = Pared(persona="perfil", sigue="caso")

    class Meta:
        indexes = [
            models.Index(fields=["estado", "proximo"], name="aviso_por_enviar"),
            models.Index(fields=["estado", "creado"], name="aviso_por_antiguedad"),
        ]
        ordering = ["-pk"]
        permissions = [
            ("ver_avisos", "Ver los avisos enviados y los que fallaron"),
            ("reenviar_avisos", "Reenviar avisos"),
        ]

    def __str__(self) -> str:
        return f"{self.asunto} → {self.para}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """Everybody sees what was sent to oneself; who supervises the mail sees all."""
        return Q() if perfil.tiene("avisos.ver_avisos") else Q(perfil=perfil)

    @property
    def id_mensaje(self) -> str:
        """The Message-ID: the same at every attempt, so that mailboxes can tell a repetition."""
        return f"<aviso-{self.pk}-{self.creado:%Y%m%d%H%M%S}@{urlsplit(settings.DIRECCION_PUBLICA).hostname}>"

    @property
    def reenviable(self) -> bool:
        return self.estado == self.Estado.FALLIDO


class MensajePropio(models.Model):
    """The text that the SEC wrote in place of a notice's original; without a row, the original is in force."""

    plantilla = models.CharField(max_length=60, unique=True)
    fuente = models.TextField()

    class Meta:
        verbose_name = "mensaje propio"
        verbose_name_plural = "mensajes propios"
        permissions = [("modificar_mensajes", "Modificar los mensajes")]

    def __str__(self) -> str:
        return self.plantilla
