"""A complaint against a company, its draft, and the one table by which its state moves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas import documento
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.plazos.models import Regla
from portal.plazos.plazo import fin_por_vencer
from reclamos.models.catalogo import Materia


class Suceso(models.TextChoices):
    """What can happen to a complaint; the label completes «No se puede …»."""

    CODIFICAR = "codificar", "dar el código de reclamo"
    PEDIR_COMPLETAR = "pedir_completar", "pedir que se complete"
    COMPLETAR = "completar", "completar el reclamo"
    RESPONDER = "responder", "responder"
    RESPONDER_INCOMPLETO = "responder_incompleto", "responder sin que se haya completado"
    CALLAR = "callar", "declararlo fundado por silencio"
    APELAR = "apelar", "apelar"
    RESOLVER_APELACION = "resolver_apelacion", "resolver la apelación"
    QUEJARSE = "quejarse", "presentar una queja"


class Estado(models.TextChoices):
    INGRESADO = "ingresado", "Ingresado"
    EN_TRAMITE = "en_tramite", "En Trámite"
    POR_COMPLETAR = "por_completar", "Por Completar"
    RESPONDIDO = "respondido", "Respondido"
    POR_SILENCIO = "por_silencio", "Fundado por Silencio"
    EN_APELACION = "en_apelacion", "En Apelación"
    RESUELTO = "resuelto", "Apelación Resuelta"


class Resultado(models.TextChoices):
    FUNDADO = "fundado", "Fundado"
    INFUNDADO = "infundado", "Infundado"
    PARCIAL = "parcial", "Parcialmente fundado"
    INADMISIBLE = "inadmisible", "Inadmisible"
    IMPROCEDENTE = "improcedente", "Improcedente"


class Canal(models.TextChoices):
    WEB = "web", "Portal"
    MOSTRADOR = "mostrador", "Mostrador"
    TELEFONO = "telefono", "Teléfono"


class Origen(models.TextChoices):
    CLIENTE = "cliente", "Cliente"
    INTERNO = "interno", "Cliente interno"


_S, _E = Suceso, Estado
ABIERTOS = (Estado.INGRESADO, Estado.EN_TRAMITE, Estado.POR_COMPLETAR)
CERRADOS_CON_RESULTADO = (Estado.RESPONDIDO, Estado.POR_SILENCIO, Estado.EN_APELACION, Estado.RESUELTO)


class ReclamoQuerySet(models.QuerySet["Reclamo"]):
    def bloquear(self, pk: int) -> "Reclamo":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("caso", "distribuidora", "materia").get(pk=pk)

    def abiertos(self) -> "ReclamoQuerySet":
        """Those that the company still has to answer."""
        return self.filter(estado__in=ABIERTOS)

    def sin_codigo(self) -> "ReclamoQuerySet":
        return self.filter(codigo="")

    def vencidos(self) -> "ReclamoQuerySet":
        """Those whose term is over without an answer."""
        return self.filter(estado__in=(Estado.INGRESADO, Estado.EN_TRAMITE), vence__lt=reloj.ahora())

    def por_vencer(self, distribuidora: Distribuidora) -> "ReclamoQuerySet":
        """The company's that are due within two of its business days."""
        hasta = fin_por_vencer(distribuidora.pais, distribuidora.zona_horaria)
        return self.abiertos().filter(vence__gte=reloj.ahora(), vence__lt=hasta)

    def en_plazo(self) -> "ReclamoQuerySet":
        """Those answered by the company within the term."""
        return self.filter(respondido__isnull=False, vence__gte=models.F("respondido")).exclude(
            estado=Estado.POR_SILENCIO
        )


class Reclamo(Documento):
    """What somebody complains about to a company. `solicitante` is null where it was filed without an account.

    `vence` already holds what the time to complete it added; `queja_desde` is the first moment at which a queja is
    possible.
    """

    Estado = Estado
    ABIERTOS = ABIERTOS
    TRANSICIONES: ClassVar = {
        (_E.INGRESADO, _S.CODIFICAR): _E.EN_TRAMITE,
        (_E.EN_TRAMITE, _S.PEDIR_COMPLETAR): _E.POR_COMPLETAR,
        (_E.POR_COMPLETAR, _S.COMPLETAR): _E.EN_TRAMITE,
        (_E.EN_TRAMITE, _S.RESPONDER): _E.RESPONDIDO,
        (_E.POR_COMPLETAR, _S.RESPONDER_INCOMPLETO): _E.RESPONDIDO,
        (_E.INGRESADO, _S.CALLAR): _E.POR_SILENCIO,
        (_E.EN_TRAMITE, _S.CALLAR): _E.POR_SILENCIO,
        (_E.RESPONDIDO, _S.APELAR): _E.EN_APELACION,
        (_E.EN_APELACION, _S.RESOLVER_APELACION): _E.RESUELTO,
        **{(estado, _S.QUEJARSE): estado for estado in (*ABIERTOS, _E.POR_SILENCIO)},
    }
    ASPECTO: ClassVar[dict[models.TextChoices, tuple[str, str]]] = {
        _E.INGRESADO: ("e-enviado", "send"),
        _E.EN_TRAMITE: ("e-pendiente", "hourglass-split"),
        _E.POR_COMPLETAR: ("e-pago", "pencil"),
        _E.RESPONDIDO: ("e-respondido", "check-circle"),
        _E.POR_SILENCIO: ("e-automatico", "clock"),
        _E.EN_APELACION: ("e-validacion", "bank"),
        _E.RESUELTO: ("e-respondido", "patch-check"),
    }

    estado = models.CharField(max_length=15, choices=Estado)
    ingreso = models.CharField("N° de ingreso", max_length=15, unique=True)
    ingreso_numero = models.PositiveBigIntegerField(unique=True)
    codigo = models.CharField("código de reclamo", max_length=30, blank=True)
    codificado = models.DateTimeField("código dado", null=True, blank=True)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="reclamos", db_index=False)
    unidad = models.ForeignKey(Unidad, models.PROTECT, null=True, blank=True, related_name="reclamos")
    solicitante = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="reclamos")
    ingresado_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    canal = models.CharField(max_length=10, choices=Canal, default=Canal.WEB)
    origen = models.CharField(max_length=10, choices=Origen, default=Origen.CLIENTE)
    documento_tipo = models.CharField("tipo de documento", max_length=10)
    documento = models.CharField("documento", max_length=20)
    nombre = models.CharField("nombre", max_length=160)
    correo = models.EmailField("correo electrónico")
    telefono = models.CharField("teléfono", max_length=20, blank=True)
    suministro = models.CharField("suministro (NIS o N° de cliente)", max_length=40)
    materia = models.ForeignKey(Materia, models.PROTECT, related_name="reclamos")
    monto = models.DecimalField("monto reclamado", max_digits=14, decimal_places=2, null=True, blank=True)
    hecho_el = models.DateField("cuándo ocurrió")
    que_paso = models.TextField("qué pasó")
    que_pide = models.TextField("qué pide")
    atencion = models.CharField("atención anterior", max_length=60, blank=True)
    sin_respuesta = models.BooleanField("no le respondieron dentro del plazo", default=False)
    ingresado = models.DateTimeField("ingreso")
    vence = models.DateTimeField("debe responderse hasta", null=True, blank=True)
    regla = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    completar_pedido = models.DateTimeField(null=True, blank=True)
    completar_hasta = models.DateTimeField(null=True, blank=True)
    completado = models.DateTimeField(null=True, blank=True)
    respondido = models.DateTimeField("respuesta", null=True, blank=True)
    resultado = models.CharField(max_length=15, choices=Resultado, blank=True)
    apelar_hasta = models.DateTimeField(null=True, blank=True)
    queja_desde = models.DateTimeField(null=True, blank=True)

    objects = ManagerAcotado.from_queryset(ReclamoQuerySet)()
    PARED = Pared(empresa="distribuidora", persona="solicitante", llaves=("caso__clave",))

    class Meta:
        permissions = [
            ("ver_reclamos", "Ver los reclamos"),
            ("presentar_reclamo", "Presentar un reclamo propio"),
            ("ingresar_reclamo", "Ingresar reclamos de clientes y orientar"),
            ("tramitar_reclamo", "Dar código, pedir completar y responder"),
            ("decidir_recurso", "Decidir apelaciones y quejas"),
            ("ver_tablero", "Ver el tablero de reclamos"),
            ("ajustar_reclamos", "Cambiar materias y ajustes de reclamos"),
        ]
        indexes = [
            *(
                models.Index(fields=[*empresa, columna, "caso"], name=f"reclamo_{'d_' if empresa else ''}{columna}")
                for columna in ("ingresado", "vence")
                for empresa in ([], ["distribuidora"])
            ),
            models.Index(fields=["distribuidora", "estado", "ingresado", "caso"], name="reclamo_d_estado"),
            models.Index(fields=["estado", "ingresado", "caso"], name="reclamo_estado"),
            models.Index(fields=["solicitante", "ingresado", "caso"], name="reclamo_solicitante"),
            models.Index(fields=["codigo"], name="reclamo_codigo_like", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["suministro"], name="reclamo_suministro_like", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["vence"], name="reclamo_debido", condition=Q(estado__in=["ingresado", "en_tramite"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["distribuidora", "codigo"], condition=~Q(codigo=""), name="reclamo_codigo_unico_en_su_empresa"
            ),
            models.CheckConstraint(
                condition=Q(codigo="", codificado=None) | (~Q(codigo="") & Q(codificado__isnull=False)),
                name="reclamo_codigo_con_su_fecha",
            ),
            models.CheckConstraint(
                condition=Q(codigo="", estado__in=["ingresado", "por_silencio"])
                | (~Q(codigo="") & ~Q(estado="ingresado")),
                name="reclamo_ingresado_no_tiene_codigo",
            ),
            models.CheckConstraint(
                condition=Q(estado__in=ABIERTOS, resultado="", respondido=None)
                | (~Q(estado__in=ABIERTOS) & ~Q(resultado="") & Q(respondido__isnull=False)),
                name="reclamo_cerrado_tiene_resultado",
            ),
            models.CheckConstraint(
                condition=~Q(estado="por_silencio") | Q(resultado="fundado"), name="reclamo_por_silencio_es_fundado"
            ),
            models.CheckConstraint(
                condition=(Q(atencion="", sin_respuesta=True) | (~Q(atencion="") & Q(sin_respuesta=False))),
                name="reclamo_atencion_o_sin_respuesta",
            ),
            models.CheckConstraint(condition=Q(monto=None) | Q(monto__gt=0), name="reclamo_monto_positivo"),
            models.CheckConstraint(
                condition=Q(canal="web", ingresado_por=None) | (~Q(canal="web") & Q(ingresado_por__isnull=False)),
                name="reclamo_de_mostrador_dice_quien",
            ),
            models.CheckConstraint(
                condition=Q(completar_pedido=None, completar_hasta=None)
                | Q(completar_pedido__isnull=False, completar_hasta__isnull=False),
                name="reclamo_por_completar_tiene_plazo",
            ),
        ]

    def __str__(self) -> str:
        return self.codigo or self.ingreso

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12 on the row's own columns; agents by unit, and what came by the web with the whole company's people."""
        if perfil.es_solicitante:
            return Q(solicitante=perfil)
        if perfil.es_sec:
            return Q()
        propios = Q(distribuidora=perfil.distribuidora_id)
        if perfil.es_distribuidora or perfil.unidades_visibles is None:
            return propios
        return propios & Q(unidad__in=perfil.unidades_visibles)

    def get_absolute_url(self) -> str:
        return reverse("reclamos:ver", args=[self.ingreso])

    @property
    def sin_cuenta(self) -> bool:
        """Filed by somebody without a profile here: its holder comes in with code and document."""
        return self.solicitante_id is None

    @property
    def importe(self) -> str:
        """The amount complained about, as its country writes it."""
        return self.distribuidora.datos_pais.importe(self.monto) if self.monto is not None else ""

    @property
    def documento_escrito(self) -> str:
        """For people's eyes, with its type: «C.I. 1.730.558»."""
        return documento.presentar(self.documento, pais=self.distribuidora.pais, tipo=self.documento_tipo)

    def puede_leer(self, perfil: Perfil | None, adjunto: Adjunto) -> bool:
        """Both sides and the regulator read all of it."""
        return True


class Borrador(models.Model):
    """A complaint being written; its files hang on the same case that the filed one will have."""

    caso = models.OneToOneField("documentos.Caso", models.PROTECT, primary_key=True, related_name="+")
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    autor = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="borradores_de_reclamo")
    datos = models.JSONField("lo escrito, tal cual", default=dict, blank=True)
    guardado = models.DateTimeField(default=reloj.ahora)

    objects = ManagerAcotado()
    PARED = Pared(persona="autor", llaves=("caso__clave",))

    class Meta:
        verbose_name = "borrador de reclamo"
        verbose_name_plural = "borradores de reclamo"
        ordering = ["-guardado"]

    def __str__(self) -> str:
        return f"Borrador de reclamo a {self.distribuidora}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(autor=perfil)

    def get_absolute_url(self) -> str:
        return reverse("reclamos:borrador", args=[self.distribuidora.codigo, self.caso.clave])
