"""The notices of the section, for who edits them (R-04)."""

MENSAJES = {
    "recordatorio_seccion": "Sección: recordatorio diario a su gente",
    "seccion_certificado": "Sección: certificado de estado de cuenta listo",
    "seccion_decidido": "Sección: al decidir el Comité Multisectorial",
    "seccion_pago": "Sección: al ordenar un pago",
    "seccion_resultado": "Sección: resultado de un expediente",
    "seccion_verificado": "Sección: resultado de una verificación de datos",
}
VARIABLES = {"asunto": "Número del asunto"}
EJEMPLOS = {"asunto": "AA-12/2026"}
