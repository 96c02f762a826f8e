"""The notices about requests, for who edits them (R-04)."""

from datetime import date
from typing import Any

from portal.documentos.models import Caso
from solicitudes.avisos import contexto_de
from solicitudes.formularios import Formulario
from solicitudes.models import Solicitud

MENSAJES = {
    **{f"solicitud_recibida_{f}": f"Al recibir: {f.label}" for f in Formulario},
    "solicitud_respondida": "Al responder",
    "respondida_automaticamente_regla": "Al responder el portal, cuando se envía",
    "respondida_automaticamente_lapso": "Al responder el portal, cuando vence el plazo",
    "respuesta_complementada": "Al complementar la respuesta",
    "cobro_pedido": "Al pedir un pago",
    "cobro_retirado": "Al retirar un cobro",
    "comprobante_recibido": "Al recibir un comprobante de pago",
    "pago_validado": "Al validar un pago",
    "pago_rechazado": "Al rechazar un pago",
    "comunicacion": "Comunicación de la empresa",
    "solicitud_anulada": "Al anular",
    "solicitud_desistida": "Al desistir",
    "recordatorio_pago": "Recordatorio: el pago vence pronto",
    "recordatorio_empresa": "Recordatorio diario a la empresa",
}
VARIABLES = {
    "solicitud.folio": "N° Folio",
    "solicitud.vence": "Hasta cuándo debe responder la empresa",
    "solicitud.respuesta_retenida": "Si la respuesta espera el pago",
    "empresa": "La Distribuidora",
    "formulario": "El formulario",
    "comentario": "Lo que escribió quien actuó",
    "importe": "Cuánto hay que pagar",
    "medio": "Cómo se pagó",
    "cobro.importe": "Cuánto hay que pagar",
    "cobro.vence": "Hasta qué día se puede pagar",
    "cobro.validar_hasta": "Hasta cuándo debe validar la empresa",
}
EJEMPLOS: dict[str, Any] = {
    "solicitud.folio": "YN194",
    "solicitud.vence": date(2026, 12, 11),
    "solicitud.respuesta_retenida": "",
    "empresa": "Eléctrica del Maipo",
    "formulario": "Solicitud de Conexión",
    "comentario": "Revise el anexo técnico.",
    "importe": "$ 38.500",
    "medio": "Transferencia electrónica",
    "cobro.importe": "$ 38.500",
    "cobro.vence": date(2026, 12, 11),
    "cobro.validar_hasta": date(2026, 12, 14),
}


def contexto(plantilla: str, caso: Caso) -> dict[str, Any] | None:
    """As it would be for that request; what somebody would write then is an example."""
    if plantilla not in MENSAJES or plantilla == "recordatorio_empresa":
        return None
    solicitud = Solicitud.objects.filter(pk=caso.pk).select_related("distribuidora", "solicitante__usuario").first()
    if solicitud is None:
        return None
    ejemplo = {c: EJEMPLOS[c] for c in ("medio", "importe", "comentario")}
    if solicitud.cobro:
        ejemplo["importe"] = solicitud.cobro.importe
    return contexto_de(solicitud, plantilla, **ejemplo)
