"""Business days by country: pure functions over a country's code and dates.

Chile counts by Ley 19.880, art. 25: from the day after; Saturdays, Sundays and holidays excluded; an end on an inhábil
moves to the next hábil. Paraguay and Peru are counted alike. Weekend and holiday rules of the law come from the
`holidays` library, decreed days from the table `DiaDecretado`.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain
from zoneinfo import ZoneInfo

import holidays

from portal.plazos.models import DiaDecretado, Regla

UN_DIA = timedelta(days=1)
SABADO = 5


@cache
def _de_ley(pais: str, anio: int) -> dict[date, str]:
    """The country's public holidays of a year, with their Spanish names."""
    return dict(holidays.country_holidays(pais, years=anio, language="es"))


def feriado(pais: str, dia: date) -> str:
    """The holiday's name in Spanish, or an empty text; also when it falls on a weekend."""
    return DiaDecretado.del_pais(pais).get(dia) or _de_ley(pais, dia.year).get(dia, "")


def es_habil(pais: str, dia: date) -> bool:
    """Neither weekend nor holiday."""
    return dia.weekday() < SABADO and not feriado(pais, dia)


def siguiente_habil(pais: str, dia: date) -> date:
    """`dia` itself, or the first business day after it."""
    while not es_habil(pais, dia):
        dia += UN_DIA
    return dia


def sumar_habiles(pais: str, desde: date, cantidad: int) -> date:
    """The day on which `cantidad` business days end, counted from the day after `desde`."""
    dia = desde
    for _ in range(cantidad):
        dia = siguiente_habil(pais, dia + UN_DIA)
    return dia


def sumar_corridos(pais: str, desde: date, cantidad: int) -> date:
    """The day on which `cantidad` calendar days end, counted from the day after; moved on when it is inhábil."""
    return siguiente_habil(pais, desde + cantidad * UN_DIA)


def habiles_entre(pais: str, desde: date, hasta: date) -> int:
    """Business days after `desde` up to and including `hasta`; negative when `hasta` is the earlier one."""
    if hasta < desde:
        return -habiles_entre(pais, hasta, desde)
    leyes = (_de_ley(pais, anio) for anio in range(desde.year, hasta.year + 1))
    perdidos = {f for f in chain(DiaDecretado.del_pais(pais), *leyes) if desde < f <= hasta and f.weekday() < SABADO}
    return _laborables(hasta) - _laborables(desde) - len(perdidos)


def _laborables(dia: date) -> int:
    """Mondays to Fridays from 0001-01-01, a Monday, up to and including `dia`."""
    semanas, resto = divmod(dia.toordinal(), 7)
    return semanas * 5 + min(resto, 5)


def dia_local(momento: datetime, zona: str) -> date:
    """The date on the calendars of `zona` (IANA name) at that moment."""
    return momento.astimezone(ZoneInfo(zona)).date()


def fin_del_dia(dia: date, zona: str) -> datetime:
    """The last second of the local day, in UTC; of two when clocks go back, the later."""
    return datetime.combine(dia, time(23, 59, 59, fold=1), tzinfo=ZoneInfo(zona)).astimezone(UTC)


def vencimiento(desde: datetime, cantidad: int, unidad: str, *, pais: str, zona: str) -> datetime:
    """When a term that began at `desde` is over: the end of its last local day, or the very hour.

    `unidad` is one of `Regla.Unidad`.
    """
    if unidad == Regla.Unidad.HORAS:
        return desde + timedelta(hours=cantidad)
    sumar = {Regla.Unidad.HABILES: sumar_habiles, Regla.Unidad.CORRIDOS: sumar_corridos}[Regla.Unidad(unidad)]
    return fin_del_dia(sumar(pais, dia_local(desde, zona), cantidad), zona)
