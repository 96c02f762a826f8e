"""The terms of outages (X-01)."""

MATERIAS = {
    "inoperatividad.reporte": "Enviar el Reporte de Eventos de Inoperatividad",
    "inoperatividad.opinion": "Responder la consulta de Control e Información",
}
