"""What each organisation edits on screen (X-10): applications, service points, consultas, motives, mailboxes."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared


class TipoTramite(models.TextChoices):
    RECLAMOS = "reclamos", "Reclamos"
    ALTAS = "altas", "Altas"
    BAJAS = "bajas", "Bajas"
    CONSULTAS = "consultas", "Consultas"


class Escenario(models.TextChoices):
    MASIVA = "masiva", "Falla Masiva"
    NO_PREVISTO = "no_previsto", "Evento No Previsto"
    ERROR = "error", "Error o Pruebas"


class Catalogo(models.Model):
    """A row of a company's catalogue; what was used is not deleted, it stops being `activo`."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    activo = models.BooleanField(default=True, help_text="Desmarcado: deja de ofrecerse; lo ya registrado no cambia.")

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        abstract = True

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(distribuidora=perfil.distribuidora_id) if perfil.tipo == TipoPerfil.AGENTE else Q(pk__in=[])


def _sin_repetir(nombre: str, *campos: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        "distribuidora", *campos, Lower("nombre"), name=nombre, violation_error_message="Ya hay uno con ese nombre."
    )


class Aplicativo(Catalogo):
    """A system of sale or after-sale (I-01)."""

    class Familia(models.TextChoices):
        VENTA = "venta", "Venta"
        POSTVENTA = "postventa", "Postventa"

    nombre = models.CharField(max_length=60)
    familia = models.CharField(max_length=10, choices=Familia)
    solo_con_pago = models.BooleanField(
        "solo con un pago pendiente",
        default=False,
        help_text="Se registra solo cuando un pago debe terminar una transacción de otro aplicativo (como SICAR).",
    )

    class Meta:
        ordering = ["-familia", "pk"]
        constraints = [_sin_repetir("aplicativo_nombre_unico")]

    def __str__(self) -> str:
        return self.nombre


class Punto(Catalogo):
    """A unit at which customers are attended, with its channel."""

    class Tipo(models.TextChoices):
        CAC = "cac", "CAC (presencial)"
        ACD = "acd", "ACD (presencial)"
        L123 = "123", "123 (telefónica)"
        L135 = "135", "135 (telefónica)"

    unidad = models.OneToOneField(Unidad, models.PROTECT, related_name="punto_de_atencion")
    tipo = models.CharField(max_length=5, choices=Tipo)

    class Meta:
        verbose_name = "punto de atención"
        verbose_name_plural = "puntos de atención"
        ordering = ["unidad__nombre"]

    def __str__(self) -> str:
        return self.unidad.nombre

    @property
    def canal(self) -> str:
        return "presencial" if self.tipo in (self.Tipo.CAC, self.Tipo.ACD) else "telefónica"


class Consulta(Catalogo):
    """A regulated request or question of the kind Consultas (fifteen in the procedure)."""

    nombre = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [_sin_repetir("consulta_nombre_unico")]

    def __str__(self) -> str:
        return self.nombre


class Motivo(Catalogo):
    """Why it happened, by scenario: as told at opening, or as found at closing (I-04)."""

    nombre = models.CharField(max_length=120)
    escenario = models.CharField(max_length=15, choices=Escenario)
    al_abrir = models.BooleanField("se elige al registrar", default=True)
    al_cerrar = models.BooleanField("se elige al cerrar", default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            _sin_repetir("motivo_nombre_unico", "escenario"),
            models.CheckConstraint(
                condition=Q(al_abrir=True) | Q(al_cerrar=True),
                name="motivo_sirve_para_algo",
                violation_error_message="Marca si se elige al registrar, al cerrar, o en ambos momentos.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class Buzon(Catalogo):
    """An address that the procedure names: the mailbox itself, or one that gets its copy."""

    class Uso(models.TextChoices):
        FALLAS = "fallas", "Fallas de Sistemas y Plataforma"
        COPIA = "copia", "Copia de la contingencia"

    nombre = models.CharField(max_length=80)
    uso = models.CharField(max_length=10, choices=Uso)
    correo = models.EmailField("correo")

    class Meta:
        verbose_name = "buzón"
        verbose_name_plural = "buzones"
        ordering = ["-uso", "pk"]
        constraints = [_sin_repetir("buzon_nombre_unico")]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.correo})"
