from portal.agenda import cada

AGENDA = {
    "plegar_conteo": cada("solicitudes.tasks.plegar_conteo", 60),
    "responder_vencidas": cada("solicitudes.tasks.responder_vencidas", 300),
    # Hourly, so that a morning without a worker is made up for; each thing is said once whatever the hour.
    "recordar": cada("solicitudes.tasks.recordar", 3600),
}
