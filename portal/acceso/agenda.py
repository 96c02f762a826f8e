from portal.agenda import cada

AGENDA = {"olvidar_intentos": cada("portal.acceso.tasks.olvidar", 3600)}
