from portal.agenda import cada

# Hourly, so that a morning without a worker is made up for; each thing is said once a day whatever the hour.
AGENDA = {"recordar_inoperatividad": cada("inoperatividad.tasks.recordar", 3600)}
