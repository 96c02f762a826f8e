"""What the applicant is told, and where it is sent: to both addresses, always."""

from typing import Any

from portal.adjuntos.models import Adjunto
from portal.avisos.actions import avisar
from portal.templatetags.ventanilla import dia_semana
from solicitudes.models import Solicitud

TOCA_PAGAR = ("cobro_pedido", "pago_rechazado", "recordatorio_pago")
BOTONES = dict.fromkeys(TOCA_PAGAR, "Ver cómo pagar") | {
    "solicitud_respondida": "Ver la respuesta",
    "respuesta_complementada": "Ver la respuesta",
}


def avisar_al_solicitante(
    solicitud: Solicitud,
    plantilla: str,
    *,
    comentario: str = "",
    adjunto: Adjunto | None = None,
    clave: str = "",
    **contexto: Any,
) -> None:
    """Write `plantilla` to the applicant and to the additional address; `adjunto` goes with the mail."""
    perfil = solicitud.solicitante
    avisar(
        solicitud.caso,
        plantilla,
        para=[(perfil.usuario.email, perfil), (solicitud.correo_adicional, None)],
        contexto=contexto_de(solicitud, plantilla, comentario=comentario, **contexto),
        adjuntos=[adjunto] if adjunto else [],
        clave=clave,
    )


def contexto_de(solicitud: Solicitud, plantilla: str, *, comentario: str = "", **contexto: Any) -> dict[str, Any]:
    """The values that `plantilla` has for `solicitud`."""
    cobro = solicitud.cobro
    datos = [("N° Folio", solicitud.folio), ("Formulario", solicitud.get_formulario_display())]
    if solicitud.numero_solicitud:
        datos.append(("N° Solicitud", solicitud.numero_solicitud))
    if solicitud.numero_cliente:
        datos.append(("N° Cliente", solicitud.numero_cliente))
    else:
        datos.append(("N° de Factibilidad", solicitud.factibilidad))
    datos.append(("Empresa Distribuidora", str(solicitud.distribuidora)))
    if cobro and plantilla in TOCA_PAGAR:
        datos += [("Concepto", cobro.concepto), ("Monto", cobro.importe)]
        contexto["plazo_texto"] = f"Tienes hasta el **{dia_semana(cobro.vence)} de {cobro.vence:%Y}**."
    return {
        "saludo": solicitud.solicitante.usuario.get_short_name(),
        "solicitud": solicitud,
        "empresa": str(solicitud.distribuidora),
        "formulario": solicitud.get_formulario_display(),
        "comentario": comentario,
        "cobro": cobro,
        "datos": datos,
        "boton": (BOTONES.get(plantilla, "Ver mi solicitud"), solicitud.get_absolute_url()),
        "motivo": f"porque enviaste la solicitud {solicitud.folio}",
        **contexto,
    }
