"""Answers by the portal itself (S-15): what a company prepares, and when it is given.

A request is answered so once, and for one of two causes: the company's rule, on filing; or the lapse of its term. The
request's lock and its transition table decide; whoever comes second finds it answered.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import entregar, fijar
from portal.adjuntos.models import Guardado
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.historial.models import registrar
from portal.permisos import exigir
from solicitudes import atencion
from solicitudes.avisos import avisar_al_solicitante
from solicitudes.conteo import contar
from solicitudes.formularios import Formulario
from solicitudes.models import Causa, RespuestaAutomatica, Solicitud, Suceso
from solicitudes.permissions import puede_configurar_automaticas

_HECHOS = {Causa.REGLA: "respondida_por_regla", Causa.LAPSO: "respondida_por_lapso"}


@transaction.atomic
def preparar(
    distribuidora: Distribuidora,
    *,
    por: Perfil,
    formulario: Formulario,
    texto: str,
    archivo: Guardado | None = None,
    al_enviar: bool = False,
    al_vencer: bool = False,
) -> RespuestaAutomatica:
    """Keep the standing answer of a form and its two switches; without a new `archivo` the present one stays."""
    exigir(puede_configurar_automaticas(por, distribuidora))
    Distribuidora.objects.select_for_update().get(pk=distribuidora.pk)
    preparada, _ = RespuestaAutomatica.objects.get_or_create(distribuidora=distribuidora, formulario=formulario)
    antes = _como_esta(preparada)
    preparada.texto = texto.strip()
    if archivo:
        preparada.archivo = fijar(archivo, por=por)
    preparada.al_enviar = al_enviar
    preparada.al_vencer_desde = (preparada.al_vencer_desde or reloj.ahora()) if al_vencer else None
    if preparada.activa and not preparada.archivo:
        raise ValidationError({"archivo": "Adjunta la respuesta: sin ella el portal no puede responder."})
    if preparada.activa and not preparada.texto:
        raise ValidationError({"texto": "Escribe el texto que acompaña la respuesta."})
    preparada.save()
    despues = _como_esta(preparada)
    if cambios := [[rotulo, antes[rotulo], valor] for rotulo, valor in despues.items() if valor != antes[rotulo]]:
        registrar(None, "automatica_preparada", por=por, objeto=objeto(preparada), cambios=cambios)
    return preparada


def objeto(preparada: RespuestaAutomatica) -> str:
    """Under which name the history keeps its changes."""
    return f"automatica:{preparada.distribuidora_id}:{preparada.formulario}"


def _como_esta(preparada: RespuestaAutomatica) -> dict[str, str]:
    def si(valor: bool) -> str:
        return "Sí" if valor else "No"

    return {
        "Responder al enviar": si(preparada.al_enviar),
        "Responder al vencer el plazo": si(preparada.al_vencer),
        "Texto": preparada.texto,
        "Archivo": f"{preparada.archivo.nombre} ({preparada.archivo.sha256[:12]})" if preparada.archivo else "",
    }


def responder_al_enviar(solicitud: Solicitud) -> None:
    """Answer a request that is just being filed, if its company has prepared that; in the filing's transaction."""
    preparada = _preparada(solicitud, al_enviar=True)
    if preparada and solicitud.admite(Suceso.RESPONDER_AUTOMATICO):
        _responder(solicitud, preparada, Causa.REGLA)


def responder_vencidas() -> int:
    """Answer what lapsed unanswered where companies let the portal do so; how many were answered."""
    with sin_ambito():
        return sum(_al_vencer(clave, preparada) for preparada, clave in _vencidas())


def _vencidas() -> Iterator[tuple[RespuestaAutomatica, int]]:
    for preparada in RespuestaAutomatica.objects.exclude(al_vencer_desde=None).order_by("pk"):
        vencidas = (
            Solicitud.objects.vencidas()
            .por_responder()
            .filter(
                distribuidora=preparada.distribuidora_id,
                formulario=preparada.formulario,
                vence__gte=preparada.al_vencer_desde,
            )
        )
        for clave in list(vencidas.order_by("vence", "pk").values_list("pk", flat=True)):
            yield preparada, clave


@transaction.atomic
def _al_vencer(clave: int, vista: RespuestaAutomatica) -> bool:
    """Answer one, if that is still so now that nobody else can touch it."""
    solicitud = Solicitud.objects.bloquear(clave)
    preparada = _preparada(solicitud, al_vencer_desde=vista.al_vencer_desde)
    vencida = solicitud.vence is not None and solicitud.vence < reloj.ahora()
    if not (preparada and vencida and solicitud.admite(Suceso.RESPONDER_AUTOMATICO)):
        return False
    _responder(solicitud, preparada, Causa.LAPSO)
    return True


def _preparada(solicitud: Solicitud, **campos: Any) -> RespuestaAutomatica | None:
    return (
        RespuestaAutomatica.objects.filter(
            distribuidora=solicitud.distribuidora_id, formulario=solicitud.formulario, **campos
        )
        .select_related("archivo")
        .first()
    )


def _responder(solicitud: Solicitud, preparada: RespuestaAutomatica, causa: Causa) -> None:
    """The answer itself, by nobody; the caller holds the request's lock."""
    antes = solicitud.estado
    ahora: datetime = reloj.ahora()
    solicitud.suceder(Suceso.RESPONDER_AUTOMATICO)
    solicitud.respondido = solicitud.liberado = ahora
    solicitud.causa_automatica = causa
    evento = registrar(solicitud.caso, _HECHOS[causa], por=None, comentario=preparada.texto)
    assert preparada.archivo is not None  # noqa: S101 - the database says so of what is active
    adjunto = entregar(preparada.archivo, solicitud.caso, tipo="respuesta", por=None, evento=evento)
    solicitud.save()
    contar(solicitud, antes=antes)
    avisar_al_solicitante(solicitud, f"respondida_automaticamente_{causa}", comentario=preparada.texto, adjunto=adjunto)
    atencion.anotar(solicitud)
