"""What other domains may ask about complaints, through the ports of `portal`."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora
from portal.sgc.puerto import Clase, Referencia
from reclamos.models import Reclamo


def reclamo_de_este_portal(distribuidora: Distribuidora, numero: str) -> Referencia | None:
    """A complaint of that company, by its code or its N° de ingreso: it counts like the commercial system's (G-02)."""
    with sin_ambito():
        propios = Reclamo.objects.select_related("materia").filter(distribuidora=distribuidora)
        reclamo = propios.filter(codigo__iexact=numero).first() or propios.filter(ingreso=numero).first()
    if reclamo is None:
        return None
    return Referencia(
        Clase.RECLAMO, str(reclamo), titular=reclamo.nombre, asunto=reclamo.materia.nombre, nis=reclamo.suministro
    )


def reclamos_del_dia(distribuidora: Distribuidora, dia: date) -> int | None:
    """Complaints filed that local day, in all channels (I-09, I-11); None before the first that came in here."""
    comienzo = datetime.combine(dia, time.min, ZoneInfo(distribuidora.zona_horaria))
    fin = datetime.combine(dia + timedelta(days=1), time.min, ZoneInfo(distribuidora.zona_horaria))
    with sin_ambito():
        hasta_ese_dia = Reclamo.objects.filter(distribuidora=distribuidora, ingresado__lt=fin)
        return hasta_ese_dia.filter(ingresado__gte=comienzo).count() if hasta_ese_dia.exists() else None
