"""The cases of the section: one table, and for each duty a proxy that speaks its own words."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil, Unidad, Usuario
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.mirada import sin_pared
from portal.plazos.models import Regla
from portal.sgc.puerto import buscar_suministro
from reclamos.models import Reclamo
from reclamos.seccion import estados
from reclamos.seccion.deberes import DEBERES, de_ruta
from reclamos.seccion.declaracion import COLUMNAS, Campo, Deber, Paso
from reclamos.seccion.estados import CERRADOS, CON_DOS_PERSONAS, Estado, Suceso
from reclamos.seccion.red.models import EventoRed

SIN_EVENTO = "Ninguno del registro lo explica"


class LoteQuerySet(models.QuerySet["Lote"]):
    def bloquear(self, pk: int) -> "Lote":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def por_cargar(self) -> "LoteQuerySet":
        """Handed over, and nobody said yet that the commercial system has them."""
        return self.filter(cargado=None)

    def cargados(self) -> "LoteQuerySet":
        return self.exclude(cargado=None)

    def con_asuntos(self) -> "LoteQuerySet":
        """With `cuantos`: the cases in each."""
        return self.annotate(cuantos=Count("asuntos"))


class Lote(models.Model):
    """A batch of approved changes handed to the commercial system; numbered, and never handed over twice."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField("número")
    creado = models.DateTimeField(default=reloj.ahora)
    por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    cargado = models.DateTimeField("cargado en el SGC", null=True, blank=True)
    cargado_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ManagerAcotado.from_queryset(LoteQuerySet)()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "numero"], name="lote_numero_unico"),
            models.CheckConstraint(
                condition=Q(cargado=None, cargado_por=None) | Q(cargado__isnull=False, cargado_por__isnull=False),
                name="lote_cargado_por_alguien",
            ),
        ]

    def __str__(self) -> str:
        return f"Lote {self.numero}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(distribuidora=perfil.distribuidora_id) if perfil.distribuidora_id else Q(pk__in=[])

    if TYPE_CHECKING:
        cuantos: int  # given by `con_asuntos`

    def get_absolute_url(self) -> str:
        return reverse("seccion:lote", args=[self.pk])


class AsuntoQuerySet(models.QuerySet["Asunto"]):
    def bloquear(self, pk: int) -> "Asunto":
        """The row, locked until the transaction ends, speaking its duty's words."""
        return self.select_for_update(of=("self",)).select_related("caso", "distribuidora").get(pk=pk)

    def vigentes(self) -> "AsuntoQuerySet":
        return self.exclude(estado=Estado.ANULADO)

    def abiertos(self) -> "AsuntoQuerySet":
        return self.exclude(estado__in=CERRADOS)

    def vencidos(self) -> "AsuntoQuerySet":
        """Open ones whose day is over."""
        return self.abiertos().filter(vence__lt=reloj.hoy())

    def por_aprobar(self) -> "AsuntoQuerySet":
        return self.filter(estado=Estado.POR_APROBAR)

    def por_exportar(self) -> "AsuntoQuerySet":
        """Approved changes that no batch has."""
        rutas = [d.ruta for d in DEBERES if d.se_exporta]
        return self.filter(estado=Estado.APROBADO, lote=None, clase__in=rutas)

    def sesiones_abiertas(self) -> "AsuntoQuerySet":
        return self.filter(clase="sesion", estado__in=[Estado.REGISTRADO, Estado.CONVOCADA])


class Asunto(Documento):
    """A case of the section. `clase` is its duty's route; `datos` what only that duty asks.

    `propuesto_por` and `aprobado_por` are people, not profiles: who has two profiles is one person.
    """

    Estado = Estado
    ASPECTO: ClassVar = estados.ASPECTO

    clase = models.CharField(max_length=20)
    estado = models.CharField(max_length=15, choices=Estado)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+", db_index=False)
    anio = models.PositiveSmallIntegerField("año")
    correlativo = models.PositiveIntegerField()
    creado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    creado = models.DateTimeField("registro", default=reloj.ahora)
    cambiado = models.DateTimeField("último paso", default=reloj.ahora)
    interesado = models.CharField(max_length=150, blank=True)
    documento = models.CharField("N° de documento", max_length=30, blank=True)
    correo = models.EmailField("correo electrónico", blank=True)
    nis = models.CharField("NIS", max_length=30, blank=True)
    vence = models.DateField("resolver hasta", null=True, blank=True)
    regla = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    monto = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    unidad = models.ForeignKey(Unidad, models.PROTECT, null=True, blank=True, related_name="+")
    origen = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derivados")
    reclamo = models.ForeignKey(Reclamo, models.PROTECT, null=True, blank=True, related_name="+")
    sesion = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="agenda")
    evento = models.ForeignKey(EventoRed, models.PROTECT, null=True, blank=True, related_name="reclamos")
    propuesto_por = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+")
    aprobado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+")
    lote = models.ForeignKey(Lote, models.PROTECT, null=True, blank=True, related_name="asuntos")
    datos = models.JSONField(default=dict, blank=True)

    objects = ManagerAcotado.from_queryset(AsuntoQuerySet)()
    PARED = Pared(empresa="distribuidora", llaves=("caso__clave",))

    class Meta:
        verbose_name = "asunto de la sección"
        verbose_name_plural = "asuntos de la sección"
        permissions = [
            ("ver_seccion", "Ver los asuntos de la sección"),
            ("tramitar", "Registrar y tramitar asuntos"),
            ("aprobar", "Aprobar lo que otra persona propuso"),
            ("resolver_ot", "Programar y resolver órdenes de trabajo de la propia unidad"),
            ("decidir", "Decidir en el Comité Multisectorial"),
        ]
        indexes = [
            models.Index(fields=["distribuidora", "clase", "estado"], name="asunto_por_deber"),
            models.Index(fields=["distribuidora", "creado", "caso"], name="asunto_d_creado"),
            models.Index(fields=["distribuidora", "vence", "caso"], name="asunto_d_vence"),
            models.Index(fields=["unidad", "estado"], name="asunto_por_unidad"),
            models.Index(fields=["nis"], name="asunto_nis"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["distribuidora", "clase", "anio", "correlativo"], name="asunto_numero_unico"
            ),
            models.CheckConstraint(
                condition=Q(propuesto_por=None) | Q(aprobado_por=None) | ~Q(propuesto_por=F("aprobado_por")),
                name="asunto_aprueba_otra_persona",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=CON_DOS_PERSONAS)
                | Q(propuesto_por__isnull=False, aprobado_por__isnull=False),
                name="asunto_aprobado_por_dos",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["exportado", "procesado"]) | Q(lote__isnull=False),
                name="asunto_exportado_tiene_lote",
            ),
            models.CheckConstraint(
                condition=Q(lote=None)
                | Q(estado__in=["exportado", "procesado"])
                | Q(clase="bonificacion", estado__in=["emitido", "archivado"]),
                name="asunto_con_lote_fue_exportado",
            ),
            models.CheckConstraint(
                condition=~Q(clase="ot", estado__in=["enviado", "programado"]) | Q(unidad__isnull=False),
                name="asunto_ot_enviada_tiene_unidad",
            ),
            models.CheckConstraint(
                condition=~Q(clase="artefactos", estado__in=["en_comite", "decidido"]) | Q(sesion__isnull=False),
                name="asunto_en_comite_tiene_sesion",
            ),
            models.CheckConstraint(condition=Q(monto=None) | Q(monto__gte=0), name="asunto_monto_no_negativo"),
            models.UniqueConstraint(
                fields=["distribuidora", "nis"], condition=Q(clase="archivo") & ~Q(estado="anulado"),
                name="asunto_un_legajo_por_suministro",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.deber.sigla}-{self.correlativo}/{self.anio}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12: the SEC everything; the section and the committee the company's; a unit the orders sent to it."""
        if perfil.es_sec and perfil.tiene("seccion.ver_seccion"):
            return Q()
        if not perfil.distribuidora_id or not perfil.tiene("seccion.ver_seccion"):
            return Q(pk__in=[])
        propios = Q(distribuidora=perfil.distribuidora_id)
        if perfil.unidades_visibles is not None:
            return propios & Q(clase="ot", unidad__in=perfil.unidades_visibles)
        if perfil.tiene("seccion.tramitar") or perfil.tiene("seccion.aprobar"):
            return propios
        return propios & Q(clase__in=["artefactos", "sesion"])

    @classmethod
    @sin_pared()
    def seguido(cls, numero: str, documento: str) -> "Asunto | None":
        """The open or closed case that somebody knows by its number and the document that was shown with it."""
        partes = re.fullmatch(r"([A-Z]{2})-?(\d{1,9})/(\d{4})", re.sub(r"\s", "", numero.upper()))
        propio = llano(documento)
        if not partes or not propio:
            return None
        sigla, correlativo, anio = partes.groups()
        rutas = [d.ruta for d in DEBERES if d.sigla == sigla]
        candidatos = cls._base_manager.select_related("distribuidora").filter(
            clase__in=rutas, correlativo=correlativo, anio=anio
        )
        return next((a for a in candidatos if llano(a.documento) == propio), None)

    def get_absolute_url(self) -> str:
        return reverse("seccion:ver", args=[self.pk])

    @cached_property
    def deber(self) -> Deber:
        return de_ruta(self.clase)

    @property
    def abierto(self) -> bool:
        return self.estado not in CERRADOS

    @property
    def vencido(self) -> bool:
        return self.abierto and self.vence is not None and self.vence < reloj.hoy(self.distribuidora.zona_horaria)

    @property
    def TRANSICIONES(self) -> dict[Any, Any]:  # type: ignore[override]  # noqa: N802
        """Its duty's table."""
        return self.deber.tabla

    @classmethod
    def tablas(cls) -> list[tuple[str, Any]]:
        return [(deber.nombre, deber.tabla) for deber in DEBERES]

    def pasos(self) -> list[Paso]:
        """What may happen now, whoever does it; batches are not a case's own step."""
        return [p for p in self.deber.pasos if Estado(self.estado) in p.desde and p.suceso != Suceso.EXPORTAR]

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return perfil.tiene("seccion.ver_seccion")

    def valor(self, campo: Campo) -> Any:
        """What a field holds, as a reader is told."""
        if campo.nombre not in COLUMNAS:
            valor = self.datos.get(campo.nombre, "")
            return leido(campo, valor, self.distribuidora)
        if campo.nombre == "evento":
            dicho = f"{self.evento}: {self.evento.donde_y_cuando}" if self.evento else ""
            return dicho or (SIN_EVENTO if self.sin_evento else "")
        return self.importe if campo.nombre == "monto" else getattr(self, campo.nombre) or ""

    @property
    def sin_evento(self) -> bool:
        """Somebody looked for the network event behind it and found none in the register."""
        antes = self.estado in (Estado.REGISTRADO, Estado.ANULADO)
        return self.clase == "artefactos" and self.evento_id is None and not antes

    def lugar(self) -> dict[str, str]:
        """The zone and the feeder of the supply, as the case or else the mirror has them."""
        suministro = None if self.datos.get("zona") or not self.nis else buscar_suministro(self.distribuidora, self.nis)
        zona = self.datos.get("zona") or (suministro.zona if suministro else "")
        return {"zona": zona, "alimentador": self.datos.get("alimentador", "")}

    def donde_se_sigue(self) -> str:
        """The public page where the person concerned looks at it."""
        return f"{reverse('seccion:seguir')}?numero={self}"

    @property
    def importe(self) -> str:
        return "" if self.monto is None else en_moneda(self.monto, self.distribuidora)


class Renglon(models.Model):
    """A line of a case; `datos` by its duty's declaration."""

    asunto = models.ForeignKey(Asunto, models.PROTECT, related_name="renglones")
    orden = models.PositiveSmallIntegerField()
    datos = models.JSONField(default=dict)

    objects = ManagerAcotado()
    PARED = Pared(sigue="asunto")

    class Meta:
        verbose_name_plural = "renglones"
        ordering = ["asunto", "orden"]
        constraints = [models.UniqueConstraint(fields=["asunto", "orden"], name="renglon_orden_unico")]

    def __str__(self) -> str:
        return f"{self.asunto}, {self.orden}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        if perfil.es_sec and perfil.tiene("seccion.ver_seccion"):
            return Q()
        if not perfil.distribuidora_id or not perfil.tiene("seccion.ver_seccion"):
            return Q(pk__in=[])
        propios = Q(asunto__distribuidora=perfil.distribuidora_id)
        if perfil.unidades_visibles is None:
            return propios
        return propios & Q(asunto__clase="ot", asunto__unidad__in=perfil.unidades_visibles)

    def valores(self, campos: tuple[Campo, ...]) -> list[Any]:
        """What the line says under each of `campos`."""
        return [leido(campo, self.datos.get(campo.nombre, ""), self.asunto.distribuidora) for campo in campos]


def llano(documento: str) -> str:
    """The number of a document without what one writes between its figures."""
    return re.sub(r"\W", "", documento).upper()


def leido(campo: Campo, valor: Any, empresa: Distribuidora) -> Any:
    """A value kept as JSON, as a reader is told: amounts and dates in the company's form."""
    if valor in ("", None):
        return ""
    if campo.clase == "monto":
        return en_moneda(Decimal(valor), empresa)
    if campo.clase == "fecha":
        return f"{date.fromisoformat(valor):%d-%m-%Y}"
    return campo.texto(valor)


def en_moneda(monto: Decimal, empresa: Distribuidora) -> str:
    """An amount as the company's country writes it, on one line."""
    return empresa.datos_pais.importe(monto).replace(" ", "\u00a0")
