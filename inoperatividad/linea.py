"""The timeline (I-12): minutes without service by application and service point in a month, and what it affected.

Records of several procedures at one point and time are one fall: overlapping intervals count once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localtime

from inoperatividad.models import Aplicativo, Registro, TipoTramite
from portal import reloj
from portal.cuentas.models import Unidad
from portal.listas.filtro import Filtro, OpcionField, comienzo

Intervalo = tuple[datetime, datetime]


@dataclass(frozen=True)
class Renglon:
    """An application at a point; `ancho` is its bar, 0 to 100."""

    aplicativo: str
    punto: str
    minutos: int
    registros: int
    tramites: str
    ancho: int = 0


def unir(intervalos: Iterable[Intervalo]) -> list[Intervalo]:
    """The same time, without overlaps."""
    unidos: list[Intervalo] = []
    for desde, hasta in sorted(intervalos):
        if unidos and desde <= unidos[-1][1]:
            unidos[-1] = (unidos[-1][0], max(unidos[-1][1], hasta))
        else:
            unidos.append((desde, hasta))
    return unidos


def minutos(intervalos: Iterable[Intervalo]) -> int:
    """Whole minutes that they cover."""
    return int(sum(((h - d) for d, h in unir(intervalos)), timedelta()).total_seconds() // 60)


class FiltroLinea(Filtro):
    FRASES = {"mes": "Mes {}", "aplicativo": "Aplicativo: {}", "punto": "Punto: {}"}
    mes = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$", label="Mes", required=False, widget=forms.TextInput({"type": "month"}),
        error_messages={"invalid": "Escribe un mes que exista. Ejemplo: 2026-11."},
    )  # fmt: skip
    aplicativo = OpcionField(label="Aplicativo", cual="Ese aplicativo")
    punto = OpcionField(label="Punto de atención", cual="Ese punto")

    def preparar(self) -> None:
        datos: Any = self.data
        self.data = datos = datos.copy()
        datos.setdefault("mes", f"{localtime(reloj.ahora()):%Y-%m}")
        unidades = Unidad.objects.filter(pk__in=Registro.objects.order_by().values("unidad"))
        self.fields["punto"].choices = [("", "Todos"), *((str(u.pk), u.nombre) for u in unidades)]  # type: ignore[attr-defined]
        todos = [("", "Todos"), *((str(a.pk), a.nombre) for a in Aplicativo.objects.all())]
        self.fields["aplicativo"].choices = todos  # type: ignore[attr-defined]

    def primero(self) -> date:
        """The first day of the month; of this one, when what was typed is none."""
        texto = self.valor("mes") or f"{localtime(reloj.ahora()):%Y-%m}"
        return date(int(texto[:4]), int(texto[5:7]), 1)


def linea(datos: QueryDict) -> tuple[FiltroLinea, list[Renglon]]:
    """The month that is asked for, longest fall first."""
    filtro = FiltroLinea(datos)
    primero = filtro.primero()
    siguiente = (primero + timedelta(days=32)).replace(day=1)
    desde, hasta = comienzo(primero), min(comienzo(siguiente), reloj.ahora())
    registros = Registro.objects.efectivos().filter(inicio__lt=hasta).exclude(fin__lte=desde)
    if filtro.valor("punto"):
        registros = registros.filter(unidad=filtro.valor("punto"))
    caidas: dict[tuple[str, str], list[Intervalo]] = {}
    tramites: dict[tuple[str, str], set[str]] = {}
    campos = ("aplicativos", "aplicativos__nombre", "unidad__nombre", "tipo_tramite", "inicio", "fin")
    for clave, aplicativo, punto, tramite, inicio, fin in registros.order_by("pk").values_list(*campos):
        if filtro.valor("aplicativo") and str(clave) != filtro.valor("aplicativo"):
            continue
        donde = (aplicativo, punto)
        caidas.setdefault(donde, []).append((max(inicio, desde), min(fin or hasta, hasta)))
        tramites.setdefault(donde, set()).add(tramite)
    return filtro, _renglones(caidas, tramites)


def _renglones(
    caidas: dict[tuple[str, str], list[Intervalo]], tramites: dict[tuple[str, str], set[str]]
) -> list[Renglon]:
    totales = {donde: minutos(intervalos) for donde, intervalos in caidas.items()}
    mayor = max(totales.values(), default=0)
    return [
        Renglon(
            *donde,
            minutos=total,
            registros=len(caidas[donde]),
            tramites=", ".join(t.label for t in TipoTramite if t.value in tramites[donde]),
            ancho=round(total * 100 / mayor) if mayor else 0,
        )
        for donde, total in sorted(totales.items(), key=lambda par: (-par[1], par[0]))
    ]
