from portal.agenda import cada

AGENDA = {
    # Hourly, so that a morning without a worker is made up for; each thing is said once whatever the hour.
    "recordar_asuntos": cada("reclamos.seccion.tasks.recordar", 3600),
}
