"""The forms that applicants send to a Distribuidora, their drafts, and the one table by which their state moves."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from pagos.models import Cobro
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.historial.models import Evento
from portal.plazos.models import Regla
from portal.plazos.plazo import fin_por_vencer
from portal.territorio.models import Comuna
from solicitudes.atencion import CeldaAtencion
from solicitudes.conteo import Celda, CeldaDiaria, Delta
from solicitudes.enlaces import Enlace
from solicitudes.formularios import Formulario
from solicitudes.preparadas import RespuestaAutomatica

__all__ = [
    "Borrador",
    "Causa",
    "Celda",
    "CeldaAtencion",
    "CeldaDiaria",
    "Delta",
    "Enlace",
    "Estado",
    "RespuestaAutomatica",
    "Solicitud",
    "Suceso",
]


class Suceso(models.TextChoices):
    """What can happen to a filed form; the label completes «No se puede …»."""

    PEDIR_COBRO = "pedir_cobro", "pedir un pago"
    RESPONDER = "responder", "responder"
    RESPONDER_CON_COBRO = "responder_con_cobro", "responder con cobro"
    RESPONDER_RETENIDA = "responder_retenida", "responder mientras el pago está abierto"
    RETIRAR_COBRO = "retirar_cobro", "retirar el cobro"
    RETIRAR_COBRO_CON_RESPUESTA = "retirar_cobro_con_respuesta", "retirar el cobro con la respuesta lista"
    ENVIAR_COMPROBANTE = "enviar_comprobante", "enviar un comprobante de pago"
    RECHAZAR_PAGO = "rechazar_pago", "rechazar el pago"
    VALIDAR_SIN_RESPUESTA = "validar_sin_respuesta", "validar el pago"
    VALIDAR_CON_RESPUESTA = "validar_con_respuesta", "validar el pago con la respuesta lista"
    RESPONDER_AUTOMATICO = "responder_automatico", "responder automáticamente"
    ANULAR = "anular", "anular"
    DESISTIR = "desistir", "desistir"
    COMPLEMENTAR = "complementar", "complementar la respuesta"


class Estado(models.TextChoices):
    ENVIADO = "enviado", "Enviado"
    PENDIENTE_RESPUESTA = "pendiente_respuesta", "Pendiente de Respuesta"
    PENDIENTE_PAGO = "pendiente_pago", "Pendiente de Pago"
    PENDIENTE_VALIDACION = "pendiente_validacion", "Pendiente de Validación"
    PAGO_RECHAZADO = "pago_rechazado", "Pago Rechazado"
    PAGO_VALIDADO = "pago_validado", "Pendiente de Respuesta - Pago Validado"
    RESPONDIDO = "respondido", "Respondido"
    RESPONDIDO_AUTOMATICO = "respondido_automatico", "Respondido Automático"
    ANULADO = "anulado", "Anulado"


class Causa(models.TextChoices):
    """Why the portal itself answered (S-15)."""

    REGLA = "regla", "Respuesta preparada por la empresa"
    LAPSO = "lapso", "El plazo venció sin respuesta"


_S = Suceso
_E = Estado
_ABIERTOS = (
    Estado.PENDIENTE_RESPUESTA,
    Estado.PENDIENTE_PAGO,
    Estado.PENDIENTE_VALIDACION,
    Estado.PAGO_RECHAZADO,
    Estado.PAGO_VALIDADO,
)


RESPUESTA = Coalesce("respondido", Value(datetime(1900, 1, 1, tzinfo=UTC)))
"""When the answer was sent; what has none stands before all, in the same way on every database."""


class SolicitudQuerySet(models.QuerySet["Solicitud"]):
    def bloquear(self, pk: int) -> "Solicitud":
        """The row, locked until the transaction ends (SQLite serialises writers by itself)."""
        return self.select_for_update(of=("self",)).select_related("distribuidora", "solicitante__usuario").get(pk=pk)

    def abiertas(self) -> "SolicitudQuerySet":
        """Those in which the company still owes an answer."""
        return self.filter(estado__in=Solicitud.ABIERTOS)

    def debidas(self) -> "SolicitudQuerySet":
        """Those whose answer was not sent yet, whether or not a payment is open."""
        return self.abiertas().filter(respondido=None)

    def vencidas(self) -> "SolicitudQuerySet":
        """Those whose term is over and whose answer was not sent."""
        return self.debidas().filter(vence__lt=reloj.ahora())

    def por_vencer(self, distribuidora: Distribuidora) -> "SolicitudQuerySet":
        """The company's that are due within two of its business days."""
        hasta = fin_por_vencer(distribuidora.pais, distribuidora.zona_horaria)
        return self.debidas().filter(vence__gte=reloj.ahora(), vence__lt=hasta)

    def por_responder(self) -> "SolicitudQuerySet":
        return self.filter(estado__in=Solicitud.POR_RESPONDER)

    def por_validar(self) -> "SolicitudQuerySet":
        return self.filter(estado=Estado.PENDIENTE_VALIDACION)

    def esperan_al_solicitante(self) -> "SolicitudQuerySet":
        return self.filter(estado__in=Solicitud.ESPERAN_AL_SOLICITANTE)


class Solicitud(Documento):
    """A form that an applicant sends to a Distribuidora.

    `respondido` is when the answer was sent (timeliness counts it); `liberado` when the applicant could first read it.
    """

    Estado = Estado
    ABIERTOS = _ABIERTOS
    POR_RESPONDER = (_E.PENDIENTE_RESPUESTA, _E.PAGO_VALIDADO)
    ESPERAN_AL_SOLICITANTE = (_E.PENDIENTE_PAGO, _E.PAGO_RECHAZADO)

    TRANSICIONES: ClassVar = {
        (_E.PENDIENTE_RESPUESTA, _S.PEDIR_COBRO): _E.PENDIENTE_PAGO,
        (_E.PENDIENTE_RESPUESTA, _S.RESPONDER): _E.RESPONDIDO,
        (_E.PENDIENTE_RESPUESTA, _S.RESPONDER_CON_COBRO): _E.PENDIENTE_PAGO,
        (_E.PENDIENTE_PAGO, _S.RESPONDER_RETENIDA): _E.PENDIENTE_PAGO,
        (_E.PENDIENTE_VALIDACION, _S.RESPONDER_RETENIDA): _E.PENDIENTE_VALIDACION,
        (_E.PAGO_RECHAZADO, _S.RESPONDER_RETENIDA): _E.PAGO_RECHAZADO,
        (_E.PENDIENTE_PAGO, _S.RETIRAR_COBRO): _E.PENDIENTE_RESPUESTA,
        (_E.PAGO_RECHAZADO, _S.RETIRAR_COBRO): _E.PENDIENTE_RESPUESTA,
        (_E.PENDIENTE_PAGO, _S.RETIRAR_COBRO_CON_RESPUESTA): _E.RESPONDIDO,
        (_E.PAGO_RECHAZADO, _S.RETIRAR_COBRO_CON_RESPUESTA): _E.RESPONDIDO,
        (_E.PENDIENTE_PAGO, _S.ENVIAR_COMPROBANTE): _E.PENDIENTE_VALIDACION,
        (_E.PAGO_RECHAZADO, _S.ENVIAR_COMPROBANTE): _E.PENDIENTE_VALIDACION,
        (_E.PENDIENTE_VALIDACION, _S.RECHAZAR_PAGO): _E.PAGO_RECHAZADO,
        (_E.PENDIENTE_VALIDACION, _S.VALIDAR_SIN_RESPUESTA): _E.PAGO_VALIDADO,
        (_E.PENDIENTE_VALIDACION, _S.VALIDAR_CON_RESPUESTA): _E.RESPONDIDO,
        (_E.PAGO_VALIDADO, _S.RESPONDER): _E.RESPONDIDO,
        (_E.PENDIENTE_RESPUESTA, _S.RESPONDER_AUTOMATICO): _E.RESPONDIDO_AUTOMATICO,
        (_E.PAGO_VALIDADO, _S.RESPONDER_AUTOMATICO): _E.RESPONDIDO_AUTOMATICO,
        (_E.PENDIENTE_RESPUESTA, _S.DESISTIR): _E.ANULADO,
        (_E.PENDIENTE_PAGO, _S.DESISTIR): _E.ANULADO,
        (_E.PAGO_RECHAZADO, _S.DESISTIR): _E.ANULADO,
        (_E.RESPONDIDO, _S.COMPLEMENTAR): _E.RESPONDIDO,
        (_E.RESPONDIDO_AUTOMATICO, _S.COMPLEMENTAR): _E.RESPONDIDO_AUTOMATICO,
        **{(estado, _S.ANULAR): _E.ANULADO for estado in _E if estado is not _E.ANULADO},
    }

    ASPECTO: ClassVar[dict[models.TextChoices, tuple[str, str]]] = {
        _E.ENVIADO: ("e-enviado", "send"),
        _E.PENDIENTE_RESPUESTA: ("e-pendiente", "hourglass-split"),
        _E.PENDIENTE_PAGO: ("e-pago", "cash-coin"),
        _E.PENDIENTE_VALIDACION: ("e-validacion", "eye"),
        _E.PAGO_RECHAZADO: ("e-rechazado", "x-circle"),
        _E.PAGO_VALIDADO: ("e-validado", "patch-check"),
        _E.RESPONDIDO: ("e-respondido", "check-circle"),
        _E.RESPONDIDO_AUTOMATICO: ("e-automatico", "gear"),
        _E.ANULADO: ("e-anulado", "slash-circle"),
    }

    formulario = models.CharField(max_length=2, choices=Formulario)
    estado = models.CharField(max_length=25, choices=Estado)
    solicitante = models.ForeignKey(Perfil, models.PROTECT, related_name="solicitudes", db_index=False)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="solicitudes", db_index=False)
    folio = models.CharField("N° Folio", max_length=15, unique=True)
    folio_numero = models.PositiveBigIntegerField(unique=True)
    numero_solicitud = models.CharField("N° Solicitud", max_length=40, blank=True)
    numero_cliente = models.CharField("N° Cliente", max_length=40, blank=True)
    factibilidad = models.CharField("N° de Factibilidad", max_length=40, blank=True)
    comuna = models.ForeignKey(Comuna, models.PROTECT, related_name="+")
    correo_adicional = models.EmailField("Correo electrónico adicional", blank=True)
    actua_por_otro = models.BooleanField(default=False)
    medidor_propio = models.BooleanField("Voy a aportar el medidor bidireccional", default=False)
    enviado = models.DateTimeField("Envío")
    respondido = models.DateTimeField("Respuesta", null=True, blank=True)
    liberado = models.DateTimeField(null=True, blank=True)
    vence = models.DateTimeField(null=True, blank=True)
    regla = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    causa_automatica = models.CharField(
        "por qué respondió el portal", max_length=10, choices=Causa, blank=True, default=""
    )
    revision = models.PositiveIntegerField("revisión", default=0, editable=False)

    objects = ManagerAcotado.from_queryset(SolicitudQuerySet)()
    PARED = Pared(empresa="distribuidora", persona="solicitante", llaves=("caso__clave",))

    class Meta:
        verbose_name_plural = "solicitudes"
        permissions = [
            ("ver_bandeja", "Ver la bandeja de solicitudes"),
            ("enviar_solicitud", "Enviar los cuatro formularios"),
            ("tramitar_solicitud", "Responder, cobrar y comunicarse"),
            ("pedir_reporte", "Pedir el Reporte"),
            ("pedir_sabana", "Pedir la Sábana de Solicitudes"),
            ("anular_solicitud", "Anular"),
        ]
        indexes = [
            # Each order of the tray, over all companies and within one; the key makes every order complete.
            *(
                models.Index(
                    fields=[*empresa, columna, "caso"], name=f"solicitud_{'d_' if empresa else ''}{columna}"[:30]
                )
                for columna in ("enviado", "numero_cliente", "numero_solicitud", "vence")
                for empresa in ([], ["distribuidora"])
            ),
            models.Index(RESPUESTA, "caso", name="solicitud_respuesta"),
            models.Index("distribuidora", RESPUESTA, "caso", name="solicitud_d_respuesta"),
            models.Index(fields=["distribuidora", "folio_numero"], name="solicitud_d_folio"),
            # Its filters, newest first.
            models.Index(fields=["estado", "enviado", "caso"], name="solicitud_estado"),
            models.Index(fields=["distribuidora", "estado", "enviado", "caso"], name="solicitud_d_estado"),
            # The revisions of a form's month are summed from the index alone.
            models.Index(fields=["formulario", "enviado", "caso", "revision"], name="solicitud_formulario"),
            models.Index(fields=["distribuidora", "formulario", "enviado", "caso"], name="solicitud_d_formulario"),
            models.Index(fields=["solicitante", "enviado", "caso"], name="solicitud_solicitante"),
            # Prefixes (`LIKE 'x%'`); Django gives the folio's by itself.
            models.Index(fields=["numero_cliente"], name="solicitud_cliente_like", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["numero_solicitud"], name="solicitud_numero_like", opclasses=["varchar_pattern_ops"]),
            # What is still owed, a small part of all: overdue, about to lapse.
            models.Index(
                fields=["distribuidora", "vence"],
                name="solicitud_d_debida",
                condition=Q(respondido=None, estado__in=_ABIERTOS),
            ),
            models.Index(
                fields=["enviado", "caso", "vence"],
                name="solicitud_debida",
                condition=Q(respondido=None, estado__in=_ABIERTOS),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(numero_cliente="") & Q(factibilidad=""))
                | (Q(numero_cliente="", formulario__in=["SC", "NC"]) & ~Q(factibilidad="")),
                name="solicitud_cliente_o_factibilidad",
            ),
            models.CheckConstraint(
                condition=Q(formulario="MC", estado__in=["enviado", "anulado"])
                | (~Q(formulario="MC") & ~Q(estado="enviado")),
                name="solicitud_enviado_es_conformidad",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["respondido", "respondido_automatico"])
                | Q(respondido__isnull=False, liberado__isnull=False),
                name="solicitud_respondida_tiene_fechas",
            ),
            models.CheckConstraint(
                condition=Q(liberado=None) | Q(respondido__isnull=False), name="solicitud_liberada_fue_respondida"
            ),
            models.CheckConstraint(
                condition=~Q(estado="respondido_automatico") | ~Q(causa_automatica=""),
                name="solicitud_automatica_dice_su_causa",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12 on the row's own columns, so that a tray is one table; agents do not handle requests."""
        if perfil.es_solicitante:
            return Q(solicitante=perfil)
        if perfil.es_distribuidora:
            return Q(distribuidora=perfil.distribuidora_id)
        return Q() if perfil.es_sec else Q(pk__in=[])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count the writing: what was made from this row, or from the charges of its case, is old from now on.

        Whoever saves holds the row's lock (`bloquear`), and every action that changes a charge saves its request.
        """
        self.revision += 1
        if (campos := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*campos, "revision"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("solicitudes:ver", args=[self.folio])

    @property
    def folio_en_direccion(self) -> str:
        """The folio for an address written by hand: `V%2B196`."""
        return quote(self.folio, safe="")

    @property
    def cobro(self) -> Cobro | None:
        """The charge that is open, or the one that was paid."""
        vivos = [c for c in self.caso.cobros.all() if c.estado != Cobro.Estado.RETIRADO]
        return vivos[-1] if vivos else None

    @property
    def respuesta_retenida(self) -> bool:
        """An answer was sent and waits for its payment."""
        return self.respondido is not None and self.liberado is None

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        """P-04: what the answer brought is out of the applicant's reach until it is released."""
        if perfil.es_solicitante and adjunto.tipo in ("respuesta", "complemento"):
            return self.liberado is not None
        return True

    def puede_leer_nota(self, perfil: Perfil, evento: Evento) -> bool:
        """P-04 for the words of an answer that waits."""
        return not (perfil.es_solicitante and evento.hecho == "respuesta_retenida" and self.liberado is None)


class Borrador(models.Model):
    """A form being filled in; its files hang on the same case that the filed form will have."""

    caso = models.OneToOneField("documentos.Caso", models.PROTECT, primary_key=True, related_name="+")
    formulario = models.CharField(max_length=2, choices=Formulario)
    solicitante = models.ForeignKey(Perfil, models.PROTECT, related_name="borradores")
    datos = models.JSONField("lo escrito, tal cual", default=dict, blank=True)
    guardado = models.DateTimeField(default=reloj.ahora)

    objects = ManagerAcotado()
    PARED = Pared(persona="solicitante", llaves=("caso__clave",))

    class Meta:
        verbose_name_plural = "borradores"
        ordering = ["-guardado"]

    def __str__(self) -> str:
        return f"Borrador de {self.get_formulario_display()}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(solicitante=perfil) if perfil.es_solicitante else Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("solicitudes:borrador", args=[Formulario(self.formulario).ruta, self.caso.clave])
