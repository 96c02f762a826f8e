"""What the company and who complains do until there is an answer (Q-04)."""

from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from portal.historial.models import registrar
from portal.permisos import exigir
from portal.plazos.actions import vencimiento
from reclamos import terminos
from reclamos.avisos import avisar_a_quien_reclama, dia_en_palabras, emitir_caratula, termino_de_respuesta
from reclamos.models import AjusteReclamos, Estado, Reclamo, Resultado, Suceso
from reclamos.permissions import puede_completar, puede_tramitar


@transaction.atomic
def pedir_completar(reclamo: Reclamo, *, por: Perfil, que_falta: str) -> Reclamo:
    """Ask for what is missing, once; the answer's term pauses meanwhile."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(puede_tramitar(por, reclamo))
    if reclamo.completar_pedido:
        raise TransicionInvalida("Ya se pidió completar este reclamo: se pide una sola vez, todo junto.")
    reclamo.suceder(Suceso.PEDIR_COMPLETAR)
    ahora = reloj.ahora()
    hasta, _ = vencimiento("reclamos.completar", distribuidora=reclamo.distribuidora, desde=ahora)
    if hasta is None:
        raise TransicionInvalida(
            "Falta la regla de plazo para completar reclamos. Pídala a quien administra el portal."
        )
    reclamo.completar_pedido, reclamo.completar_hasta = ahora, hasta
    reclamo.save(update_fields=["estado", "completar_pedido", "completar_hasta"])
    registrar(reclamo.caso, "reclamo_por_completar", por=por, comentario=que_falta)
    avisar_a_quien_reclama(
        reclamo,
        "reclamo_por_completar",
        comentario=que_falta,
        plazo=f"Tienes hasta el **{dia_en_palabras(reclamo, hasta)}** para completarlo.",
        boton="Completar mi reclamo",
    )
    return reclamo


@transaction.atomic
def completar(reclamo: Reclamo, *, por: Perfil | None, texto: str, archivo: Guardado | None = None) -> Reclamo:
    """Add what was asked for; the term goes on, with the time that this took added to it."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(puede_completar(por, reclamo))
    ahora = reloj.ahora()
    if reclamo.estado == Estado.POR_COMPLETAR and reclamo.completar_hasta and ahora > reclamo.completar_hasta:
        raise TransicionInvalida("El plazo para completar el reclamo ya pasó.")
    reclamo.suceder(Suceso.COMPLETAR)
    reclamo.completado = ahora
    reclamo.vence = terminos.con_pausa(reclamo, ahora)
    reclamo.queja_desde = terminos.dia_siguiente(reclamo.vence, reclamo.distribuidora)
    reclamo.save(update_fields=["estado", "completado", "vence", "queja_desde"])
    evento = registrar(reclamo.caso, "reclamo_completado", por=por, comentario=texto)
    if archivo:
        vincular(archivo, reclamo.caso, tipo="complemento", por=por, evento=evento)
    avisar_a_quien_reclama(reclamo, "reclamo_completado", plazo=termino_de_respuesta(reclamo))
    return reclamo


@transaction.atomic
def responder(
    reclamo: Reclamo, *, por: Perfil, resultado: Resultado, resolucion: Guardado, comentario: str = ""
) -> Reclamo:
    """Answer with one of the five results and the resolution's file."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(puede_tramitar(por, reclamo))
    ahora = reloj.ahora()
    if reclamo.estado == Estado.POR_COMPLETAR:
        if resultado != Resultado.INADMISIBLE or (reclamo.completar_hasta and ahora <= reclamo.completar_hasta):
            raise TransicionInvalida(
                "Se espera que se complete el reclamo. Pasado ese plazo se puede responder, como inadmisible."
            )
        reclamo.suceder(Suceso.RESPONDER_INCOMPLETO)
    else:
        reclamo.suceder(Suceso.RESPONDER)
    reclamo.respondido, reclamo.resultado = ahora, Resultado(resultado)
    plazo = ""
    if resultado != Resultado.FUNDADO:
        reclamo.apelar_hasta, _ = vencimiento("reclamos.apelacion", distribuidora=reclamo.distribuidora, desde=ahora)
        if reclamo.apelar_hasta:
            plazo = (
                f"Si no estás de acuerdo, puedes apelar hasta el **{dia_en_palabras(reclamo, reclamo.apelar_hasta)}**."
            )
    reclamo.save(update_fields=["estado", "respondido", "resultado", "apelar_hasta"])
    etiqueta = Resultado(resultado).label
    evento = registrar(reclamo.caso, "reclamo_respondido", por=por, comentario=comentario, resultado=etiqueta)
    adjunto = vincular(resolucion, reclamo.caso, tipo="resolucion", por=por, evento=evento)
    avisar_a_quien_reclama(
        reclamo,
        "reclamo_respondido",
        comentario=comentario,
        resultado=etiqueta,
        adjuntos=[adjunto],
        plazo=plazo,
        boton="Ver la respuesta",
    )
    emitir_caratula(reclamo, adjunto, comentario=comentario, plazo=plazo, por=por)
    return reclamo


@transaction.atomic
def callar(reclamo: Reclamo, *, por: Perfil | None = None) -> bool:
    """The term is over without an answer and the organisation's rule is silence: upheld, once. Whether it was now."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    vencido = reclamo.vence is not None and reclamo.vence < reloj.ahora()
    if not (vencido and reclamo.admite(Suceso.CALLAR) and AjusteReclamos.de(reclamo.distribuidora).silencio):
        return False
    reclamo.suceder(Suceso.CALLAR)
    reclamo.respondido, reclamo.resultado = reloj.ahora(), Resultado.FUNDADO
    reclamo.save(update_fields=["estado", "respondido", "resultado"])
    registrar(reclamo.caso, "reclamo_por_silencio", por=por)
    avisar_a_quien_reclama(reclamo, "reclamo_por_silencio", clave=f"reclamo_por_silencio:{reclamo.pk}")
    return True
