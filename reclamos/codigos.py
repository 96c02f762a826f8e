"""The código de reclamo: what the portal gives, `R-2026-000001` for each company and year, without gaps (Q-02)."""

import re

from portal import reloj
from portal.cuentas.models import Distribuidora
from portal.documentos.models import Contador, siguiente_numero

DEL_PORTAL = re.compile(r"R-\d{4}-\d+", re.ASCII | re.IGNORECASE)
FORMA = re.compile(r"[\w./-]{1,30}", re.ASCII)


def _serie(distribuidora: Distribuidora) -> tuple[str, int]:
    anio = reloj.hoy(distribuidora.zona_horaria).year
    return f"reclamos.codigo.{distribuidora.pk}.{anio}", anio


def propuesto(distribuidora: Distribuidora) -> str:
    """The code that the portal would give now."""
    serie, anio = _serie(distribuidora)
    ultimo = Contador.objects.filter(serie=serie).values_list("ultimo", flat=True).first() or 0
    return f"R-{anio}-{ultimo + 1:06d}"


def siguiente(distribuidora: Distribuidora) -> str:
    """Take the next code; last in the transaction."""
    serie, anio = _serie(distribuidora)
    return f"R-{anio}-{siguiente_numero(serie):06d}"
