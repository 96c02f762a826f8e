"""Documents that the portal itself issues: numbered, with a code by which anyone checks that they are genuine."""

import re
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Caso
from portal.encargos.models import Encargo, EncargoQuerySet
from portal.historial.models import Evento
from portal.mirada import sin_pared

LETRAS = "34679ACDEFGHJKMNPQRTUVWXY"
"""None that is taken for another when read aloud or written by hand: no 0 O, 1 I L, 2 Z, 5 S, 8 B."""


def codigo_nuevo() -> str:
    """Twelve letters in three groups, of 25¹² that nobody can guess."""
    return "-".join("".join(secrets.choice(LETRAS) for _ in range(4)) for _ in range(3))


def leer_codigo(texto: str) -> str:
    """`texto` as a code is written, however it was typed; empty when it cannot be one."""
    letras = re.sub(r"[^0-9A-Z]", "", texto.upper())
    return "-".join(letras[i : i + 4] for i in (0, 4, 8)) if len(letras) == 12 else ""


class Impreso(Encargo):
    """An issued document. Its text is frozen with the act that issues it; the PDF is made after the commit.

    `html` is that text until the PDF exists. `numero` is gapless for each company, kind and year.
    """

    TAREA = "portal.impresos.tasks.hacer_impreso"
    PAUSAS = (5, 30, 300)
    ROTULOS = {Encargo.Estado.EN_CURSO: "Preparando", Encargo.Estado.HECHO: "Listo"}
    get_estado_display = Encargo.rotulo

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, models.PROTECT, related_name="impresos")
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="impresos")
    tipo = models.CharField(max_length=30)
    titulo = models.CharField(max_length=120)
    anio = models.PositiveSmallIntegerField("año")
    correlativo = models.PositiveIntegerField()
    emitido = models.DateTimeField(default=reloj.ahora)
    por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="impresos")
    codigo = models.CharField("código de verificación", max_length=14, unique=True, default=codigo_nuevo)
    html = models.TextField(blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    adjunto = models.OneToOneField(Adjunto, models.PROTECT, null=True, blank=True, related_name="impreso")
    evento = models.ForeignKey(Evento, models.PROTECT, related_name="+")

    objects = ManagerAcotado.from_queryset(EncargoQuerySet)()
    PARED = Pared(sigue="caso")

    class Meta:
        ordering = ["-emitido", "-pk"]
        indexes = [models.Index(fields=["estado", "proximo"], name="impreso_por_hacer")]
        constraints = [
            models.UniqueConstraint(
                fields=["distribuidora", "tipo", "anio", "correlativo"], name="impreso_numero_unico"
            ),
            models.CheckConstraint(
                condition=~Q(estado="hecho") | (Q(adjunto__isnull=False) & ~Q(sha256="")),
                name="impreso_hecho_tiene_archivo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} N° {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Caso.visible_para(perfil, "caso__")

    @classmethod
    @sin_pared()
    def de_codigo(cls, texto: str) -> "Impreso | None":
        """The document with this code, for whoever holds the paper."""
        codigo = leer_codigo(texto)
        return cls.todos().select_related("distribuidora").filter(codigo=codigo).first() if codigo else None

    def get_absolute_url(self) -> str:
        return reverse("impresos:ver", args=[self.pk])

    @property
    def numero(self) -> str:
        return f"{self.correlativo}/{self.anio}"

    @property
    def nombre(self) -> str:
        """What its file is called."""
        return f"{self.titulo} {self.correlativo}-{self.anio}.pdf"

    @property
    def donde_se_verifica(self) -> str:
        """The absolute address that its QR carries."""
        return settings.DIRECCION_PUBLICA + reverse("impresos:comprobar", args=[self.codigo])

    @property
    def abierto(self) -> bool:
        """Its file is still to be made, or being made."""
        return self.estado in (self.Estado.PENDIENTE, self.Estado.EN_CURSO)

    def es_igual(self, sha256: str) -> Any:
        """Whether a file with this SHA-256 is the one that was issued."""
        return bool(self.sha256) and secrets.compare_digest(self.sha256, sha256)
