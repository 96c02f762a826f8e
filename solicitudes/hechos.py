"""How the history tells what happened to a request: sentence and icon of each `hecho`."""

HECHOS: dict[str, tuple[str, str]] = {
    "enviada": ("Solicitud enviada", "send"),
    "cobro_pedido": ("Pago solicitado: {importe}", "cash-coin"),
    "respondida": ("Respuesta enviada", "check-circle"),
    "respuesta_retenida": ("Respuesta lista, se entrega al validar el pago", "check-circle"),
    "respuesta_entregada": ("Respuesta entregada", "check-circle"),
    "respondida_por_regla": ("Respuesta automática: la empresa la tiene preparada para este formulario", "gear"),
    "respondida_por_lapso": ("Respuesta automática: el plazo venció sin respuesta de la empresa", "gear"),
    "complementada": ("Respuesta complementada", "file-earmark-plus"),
    "cobro_retirado": ("Cobro retirado", "x-circle"),
    "comprobante_enviado": ("Comprobante enviado: {medio}", "receipt"),
    "pago_validado": ("Pago validado", "patch-check"),
    "pago_rechazado": ("Pago rechazado", "x-circle"),
    "numero_asignado": ("N° Solicitud: {despues}", "pencil"),
    "comunicada": ("Comunicación al solicitante", "chat-left-text"),
    "anulada": ("Anulada por la SEC", "slash-circle"),
    "desistida": ("El solicitante desistió", "slash-circle"),
    "automatica_preparada": ("Cambió la respuesta automática", "pencil"),
    "enlace_creado": ("Agregó un enlace", "plus-lg"),
    "enlace_cambiado": ("Cambió un enlace", "pencil"),
    "enlace_borrado": ("Borró un enlace", "trash"),
}
