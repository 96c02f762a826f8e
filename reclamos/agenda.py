from portal.agenda import cada

AGENDA = {
    "vigilar_reclamos": cada("reclamos.tasks.vigilar", 600),
    # Hourly, so that a morning without a worker is made up for; each thing is said once whatever the hour.
    "recordar_reclamos": cada("reclamos.tasks.recordar", 3600),
}
