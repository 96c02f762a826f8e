from portal.agenda import cada

AGENDA = {"barrer_informes": cada("portal.informes.tasks.barrer_restos", 86_400)}
