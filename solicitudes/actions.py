"""The verbs of a request. Each is the only writer of what it changes: state, history, notices, in one transaction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

import pagos.actions
from pagos.actions import DatosCobro
from pagos.models import Medio
from portal import reloj
from portal.adjuntos.actions import quitar, vincular
from portal.adjuntos.models import Adjunto, Guardado
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso, TransicionInvalida, siguiente_numero
from portal.historial.models import Evento, registrar
from portal.permisos import exigir
from portal.plazos.actions import vencimiento
from portal.territorio.models import Comuna
from solicitudes import atencion
from solicitudes.automaticas import responder_al_enviar
from solicitudes.avisos import avisar_al_solicitante
from solicitudes.conteo import contar
from solicitudes.formularios import Formulario, TipoDocumento, documentos_de
from solicitudes.models import Borrador, Estado, Solicitud, Suceso
from solicitudes.permissions import (
    puede_anular,
    puede_desistir,
    puede_enviar,
    puede_pagar,
    puede_tramitar,
    puede_validar,
)

SERIE_FOLIO = "solicitudes.folio"


@transaction.atomic
def empezar(formulario: Formulario, *, por: Perfil, clave: UUID) -> Borrador | None:
    """The draft of the form whose page carries `clave`, with the case that its files hang on; made once.

    None when that form was filed meanwhile, from another tab or by a second click. Caso.DoesNotExist when the
    key is somebody else's.
    """
    exigir(puede_enviar(por))
    ahora = reloj.ahora()
    tipo = Solicitud._meta.label_lower
    Caso.objects.bulk_create([Caso(clave=clave, tipo=tipo, titular=por, creado=ahora)], ignore_conflicts=True)
    caso = Caso.objects.select_for_update().get(clave=clave, tipo=tipo)
    if caso.numero is not None:
        return None
    return Borrador.objects.get_or_create(
        caso=caso, solicitante=por, defaults={"formulario": formulario, "guardado": ahora}
    )[0]


@transaction.atomic
def guardar_borrador(borrador: Borrador, *, por: Perfil, datos: dict[str, Any]) -> Borrador:
    """Keep what was written, as it was written, right or wrong. Borrador.DoesNotExist when it was filed meanwhile."""
    borrador = Borrador.objects.select_for_update().get(pk=borrador.pk)
    exigir(borrador.solicitante_id == por.pk)
    borrador.datos, borrador.guardado = datos, reloj.ahora()
    borrador.save(update_fields=["datos", "guardado"])
    return borrador


@transaction.atomic
def descartar_borrador(borrador: Borrador, *, por: Perfil) -> None:
    """Throw a draft away with its files."""
    exigir(borrador.solicitante_id == por.pk)
    olvidar_borradores(Borrador.objects.select_for_update().filter(pk=borrador.pk))


def olvidar_borradores(borradores: Iterable[Borrador]) -> None:
    """Drafts go with their cases and files; whoever calls holds their locks."""
    for borrador in borradores:
        caso = borrador.caso
        for adjunto in caso.adjuntos.all():
            quitar(adjunto, por=None)
        borrador.delete()
        caso.delete()


@transaction.atomic
def adjuntar_documento(borrador: Borrador, *, por: Perfil, tipo: TipoDocumento, archivo: Guardado) -> Adjunto:
    """Keep a checked file in the draft; where one is asked for, the new one takes the place of the old.

    The same bytes sent again, as by a second click, are the file that is there.
    """
    borrador = Borrador.objects.select_for_update().get(pk=borrador.pk)
    exigir(borrador.solicitante_id == por.pk)
    previos = list(borrador.caso.adjuntos.filter(tipo=tipo.codigo))
    if igual := next((p for p in previos if p.sha256_recibido == archivo.sha256_recibido), None):
        return igual
    if tipo.varios == 1:
        for previo in previos:
            quitar(previo, por=por)
    elif len(previos) >= tipo.varios:
        raise ValidationError(f"{tipo.nombre}: caben {tipo.varios} archivos. Quita uno para poder agregar otro.")
    return vincular(archivo, borrador.caso, tipo=tipo.codigo, por=por)


@transaction.atomic
def quitar_documento(borrador: Borrador, *, por: Perfil, clave: str) -> None:
    """Take a file out of the draft; one that is not there is already out."""
    borrador = Borrador.objects.select_for_update().get(pk=borrador.pk)
    exigir(borrador.solicitante_id == por.pk)
    for adjunto in borrador.caso.adjuntos.all():
        if str(adjunto.pk) == clave:
            quitar(adjunto, por=por)


@transaction.atomic
def enviar(
    borrador: Borrador,
    *,
    por: Perfil,
    distribuidora: Distribuidora,
    comuna: Comuna,
    numero_cliente: str = "",
    factibilidad: str = "",
    correo_adicional: str = "",
    actua_por_otro: bool = False,
    medidor_propio: bool = False,
) -> Solicitud:
    """File the draft (S-08): folio, acknowledgement, history. Sent twice, it is filed once and answers the same."""
    exigir(puede_enviar(por))
    bloqueado = Borrador.objects.select_for_update().filter(pk=borrador.pk).first()
    if bloqueado is None:
        return Solicitud.objects.get(pk=borrador.pk)
    exigir(bloqueado.solicitante_id == por.pk)
    formulario = Formulario(bloqueado.formulario)
    caso = bloqueado.caso
    respuestas = {"actua_por_otro": actua_por_otro, "medidor_propio": medidor_propio}
    if faltan := documentos_que_faltan(bloqueado, **respuestas):
        raise ValidationError(faltan)
    pedidos = [tipo.codigo for tipo, _ in documentos_de(formulario, **respuestas)]
    for sobrante in caso.adjuntos.exclude(tipo__in=pedidos):
        quitar(sobrante, por=por)
    if distribuidora.estado != Distribuidora.Estado.VIGENTE:
        raise ValidationError({"distribuidora": "Esta empresa ya no recibe solicitudes. Elige otra."})
    ahora = reloj.ahora()
    vence, regla = None, None
    if formulario.necesita_respuesta:
        vence, regla = vencimiento(f"solicitudes.{formulario}.respuesta", distribuidora=distribuidora, desde=ahora)
    registrar(caso, "enviada", por=por)
    bloqueado.delete()
    numero = siguiente_numero(SERIE_FOLIO)
    caso.numero, caso.distribuidora = f"{distribuidora.prefijo}{numero}", distribuidora
    caso.save(update_fields=["numero", "distribuidora"])
    solicitud = Solicitud.objects.create(
        caso=caso,
        formulario=formulario,
        estado=Estado.PENDIENTE_RESPUESTA if formulario.necesita_respuesta else Estado.ENVIADO,
        solicitante=por,
        distribuidora=distribuidora,
        folio=caso.numero,
        folio_numero=numero,
        comuna=comuna,
        numero_cliente=numero_cliente,
        factibilidad=factibilidad,
        correo_adicional=correo_adicional,
        actua_por_otro=actua_por_otro,
        medidor_propio=medidor_propio,
        enviado=ahora,
        vence=vence,
        regla=regla,
    )
    contar(solicitud, antes=None)
    avisar_al_solicitante(solicitud, f"solicitud_recibida_{formulario}")
    responder_al_enviar(solicitud)
    return solicitud


def documentos_que_faltan(borrador: Borrador, *, actua_por_otro: bool, medidor_propio: bool) -> dict[str, str]:
    """The mandatory documents that are not there: code → sentence."""
    presentes = set(borrador.caso.adjuntos.values_list("tipo", flat=True))
    pedidos = documentos_de(
        Formulario(borrador.formulario), actua_por_otro=actua_por_otro, medidor_propio=medidor_propio
    )
    return {
        tipo.codigo: f"Falta: {tipo.nombre}"
        for tipo, obligatorio in pedidos
        if obligatorio and tipo.codigo not in presentes
    }


@transaction.atomic
def responder(
    solicitud: Solicitud,
    *,
    por: Perfil,
    respuesta: Guardado,
    comentarios: str = "",
    numero_solicitud: str | None = None,
    cobro: DatosCobro | None = None,
    cupon: Guardado | None = None,
) -> Solicitud:
    """Answer (S-10); with `cobro`, or while a payment is open, the answer waits until the payment is validated."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    if solicitud.respuesta_retenida:
        raise TransicionInvalida("No se puede responder: ya hay una respuesta que espera el pago.")
    antes = solicitud.estado
    ahora = reloj.ahora()
    if cobro:
        solicitud.suceder(Suceso.RESPONDER_CON_COBRO)
    elif solicitud.admite(Suceso.RESPONDER_RETENIDA):
        solicitud.suceder(Suceso.RESPONDER_RETENIDA)
    else:
        solicitud.suceder(Suceso.RESPONDER)
        solicitud.liberado = ahora
    solicitud.respondido = ahora
    if numero_solicitud is not None:
        _numerar(solicitud, por, numero_solicitud)
    hecho = "respondida" if solicitud.liberado else "respuesta_retenida"
    evento = registrar(solicitud.caso, hecho, por=por, comentario=comentarios)
    adjunto = vincular(respuesta, solicitud.caso, tipo="respuesta", por=por, evento=evento)
    solicitud.save()
    if cobro:
        _cobrar(solicitud, por, cobro, cupon, comentario="")
    contar(solicitud, antes=antes)
    if solicitud.liberado:
        avisar_al_solicitante(solicitud, "solicitud_respondida", comentario=comentarios, adjunto=adjunto)
    atencion.anotar(solicitud)
    return solicitud


@transaction.atomic
def complementar(solicitud: Solicitud, *, por: Perfil, respuesta: Guardado, comentarios: str = "") -> Solicitud:
    """Add a file and words to an answer already given; the state stays (S-10)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    solicitud.suceder(Suceso.COMPLEMENTAR)
    evento = registrar(solicitud.caso, "complementada", por=por, comentario=comentarios)
    vincular(respuesta, solicitud.caso, tipo="complemento", por=por, evento=evento)
    avisar_al_solicitante(solicitud, "respuesta_complementada", comentario=comentarios)
    return solicitud


@transaction.atomic
def cobrar(
    solicitud: Solicitud, *, por: Perfil, cobro: DatosCobro, cupon: Guardado | None = None, comentario: str = ""
) -> Solicitud:
    """Ask for a payment before answering (P-01)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    antes = solicitud.estado
    solicitud.suceder(Suceso.PEDIR_COBRO)
    solicitud.save()
    _cobrar(solicitud, por, cobro, cupon, comentario)
    contar(solicitud, antes=antes)
    return solicitud


def _cobrar(solicitud: Solicitud, por: Perfil, datos: DatosCobro, cupon: Guardado | None, comentario: str) -> None:
    importe = solicitud.distribuidora.datos_pais.importe(datos.monto)
    evento = registrar(solicitud.caso, "cobro_pedido", por=por, comentario=comentario, importe=importe)
    adjunto = vincular(cupon, solicitud.caso, tipo="cupon", por=por, evento=evento) if cupon else None
    pagos.actions.cobrar(solicitud.caso, por=por, datos=datos, cupon=adjunto)
    avisar_al_solicitante(solicitud, "cobro_pedido", comentario=comentario, importe=importe, concepto=datos.concepto)


@transaction.atomic
def retirar_cobro(solicitud: Solicitud, *, por: Perfil, motivo: str) -> Solicitud:
    """Withdraw the charge; an answer that waited for it goes out."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    antes = solicitud.estado
    con_respuesta = solicitud.respuesta_retenida
    solicitud.suceder(Suceso.RETIRAR_COBRO_CON_RESPUESTA if con_respuesta else Suceso.RETIRAR_COBRO)
    pagos.actions.retirar(solicitud.caso, por=por)
    registrar(solicitud.caso, "cobro_retirado", por=por, comentario=_obligatorio(motivo, "motivo"))
    avisar_al_solicitante(solicitud, "cobro_retirado", comentario=motivo)
    _liberar(solicitud, por)
    solicitud.save()
    contar(solicitud, antes=antes)
    return solicitud


@transaction.atomic
def enviar_comprobante(solicitud: Solicitud, *, por: Perfil, medio: Medio, comprobante: Guardado) -> Solicitud:
    """The applicant says «paid» and shows it (P-02)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_pagar(por, solicitud))
    antes = solicitud.estado
    solicitud.suceder(Suceso.ENVIAR_COMPROBANTE)
    evento = registrar(solicitud.caso, "comprobante_enviado", por=por, medio=Medio(medio).label)
    adjunto = vincular(comprobante, solicitud.caso, tipo="comprobante", por=por, evento=evento)
    pagos.actions.enviar_comprobante(solicitud.caso, por=por, medio=medio, adjunto=adjunto)
    solicitud.save()
    contar(solicitud, antes=antes)
    avisar_al_solicitante(solicitud, "comprobante_recibido", medio=Medio(medio).label)
    return solicitud


@transaction.atomic
def validar_pago(solicitud: Solicitud, *, por: Perfil) -> Solicitud:
    """The company confirms the payment; an answer that waited for it goes out (P-03, P-04)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_validar(por, solicitud))
    antes = solicitud.estado
    con_respuesta = solicitud.respuesta_retenida
    solicitud.suceder(Suceso.VALIDAR_CON_RESPUESTA if con_respuesta else Suceso.VALIDAR_SIN_RESPUESTA)
    pagos.actions.validar(solicitud.caso, por=por)
    registrar(solicitud.caso, "pago_validado", por=por)
    if not con_respuesta:
        avisar_al_solicitante(solicitud, "pago_validado")
    _liberar(solicitud, por)
    solicitud.save()
    contar(solicitud, antes=antes)
    return solicitud


@transaction.atomic
def rechazar_pago(solicitud: Solicitud, *, por: Perfil, motivo: str) -> Solicitud:
    """The company does not accept the proof, and says why (P-03)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_validar(por, solicitud))
    antes = solicitud.estado
    solicitud.suceder(Suceso.RECHAZAR_PAGO)
    pagos.actions.rechazar(solicitud.caso, por=por, motivo=_obligatorio(motivo, "motivo"))
    registrar(solicitud.caso, "pago_rechazado", por=por, comentario=motivo)
    solicitud.save()
    contar(solicitud, antes=antes)
    avisar_al_solicitante(solicitud, "pago_rechazado", comentario=motivo)
    return solicitud


@transaction.atomic
def numerar(solicitud: Solicitud, *, por: Perfil, numero_solicitud: str) -> Solicitud:
    """Give or change the company's own reference (S-11)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    _numerar(solicitud, por, numero_solicitud)
    solicitud.save()
    return solicitud


@transaction.atomic
def comunicar(solicitud: Solicitud, *, por: Perfil, mensaje: str, archivo: Guardado | None = None) -> Evento:
    """Write to the customer about a folio: by mail and into the history (S-12)."""
    solicitud = _bloquear(solicitud)
    exigir(puede_tramitar(por, solicitud))
    evento = registrar(solicitud.caso, "comunicada", por=por, comentario=_obligatorio(mensaje, "mensaje"))
    adjunto = None
    if archivo:
        adjunto = vincular(archivo, solicitud.caso, tipo="comunicacion", por=por, evento=evento)
    avisar_al_solicitante(solicitud, "comunicacion", comentario=mensaje, adjunto=adjunto)
    return evento


@transaction.atomic
def anular(solicitud: Solicitud, *, por: Perfil, comentario: str) -> Solicitud:
    """The regulator ends the procedure (R-05)."""
    return _terminar(solicitud, por, Suceso.ANULAR, "anulada", "solicitud_anulada", comentario, puede_anular)


@transaction.atomic
def desistir(solicitud: Solicitud, *, por: Perfil, comentario: str) -> Solicitud:
    """The applicant gives the procedure up, before any answer or proof of payment (S-20)."""
    return _terminar(solicitud, por, Suceso.DESISTIR, "desistida", "solicitud_desistida", comentario, puede_desistir)


def _terminar(
    solicitud: Solicitud, por: Perfil, suceso: Suceso, hecho: str, plantilla: str, comentario: str, puede: Any
) -> Solicitud:
    solicitud = _bloquear(solicitud)
    exigir(puede(por, solicitud))
    if suceso == Suceso.DESISTIR and solicitud.respondido:
        raise TransicionInvalida("No se puede desistir: la empresa ya respondió.")
    antes = solicitud.estado
    solicitud.suceder(suceso)
    if solicitud.cobro and solicitud.cobro.estado in solicitud.cobro.ABIERTOS:
        pagos.actions.retirar(solicitud.caso, por=por)
    registrar(solicitud.caso, hecho, por=por, comentario=_obligatorio(comentario, "comentario"))
    solicitud.save()
    contar(solicitud, antes=antes)
    avisar_al_solicitante(solicitud, plantilla, comentario=comentario)
    return solicitud


def _bloquear(solicitud: Solicitud) -> Solicitud:
    return Solicitud.objects.bloquear(solicitud.pk)


def _obligatorio(texto: str, campo: str) -> str:
    if not texto.strip():
        raise ValidationError({campo: f"Escribe el {campo}."})
    return texto.strip()


def _numerar(solicitud: Solicitud, por: Perfil, numero: str) -> None:
    numero = numero.strip()
    if numero != solicitud.numero_solicitud:
        registrar(
            solicitud.caso, "numero_asignado", por=por, antes=solicitud.numero_solicitud, despues=numero or "sin número"
        )
        solicitud.numero_solicitud = numero


def _liberar(solicitud: Solicitud, por: Perfil) -> None:
    """Let out an answer that was waiting, if one was."""
    if solicitud.respuesta_retenida:
        solicitud.liberado = reloj.ahora()
        registrar(solicitud.caso, "respuesta_entregada", por=por)
        retenida = solicitud.caso.eventos.filter(hecho="respuesta_retenida").latest("pk")
        avisar_al_solicitante(
            solicitud, "solicitud_respondida", comentario=retenida.nota, adjunto=retenida.adjuntos.first()
        )
