"""The notices about complaints, for who edits them (R-04)."""

MENSAJES = {
    "reclamo_recibido": "Reclamos: al recibir",
    "reclamo_codificado": "Reclamos: al dar el código",
    "reclamo_por_completar": "Reclamos: al pedir que se complete",
    "reclamo_completado": "Reclamos: al completarse",
    "reclamo_respondido": "Reclamos: al responder",
    "reclamo_por_silencio": "Reclamos: al quedar fundado por silencio",
    "recurso_presentado": "Reclamos: al presentar una apelación o queja",
    "recurso_decidido": "Reclamos: al decidir una apelación o queja",
    "recordatorio_reclamos": "Reclamos: recordatorio diario a la empresa",
}
VARIABLES = {
    "reclamo": "Código de reclamo, o N° de ingreso mientras no lo tiene",
    "reclamo.codigo": "Código de reclamo",
    "reclamo.ingreso": "N° de ingreso",
    "resultado": "Cómo se resolvió",
    "recurso.numero": "N° de expediente",
    "clase": "Si es apelación o queja",
    "decision": "Cómo se decidió",
}
EJEMPLOS = {
    "reclamo": "R-2026-000123",
    "reclamo.codigo": "R-2026-000123",
    "reclamo.ingreso": "I-2026-000123",
    "resultado": "Parcialmente fundado",
    "recurso.numero": "A-2026-000004",
    "clase": "apelación",
    "decision": "fundada",
}
