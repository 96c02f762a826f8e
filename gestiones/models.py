"""Each client attended at a desk (PA0580), who may attend, when it is ordinary, and the months that were signed off."""

from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas import documento
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Perfil, Unidad
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.plazos import calendario
from portal.sgc.numeros import LARGO
from portal.sgc.puerto import Clase


class Tipo(models.IntegerChoices):
    """**Tipo de Gestión** (PA0580, step 30)."""

    GRANDES = 1, "Atención a Grandes Clientes"
    PREFERENCIAL = 2, "Atención Preferencial"
    FRACCIONAMIENTO = 3, "Fraccionamiento de Deuda"
    SOLICITUDES = 4, "Presentación de Solicitudes"
    RECLAMOS = 5, "Reclamos/Consultas"


class Preferencial(models.TextChoices):
    ADULTO_MAYOR = "adulto_mayor", "Adulto mayor"
    EMBARAZADA = "embarazada", "Mujer embarazada"
    DISCAPACIDAD = "discapacidad", "Persona con discapacidad"


class Suceso(models.TextChoices):
    """What can happen to a logged attention; the label completes «No se puede …»."""

    CORREGIR = "corregir", "corregir"
    VALIDAR = "validar", "validar"
    OBSERVAR = "observar", "observar"


class Estado(models.TextChoices):
    GRABADA = "grabada", "Grabada"
    OBSERVADA = "observada", "Observada"
    VALIDADA = "validada", "Validada"


_E, _S = Estado, Suceso


def _de_la_unidad(perfil: Perfil) -> Q:
    """A-12 for rows of a unit; only agents have to do with them."""
    if perfil.tipo != TipoPerfil.AGENTE:
        return Q(pk__in=[])
    empresa = Q(unidad__distribuidora=perfil.distribuidora_id)
    return empresa if perfil.unidades_visibles is None else empresa & Q(unidad__in=perfil.unidades_visibles)


class GestionQuerySet(models.QuerySet["Gestion"]):
    def bloquear(self, numeros: list[int]) -> "list[Gestion]":
        """The rows, locked in one order until the transaction ends."""
        filas = self.select_for_update(of=("self",)).select_related("caso", "unidad__distribuidora")
        return list(filas.filter(numero__in=numeros).order_by("numero"))

    def por_validar(self) -> "GestionQuerySet":
        return self.filter(estado=Estado.GRABADA)

    def observadas(self) -> "GestionQuerySet":
        return self.filter(estado=Estado.OBSERVADA)

    def validadas(self) -> "GestionQuerySet":
        return self.filter(estado=Estado.VALIDADA)

    def del_mes(self, mes: date) -> "GestionQuerySet":
        """Those attended in the month that begins on `mes`."""
        return self.filter(dia__gte=mes, dia__lt=mes_siguiente(mes))

    def por_cerrar(self, mes: date) -> "GestionQuerySet":
        """What a sign-off of `mes` takes: validated, of that month or an earlier one, in no sheet yet."""
        return self.validadas().filter(cierre=None, dia__lt=mes_siguiente(mes))

    def iguales(self, *, agente: Perfil, dia: date, tipo: int, documento: str, referencia: str) -> "GestionQuerySet":
        """G-09: same officer, document, reference and type on the same day."""
        return self.filter(agente=agente, dia=dia, tipo=tipo, documento=documento, referencia=referencia)


class Gestion(Documento):
    """A client attended: **Gestión**.

    `momento` is the server's; `dia` its date and `extraordinaria` its kind by the unit's hours then. `verificada`: the
    reference was in the commercial system; `titular` and `tension` are what was found there at that moment.
    """

    Estado = Estado
    TRANSICIONES: ClassVar = {
        (_E.GRABADA, _S.CORREGIR): _E.GRABADA,
        (_E.OBSERVADA, _S.CORREGIR): _E.GRABADA,
        (_E.GRABADA, _S.VALIDAR): _E.VALIDADA,
        (_E.GRABADA, _S.OBSERVAR): _E.OBSERVADA,
    }
    ASPECTO: ClassVar[dict[models.TextChoices, tuple[str, str]]] = {
        _E.GRABADA: ("e-enviado", "check-circle"),
        _E.OBSERVADA: ("e-pago", "pencil"),
        _E.VALIDADA: ("e-respondido", "patch-check"),
    }

    numero = models.PositiveBigIntegerField("N° de gestión", unique=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.GRABADA)
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+", db_index=False)
    agente = models.ForeignKey(Perfil, models.PROTECT, related_name="gestiones", db_index=False)
    tipo_documento = models.CharField(max_length=10)
    documento = models.CharField("N° de documento", max_length=20)
    clase = models.CharField(max_length=10, choices=Clase)
    referencia = models.CharField("NIS, Expediente o Reclamo", max_length=LARGO)
    titular = models.CharField(max_length=150, blank=True)
    tension = models.CharField("tensión", max_length=2, blank=True)
    verificada = models.BooleanField(default=True)
    tipo = models.PositiveSmallIntegerField("Tipo de Gestión", choices=Tipo)
    preferencial = models.CharField(max_length=15, choices=Preferencial, blank=True)
    observacion = models.CharField("Observación", max_length=500, blank=True)
    momento = models.DateTimeField(default=reloj.ahora)
    dia = models.DateField("día")
    extraordinaria = models.BooleanField()
    reparo = models.CharField("lo observado", max_length=500, blank=True)
    cierre = models.ForeignKey("Cierre", models.PROTECT, null=True, blank=True, related_name="gestiones")

    objects = ManagerAcotado.from_queryset(GestionQuerySet)()
    PARED = Pared(empresa="unidad__distribuidora", persona="agente")

    class Meta:
        verbose_name_plural = "gestiones"
        permissions = [
            ("cargar_gestion", "Cargar gestiones"),
            ("ver_gestiones", "Ver las gestiones de su alcance"),
            ("ver_planilla", "Ver y descargar la Planilla del mes"),
            ("validar_gestion", "Validar u observar gestiones, definir quién atiende y cerrar el mes"),
        ]
        indexes = [
            models.Index(fields=["unidad", "momento", "caso"], name="gestion_u_momento"),
            models.Index(fields=["agente", "dia"], name="gestion_agente_dia"),
            models.Index(fields=["unidad", "dia"], name="gestion_u_dia"),
            models.Index(fields=["unidad", "estado", "momento"], name="gestion_u_estado"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(tipo=2) & ~Q(preferencial="")) | (~Q(tipo=2) & Q(preferencial="")),
                name="gestion_preferencial_dice_cual",
            ),
            models.CheckConstraint(
                condition=~Q(tipo=1) | Q(tension="MT") | ~Q(observacion=""), name="gestion_grandes_en_mt_o_explicada"
            ),
            models.CheckConstraint(condition=Q(tipo__in=[1, 2, 3, 4, 5]), name="gestion_tipo_conocido"),
            models.CheckConstraint(condition=~Q(documento="") & ~Q(referencia=""), name="gestion_con_documento"),
            models.CheckConstraint(condition=~Q(estado="observada") | ~Q(reparo=""), name="gestion_observada_dice_que"),
            models.CheckConstraint(condition=Q(cierre=None) | Q(estado="validada"), name="gestion_cerrada_es_validada"),
        ]

    def __str__(self) -> str:
        return f"Gestión {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12: the unit's, and whatever oneself logged as support of another."""
        return _de_la_unidad(perfil) | Q(agente=perfil)

    def get_absolute_url(self) -> str:
        return reverse("gestiones:ver", args=[self.numero])

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return True

    @property
    def admite_revision(self) -> bool:
        """Whether it waits for the head."""
        return self.admite(Suceso.VALIDAR)

    @property
    def admite_correccion(self) -> bool:
        return self.admite(Suceso.CORREGIR)

    @property
    def documento_escrito(self) -> str:
        """«C.I. 1.730.558»."""
        return documento.presentar(self.documento, pais=self.unidad.distribuidora.pais, tipo=self.tipo_documento)

    @property
    def referencia_escrita(self) -> str:
        """«NIS 2210733»."""
        return f"{self.get_clase_display()} {self.referencia}"


def mes_de(dia: date) -> date:
    """The first day of its month."""
    return dia.replace(day=1)


def mes_siguiente(mes: date) -> date:
    """The first day of the next month."""
    return date(mes.year + mes.month // 12, mes.month % 12 + 1, 1)


class Horario(models.Model):
    """A unit's ordinary hours (G-05), the same on each of its `dias` (0 is Monday: «01234»)."""

    unidad = models.OneToOneField(Unidad, models.PROTECT, primary_key=True, related_name="horario")
    dias = models.CharField(
        "días", max_length=7, default="01234", validators=[RegexValidator(r"^0?1?2?3?4?5?6?$")], blank=True
    )
    desde = models.TimeField(default=time(7))
    hasta = models.TimeField(default=time(15))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(desde__lt=F("hasta")), name="horario_desde_antes_de_hasta"),
            models.CheckConstraint(condition=Q(dias__regex=r"^0?1?2?3?4?5?6?$"), name="horario_dias_en_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.unidad}: {self.desde:%H:%M} a {self.hasta:%H:%M}"

    @classmethod
    def de(cls, unidad: Unidad) -> "Horario":
        """The unit's, or the one of PA0580: 7:00 to 15:00, whose days the manual does not say (Monday to Friday)."""
        return cls.objects.filter(unidad=unidad).first() or cls(unidad=unidad)

    def es_ordinario(self, momento: datetime) -> bool:
        """Whether `momento` falls within these hours on the unit's calendar: never on a holiday of its country."""
        empresa = self.unidad.distribuidora
        local = momento.astimezone(ZoneInfo(empresa.zona_horaria))
        habitual = str(local.weekday()) in self.dias and not calendario.feriado(empresa.pais, local.date())
        return habitual and self.desde <= local.time() < self.hasta


class DesignacionQuerySet(models.QuerySet["Designacion"]):
    def vigentes(self, dia: date) -> "DesignacionQuerySet":
        """Those in force on that day."""
        return self.cruzan(dia, dia)

    def cruzan(self, desde: date, hasta: date | None) -> "DesignacionQuerySet":
        """Those that share a day with `desde`–`hasta`."""
        termina = Q() if hasta is None else Q(desde__lte=hasta)
        return self.filter(termina, Q(hasta=None) | Q(hasta__gte=desde))

    def de_nombre(self, comienzo: str) -> "DesignacionQuerySet":
        """Of officers with a name or surname that begins so."""
        nombre = Q()
        for campo in ("nombres", "apellidos"):
            nombre |= Q(**{f"funcionario__usuario__{campo}__istartswith": comienzo})
            nombre |= Q(**{f"funcionario__usuario__{campo}__icontains": f" {comienzo}"})
        return self.filter(nombre)


class Designacion(models.Model):
    """An officer who attends clients at a unit, from–to (G-06)."""

    class Clase(models.TextChoices):
        PERMANENTE = "permanente", "Permanente"
        APOYO = "apoyo", "De apoyo"

    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+")
    funcionario = models.ForeignKey(Perfil, models.PROTECT, related_name="designaciones")
    clase = models.CharField(max_length=10, choices=Clase)
    desde = models.DateField()
    hasta = models.DateField(null=True, blank=True)
    definida_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")

    objects = ManagerAcotado.from_queryset(DesignacionQuerySet)()
    PARED = Pared(empresa="unidad__distribuidora")

    class Meta:
        verbose_name_plural = "designaciones"
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta=None) | Q(desde__lte=F("hasta")), name="designacion_desde_antes_de_hasta"
            ),
            models.UniqueConstraint(fields=["funcionario", "desde"], name="designacion_una_por_comienzo"),
            models.UniqueConstraint(
                fields=["funcionario"], condition=Q(hasta=None), name="designacion_una_sin_termino"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funcionario.nombre}, {self.get_clase_display()}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return _de_la_unidad(perfil) | Q(funcionario=perfil)


class Borrador(models.Model):
    """What an officer had typed when the session ended or the page was left."""

    perfil = models.OneToOneField(Perfil, models.PROTECT, primary_key=True, related_name="+")
    datos = models.JSONField(default=dict)
    guardado = models.DateTimeField(default=reloj.ahora)

    objects = ManagerAcotado()
    PARED = Pared(persona="perfil")

    class Meta:
        verbose_name_plural = "borradores"

    def __str__(self) -> str:
        return f"Borrador de {self.perfil}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(perfil=perfil)


class Cierre(models.Model):
    """A month signed off by the head of a unit (G-08): what it holds is not changed any more."""

    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+")
    mes = models.DateField(help_text="El primer día del mes.")
    cerrado = models.DateTimeField(default=reloj.ahora)
    jefe = models.ForeignKey(Perfil, models.PROTECT, related_name="+")

    objects = ManagerAcotado()
    PARED = Pared(empresa="unidad__distribuidora")

    class Meta:
        ordering = ["-mes"]
        constraints = [
            models.UniqueConstraint(fields=["unidad", "mes"], name="cierre_uno_por_mes"),
            models.CheckConstraint(condition=Q(mes__day=1), name="cierre_mes_desde_el_primero"),
        ]

    def __str__(self) -> str:
        return f"{self.unidad}, {self.mes:%m-%Y}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return _de_la_unidad(perfil)


class Renglon(models.Model):
    """A line of a signed sheet, as it was signed: an officer, a type, how many."""

    cierre = models.ForeignKey(Cierre, models.PROTECT, related_name="renglones")
    agente = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    funcionario = models.CharField("el nombre que tenía", max_length=170)
    tipo = models.PositiveSmallIntegerField(choices=Tipo)
    ordinarias = models.PositiveIntegerField()
    extraordinarias = models.PositiveIntegerField()
    rezagadas = models.PositiveIntegerField(help_text="Cuántas de ellas son de meses anteriores.")

    PARED = Pared(sigue="cierre")

    class Meta:
        verbose_name_plural = "renglones"
        ordering = ["funcionario", "agente", "tipo"]
        constraints = [
            models.UniqueConstraint(fields=["cierre", "agente", "tipo"], name="renglon_uno_por_tipo"),
            models.CheckConstraint(
                condition=Q(rezagadas__lte=F("ordinarias") + F("extraordinarias")), name="renglon_rezagadas_son_parte"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funcionario}, {self.get_tipo_display()}"
