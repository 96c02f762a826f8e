from portal.agenda import cada

AGENDA = {"resumir_historial": cada("portal.historial.tasks.resumir", 3600)}
