"""The comparisons of the evaluation (I-09): the day against the day before and the same weekday of four weeks.

A figure is None where the portal has no data for all of the interval: it is shown as «sin datos», never as zero.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from inoperatividad.models import Registro, Tipificacion, Tramite
from portal.cuentas.models import Distribuidora, Unidad
from portal.puertos import reclamos_del_dia

UNA_HORA = timedelta(hours=1)
SIN_DATOS = "sin datos"


@dataclass(frozen=True)
class Cifra:
    """One day's count; `ancho` is its bar, 0 to 100."""

    dia: date
    rotulo: str
    valor: int | None
    ancho: int = 0

    @property
    def texto(self) -> str:
        return SIN_DATOS if self.valor is None else f"{self.valor:,}".replace(",", ".")


@dataclass(frozen=True)
class Comparacion:
    """A count of the day of the outage and of those it is compared with, the day itself first."""

    codigo: str
    titulo: str
    cifras: tuple[Cifra, ...]

    @property
    def del_dia(self) -> int | None:
        return self.cifras[0].valor

    @property
    def promedio(self) -> float | None:
        """Of the days compared with that have data."""
        conocidos = [c.valor for c in self.cifras[1:] if c.valor is not None]
        return sum(conocidos) / len(conocidos) if conocidos else None

    @property
    def frase(self) -> str:
        """The comparison in words."""
        if self.del_dia is None or self.promedio is None:
            return "No hay datos para comparar."
        promedio = f"{self.promedio:.1f}".replace(".", ",").removesuffix(",0")
        if self.promedio == 0:
            return f"{self.del_dia} ese día; ninguno en promedio en los días comparados."
        cambio = round((self.del_dia - self.promedio) * 100 / self.promedio)
        if cambio == 0:
            return f"{self.del_dia} ese día, igual que el promedio de los días comparados."
        return (
            f"{self.del_dia} ese día, {abs(cambio)} % {'más' if cambio > 0 else 'menos'} que el promedio ({promedio})."
        )

    def como_datos(self) -> dict[str, Any]:
        """To be kept with the verdict."""
        return {
            "codigo": self.codigo,
            "titulo": self.titulo,
            "cifras": [[c.dia.isoformat(), c.rotulo, c.valor] for c in self.cifras],
        }


def de_datos(guardadas: list[dict[str, Any]]) -> list[Comparacion]:
    """Those that were kept with the verdict."""
    return [
        _comparacion(g["codigo"], g["titulo"], [(date.fromisoformat(d), r, v) for d, r, v in g["cifras"]])
        for g in guardadas
    ]


def _comparacion(codigo: str, titulo: str, filas: list[tuple[date, str, int | None]]) -> Comparacion:
    mayor = max((v for _, _, v in filas if v), default=0)
    return Comparacion(
        codigo,
        titulo,
        tuple(Cifra(d, r, v, round(v * 100 / mayor) if v and mayor else 0) for d, r, v in filas),
    )


def dias_de_comparacion(dia: date) -> list[tuple[date, str]]:
    """The day, the day before, and the same weekday of the four weeks before."""
    semanas = [(dia - timedelta(weeks=n), f"{n} semana{'s' if n > 1 else ''} antes") for n in range(1, 5)]
    return [(dia, "El día del evento"), (dia - timedelta(days=1), "El día anterior"), *semanas]


def tramos(registro: Registro) -> list[tuple[int, int]]:
    """The interval as (days after its first day, hour), local to the company; each hour that it touches."""
    zona = ZoneInfo(registro.distribuidora.zona_horaria)
    desde = registro.inicio.astimezone(zona).replace(minute=0, second=0, microsecond=0)
    hasta = (registro.fin or registro.inicio).astimezone(zona)
    primero, horas = desde.date(), []
    while desde < hasta:
        horas.append(((desde.date() - primero).days, desde.hour))
        desde += UNA_HORA
    return horas or [(0, desde.hour)]


def tipificadas(unidad: Unidad, tramite: str, dia: date, horas: list[tuple[int, int]]) -> int | None:
    """Procedures of a kind logged at a point in those hours from `dia` on; None when any hour has no row."""
    dias = sorted({d for d, _ in horas})
    filas = Tipificacion.objects.filter(
        unidad=unidad, tramite=tramite, fecha__range=(dia + timedelta(days=dias[0]), dia + timedelta(days=dias[-1]))
    ).values_list("fecha", "hora", "cantidad")
    por_hora = {((fecha - dia).days, hora): cantidad for fecha, hora, cantidad in filas}
    return sum(por_hora[h] for h in horas) if all(h in por_hora for h in horas) else None


def tipificadas_en_la_empresa(empresa: Distribuidora, tramite: str, dia: date) -> int | None:
    """Procedures of a kind logged that day in all channels; None when no point has a row."""
    suma = Tipificacion.objects.filter(distribuidora=empresa, tramite=tramite, fecha=dia).aggregate(
        filas=Count("pk"), total=Sum("cantidad")
    )
    return suma["total"] if suma["filas"] else None


def _reclamos(empresa: Distribuidora, dia: date) -> int | None:
    """Complaints of all channels that day: the portal's own when it counts them, else the imported ones."""
    propios = reclamos_del_dia(empresa, dia)
    return tipificadas_en_la_empresa(empresa, Tramite.RECLAMOS, dia) if propios is None else propios


def comparaciones(registro: Registro) -> list[Comparacion]:
    """Criteria 3 and 4 as the data of the portal give them now."""
    empresa, horas = registro.distribuidora, tramos(registro)
    dia = _dia(registro.inicio, empresa)
    dias = dias_de_comparacion(dia)
    tramite = registro.get_tipo_tramite_display()
    return [
        _comparacion(
            "tipificaciones",
            f"Tipificaciones de {tramite} en {registro.unidad}, en las mismas horas",
            [(d, rotulo, tipificadas(registro.unidad, registro.tipo_tramite, d, horas)) for d, rotulo in dias],
        ),
        _comparacion(
            "reclamos", "Reclamos en todos los canales", [(d, rotulo, _reclamos(empresa, d)) for d, rotulo in dias]
        ),
        _comparacion(
            "ldr",
            "LDR en todos los canales",
            [(d, rotulo, tipificadas_en_la_empresa(empresa, Tramite.LDR, d)) for d, rotulo in dias],
        ),
    ]


def _dia(momento: datetime, empresa: Distribuidora) -> date:
    return momento.astimezone(ZoneInfo(empresa.zona_horaria)).date()
