"""What every document has: a Caso, a state that changes only by its transition table, a number without gaps."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q

from portal import reloj
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared

if TYPE_CHECKING:
    from portal.adjuntos.models import Adjunto
    from portal.historial.models import Evento


class Caso(models.Model):
    """The slim row behind every document: what history, files, notices and charges point at.

    `tipo` is the document's model (`solicitudes.solicitud`); `numero` is null until filed.
    """

    tipo = models.CharField(max_length=60)
    clave = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="La da el formulario: enviado dos veces, es uno."
    )
    numero = models.CharField(max_length=30, null=True)
    titular = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="casos")
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, null=True, blank=True, related_name="casos")
    unidad = models.ForeignKey(Unidad, models.PROTECT, null=True, blank=True, related_name="casos")
    creado = models.DateTimeField(default=reloj.ahora)

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora", persona="titular", llaves=("clave",))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tipo", "numero"], name="caso_numero_unico")]

    def __str__(self) -> str:
        return self.numero or f"{self.tipo} sin número"

    @classmethod
    def visible_para(cls, perfil: Perfil, prefijo: str = "") -> Q:
        """A-12 for whatever hangs on a case; `prefijo` is the path to it (`caso__`)."""

        def q(**campos: Any) -> Q:
            return Q(**{prefijo + campo: valor for campo, valor in campos.items()})

        if perfil.es_solicitante:
            return q(titular=perfil)
        if perfil.es_sec:
            return q(numero__isnull=False)
        de_la_empresa = q(distribuidora=perfil.distribuidora_id, numero__isnull=False)
        if perfil.es_distribuidora or perfil.unidades_visibles is None:
            return de_la_empresa
        return de_la_empresa & q(unidad__in=perfil.unidades_visibles)

    def documento(self) -> "Documento":
        """The document itself, through its scoped manager: DoesNotExist for who may not see it."""
        return apps.get_model(self.tipo).objects.get(pk=self.pk)


class TransicionInvalida(Exception):
    """The event cannot happen in this state; the text says why, for the person who tried."""


class Documento(models.Model):
    """Base of the documents; a subclass gives `Estado`, `TRANSICIONES`, an `estado` field and `visible_para`."""

    caso = models.OneToOneField(Caso, models.PROTECT, primary_key=True, related_name="+")

    TRANSICIONES: ClassVar[dict[tuple[Any, Any], Any]]
    if TYPE_CHECKING:  # given by each subclass: its own choices, its own field
        Estado: ClassVar[type[models.TextChoices]]
        estado: str

    class Meta:
        abstract = True

    @classmethod
    def tablas(cls) -> list[tuple[str, dict[tuple[Any, Any], Any]]]:
        """The transition tables to be drawn, each with its title; a model whose kinds differ gives several."""
        return [(str(cls._meta.verbose_name), cls.TRANSICIONES)]

    def suceder(self, suceso: Any) -> None:
        """Move to the state that `suceso` leads to; TransicionInvalida when the table has no such line.

        The caller holds the row's lock and saves.
        """
        estado = type(self).Estado(self.estado)
        try:
            self.estado = self.TRANSICIONES[estado, suceso]
        except KeyError:
            raise TransicionInvalida(f"No se puede {suceso.label}: {self} está en estado «{estado.label}».") from None

    def admite(self, suceso: Any) -> bool:
        """Whether `suceso` may happen in the present state."""
        return (type(self).Estado(self.estado), suceso) in self.TRANSICIONES

    def puede_leer(self, perfil: Any, adjunto: "Adjunto") -> bool:
        """Whether `perfil`, who sees this document, may also read this file of it; None: who holds its key."""
        raise NotImplementedError

    def puede_leer_nota(self, perfil: Any, evento: "Evento") -> bool:
        """Whether `perfil`, who sees this document, may also read the words written with this event."""
        return True


class Contador(models.Model):
    """A row per series of numbers; its lock orders those who ask."""

    serie = models.CharField(max_length=60, primary_key=True)
    ultimo = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "contadores"

    def __str__(self) -> str:
        return f"{self.serie}: {self.ultimo}"


def siguiente_numero(serie: str) -> int:
    """The next number of `serie`, 1, 2, 3…: unique and without gaps, also when transactions roll back.

    Call it last in the transaction: the row stays locked until the commit.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Un número se toma dentro de la transacción que lo usa.")
    if not Contador.objects.filter(serie=serie).update(ultimo=F("ultimo") + 1):
        Contador.objects.bulk_create([Contador(serie=serie)], ignore_conflicts=True)
        Contador.objects.filter(serie=serie).update(ultimo=F("ultimo") + 1)
    return Contador.objects.values_list("ultimo", flat=True).get(serie=serie)
