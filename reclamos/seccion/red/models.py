"""What happened on a company's network, when and where: what claims for damaged appliances point at."""

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento

if TYPE_CHECKING:
    from reclamos.seccion.models import AsuntoQuerySet


class Tipo(models.TextChoices):
    CORTE = "corte", "Corte"
    SOBRETENSION = "sobretension", "Sobretensión"
    SUBTENSION = "subtension", "Baja de tensión"
    MANIOBRA = "maniobra", "Maniobra"
    RAYO = "rayo", "Rayo"
    FALLA = "falla", "Falla de un equipo de la red"
    OTRO = "otro", "Otro"


class Estado(models.TextChoices):
    REGISTRADO = "registrado", "Registrado"
    ANULADO = "anulado", "Anulado"


class Suceso(models.TextChoices):
    CORREGIR = "corregir", "corregir"
    ANULAR = "anular", "anular"


class EventoRedQuerySet(models.QuerySet["EventoRed"]):
    def bloquear(self, pk: int) -> "EventoRed":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("caso", "distribuidora").get(pk=pk)

    def vigentes(self) -> "EventoRedQuerySet":
        return self.exclude(estado=Estado.ANULADO)

    def entre(self, primero: datetime, ultimo: datetime) -> "EventoRedQuerySet":
        """Those of which some moment lies from `primero` on and before `ultimo`; one without an end goes on."""
        return self.filter(Q(hasta=None) | Q(hasta__gte=primero), desde__lt=ultimo)

    def del_dia(self, dia: date, empresa: Distribuidora) -> "EventoRedQuerySet":
        """Those of a company that touch a day of its calendar, in their order."""
        primero = datetime.combine(dia, time.min, ZoneInfo(empresa.zona_horaria))
        return (
            self.vigentes().filter(distribuidora=empresa).entre(primero, primero + timedelta(days=1)).order_by("desde")
        )

    def con_reclamos(self) -> "EventoRedQuerySet":
        """With `cuantos`: the claims that point at it and were not annulled."""
        return self.annotate(cuantos=Count("reclamos", filter=~Q(reclamos__estado=Estado.ANULADO)))


class EventoRed(Documento):
    """A network event. `hasta` is empty while it goes on; where: at least one of feeder, substation and zone."""

    Tipo = Tipo
    Estado = Estado
    TRANSICIONES: ClassVar[dict[tuple[Any, Any], Any]] = {
        (Estado.REGISTRADO, Suceso.CORREGIR): Estado.REGISTRADO,
        (Estado.REGISTRADO, Suceso.ANULAR): Estado.ANULADO,
    }
    ASPECTO: ClassVar = {
        Estado.REGISTRADO: ("e-validado", "check-circle"),
        Estado.ANULADO: ("e-anulado", "slash-circle"),
    }

    estado = models.CharField(max_length=15, choices=Estado, default=Estado.REGISTRADO)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+", db_index=False)
    anio = models.PositiveSmallIntegerField("año")
    correlativo = models.PositiveIntegerField()
    creado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    creado = models.DateTimeField("registro", default=reloj.ahora)
    tipo = models.CharField("tipo de evento", max_length=15, choices=Tipo)
    desde = models.DateTimeField()
    hasta = models.DateTimeField(null=True, blank=True)
    alimentador = models.CharField(max_length=40, blank=True)
    subestacion = models.CharField("subestación", max_length=60, blank=True)
    zona = models.CharField("comuna o zona", max_length=80, blank=True)
    causa = models.CharField(max_length=500)
    fuente = models.CharField("documento de origen", max_length=120)

    objects = ManagerAcotado.from_queryset(EventoRedQuerySet)()
    PARED = Pared(empresa="distribuidora")

    if TYPE_CHECKING:
        reclamos: "AsuntoQuerySet"
        cuantos: int  # given by `con_reclamos`

    class Meta:
        verbose_name = "evento de la red"
        verbose_name_plural = "eventos de la red"
        permissions = [
            ("ver_eventos", "Ver el registro de eventos de la red"),
            ("registrar_eventos", "Registrar, corregir y anular eventos de la red"),
        ]
        indexes = [
            models.Index(fields=["distribuidora", "desde", "caso"], name="evento_red_d_desde"),
            models.Index(fields=["distribuidora", "tipo", "desde"], name="evento_red_por_tipo"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "anio", "correlativo"], name="evento_red_numero_unico"),
            models.CheckConstraint(
                condition=Q(hasta=None) | Q(hasta__gte=F("desde")), name="evento_red_termina_despues"
            ),
            models.CheckConstraint(
                condition=~Q(alimentador="") | ~Q(subestacion="") | ~Q(zona=""), name="evento_red_con_lugar"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"ER-{self.correlativo}/{self.anio}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12: the SEC every company's; who may look at the register, the own company's."""
        if not perfil.tiene("seccion.ver_eventos"):
            return Q(pk__in=[])
        if perfil.es_sec:
            return Q()
        return Q(distribuidora=perfil.distribuidora_id) if perfil.distribuidora_id else Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("seccion:evento", args=[self.pk])

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return perfil.tiene("seccion.ver_eventos")

    @property
    def vigente(self) -> bool:
        return self.estado != Estado.ANULADO

    @property
    def lugar(self) -> str:
        """In a line: «alimentador LAM-07, subestación Lambaré, Lambaré»."""
        partes = (
            f"alimentador {self.alimentador}" if self.alimentador else "",
            f"subestación {self.subestacion}" if self.subestacion else "",
            self.zona,
        )
        return ", ".join(parte for parte in partes if parte)

    @property
    def donde_y_cuando(self) -> str:
        """In a line, on the company's clocks: «Sobretensión, 12-11-2026 20:14 a 20:31, alimentador LAM-07»."""
        return f"{self.get_tipo_display()}, {self.cuando}, {self.lugar}"

    @property
    def cuando(self) -> str:
        """From when to when, on the company's clocks."""
        zona = ZoneInfo(self.distribuidora.zona_horaria)
        desde = self.desde.astimezone(zona)
        if self.hasta is None:
            return f"{desde:%d-%m-%Y %H:%M}, sin término anotado"
        hasta = self.hasta.astimezone(zona)
        return f"{desde:%d-%m-%Y %H:%M} a {hasta:{'%H:%M' if hasta.date() == desde.date() else '%d-%m-%Y %H:%M'}}"

    def toca(self, dia: date) -> bool:
        """Whether some moment of it lies on that day of the company's calendar."""
        zona = ZoneInfo(self.distribuidora.zona_horaria)
        ultimo = self.hasta.astimezone(zona).date() if self.hasta else date.max
        return self.desde.astimezone(zona).date() <= dia <= ultimo

    def es_en(self, *, zona: str, alimentador: str) -> bool:
        """Whether it was on that feeder or in that zone, however they are written; an empty one says nothing."""
        pares = ((self.zona, zona), (self.alimentador, alimentador))
        return any(propio and _llano(propio) == _llano(otro) for propio, otro in pares)


def _llano(texto: str) -> str:
    """Letters and figures alone, small and without accents: «LAM 07» is «lam-07»."""
    return "".join(c for c in unicodedata.normalize("NFKD", texto.casefold()) if c.isalnum())
