"""The verbs of a record: registering, closing, critical procedures, alerting about an error."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inoperatividad import avisos, permissions
from inoperatividad.actions.masiva import masiva_para
from inoperatividad.models import Aplicativo, Consulta, Critica, Escenario, Estado, Masiva, Motivo, Registro, Suceso
from portal import reloj
from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.cuentas.models import Perfil, Unidad
from portal.documentos.models import Caso, TransicionInvalida, siguiente_numero
from portal.historial.models import registrar as anotar
from portal.permisos import exigir
from portal.plazos.actions import vencimiento

MATERIA_REPORTE = "inoperatividad.reporte"


@dataclass(frozen=True)
class EnPapel:
    """A record that was written on paper first (I-08): why, and the scanned sheet."""

    motivo: str
    hoja: Guardado


@transaction.atomic
def registrar(
    *,
    por: Perfil,
    unidad: Unidad,
    tipo_tramite: str,
    motivo: Motivo,
    aplicativos: Iterable[Aplicativo],
    inicio: datetime,
    descripcion: str,
    consulta: Consulta | None = None,
    cliente_esperando: bool = False,
    papel: EnPapel | None = None,
) -> Registro:
    """**Registro de Inoperatividad** (I-01): one open at most for each kind of procedure and point (I-02).

    A masiva that nobody alerted yet is alerted by it; Fallas de Sistemas y Plataforma gets a mail in any case (I-05).
    """
    exigir(permissions.puede_registrar(por, unidad, motivo.escenario))
    empresa, aplicativos, ahora = unidad.distribuidora, list(aplicativos), reloj.ahora()
    _revisar(motivo, aplicativos, inicio, ahora)
    masiva = masiva_para(aplicativos, inicio, por=por) if motivo.escenario == Escenario.MASIVA else None
    caso = Caso.objects.create(tipo=Registro._meta.label_lower, titular=por, distribuidora=empresa, unidad=unidad)
    correlativo = siguiente_numero(f"inoperatividad.registro.{empresa.pk}")
    caso.numero = f"{empresa.codigo}-{correlativo}"
    caso.save(update_fields=["numero"])
    try:
        with transaction.atomic():
            registro = Registro.objects.create(
                caso=caso, distribuidora=empresa, unidad=unidad, correlativo=correlativo, tipo_tramite=tipo_tramite,
                consulta=consulta, escenario=motivo.escenario, motivo=motivo, masiva=masiva, inicio=inicio,
                descripcion=descripcion, cliente_esperando=cliente_esperando, registrado=ahora, registrado_por=por,
                papel=papel.motivo if papel else "",
            )  # fmt: skip
    except IntegrityError:
        raise _ya_abierto(unidad, tipo_tramite) from None
    registro.aplicativos.set(aplicativos)
    evento = anotar(caso, "regularizado_de_papel" if papel else "registrado", por=por, que=registro.que)
    if papel:
        vincular(papel.hoja, caso, tipo="hoja", por=por, evento=evento)
    avisos.de_registro(registro, aplicativos)
    return registro


def _revisar(motivo: Motivo, aplicativos: list[Aplicativo], inicio: datetime, ahora: datetime) -> None:
    if inicio > ahora:
        raise ValidationError({"inicio": "El inicio está en el futuro. Revisa la fecha y la hora."})
    if not motivo.al_abrir:
        raise ValidationError({"motivo": f"«{motivo}» se elige al cerrar, no al registrar."})
    if not aplicativos:
        raise ValidationError({"aplicativos": "Marca al menos un aplicativo."})
    if all(a.solo_con_pago for a in aplicativos):
        nombres = ", ".join(map(str, aplicativos))
        raise ValidationError(
            {"aplicativos": f"{nombres} se registra solo junto con el aplicativo cuya transacción espera el pago."}
        )


def _ya_abierto(unidad: Unidad, tipo_tramite: str) -> ValidationError:
    """What to say when the database refuses a second open record (I-02)."""
    otro = Registro.objects.abiertos().filter(unidad=unidad, tipo_tramite=tipo_tramite).first()
    cual = f": es el {str(otro).lower()}" if otro else ""
    return ValidationError({"tipo_tramite": f"{unidad} ya tiene un registro abierto de este tipo de trámite{cual}."})


@transaction.atomic
def cerrar(
    registro: Registro, *, por: Perfil, fin: datetime, motivo: Motivo, origen: str, sustento: Guardado | None = None
) -> Registro:
    """Service is back (I-06): when, why it was, what was found; the three business days of the report begin."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_cerrar(por, registro))
    registro.suceder(Suceso.CERRAR)
    if motivo.escenario != registro.escenario or not motivo.al_cerrar:
        raise ValidationError(
            {"motivo": f"«{motivo}» no es un motivo de cierre de {registro.get_escenario_display()}."}
        )
    if sustento is None and registro.escenario == Escenario.NO_PREVISTO:
        raise ValidationError({"sustento": "Adjunta el sustento del Evento No Previsto."})
    _terminar(registro, por, fin, motivo, origen)
    registro.vence, registro.regla = vencimiento(
        MATERIA_REPORTE, distribuidora=registro.distribuidora, desde=registro.cerrado or fin
    )
    registro.save()
    evento = anotar(registro.caso, "cerrado", por=por, comentario=origen, motivo=str(motivo))
    if sustento:
        vincular(sustento, registro.caso, tipo="sustento", por=por, evento=evento)
    return registro


def _terminar(registro: Registro, por: Perfil, fin: datetime, motivo: Motivo, origen: str) -> None:
    ahora = reloj.ahora()
    if fin > ahora:
        raise ValidationError({"fin": "El fin está en el futuro. Revisa la fecha y la hora."})
    if fin <= registro.inicio:
        raise ValidationError({"fin": "El fin debe ser posterior al inicio del registro."})
    registro.fin, registro.motivo_cierre, registro.origen = fin, motivo, origen
    registro.cerrado, registro.cerrado_por = ahora, por


@transaction.atomic
def cerrar_los_de(masiva: Masiva, *, por: Perfil, motivo: Motivo, origen: str) -> int:
    """Close all that hang on an ended masiva, at its end; how many they were. What began later stays open."""
    masiva = Masiva.objects.bloquear(masiva.pk)
    exigir(permissions.puede_cerrar_masivas(por))
    if masiva.fin is None:
        raise TransicionInvalida(f"La {masiva} no ha terminado: sus registros siguen abiertos.")
    abiertos = list(masiva.registros.por_cerrar(masiva.fin).order_by("correlativo"))
    if not abiertos:
        raise TransicionInvalida(f"La {masiva} no tiene registros por cerrar.")
    for registro in abiertos:
        cerrar(registro, por=por, fin=masiva.fin, motivo=motivo, origen=origen)
    return len(abiertos)


@transaction.atomic
def cerrar_por_error(
    registro: Registro, *, por: Perfil, fin: datetime, origen: str, sustento: Guardado | None = None
) -> Registro:
    """**Error de Usuario** (I-06): it was a mistake or a test; it never reaches the report."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_cerrar_por_error(por, registro))
    registro.suceder(Suceso.CERRAR_POR_ERROR)
    if sustento is None and permissions.es_responsable(por, registro):
        raise ValidationError({"sustento": "Adjunta el sustento del error."})
    motivo = Motivo.objects.filter(escenario=Escenario.ERROR, al_cerrar=True, activo=True).first()
    if motivo is None:
        raise ValidationError("El catálogo no tiene un motivo de cierre para errores. Pídelo a Control e Información.")
    _terminar(registro, por, fin, motivo, origen)
    registro.save()
    evento = anotar(registro.caso, "cerrado_por_error", por=por, comentario=origen, motivo=str(motivo))
    if sustento:
        vincular(sustento, registro.caso, tipo="sustento", por=por, evento=evento)
    return registro


@transaction.atomic
def anotar_critica(
    registro: Registro, *, por: Perfil, tipo: str, cliente: str, detalle: str, atendida: datetime
) -> Critica:
    """A critical procedure that was attended by hand meanwhile (I-07)."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.es_responsable(por, registro))
    if not registro.admite(Suceso.ANOTAR_CRITICA):
        registro.suceder(Suceso.ANOTAR_CRITICA)
    if not registro.inicio <= atendida <= reloj.ahora():
        raise ValidationError({"atendida": "Debe estar entre el inicio de la inoperatividad y este momento."})
    critica = Critica.objects.create(
        registro=registro, tipo=tipo, cliente=cliente, detalle=detalle, atendida=atendida, anotada_por=por
    )
    anotar(registro.caso, "critica_anotada", por=por, que=critica.get_tipo_display())
    return critica


@transaction.atomic
def regularizar(critica: Critica, *, por: Perfil, referencia: str) -> Critica:
    """What was done by hand is in the system now, under its number."""
    critica = Critica.objects.select_for_update(of=("self",)).select_related("registro__caso").get(pk=critica.pk)
    exigir(permissions.es_responsable(por, critica.registro))
    if critica.regularizada:
        raise TransicionInvalida(f"Ya se regularizó con el número {critica.referencia}.")
    critica.regularizada, critica.regularizada_por, critica.referencia = reloj.ahora(), por, referencia
    critica.save()
    anotar(
        critica.registro.caso, "critica_regularizada", por=por, que=critica.get_tipo_display(), referencia=referencia
    )
    return critica


@transaction.atomic
def alertar_error(registro: Registro, *, por: Perfil, mensaje: str) -> None:
    """Control e Información tells the channel what is wrong in how it was recorded (I-09)."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_evaluar(por, registro))
    if registro.estado == Estado.REPORTADO:
        raise TransicionInvalida(f"{registro} ya se reportó: su contenido no cambia.")
    anotar(registro.caso, "error_alertado", por=por, comentario=mensaje)
    avisos.de_error_operativo(registro, mensaje)
