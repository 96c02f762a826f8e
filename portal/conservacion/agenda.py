from portal.agenda import cada

AGENDA = {"conservacion": cada("portal.conservacion.tasks.de_noche", 3600)}
