from portal.agenda import cada

AGENDA = {"barrer": cada("portal.encargos.tasks.barrer", 20)}
