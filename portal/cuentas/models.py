"""People, the profiles they hold, the companies and units they act for."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from portal import reloj
from portal.cuentas import paises
from portal.cuentas.funciones import Alcance, Funcion, TipoPerfil, permisos_de
from portal.cuentas.identificador import normalizar
from portal.territorio.models import Region


class Distribuidora(models.Model):
    """A regulated utility; also the tenant of everything its staff sees."""

    class Estado(models.TextChoices):
        VIGENTE = "vigente", "Vigente"
        FUSIONADA = "fusionada", "Fusionada"
        RENOMBRADA = "renombrada", "Renombrada"
        NO_CONCESIONARIA = "no_concesionaria", "No concesionaria"
        POR_CONFIRMAR = "por_confirmar", "Por confirmar"

    codigo = models.SlugField("código", max_length=20, unique=True)
    nombre = models.CharField("razón social", max_length=150)
    nombre_fantasia = models.CharField("nombre de fantasía", max_length=80)
    rut = models.CharField("RUT", max_length=12, blank=True)
    prefijo = models.CharField(
        "prefijo del folio",
        max_length=2,
        validators=[RegexValidator(r"^\S{2}$", "El prefijo tiene dos caracteres, sin espacios.")],
        help_text="Los dos caracteres con que empiezan sus folios; dos empresas pueden compartirlos.",
    )
    tipo = models.CharField(max_length=20, default="empresa")
    estado = models.CharField(max_length=20, choices=Estado, default=Estado.VIGENTE)
    sucesora = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="antecesoras")
    regiones = models.ManyToManyField(Region, blank=True, related_name="distribuidoras")
    pais = models.CharField("país", max_length=2, choices=paises.ELECCIONES, default="CL")
    zona_horaria = models.CharField(max_length=40, default="America/Santiago")
    notas = models.TextField(blank=True)
    cargado = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Lo que `cargar_datos` escribió la última vez; lo que hoy difiere lo editó una persona.",
    )

    class Meta:
        ordering = ["nombre_fantasia"]
        verbose_name = "distribuidora"
        permissions = [("administrar_empresas", "Editar empresas y sus unidades")]
        constraints = [
            models.CheckConstraint(condition=Q(prefijo__regex=r"^\S\S$"), name="distribuidora_prefijo_de_dos"),
        ]

    def __str__(self) -> str:
        return self.nombre_fantasia

    @property
    def datos_pais(self) -> paises.Pais:
        """Currency, document types and formats of the company's country."""
        return paises.PAISES[self.pais]


class Unidad(models.Model):
    """A unit or service point of a company; units form a tree."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="unidades")
    nombre = models.CharField(max_length=120)
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="dependientes")
    activa = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "unidades"
        ordering = ["nombre"]
        constraints = [models.UniqueConstraint(fields=["distribuidora", "nombre"], name="unidad_nombre_unico")]

    def __str__(self) -> str:
        return self.nombre

    def rama(self) -> set[int]:
        """Keys of this unit and of all below it."""
        hijas: dict[int | None, list[int]] = {}
        for pk, superior in Unidad.objects.filter(distribuidora=self.distribuidora_id).values_list("pk", "superior"):
            hijas.setdefault(superior, []).append(pk)
        rama, pendientes = set(), [self.pk]
        while pendientes:
            pk = pendientes.pop()
            if pk not in rama:
                rama.add(pk)
                pendientes.extend(hijas.get(pk, []))
        return rama


class UsuarioManager(BaseUserManager["Usuario"]):
    def create_user(self, identificador: str, password: str | None = None, **campos: Any) -> "Usuario":
        usuario = self.model(identificador=normalizar(identificador), **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def get_by_natural_key(self, username: str | None) -> "Usuario":
        return self.get(identificador=username)


class Usuario(AbstractBaseUser):
    """A person: one identifier, one password, any number of profiles."""

    identificador = models.CharField("RUT", max_length=20, unique=True, help_text="Normalizado: 12345678-5.")
    nombres = models.CharField(max_length=80)
    apellidos = models.CharField(max_length=80)
    email = models.EmailField("correo electrónico")
    instalador_sec = models.BooleanField("soy instalador SEC", default=False)
    is_active = models.BooleanField("activa", default=True)
    activado = models.DateTimeField(
        "fecha de activación", null=True, blank=True, default=reloj.ahora, help_text="Vacía: espera el correo."
    )
    creado = models.DateTimeField("fecha de creación", default=reloj.ahora)

    objects = UsuarioManager()
    USERNAME_FIELD = "identificador"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nombres", "apellidos", "email"]

    class Meta:
        verbose_name = "usuario"
        permissions = [("administrar_usuarios", "Crear, editar y desactivar usuarios")]
        constraints = [
            models.CheckConstraint(
                condition=Q(activado__isnull=False) | Q(is_active=False), name="usuario_activo_fue_activado"
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.identificador

    def get_full_name(self) -> str:
        """Names and surnames, as written by their holder."""
        return f"{self.nombres} {self.apellidos}".strip()

    def get_short_name(self) -> str:
        return self.nombres.split(" ")[0]

    @cached_property
    def perfiles_activos(self) -> list["Perfil"]:
        """What the person can act as, each with its company and unit."""
        return list(Perfil.objects.activos().filter(usuario=self))

    ASPECTO = {
        "activa": ("e-respondido", "check-circle"),
        "invitada": ("e-pendiente", "hourglass-split"),
        "desactivada": ("e-anulado", "slash-circle"),
    }

    @property
    def estado(self) -> str:
        """Of the account: it works, waits for its mail to be answered, or was taken away."""
        return "activa" if self.is_active else "desactivada" if self.activado else "invitada"

    def get_estado_display(self) -> str:
        return {"activa": "Activa", "invitada": "Por activar", "desactivada": "Desactivada"}[self.estado]


class PerfilQuerySet(models.QuerySet["Perfil"]):
    def activos(self) -> "PerfilQuerySet":
        """Those that still work, with whom they belong to, in the order of the menu."""
        return self.filter(activo=True).select_related("usuario", "distribuidora", "unidad").order_by("tipo")


class Perfil(models.Model):
    """A person in a role: what everything in the portal is done as."""

    usuario = models.ForeignKey(Usuario, models.PROTECT, related_name="perfiles")
    tipo = models.CharField(max_length=15, choices=TipoPerfil)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, null=True, blank=True, related_name="perfiles")
    unidad = models.ForeignKey(Unidad, models.PROTECT, null=True, blank=True, related_name="perfiles")
    activo = models.BooleanField(default=True)
    creado = models.DateTimeField("fecha de creación", default=reloj.ahora)

    objects = PerfilQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "perfiles"
        constraints = [
            models.UniqueConstraint(fields=["usuario", "tipo"], name="perfil_uno_por_tipo"),
            models.CheckConstraint(
                condition=Q(tipo__in=["solicitante", "sec"], distribuidora=None)
                | Q(tipo__in=["distribuidora", "agente"], distribuidora__isnull=False),
                name="perfil_con_empresa_si_es_de_empresa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} ({self.get_tipo_display()})"

    @property
    def nombre(self) -> str:
        return self.usuario.get_full_name()

    @property
    def zona_horaria(self) -> str:
        """Staff reads times on the clocks of their company (X-08), everybody else on the installation's."""
        return self.distribuidora.zona_horaria if self.distribuidora else settings.TIME_ZONE

    @property
    def es_solicitante(self) -> bool:
        return self.tipo == TipoPerfil.SOLICITANTE

    @property
    def es_sec(self) -> bool:
        return self.tipo == TipoPerfil.SEC

    @property
    def es_distribuidora(self) -> bool:
        return self.tipo == TipoPerfil.DISTRIBUIDORA

    @cached_property
    def funciones(self) -> frozenset[Funcion]:
        """Functions in force now: own ones and those held as deputy."""
        return frozenset(Funcion(n) for n in self.asignaciones.vigentes().values_list("grupo__name", flat=True))

    @cached_property
    def permisos(self) -> frozenset[str]:
        """Codes (`app.codename`) of all that this profile may do now."""
        return frozenset().union(*(permisos_de(grupo) for grupo in (self.tipo, *self.funciones)))

    def tiene(self, permiso: str) -> bool:
        """Whether an active holder of this profile may do `permiso` (`app.codename`) now."""
        return permiso in self.permisos

    @cached_property
    def unidades_visibles(self) -> set[int] | None:
        """Keys of the units an agent sees; None: the whole company."""
        alcances = {f.alcance for f in self.funciones}
        if Alcance.EMPRESA in alcances:
            return None
        if self.unidad is None:
            return set()
        return self.unidad.rama() if Alcance.RAMA in alcances else {self.unidad.pk}


class AsignacionQuerySet(models.QuerySet["Asignacion"]):
    def vigentes(self) -> "AsignacionQuerySet":
        """Those in force today."""
        hoy = reloj.hoy()
        return self.filter(Q(desde=None) | Q(desde__lte=hoy), Q(hasta=None) | Q(hasta__gte=hoy))


class Asignacion(models.Model):
    """A function given to a profile, from–to; as deputy of another when `suplente_de` is set."""

    perfil = models.ForeignKey(Perfil, models.CASCADE, related_name="asignaciones")
    grupo = models.ForeignKey(Group, models.PROTECT, related_name="asignaciones", verbose_name="función")
    desde = models.DateField(null=True, blank=True)
    hasta = models.DateField(null=True, blank=True)
    suplente_de = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="suplencias")

    objects = AsignacionQuerySet.as_manager()

    class Meta:
        verbose_name = "asignación de función"
        verbose_name_plural = "asignaciones de función"
        constraints = [
            models.CheckConstraint(
                condition=Q(desde=None) | Q(hasta=None) | Q(desde__lte=models.F("hasta")),
                name="asignacion_desde_antes_de_hasta",
            ),
            models.CheckConstraint(
                condition=Q(suplente_de=None) | ~Q(suplente_de=models.F("perfil")), name="asignacion_suplente_de_otro"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.perfil}: {self.grupo}"

    @property
    def funcion(self) -> Funcion:
        return Funcion(self.grupo.name)
