"""The verbs of a masiva: alerted by a point, declared, discarded and ended by Fallas."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from inoperatividad import avisos, permissions
from inoperatividad.models import Aplicativo, EstadoMasiva, Masiva, SucesoMasiva
from portal import reloj
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso, siguiente_numero
from portal.historial.models import registrar as anotar
from portal.permisos import exigir


@transaction.atomic
def alertar(*, por: Perfil, aplicativos: Iterable[Aplicativo], inicio: datetime, detalle: str) -> Masiva:
    """A service point says that something is down for everybody; Fallas makes it formal, or not (I-05)."""
    exigir(por.tiene(permissions.REGISTRAR))
    aplicativos = list(aplicativos)
    _en_el_pasado(inicio)
    if otra := _viva_con(aplicativos):
        que = "ya está declarada" if otra.estado == EstadoMasiva.VIGENTE else "ya fue alertada"
        raise ValidationError({"aplicativos": f"La {otra} {que}: no hace falta otra alerta."})
    return _alertar(aplicativos, inicio, por=por, detalle=detalle)


def masiva_para(aplicativos: list[Aplicativo], inicio: datetime, *, por: Perfil) -> Masiva:
    """The masiva on which a new record hangs: declared, alerted, ended meanwhile; alerted now when there is none."""
    viva = _viva_con(aplicativos)
    if viva is not None and viva.inicio <= reloj.ahora():
        return viva
    pasada = Masiva.objects.filter(
        estado=EstadoMasiva.TERMINADA, aplicativos__in=aplicativos, inicio__lte=inicio, fin__gte=inicio
    )
    return pasada.first() or _alertar(aplicativos, inicio, por=por, detalle="")


def _viva_con(aplicativos: list[Aplicativo]) -> Masiva | None:
    """The masiva under way of any of them, the declared one first; their rows stay locked, so that two do not begin."""
    list(Aplicativo.objects.select_for_update().filter(pk__in=[a.pk for a in aplicativos]).order_by("pk"))
    vivas = Masiva.objects.vivas().filter(aplicativos__in=aplicativos).order_by("-estado", "inicio")
    return vivas.first()


def _alertar(aplicativos: list[Aplicativo], inicio: datetime, *, por: Perfil, detalle: str) -> Masiva:
    masiva = _crear(aplicativos, por=por, inicio=inicio, estado=EstadoMasiva.ALERTADA, alertada=reloj.ahora())
    anotar(masiva.caso, "masiva_alertada", por=por, comentario=detalle, punto=str(por.unidad or ""))
    avisos.de_alerta(masiva, aplicativos, por, detalle)
    return masiva


def _crear(
    aplicativos: list[Aplicativo], *, por: Perfil, inicio: datetime, estado: EstadoMasiva, causa: str = "",
    alertada: datetime | None = None, declarada: datetime | None = None,
) -> Masiva:  # fmt: skip
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - agents have a company, the database says so
    caso = Caso.objects.create(tipo=Masiva._meta.label_lower, titular=por, distribuidora=empresa, unidad=por.unidad)
    numero = siguiente_numero(f"inoperatividad.masiva.{empresa.pk}")
    caso.numero = f"{empresa.codigo}-{numero}"
    caso.save(update_fields=["numero"])
    masiva = Masiva.objects.create(
        caso=caso, distribuidora=empresa, numero=numero, estado=estado, inicio=inicio, causa=causa, alertada=alertada,
        alertada_por=por if alertada else None, declarada=declarada,
    )  # fmt: skip
    masiva.aplicativos.set(aplicativos)
    return masiva


def _en_el_pasado(momento: datetime, campo: str = "inicio") -> None:
    if momento > reloj.ahora():
        raise ValidationError({campo: "Está en el futuro. Revisa la fecha y la hora."})


@transaction.atomic
def declarar(*, por: Perfil, aplicativos: Iterable[Aplicativo], inicio: datetime, causa: str) -> Masiva:
    """Fallas says that there is one, of which nobody had said anything."""
    exigir(permissions.puede_gestionar_masivas(por))
    aplicativos = list(aplicativos)
    _en_el_pasado(inicio)
    if otra := _viva_con(aplicativos):
        que = "ya está vigente" if otra.estado == EstadoMasiva.VIGENTE else "espera que la declares"
        raise ValidationError({"aplicativos": f"La {otra} de estos aplicativos {que}."})
    ahora = reloj.ahora()
    masiva = _crear(aplicativos, por=por, inicio=inicio, estado=EstadoMasiva.VIGENTE, causa=causa, declarada=ahora)
    anotar(masiva.caso, "masiva_declarada", por=por, comentario=causa)
    avisos.de_declaracion(masiva, aplicativos)
    return masiva


@transaction.atomic
def confirmar(
    masiva: Masiva, *, por: Perfil, aplicativos: Iterable[Aplicativo], inicio: datetime, causa: str
) -> Masiva:
    """Fallas makes an alert formal, with the window and the applications that it found."""
    masiva = Masiva.objects.bloquear(masiva.pk)
    exigir(permissions.puede_gestionar_masivas(por))
    aplicativos = list(aplicativos)
    _en_el_pasado(inicio)
    masiva.suceder(SucesoMasiva.DECLARAR)
    masiva.inicio, masiva.causa, masiva.declarada = inicio, causa, reloj.ahora()
    masiva.save()
    masiva.aplicativos.set(aplicativos)
    anotar(masiva.caso, "masiva_declarada", por=por, comentario=causa)
    avisos.de_declaracion(masiva, aplicativos)
    return masiva


@transaction.atomic
def descartar(masiva: Masiva, *, por: Perfil, motivo: str) -> Masiva:
    """What was alerted is no masiva; who alerted it is told why."""
    masiva = Masiva.objects.bloquear(masiva.pk)
    exigir(permissions.puede_gestionar_masivas(por))
    masiva.suceder(SucesoMasiva.DESCARTAR)
    masiva.save()
    anotar(masiva.caso, "masiva_descartada", por=por, comentario=motivo)
    avisos.de_descarte(masiva, motivo)
    return masiva


@transaction.atomic
def terminar(masiva: Masiva, *, por: Perfil, fin: datetime, causa: str) -> Masiva:
    """Service is back; Soporte Postventa is told, to close what hangs on it."""
    masiva = Masiva.objects.bloquear(masiva.pk)
    exigir(permissions.puede_gestionar_masivas(por))
    masiva.suceder(SucesoMasiva.TERMINAR)
    _en_el_pasado(fin, "fin")
    if fin <= masiva.inicio:
        raise ValidationError({"fin": "El fin debe ser posterior al inicio."})
    masiva.fin, masiva.causa = fin, causa
    masiva.save()
    anotar(masiva.caso, "masiva_terminada", por=por, comentario=causa)
    avisos.de_termino(masiva)
    return masiva
