"""The ledger of background work: a row written with the business transaction, taken by lease, tried again, swept.

Brokers lose tasks when a worker dies; a row does not. Avisos and Informes are such rows. A task gets a row's key and
calls `portal.encargos.tasks.cumplir`; whoever holds the lease (`arriendo`) is the only one whose writes count.
"""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from portal import reloj
from portal.mirada import sin_pared


class Perdido(Exception):
    """The lease is somebody else's by now, or the work was cancelled: leave it, undo what is not yet public."""


class Definitivo(Exception):
    """Trying again cannot help; the text says why, for whoever has to mend it."""


class Pasajero(Exception):
    """It did not work this time; the text says why."""


class Postergado(Exception):
    """The way is closed for everybody (a server that is down): waits, and does not count as an attempt of this row."""


class EncargoQuerySet(models.QuerySet):
    def tomables(self) -> Self:
        """Those due now: waiting ones whose pause is over and taken ones whose holder let the lease lapse."""
        ahora = reloj.ahora()
        return self.filter(
            Q(estado=Encargo.Estado.PENDIENTE, proximo__lte=ahora)
            | Q(estado=Encargo.Estado.EN_CURSO, arrendado_hasta__lt=ahora)
        )

    def abiertos(self) -> Self:
        """Those that are still to be done or being done."""
        return self.filter(estado__in=[Encargo.Estado.PENDIENTE, Encargo.Estado.EN_CURSO])

    def fallidos(self) -> Self:
        """Those that nobody will try again by themselves."""
        return self.filter(estado=Encargo.Estado.FALLIDO)

    def reanudar(self) -> int:
        """Give failed ones a fresh start; how many they were."""
        return self.fallidos().update(
            estado=Encargo.Estado.PENDIENTE, intentos=0, proximo=reloj.ahora(), terminado=None, repartido=None
        )


class Encargo(models.Model):
    """A piece of background work that must not be lost; tasks get its key and are idempotent.

    `proximo`: not before; `repartido`: when the sweep last handed it to the broker; `error`: the last one, in Spanish.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        EN_CURSO = "en_curso", "En curso"
        HECHO = "hecho", "Hecho"
        FALLIDO = "fallido", "Fallido"
        CANCELADO = "cancelado", "Cancelado"

    TAREA: ClassVar[str]
    """Dotted path of the Celery task that does this kind of work."""
    ARRIENDO: ClassVar[timedelta] = timedelta(minutes=5)
    """How long a holder may be silent; the task's hard time limit, or its renewals, keep below it."""
    PAUSAS: ClassVar[tuple[int, ...]] = (15, 60, 300, 900, 3600, 3 * 3600, 12 * 3600)
    """Seconds between attempts; one attempt more than there are pauses, then it has failed."""
    ROTULOS: ClassVar[dict["Encargo.Estado", str]] = {}
    """States that this kind of work calls by another word."""
    PAUSA_MAXIMA_POSTERGADO: ClassVar[timedelta] = timedelta(minutes=4)

    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField(default=0)
    proximo = models.DateTimeField("próximo intento", default=reloj.ahora)
    repartido = models.DateTimeField(null=True, blank=True, editable=False)
    arriendo = models.UUIDField(null=True, blank=True, editable=False)
    arrendado_hasta = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    creado = models.DateTimeField(default=reloj.ahora)
    empezado = models.DateTimeField(null=True, blank=True)
    terminado = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def rotulo(self) -> str:
        """The state in words, as this kind of work says them (`get_estado_display` of whoever has ROTULOS)."""
        return self.ROTULOS.get(self.Estado(self.estado), self.Estado(self.estado).label)

    @classmethod
    def todos(cls) -> EncargoQuerySet:
        """Every row, whoever looks: for the machinery alone."""
        return EncargoQuerySet(cls)

    @classmethod
    @sin_pared()
    def tomar(cls, pk: Any) -> Self | None:
        """Take the row for `ARRIENDO` if it is due; None when it is not, or when another was faster.

        The conditional UPDATE decides, on either database. A row whose holders died as often as it may be tried is
        failed instead.
        """
        ahora, ficha = reloj.ahora(), uuid.uuid4()
        debido = cls.todos().filter(pk=pk).tomables()
        if not debido.update(
            estado=cls.Estado.EN_CURSO,
            intentos=F("intentos") + 1,
            arriendo=ficha,
            arrendado_hasta=ahora + cls.ARRIENDO,
            empezado=ahora,
        ):
            return None
        encargo = cls.todos().get(pk=pk, arriendo=ficha)
        if encargo.intentos > len(cls.PAUSAS) + 1:
            encargo.fallar("El trabajo se interrumpió demasiadas veces sin terminar.")
            return None
        return encargo

    def renovar(self, **campos: Any) -> None:
        """Keep the lease for another `ARRIENDO` and note how far the work is; Perdido when it is no longer ours."""
        self._anotar(arrendado_hasta=reloj.ahora() + self.ARRIENDO, **campos)

    def terminar(self, **campos: Any) -> None:
        """Done. What the work brings to light (`campos`) appears in the same statement; Perdido when not ours."""
        self._anotar(estado=self.Estado.HECHO, arriendo=None, error="", terminado=reloj.ahora(), **campos)

    def fallar(self, error: str) -> None:
        """Failed for good, until somebody says `reanudar`."""
        self._anotar(estado=self.Estado.FALLIDO, arriendo=None, error=error, terminado=reloj.ahora())

    def abandonar(self, error: str) -> None:
        """Not wanted any more, as the one who works on it finds out."""
        self._anotar(estado=self.Estado.CANCELADO, arriendo=None, error=error, terminado=reloj.ahora())

    def reintentar(self, error: str) -> None:
        """Again after a pause that grows with the attempts; failed when they are used up."""
        if self.intentos > len(self.PAUSAS):
            self.fallar(error)
        else:
            self._soltar(error, timedelta(seconds=self.PAUSAS[self.intentos - 1]))

    def postergar(self, error: str) -> None:
        """Again after as long as it has waited so far (at least 15 s, at most 4 minutes): not counted as an attempt."""
        esperado = max(reloj.ahora() - self.creado, timedelta(seconds=15))
        self._soltar(error, min(esperado, self.PAUSA_MAXIMA_POSTERGADO), intentos=self.intentos - 1)

    def _soltar(self, error: str, pausa: timedelta, **campos: Any) -> None:
        self._anotar(
            estado=self.Estado.PENDIENTE,
            arriendo=None,
            repartido=None,
            error=error,
            proximo=reloj.ahora() + pausa,
            **campos,
        )

    @sin_pared()
    def _anotar(self, **campos: Any) -> None:
        """Write `campos` if the lease is still ours."""
        propio = type(self).todos().filter(pk=self.pk, estado=self.Estado.EN_CURSO, arriendo=self.arriendo)
        if not propio.update(**campos):
            raise Perdido
        for campo, valor in campos.items():
            if campo != "arriendo":  # kept: when the caller's transaction rolls back, the lease is ours again
                setattr(self, campo, valor)
