from portal.agenda import cada

AGENDA = {"barrer_huerfanos": cada("portal.adjuntos.tasks.barrer_huerfanos", 86_400)}
