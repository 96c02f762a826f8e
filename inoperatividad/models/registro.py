"""**Registro de Inoperatividad**: what could not be done at a service point, from when to when (I-01 to I-08)."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inoperatividad.models.catalogos import Aplicativo, Consulta, Escenario, Motivo, TipoTramite
from inoperatividad.models.masiva import Masiva
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento
from portal.plazos.models import Regla


class Estado(models.TextChoices):
    ABIERTO = "abierto", "Abierto"
    CERRADO = "cerrado", "Cerrado"
    EN_EVALUACION = "en_evaluacion", "En evaluación"
    EVALUADO = "evaluado", "Evaluado"
    APROBADO = "aprobado", "Aprobado"
    REPORTADO = "reportado", "Reportado"
    DESCARTADO = "descartado", "Descartado"


class Suceso(models.TextChoices):
    """What can happen to a record; the label completes «No se puede …»."""

    ANOTAR_CRITICA = "anotar_critica", "anotar una transacción crítica"
    CERRAR = "cerrar", "cerrar"
    CERRAR_POR_ERROR = "cerrar_por_error", "cerrar como Error de Usuario"
    EVALUAR = "evaluar", "iniciar la evaluación"
    CONSULTAR = "consultar", "consultar a Mejora de Procesos"
    OPINAR = "opinar", "opinar si procede"
    CONCLUIR = "concluir", "concluir la evaluación"
    REABRIR = "reabrir", "volver a evaluar"
    APROBAR = "aprobar", "aprobar"
    RETIRAR = "retirar", "retirar la aprobación"
    REPORTAR = "reportar", "reportar"


class RegistroQuerySet(models.QuerySet["Registro"]):
    def bloquear(self, pk: int) -> "Registro":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("distribuidora", "caso").get(pk=pk)

    def abiertos(self) -> "RegistroQuerySet":
        return self.filter(estado=Estado.ABIERTO)

    def por_cerrar(self, fin: datetime) -> "RegistroQuerySet":
        """Open ones that began before `fin`."""
        return self.abiertos().filter(inicio__lt=fin)

    def por_evaluar(self) -> "RegistroQuerySet":
        return self.filter(estado=Estado.CERRADO)

    def en_evaluacion(self) -> "RegistroQuerySet":
        return self.filter(estado=Estado.EN_EVALUACION)

    def reportables(self) -> "RegistroQuerySet":
        """Evaluated as to be reported, and in no report yet; error and test never get there (I-10)."""
        return self.filter(estado=Estado.EVALUADO, evaluacion__reportar=True, reporte=None)

    def por_reportar(self) -> "RegistroQuerySet":
        """Closed and still on the way to the official report."""
        fuera = Q(estado__in=[Estado.ABIERTO, Estado.REPORTADO, Estado.DESCARTADO])
        return self.exclude(fuera).exclude(estado=Estado.EVALUADO, evaluacion__reportar=False)

    def efectivos(self) -> "RegistroQuerySet":
        """All but errors and tests: what the timeline counts."""
        return self.exclude(estado=Estado.DESCARTADO)


_E, _S = Estado, Suceso


class Registro(Documento):
    """One kind of procedure that a service point could not attend; `correlativo` is the company's own count."""

    Estado = Estado
    TRANSICIONES: ClassVar = {
        (_E.ABIERTO, _S.ANOTAR_CRITICA): _E.ABIERTO,
        (_E.CERRADO, _S.ANOTAR_CRITICA): _E.CERRADO,
        (_E.ABIERTO, _S.CERRAR): _E.CERRADO,
        (_E.ABIERTO, _S.CERRAR_POR_ERROR): _E.DESCARTADO,
        (_E.CERRADO, _S.EVALUAR): _E.EN_EVALUACION,
        (_E.EN_EVALUACION, _S.CONSULTAR): _E.EN_EVALUACION,
        (_E.EN_EVALUACION, _S.OPINAR): _E.EN_EVALUACION,
        (_E.EN_EVALUACION, _S.CONCLUIR): _E.EVALUADO,
        (_E.EVALUADO, _S.REABRIR): _E.EN_EVALUACION,
        (_E.EVALUADO, _S.APROBAR): _E.APROBADO,
        (_E.APROBADO, _S.RETIRAR): _E.EVALUADO,
        (_E.APROBADO, _S.REPORTAR): _E.REPORTADO,
    }
    ASPECTO: ClassVar = {
        _E.ABIERTO: ("e-rechazado", "lightning-charge"),
        _E.CERRADO: ("e-pendiente", "hourglass-split"),
        _E.EN_EVALUACION: ("e-validacion", "eye"),
        _E.EVALUADO: ("e-validado", "patch-check"),
        _E.APROBADO: ("e-enviado", "shield-check"),
        _E.REPORTADO: ("e-respondido", "check-circle"),
        _E.DESCARTADO: ("e-anulado", "slash-circle"),
    }

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    unidad = models.ForeignKey(Unidad, models.PROTECT, related_name="+", verbose_name="punto de atención")
    correlativo = models.PositiveIntegerField()
    estado = models.CharField(max_length=15, choices=Estado, default=Estado.ABIERTO)
    tipo_tramite = models.CharField("tipo de trámite", max_length=10, choices=TipoTramite)
    consulta = models.ForeignKey(Consulta, models.PROTECT, null=True, blank=True, related_name="+")
    aplicativos = models.ManyToManyField(Aplicativo, related_name="registros")
    escenario = models.CharField(max_length=15, choices=Escenario)
    motivo = models.ForeignKey(Motivo, models.PROTECT, related_name="+", verbose_name="motivo de ocurrencia")
    masiva = models.ForeignKey(Masiva, models.PROTECT, null=True, blank=True, related_name="registros")
    inicio = models.DateTimeField()
    descripcion = models.TextField("qué ocurrió")
    cliente_esperando = models.BooleanField("hay un cliente esperando", default=False)
    registrado = models.DateTimeField(default=reloj.ahora)
    registrado_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    papel = models.TextField("por qué se llenó en papel", blank=True)
    fin = models.DateTimeField(null=True, blank=True)
    motivo_cierre = models.ForeignKey(Motivo, models.PROTECT, null=True, blank=True, related_name="+")
    origen = models.TextField("origen encontrado", blank=True)
    cerrado = models.DateTimeField(null=True, blank=True)
    cerrado_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    vence = models.DateTimeField("se reporta hasta", null=True, blank=True)
    regla = models.ForeignKey(Regla, models.PROTECT, null=True, blank=True, related_name="+")
    reporte = models.ForeignKey(
        "inoperatividad.Reporte", models.PROTECT, null=True, blank=True, related_name="registros"
    )

    objects = ManagerAcotado.from_queryset(RegistroQuerySet)()
    PARED = Pared(empresa="distribuidora")

    class Meta:
        verbose_name = "registro de inoperatividad"
        verbose_name_plural = "registros de inoperatividad"
        permissions = [
            ("ver_registros", "Ver los registros de inoperatividad"),
            ("registrar", "Registrar inoperatividad y cerrar la de su punto"),
            ("registrar_prueba", "Registrar errores y pruebas"),
            ("gestionar_masivas", "Declarar y terminar fallas masivas"),
            ("cerrar_masivas", "Cerrar registros por falla masiva"),
            ("evaluar", "Evaluar, importar tipificaciones y consolidar el reporte"),
            ("opinar", "Opinar como Mejora de Procesos"),
            ("ver_reportes", "Ver los reportes oficiales"),
            ("aprobar_gerencia", "Aprobar el reporte como gerencia"),
            ("aprobar_direccion", "Aprobar el reporte como dirección"),
            ("editar_catalogos", "Editar los catálogos de inoperatividad"),
        ]
        indexes = [
            models.Index(fields=["distribuidora", "estado", "inicio"], name="registro_por_estado"),
            models.Index(fields=["distribuidora", "inicio"], name="registro_por_inicio"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["distribuidora", "correlativo"], name="registro_correlativo_unico"),
            models.UniqueConstraint(
                fields=["unidad", "tipo_tramite"], condition=Q(estado="abierto"), name="registro_abierto_uno_por_tipo"
            ),
            models.CheckConstraint(
                condition=Q(estado="abierto", fin=None, cerrado=None, cerrado_por=None, motivo_cierre=None)
                | (
                    ~Q(estado="abierto")
                    & Q(fin__isnull=False, cerrado__isnull=False, cerrado_por__isnull=False)
                    & Q(motivo_cierre__isnull=False)
                ),
                name="registro_cerrado_dice_como",
            ),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gt=F("inicio")), name="registro_termina_despues"),
            models.CheckConstraint(
                condition=Q(tipo_tramite="consultas", consulta__isnull=False)
                | (~Q(tipo_tramite="consultas") & Q(consulta=None)),
                name="registro_consulta_dice_cual",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["aprobado", "reportado"]) | Q(reporte__isnull=False),
                name="registro_aprobado_esta_en_un_reporte",
            ),
            models.CheckConstraint(
                condition=Q(masiva=None) | Q(escenario="masiva"), name="registro_cuelga_solo_si_es_masivo"
            ),
        ]

    def __str__(self) -> str:
        return f"Registro {self.correlativo}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        """A-12: the own unit, or the whole company, by function."""
        if perfil.tipo != TipoPerfil.AGENTE:
            return Q(pk__in=[])
        propia = Q(distribuidora=perfil.distribuidora_id)
        return propia if perfil.unidades_visibles is None else propia & Q(unidad__in=perfil.unidades_visibles)

    def get_absolute_url(self) -> str:
        return reverse("inoperatividad:ver", args=[self.correlativo])

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return perfil.tiene("inoperatividad.ver_registros")

    @property
    def duracion(self) -> timedelta:
        """How long it lasted, or lasts by now."""
        return (self.fin or reloj.ahora()) - self.inicio

    @property
    def que(self) -> str:
        """The kind of procedure, and which consulta."""
        tipo = self.get_tipo_tramite_display()
        return f"{tipo}: {self.consulta}" if self.consulta else tipo


class CriticaQuerySet(models.QuerySet["Critica"]):
    def por_regularizar(self) -> "CriticaQuerySet":
        return self.filter(regularizada=None)


class Critica(models.Model):
    """A critical procedure attended by hand while the systems were down (I-07)."""

    class Tipo(models.TextChoices):
        BLOQUEO = "bloqueo", "Bloqueo de línea y equipo por robo o pérdida"
        RECLAMO = "reclamo", "Reclamo"
        APELACION = "apelacion", "Apelación"
        QUEJA = "queja", "Queja"

    registro = models.ForeignKey(Registro, models.PROTECT, related_name="criticas")
    tipo = models.CharField("qué se atendió", max_length=10, choices=Tipo)
    cliente = models.CharField("a quién", max_length=120)
    detalle = models.TextField("detalle")
    atendida = models.DateTimeField("cuándo")
    anotada_por = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    regularizada = models.DateTimeField(null=True, blank=True)
    regularizada_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")
    referencia = models.CharField("número en el sistema", max_length=60, blank=True)

    objects = ManagerAcotado.from_queryset(CriticaQuerySet)()
    PARED = Pared(sigue="registro")

    class Meta:
        verbose_name = "transacción crítica"
        verbose_name_plural = "transacciones críticas"
        ordering = ["atendida", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(regularizada=None, regularizada_por=None, referencia="")
                | (Q(regularizada__isnull=False, regularizada_por__isnull=False) & ~Q(referencia="")),
                name="critica_regularizada_dice_como",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}, {self.cliente}"

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        if perfil.tipo != TipoPerfil.AGENTE:
            return Q(pk__in=[])
        propia = Q(registro__distribuidora=perfil.distribuidora_id)
        return propia if perfil.unidades_visibles is None else propia & Q(registro__unidad__in=perfil.unidades_visibles)
