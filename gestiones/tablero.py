"""The boards (G-10): today, month, by type, by hour, by officer, and what waits."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour
from django.urls import reverse

from gestiones.models import Estado, Gestion, Tipo, mes_de
from portal import reloj
from portal.cuentas.models import Perfil


def cifras(perfil: Perfil) -> list[dict[str, Any]]:
    """The figures above: an officer's own, or those of the units in sight; each with the list behind it."""
    hoy = reloj.hoy(perfil.zona_horaria)
    suma = _a_la_vista(perfil).aggregate(
        hoy=Count("pk", Q(dia=hoy)),
        mes=Count("pk", Q(dia__gte=mes_de(hoy), dia__lte=hoy)),
        por_validar=Count("pk", Q(estado=Estado.GRABADA)),
        observadas=Count("pk", Q(estado=Estado.OBSERVADA)),
    )
    en = [
        ("Hoy", suma["hoy"], f"desde={hoy}&hasta={hoy}", ""),
        ("Este mes", suma["mes"], f"desde={mes_de(hoy)}&hasta={hoy}", ""),
        ("Por validar", suma["por_validar"], "estado=grabada", ""),
        ("Observadas", suma["observadas"], "estado=observada", "pencil"),
    ]
    ruta, propias = reverse("gestiones:lista"), f"&funcionario={perfil.pk}" if _solo_propias(perfil) else ""
    return [
        {"texto": texto, "valor": n, "icono": icono, **({"url": f"{ruta}?{q}{propias}"} if n else {})}
        for texto, n, q, icono in en
    ]


def _solo_propias(perfil: Perfil) -> bool:
    """Officers look at their own work; heads and the company's functions at everybody's."""
    return perfil.tiene("gestiones.cargar_gestion") and not perfil.tiene("gestiones.validar_gestion")


def _a_la_vista(perfil: Perfil) -> Any:
    return Gestion.objects.filter(agente=perfil) if _solo_propias(perfil) else Gestion.objects.all()


@dataclass
class Barra:
    """A line of a board: how many, of which out of hours, and its length in hundredths of the longest."""

    texto: str
    total: int
    extraordinarias: int
    largo: int = 0


@dataclass
class Tablero:
    """A month as whoever looks sees it."""

    perfil: Perfil
    mes: date
    propio: bool = field(init=False)

    def __post_init__(self) -> None:
        self.propio = _solo_propias(self.perfil)
        self._del_mes = _a_la_vista(self.perfil).del_mes(self.mes).order_by()

    def por_tipo(self) -> list[Barra]:
        cuenta = self._contar("tipo")
        return _barras([(f"{t.value} {t.label}", cuenta[t.value], cuenta[t.value, "extra"]) for t in Tipo])

    def por_hora(self) -> list[Barra]:
        """By hour of the company's day, from the first to the last that has any."""
        zona = ZoneInfo(self.perfil.zona_horaria)
        cuenta = self._contar("hora", hora=ExtractHour("momento", tzinfo=zona))
        horas = [h for h in cuenta if isinstance(h, int)]
        rango = range(min(horas), max(horas) + 1) if horas else ()
        return _barras([(f"{h:02}:00", cuenta[h], cuenta[h, "extra"]) for h in rango])

    def por_funcionario(self) -> list[dict[str, Any]]:
        """Officers by what they did, each with what of it waits, was given back, is accepted."""
        estados = {e.value: Count("pk", Q(estado=e)) for e in Estado}
        filas = self._del_mes.values("agente", "agente__usuario__nombres", "agente__usuario__apellidos").annotate(
            total=Count("pk"), extra=Count("pk", Q(extraordinaria=True)), **estados
        )
        juntas = [
            {**f, "nombre": f"{f['agente__usuario__nombres']} {f['agente__usuario__apellidos']}".strip()} for f in filas
        ]
        return sorted(juntas, key=lambda f: (-f["total"], f["nombre"]))

    def _contar(self, campo: str, **expresiones: Any) -> Counter[Any]:
        cuenta: Counter[Any] = Counter()
        filas = self._del_mes.annotate(**expresiones).values_list(campo, "extraordinaria").annotate(n=Count("pk"))
        for valor, extra, n in filas:
            cuenta[valor] += n
            if extra:
                cuenta[valor, "extra"] += n
        return cuenta


def _barras(lineas: list[tuple[str, int, int]]) -> list[Barra]:
    mayor = max((total for _, total, _ in lineas), default=0) or 1
    return [Barra(texto, total, extra, round(total * 100 / mayor)) for texto, total, extra in lineas]
