"""Who has to act next on a request, what exactly, and by when (S-22): the same for the tray and the page."""

from datetime import datetime

from pagos.models import Cobro
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.turno import Turno
from portal.listas.catalogo import Catalogo
from portal.plazos import calendario
from portal.plazos.models import Regla
from portal.plazos.plazo import Plazo
from solicitudes.models import Estado, Solicitud

DISTRIBUIDORAS = Catalogo(Distribuidora)
REGLAS = Catalogo(Regla)
SOLICITANTE = "Solicitante"


def plazo_de_respuesta(solicitud: Solicitud) -> Plazo | None:
    """The company's clock: from filing to the answer, which payments do not stop; None when no answer is asked."""
    if solicitud.estado in (Estado.ENVIADO, Estado.ANULADO):
        return None
    empresa = DISTRIBUIDORAS.de(solicitud.distribuidora_id)
    return Plazo(
        desde=solicitud.enviado,
        vence=solicitud.vence,
        pais=empresa.pais,
        zona=empresa.zona_horaria,
        unidad=REGLAS.de(solicitud.regla_id).unidad if solicitud.regla_id else Regla.Unidad.HABILES,
        cumplido=solicitud.respondido,
    )


def plazo_de_pago(cobro: Cobro, empresa: Distribuidora) -> Plazo:
    """The applicant's clock: up to the end of the day until which the charge can be paid."""
    vence = calendario.fin_del_dia(cobro.vence, empresa.zona_horaria)
    return Plazo(desde=cobro.pedido, vence=vence, pais=empresa.pais, zona=empresa.zona_horaria)


def plazo_de_validacion(cobro: Cobro, empresa: Distribuidora, comprobado: datetime) -> Plazo:
    """The company's second clock: from the proof of payment to its validation (P-03)."""
    return Plazo(desde=comprobado, vence=cobro.validar_hasta, pais=empresa.pais, zona=empresa.zona_horaria)


def turno_de(solicitud: Solicitud, perfil: Perfil) -> Turno | None:
    """Whose turn it is, seen by `perfil`; None when nobody has to do anything."""
    cobro = solicitud.cobro
    ultimo = max((c.enviado for c in cobro.comprobantes.all()), default=None) if cobro else None
    return turno_con(solicitud, perfil, cobro, comprobado=ultimo)


def turno_con(
    solicitud: Solicitud, perfil: Perfil, cobro: Cobro | None, *, comprobado: datetime | None = None
) -> Turno | None:
    """As `turno_de`, for who has the charge at hand; without `comprobado` the strip of days begins at the charge."""
    empresa = DISTRIBUIDORAS.de(solicitud.distribuidora_id)
    match solicitud.estado:
        case Estado.PENDIENTE_RESPUESTA | Estado.PAGO_VALIDADO:
            return Turno(
                toca=perfil.es_distribuidora and perfil.tiene("solicitudes.tramitar_solicitud"),
                nombre=empresa.nombre_fantasia,
                que="Responder",
                plazo=plazo_de_respuesta(solicitud),
                nota=_AVISAREMOS if perfil.es_solicitante else "",
            )
        case Estado.PENDIENTE_VALIDACION if cobro:
            return Turno(
                toca=perfil.es_distribuidora and perfil.tiene("pagos.validar_pago"),
                nombre=empresa.nombre_fantasia,
                que="Validar o rechazar el pago",
                plazo=plazo_de_validacion(cobro, empresa, comprobado or cobro.pedido),
                nota=_AVISAREMOS if perfil.es_solicitante else _respuesta_debida(solicitud),
            )
        case Estado.PENDIENTE_PAGO | Estado.PAGO_RECHAZADO if cobro:
            que = "Pagar" if solicitud.estado == Estado.PENDIENTE_PAGO else "Enviar otro comprobante de pago por"
            return Turno(
                toca=perfil.es_solicitante,
                nombre=SOLICITANTE,
                que=f"{que} {empresa.datos_pais.importe(cobro.monto)}",
                plazo=plazo_de_pago(cobro, empresa),
                nota="" if perfil.es_solicitante else _respuesta_debida(solicitud),
            )
    return None


_AVISAREMOS = "Te avisaremos por correo."


def _respuesta_debida(solicitud: Solicitud) -> str:
    """The answer that the company owes while a payment is open."""
    plazo = plazo_de_respuesta(solicitud)
    if solicitud.respondido or plazo is None or plazo.vence is None:
        return ""
    return f"La respuesta también se debe. {plazo.frase}."
