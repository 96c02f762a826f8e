from portal.agenda import cada

AGENDA = {"caducar_informes": cada("portal.informes.tasks.caducar", 3600)}
