from portal.agenda import cada

AGENDA = {"caducar_importaciones": cada("portal.sgc.tasks.caducar", 3600)}
