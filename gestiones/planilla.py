"""The sheet of a month (G-08): officers × types, ordinary and extraordinary; from what was signed, or as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.formats import date_format

from gestiones.models import Cierre, Gestion, Renglon, Tipo
from portal.cuentas.models import Unidad

TITULO = "Planilla de Comunicación para Pago de Bonificación por Gestión Administrativa Comercial – Atención al Cliente"


def nombre_del_mes(mes: date) -> str:
    """«noviembre de 2026»."""
    return date_format(mes, r"F \d\e Y").lower()


@dataclass(frozen=True)
class Linea:
    """An officer's line: for each type (ordinary, extraordinary)."""

    funcionario: str
    cuentas: tuple[tuple[int, int], ...]
    rezagadas: int

    @property
    def ordinarias(self) -> int:
        return sum(o for o, _ in self.cuentas)

    @property
    def extraordinarias(self) -> int:
        return sum(e for _, e in self.cuentas)

    @property
    def total(self) -> int:
        return self.ordinarias + self.extraordinarias


def de_cierre(cierre: Cierre) -> list[Linea]:
    """The lines that were signed."""
    return _lineas(
        (r.agente_id, r.funcionario, r.tipo, r.ordinarias, r.extraordinarias, r.rezagadas)
        for r in Renglon.objects.filter(cierre=cierre)
    )


def por_cerrar(unidad: Unidad, mes: date) -> list[Linea]:
    """What a sign-off now would put into the sheet."""
    propias = Gestion.objects.filter(unidad=unidad).por_cerrar(mes).order_by()
    filas = propias.values("agente", "agente__usuario__nombres", "agente__usuario__apellidos", "tipo").annotate(
        ordinarias=Count("pk", Q(extraordinaria=False)),
        extraordinarias=Count("pk", Q(extraordinaria=True)),
        rezagadas=Count("pk", Q(dia__lt=mes)),
    )
    return _lineas(
        (
            f["agente"],
            f"{f['agente__usuario__nombres']} {f['agente__usuario__apellidos']}".strip(),
            f["tipo"],
            f["ordinarias"],
            f["extraordinarias"],
            f["rezagadas"],
        )
        for f in filas
    )


def _lineas(filas: Iterable[tuple[int, str, int, int, int, int]]) -> list[Linea]:
    nombres: dict[int, str] = {}
    cuentas: dict[int, dict[int, tuple[int, int]]] = {}
    rezagadas: dict[int, int] = {}
    for agente, nombre, tipo, ordinarias, extraordinarias, tarde in filas:
        nombres[agente] = nombre
        cuentas.setdefault(agente, {})[tipo] = (ordinarias, extraordinarias)
        rezagadas[agente] = rezagadas.get(agente, 0) + tarde
    lineas = [
        Linea(nombres[agente], tuple(por_tipo.get(tipo.value, (0, 0)) for tipo in Tipo), rezagadas[agente])
        for agente, por_tipo in cuentas.items()
    ]
    return sorted(lineas, key=lambda linea: linea.funcionario.casefold())


def total(lineas: list[Linea]) -> Linea:
    """The line of sums."""
    cuentas = tuple(
        (sum(linea.cuentas[i][0] for linea in lineas), sum(linea.cuentas[i][1] for linea in lineas))
        for i in range(len(Tipo))
    )
    return Linea("Totales", cuentas, sum(linea.rezagadas for linea in lineas))
