"""The terms that the rules give."""

from datetime import datetime

from portal.cuentas.models import Distribuidora
from portal.plazos import calendario
from portal.plazos.models import Regla


def vencimiento(
    materia: str, *, distribuidora: Distribuidora, desde: datetime
) -> tuple[datetime, Regla] | tuple[None, None]:
    """When the term of `materia` that begins at `desde` is over, and the rule that says so; no rule, no term.

    The rule is the one in force on that day: the company's own before its country's. The case keeps it.
    """
    el = calendario.dia_local(desde, distribuidora.zona_horaria)
    regla = Regla.objects.vigente(materia, distribuidora=distribuidora, el=el)
    if regla is None:
        return None, None
    vence = calendario.vencimiento(
        desde, regla.cantidad, regla.unidad, pais=distribuidora.pais, zona=distribuidora.zona_horaria
    )
    return vence, regla
