"""The portal's mirror of a company's commercial system (X-05): customers, supplies, files. Written by imports alone."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.cuentas import documento
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.encargos.models import Encargo, EncargoQuerySet
from portal.sgc.numeros import LARGO


class DelEspejo(models.Model):
    """A row that one company's commercial system gave; its own staff sees it."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+", db_index=False)

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        abstract = True

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(distribuidora=perfil.distribuidora_id) if perfil.distribuidora_id else Q(pk__in=[])


class Cliente(DelEspejo):
    """A customer; `tipo_documento` is a code of the company's country, `documento` its normalised number."""

    tipo_documento = models.CharField("tipo de documento", max_length=10)
    documento = models.CharField("N° de documento", max_length=20)
    nombre = models.CharField(max_length=150)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    correo = models.EmailField("correo electrónico", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "tipo_documento", "documento"], name="cliente_unico"),
            models.CheckConstraint(condition=~Q(documento="") & ~Q(nombre=""), name="cliente_con_nombre"),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def documento_escrito(self) -> str:
        """«C.I. 1.730.558»."""
        return documento.presentar(self.documento, pais=self.distribuidora.pais, tipo=self.tipo_documento)


class Suministro(DelEspejo):
    """A supply point, known by its NIS (normalised)."""

    class Tension(models.TextChoices):
        BAJA = "BT", "Baja Tensión"
        MEDIA = "MT", "Media Tensión"

    class Estado(models.TextChoices):
        ACTIVO = "activo", "Activo"
        SUSPENDIDO = "suspendido", "Suspendido"
        BAJA = "baja", "De baja"

    nis = models.CharField("NIS", max_length=LARGO)
    tension = models.CharField("tensión", max_length=2, choices=Tension)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.ACTIVO)
    titular = models.ForeignKey(Cliente, models.PROTECT, related_name="suministros")
    direccion = models.CharField("dirección", max_length=200, blank=True)
    zona = models.CharField("comuna o zona", max_length=80, blank=True)
    tarifa = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "nis"], name="suministro_nis_unico"),
            models.CheckConstraint(condition=~Q(nis=""), name="suministro_con_nis"),
            models.CheckConstraint(condition=Q(tension__in=["BT", "MT"]), name="suministro_tension_conocida"),
            models.CheckConstraint(
                condition=Q(estado__in=["activo", "suspendido", "baja"]), name="suministro_estado_conocido"
            ),
        ]

    def __str__(self) -> str:
        return self.nis

    @property
    def en_media_tension(self) -> bool:
        return self.tension == self.Tension.MEDIA


class Expediente(DelEspejo):
    """A file or a complaint that the commercial system has, about a supply or about none yet."""

    class Clase(models.TextChoices):
        EXPEDIENTE = "expediente", "Expediente"
        RECLAMO = "reclamo", "Reclamo"

    clase = models.CharField(max_length=10, choices=Clase)
    numero = models.CharField("número", max_length=LARGO)
    suministro = models.ForeignKey(Suministro, models.PROTECT, null=True, blank=True, related_name="expedientes")
    asunto = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "clase", "numero"], name="expediente_unico"),
            models.CheckConstraint(condition=~Q(numero=""), name="expediente_con_numero"),
            models.CheckConstraint(condition=Q(clase__in=["expediente", "reclamo"]), name="expediente_clase_conocida"),
        ]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} {self.numero}"


class Ajuste(models.Model):
    """What a company decided about its mirror; no row: what it does not know is refused."""

    distribuidora = models.OneToOneField(Distribuidora, models.PROTECT, primary_key=True, related_name="+")
    admite_no_verificadas = models.BooleanField(
        "Aceptar referencias que el espejo no conoce",
        default=False,
        help_text="Quedan marcadas «no verificado» y la jefatura las ve así. Útil mientras el espejo está atrasado.",
    )

    def __str__(self) -> str:
        return f"Ajustes del espejo de {self.distribuidora}"


def _privado() -> Storage:
    return storages["informes"]


class Importacion(Encargo):
    """A file of the commercial system: read whole in rehearsal first (`ensayo`), then, if a person says so, applied.

    `errores`: the first ones, each line, column, sentence; `cuantos_errores` all of them.
    """

    TAREA = "portal.sgc.tasks.importar"
    PAUSAS = (15, 60)
    ROTULOS = {Encargo.Estado.EN_CURSO: "Leyendo", Encargo.Estado.HECHO: "Terminada"}
    get_estado_display = Encargo.rotulo
    ASPECTO = {
        Encargo.Estado.PENDIENTE: ("e-pendiente", "hourglass-split"),
        Encargo.Estado.EN_CURSO: ("e-enviado", "gear"),
        Encargo.Estado.HECHO: ("e-respondido", "check-circle"),
        Encargo.Estado.FALLIDO: ("e-rechazado", "x-circle"),
        Encargo.Estado.CANCELADO: ("e-anulado", "slash-circle"),
    }

    class Contenido(models.TextChoices):
        SUMINISTROS = "suministros", "Suministros y sus titulares"
        EXPEDIENTES = "expedientes", "Expedientes y reclamos"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    perfil = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    contenido = models.CharField("qué trae", max_length=12, choices=Contenido)
    nombre = models.CharField(max_length=120)
    archivo = models.FileField(storage=_privado, upload_to="sgc", max_length=200, blank=True)
    ensayo = models.BooleanField(default=True)
    filas = models.PositiveBigIntegerField(default=0)
    nuevas = models.PositiveBigIntegerField(default=0)
    cambiadas = models.PositiveBigIntegerField(default=0)
    iguales = models.PositiveBigIntegerField(default=0)
    cuantos_errores = models.PositiveBigIntegerField(default=0)
    errores = models.JSONField(default=list, blank=True)

    objects = ManagerAcotado.from_queryset(EncargoQuerySet)()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name_plural = "importaciones"
        ordering = ["-creado"]
        permissions = [("importar_sgc", "Importar el espejo del sistema comercial")]
        indexes = [
            models.Index(fields=["estado", "proximo"], name="importacion_por_hacer"),
            models.Index(fields=["distribuidora", "creado"], name="importacion_por_empresa"),
        ]

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(distribuidora=perfil.distribuidora_id) if perfil.distribuidora_id else Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("sgc:importacion", args=[self.pk])

    @property
    def quien(self) -> str:
        """Who asked for it."""
        return self.perfil.nombre if self.perfil else "Por consola"

    @property
    def abierta(self) -> bool:
        """Still to be read, or being read."""
        return self.estado in (self.Estado.PENDIENTE, self.Estado.EN_CURSO)

    @property
    def aplicable(self) -> bool:
        """Rehearsed without an error, and its file is still there."""
        sin_errores = self.estado == self.Estado.HECHO and not self.cuantos_errores
        return bool(self.ensayo and sin_errores and self.archivo)

    @property
    def aplicada(self) -> bool:
        return self.estado == self.Estado.HECHO and not self.ensayo and not self.cuantos_errores
