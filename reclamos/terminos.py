"""The terms of a complaint, found by matter and amount: the narrowest rule that exists rules."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from portal.cuentas.models import Distribuidora
from portal.plazos import calendario
from portal.plazos.actions import vencimiento
from portal.plazos.models import Regla
from reclamos.models import Materia, Reclamo

type_termino = tuple[datetime, Regla] | tuple[None, None]


def claves(paso: str, materia: Materia, monto: Decimal | None) -> list[str]:
    """Codes of rules, the narrowest first: `reclamos.respuesta.facturacion.mayor`, `….facturacion`, `…respuesta`."""
    propia = f"reclamos.{paso}.{materia.codigo}"
    mayor = materia.umbral is not None and monto is not None and monto > materia.umbral
    return [*([f"{propia}.mayor"] if mayor else []), propia, f"reclamos.{paso}"]


def por_materia(
    paso: str, distribuidora: Distribuidora, materia: Materia, *, desde: datetime, monto: Decimal | None = None
) -> type_termino:
    """When the term of `paso` that begins at `desde` is over, and its rule; no rule, no term."""
    for clave in claves(paso, materia, monto):
        vence, regla = vencimiento(clave, distribuidora=distribuidora, desde=desde)
        if vence is not None and regla is not None:
            return vence, regla
    return None, None


def ultimo_dia(distribuidora: Distribuidora, materia: Materia, hecho_el: date) -> date | None:
    """The last day on which something of that day can be complained about; None: no rule says."""
    zona = ZoneInfo(distribuidora.zona_horaria)
    vence, _ = por_materia("presentar", distribuidora, materia, desde=datetime.combine(hecho_el, time(12), zona))
    return vence.astimezone(zona).date() if vence else None


def dia_siguiente(momento: datetime | None, distribuidora: Distribuidora) -> datetime | None:
    """The first moment of the day after."""
    if momento is None:
        return None
    zona = ZoneInfo(distribuidora.zona_horaria)
    return datetime.combine(momento.astimezone(zona).date() + timedelta(days=1), time.min, zona)


def con_pausa(reclamo: Reclamo, hasta: datetime) -> datetime | None:
    """The end of the answer's term with the time that completing took, in the term's own units."""
    if reclamo.vence is None or reclamo.completar_pedido is None or reclamo.regla is None:
        return reclamo.vence
    if reclamo.regla.unidad == Regla.Unidad.HORAS:
        return reclamo.vence + (hasta - reclamo.completar_pedido)
    empresa = reclamo.distribuidora
    pedido, dia = (calendario.dia_local(m, empresa.zona_horaria) for m in (reclamo.completar_pedido, hasta))
    fin = calendario.dia_local(reclamo.vence, empresa.zona_horaria)
    if reclamo.regla.unidad == Regla.Unidad.HABILES:
        nuevo = calendario.sumar_habiles(empresa.pais, fin, calendario.habiles_entre(empresa.pais, pedido, dia))
    else:
        nuevo = calendario.sumar_corridos(empresa.pais, fin, (dia - pedido).days)
    return calendario.fin_del_dia(nuevo, empresa.zona_horaria)
