"""The clock of a case: its state, how much is left, how it is said, and the strip of its days (X-01, S-22)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as con_formato

from portal import reloj
from portal.plazos import calendario
from portal.plazos.models import Regla

HABILES_POR_VENCER = 2
CUAL_DIA = r"j \d\e F"
DIAS_EN_TIRA = 28  # four weeks: longer strips show a window around today and the end


def fin_por_vencer(pais: str, zona: str) -> datetime:
    """Up to when a term in business days that runs now is about to lapse: the first moment that is not."""
    tercero = calendario.sumar_habiles(pais, reloj.hoy(zona), HABILES_POR_VENCER + 1)
    return datetime.combine(tercero, time.min, ZoneInfo(zona))


class Estado(StrEnum):
    EN_PLAZO = "en_plazo"
    POR_VENCER = "por_vencer"
    VENCIDO = "vencido"
    PAUSA = "pausa"
    SIN = "sin"
    CUMPLIDO_EN_PLAZO = "cumplido_en_plazo"
    CUMPLIDO_FUERA = "cumplido_fuera"


class Clase(StrEnum):
    CONTADO = "contado"
    SALTADO = "saltado"
    POR_VENIR = "por_venir"


@dataclass(frozen=True)
class Dia:
    """A day of the strip. `numero` is its place among the business days; `omitidos` the days left out before it."""

    fecha: date
    clase: Clase
    hoy: bool = False
    vence: bool = False
    motivo: str = ""
    numero: int | None = None
    omitidos: int = 0

    @property
    def texto(self) -> str:
        """What a screen reader says: «martes 8: no se cuenta, feriado La Inmaculada Concepción»."""
        if self.clase is Clase.SALTADO:
            que = f"no se cuenta, {self.motivo}"
        else:
            que = f"día hábil {self.numero}" if self.numero else "se cuenta"
        marcas = (", hoy" if self.hoy else "") + (", vence" if self.vence else "")
        return f"{_en_palabras(self.fecha, 'l j')}: {que}{marcas}"

    @property
    def inicial(self) -> str:
        """The weekday in two letters, as in «ma 8»."""
        return _en_palabras(self.fecha, "l")[:2]


@dataclass(frozen=True)
class Plazo:
    """A term: from when, until when, and when the act was done.

    `vence` already includes what the pauses added; None means that no rule gives a term. `unidad` is one of
    `Regla.Unidad`. Each pause is (from, to), `to` None while it lasts: the days after the one on which it began, up
    to the one on which it ended, do not count.
    """

    desde: datetime
    vence: datetime | None
    pais: str = "CL"
    zona: str = ""
    unidad: str = Regla.Unidad.HABILES
    cumplido: datetime | None = None
    pausas: tuple[tuple[datetime, datetime | None], ...] = ()

    def _dia(self, momento: datetime) -> date:
        return calendario.dia_local(momento, self.zona or settings.TIME_ZONE)

    @property
    def _termino(self) -> datetime:
        """`vence`, for those who know that there is one."""
        return cast(datetime, self.vence)

    @cached_property
    def _fin(self) -> date:
        return self._dia(self._termino)

    @cached_property
    def _ahora(self) -> datetime:
        return reloj.ahora()

    @cached_property
    def _referencia(self) -> datetime:
        """The moment that decides: when it was done, else now."""
        return self.cumplido or self._ahora

    @property
    def _en_horas(self) -> bool:
        return self.unidad == Regla.Unidad.HORAS

    @property
    def _en_pausa_desde(self) -> datetime | None:
        return next((desde for desde, hasta in self.pausas if hasta is None), None)

    @cached_property
    def _fuera(self) -> bool:
        """Whether the deciding moment lies after the end: days are compared as days, hours to the second."""
        return self._referencia > self._termino if self._en_horas else self._dia(self._referencia) > self._fin

    @cached_property
    def estado(self) -> Estado:
        if self.vence is None:
            return Estado.SIN
        if self.cumplido:
            return Estado.CUMPLIDO_FUERA if self._fuera else Estado.CUMPLIDO_EN_PLAZO
        if self._en_pausa_desde:
            return Estado.PAUSA
        if self._fuera:
            return Estado.VENCIDO
        return Estado.POR_VENCER if self._por_vencer else Estado.EN_PLAZO

    @property
    def _por_vencer(self) -> bool:
        """Two business days or fewer are left; of a term in hours, its last quarter."""
        if self._en_horas:
            return (self._termino - self._ahora) * 4 <= self._termino - self.desde
        return calendario.habiles_entre(self.pais, self._dia(self._ahora), self._fin) <= HABILES_POR_VENCER

    @property
    def corre(self) -> bool:
        """Somebody still has time: neither done, nor paused, nor over."""
        return self.estado in (Estado.EN_PLAZO, Estado.POR_VENCER)

    @property
    def vencido(self) -> bool:
        return self.estado is Estado.VENCIDO

    @property
    def en_pausa(self) -> bool:
        return self.estado is Estado.PAUSA

    def _entre(self, desde: datetime, hasta: datetime) -> int:
        """Whole units of this term between two moments."""
        if self._en_horas:
            return int((hasta - desde) / timedelta(hours=1))
        primero, ultimo = self._dia(desde), self._dia(hasta)
        if self.unidad == Regla.Unidad.CORRIDOS:
            return (ultimo - primero).days
        return calendario.habiles_entre(self.pais, primero, ultimo)

    @cached_property
    def quedan(self) -> int:
        """Units left after today (business days, unless the term is in other ones); 0 without a term or past it."""
        return max(0, self._entre(self._ahora, self.vence)) if self.vence else 0

    @cached_property
    def atraso(self) -> int:
        """Units late, until it was done or else until now; 0 in time."""
        return max(0, self._entre(self.vence, self._referencia)) if self.vence else 0

    # --- how it is said ---------------------------------------------------------------------------------------------
    def _cuantos(self, cantidad: int) -> str:
        singular, plural = {
            Regla.Unidad.HABILES: ("día hábil", "días hábiles"),
            Regla.Unidad.CORRIDOS: ("día corrido", "días corridos"),
            Regla.Unidad.HORAS: ("hora", "horas"),
        }[Regla.Unidad(self.unidad)]
        return f"{cantidad} {singular if cantidad == 1 else plural}"

    def _breve(self, cantidad: int) -> str:
        return f"{cantidad} {'h' if self._en_horas else 'd'}"

    def _fecha(self, momento: datetime, formato: str = f"l {CUAL_DIA}") -> str:
        """`viernes 11 de diciembre`, with the year when it is another one, with the hour when hours count."""
        local = momento.astimezone(ZoneInfo(self.zona or settings.TIME_ZONE))
        if local.year != self._dia(self._ahora).year:
            formato += r" \d\e Y"
        return _en_palabras(local, formato + (", H:i" if self._en_horas else ""))

    @cached_property
    def hasta(self) -> str:
        """The end in full: `viernes 11 de diciembre`."""
        return self._fecha(self.vence) if self.vence else ""

    @cached_property
    def hasta_breve(self) -> str:
        """The end for a label: `Vie 11 de diciembre`."""
        return _mayuscula(self._fecha(self.vence, f"D {CUAL_DIA}")) if self.vence else ""

    @property
    def _vence_hoy(self) -> bool:
        return not self._en_horas and self._fin == self._dia(self._ahora)

    @cached_property
    def saldo(self) -> str:
        """What is left or late, within a sentence: `quedan 5 días hábiles`, `vence hoy`, `3 días hábiles de atraso`."""
        match self.estado:
            case Estado.SIN:
                return "sin plazo fijado"
            case Estado.PAUSA:
                return f"en pausa desde el {self._fecha(self._en_pausa_desde or self.desde)}"
            case Estado.VENCIDO | Estado.CUMPLIDO_FUERA if self.atraso:
                return f"{self._cuantos(self.atraso)} de atraso"
            case Estado.VENCIDO | Estado.CUMPLIDO_FUERA:
                return "fuera de plazo"
            case Estado.CUMPLIDO_EN_PLAZO:
                return "en plazo"
        if self._vence_hoy:
            return "vence hoy"
        if self._en_horas and not self.quedan:
            return "queda menos de una hora"
        return f"{'queda' if self.quedan == 1 else 'quedan'} {self._cuantos(self.quedan)}"

    @property
    def rotulo(self) -> str:
        """The label of `cifra`: `Quedan`, `Queda`, `Vence`, `Atraso`, `Plazo`."""
        if self.corre:
            return "Vence" if self._vence_hoy else "Queda" if self.quedan == 1 else "Quedan"
        return "Atraso" if self.vencido and self.atraso else "Plazo"

    @property
    def cifra(self) -> str:
        """What stands under `rotulo`: `5 días hábiles`, `Hoy`."""
        if self.corre:
            return "Hoy" if self._vence_hoy else self._cuantos(self.quedan)
        return self._cuantos(self.atraso) if self.vencido and self.atraso else _mayuscula(self.saldo)

    @cached_property
    def frase(self) -> str:
        """The whole sentence, without full stop: `Quedan 5 días hábiles, hasta el viernes 11 de diciembre`."""
        match self.estado:
            case Estado.EN_PLAZO | Estado.POR_VENCER if self._vence_hoy:
                return f"Vence hoy, {self.hasta}"
            case Estado.EN_PLAZO | Estado.POR_VENCER:
                return f"{_mayuscula(self.saldo)}, hasta el {self.hasta}"
            case Estado.VENCIDO if self.atraso:
                return f"{_mayuscula(self.saldo)}: venció el {self.hasta}"
            case Estado.VENCIDO:
                return f"Venció el {self.hasta}"
            case Estado.CUMPLIDO_EN_PLAZO | Estado.CUMPLIDO_FUERA:
                con = "con " if self.atraso else ""
                return f"Cumplido {con}{self.saldo}, el {self._fecha(self._referencia)}"
        return _mayuscula(self.saldo)

    @cached_property
    def corto(self) -> str:
        """For a table's cell: `Quedan 5 d`, `Queda 1 d`, `Vence hoy`, `3 d de atraso`."""
        match self.estado:
            case Estado.EN_PLAZO | Estado.POR_VENCER if self.quedan and not self._vence_hoy:
                return f"{'Queda' if self.quedan == 1 else 'Quedan'} {self._breve(self.quedan)}"
            case Estado.EN_PLAZO | Estado.POR_VENCER if self._en_horas:
                return "Queda < 1 h"
            case Estado.EN_PLAZO | Estado.POR_VENCER if not self._vence_hoy:
                return f"Vence el {con_formato(self._fin, 'd-m')}"
            case Estado.VENCIDO if self.atraso:
                return f"{self._breve(self.atraso)} de atraso"
            case Estado.VENCIDO:
                return "Vencido"
            case Estado.CUMPLIDO_FUERA if self.atraso:
                return f"Con {self._breve(self.atraso)} de atraso"
            case Estado.PAUSA:
                return "En pausa"
            case Estado.SIN:
                return "Sin plazo"
        return _mayuscula(self.saldo)

    @cached_property
    def corto_de_otro(self) -> str:
        """As `corto`, after somebody's name: «Solicitante, 5 d»."""
        return self._breve(self.quedan) if self.corre and self.quedan else self.corto[:1].lower() + self.corto[1:]

    # --- the strip of days ------------------------------------------------------------------------------------------
    @cached_property
    def dias(self) -> list[Dia]:
        """The days from the one after the start to the end; of a long term, those around today and the end."""
        if self.vence is None or self._en_horas:
            return []
        dias = list(self._todos())
        if len(dias) <= DIAS_EN_TIRA:
            return dias
        hoy = self._dia(self._ahora)
        centro = min(max((hoy - dias[0].fecha).days, 0), len(dias) - 1)
        visibles = [i for i in range(len(dias)) if centro - 7 <= i <= centro + 9 or i >= len(dias) - 7]
        anteriores = [-1, *visibles]
        return [replace(dias[i], omitidos=i - anterior - 1) for anterior, i in zip(anteriores, visibles, strict=False)]

    def _todos(self) -> Iterator[Dia]:
        hoy, ultimo_contado = self._dia(self._ahora), self._dia(self._referencia)
        pausas = [(self._dia(desde), self._dia(hasta or self._ahora)) for desde, hasta in self.pausas]
        numero = 0
        dia = self._dia(self.desde) + calendario.UN_DIA
        while dia <= self._fin:
            motivo = self._por_que_no(dia) or ("plazo en pausa" if any(a < dia <= b for a, b in pausas) else "")
            cuenta_habiles = self.unidad == Regla.Unidad.HABILES and not motivo
            numero += cuenta_habiles
            yield Dia(
                fecha=dia,
                clase=Clase.SALTADO if motivo else Clase.CONTADO if dia <= ultimo_contado else Clase.POR_VENIR,
                hoy=dia == hoy and not self.cumplido,
                vence=dia == self._fin,
                motivo=motivo,
                numero=numero if cuenta_habiles else None,
            )
            dia += calendario.UN_DIA

    def _por_que_no(self, dia: date) -> str:
        """Why this day is no business day, for a term that counts those; a holiday by its name."""
        if self.unidad != Regla.Unidad.HABILES or calendario.es_habil(self.pais, dia):
            return ""
        nombre = calendario.feriado(self.pais, dia)
        return f"feriado {nombre}" if nombre else "fin de semana"

    @cached_property
    def saltados(self) -> str:
        """Why days of the strip are skipped: `fin de semana y 8 de diciembre, La Inmaculada Concepción`."""
        motivos: dict[str, None] = {}
        for dia in self.dias:
            if dia.clase is Clase.SALTADO:
                feriado = dia.motivo.removeprefix("feriado ")
                propio = feriado != dia.motivo
                motivos[f"{_en_palabras(dia.fecha, CUAL_DIA)}, {feriado}" if propio else dia.motivo] = None
        *primeros, ultimo = sorted(motivos, key=lambda m: m[0].isdigit()) or [""]
        return f"{'; '.join(primeros)} y {ultimo}" if primeros else ultimo


def _mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]


@lru_cache(maxsize=4096)  # a tray says the same few days again and again
def _en_palabras(dia: date, formato: str) -> str:
    """A date as Spanish writes it inside a sentence, in small letters."""
    return con_formato(dia, formato).lower()
