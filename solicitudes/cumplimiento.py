"""The compliance board (R-07): how each company answers each form.

A request belongs to the month in which it was filed. Of it is said:

- **Recibidas**: all that were filed.
- **En plazo**: answers sent no later than the last day of the term (the very hour, where the term is in hours), also
  those given by the company's standing answer on filing, divided by all whose term is decided: those answers, the late
  ones, those that the portal gave because the term lapsed, and those that are overdue and unanswered now. A request
  whose term still runs, one without a term and one annulled unanswered are not counted. An answer by lapse is never in
  time, nor is it an answer of the company's: it counts against, and its days are in neither median nor percentile.
- **Mediana**, **Percentil 95**: the least number of business days, by the calendar of the company's country, from
  filing to sending, within which half, or 95 of 100, of the company's answers were sent.
- **Vencidas**: overdue and unanswered at this moment.

Without any such request there is no figure: «sin datos».
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format

from portal import reloj
from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from portal.listas.filtro import Filtro, OpcionField
from solicitudes import conteo
from solicitudes.atencion import Resultado, con_respuestas, leer, percentil
from solicitudes.bandeja import empresas_por_nombre
from solicitudes.formularios import Formulario
from solicitudes.models import Solicitud
from solicitudes.turno import DISTRIBUIDORAS

DE_LA_EMPRESA = (Resultado.EN_PLAZO, Resultado.FUERA, Resultado.SIN_PLAZO)
SIN_DATOS = "sin datos"
ANIOS = 10
_FORMULARIOS = [(f.value, f.label) for f in Formulario if f.necesita_respuesta]


class FiltroCumplimiento(Filtro):
    """Which months, and of whom."""

    FRASES = {"periodo": "{}", "empresa": "Distribuidora: {}", "formulario": "Formulario: {}"}

    periodo = OpcionField(label="Periodo", cual="Ese periodo")
    empresa = OpcionField(label="Distribuidora", cual="Esa empresa")
    formulario = OpcionField(label="Formulario", choices=[("", "Todos"), *_FORMULARIOS], cual="Ese formulario")

    def preparar(self) -> None:
        anio = reloj.hoy().year
        self.fields["periodo"].choices = [  # type: ignore[attr-defined]
            ("", "Últimos 12 meses"),
            ("3", "Últimos 3 meses"),
            ("1", "Este mes"),
            ("todo", "Todo"),
            *((str(a), str(a)) for a in range(anio, anio - ANIOS, -1)),
        ]
        empresas = [(str(d.pk), d.nombre_fantasia) for d in empresas_por_nombre()]
        self.fields["empresa"].choices = [("", "Todas"), *empresas]  # type: ignore[attr-defined]

    @property
    def meses(self) -> tuple[date | None, date | None]:
        """The first days of the first and of the last month."""
        periodo = self.valor("periodo") or "12"
        if periodo == "todo":
            return None, None
        if len(periodo) == 4:
            return date(int(periodo), 1, 1), date(int(periodo), 12, 1)
        hoy = reloj.hoy()
        return menos_meses(hoy, int(periodo) - 1), hoy.replace(day=1)


def menos_meses(dia: date, cuantos: int) -> date:
    """The first day of the month `cuantos` months before that of `dia`."""
    anio, mes = divmod(dia.year * 12 + dia.month - 1 - cuantos, 12)
    return date(anio, mes + 1, 1)


def fin_de_mes(mes: date) -> date:
    """The last day of the month that begins on `mes`."""
    return date.fromordinal(menos_meses(mes, -1).toordinal() - 1)


@dataclass(frozen=True)
class Atencion:
    """How some requests were attended; the definitions stand on top of this module."""

    recibidas: int
    en_plazo: int
    fuera: int
    por_lapso: int
    vencidas: int
    mediana: int | None
    p95: int | None

    @classmethod
    def de(cls, celdas: Any, *, recibidas: int, vencidas: int) -> "Atencion":
        """From a histogram by (result, days)."""
        dias = con_respuestas(DE_LA_EMPRESA, celdas)
        en_plazo, fuera, lapso = (
            con_respuestas([r], celdas).total() for r in (Resultado.EN_PLAZO, Resultado.FUERA, Resultado.LAPSO)
        )
        return cls(recibidas, en_plazo, fuera, lapso, vencidas, percentil(dias, 0.5), percentil(dias, 0.95))

    @property
    def decididas(self) -> int:
        return self.en_plazo + self.fuera + self.por_lapso + self.vencidas

    @property
    def parte(self) -> float | None:
        """The share in time, from 0 to 1; None when nothing is decided."""
        return self.en_plazo / self.decididas if self.decididas else None

    @property
    def en_plazo_dicho(self) -> str:
        """«91,8 %», «sin datos»; never 100 when one was late."""
        if self.parte is None:
            return SIN_DATOS
        decimas = self.en_plazo * 1000 // self.decididas
        return f"{number_format(decimas / 10, 1, use_l10n=True)} %"

    @property
    def largo(self) -> str:
        """The length of its bar, of 100."""
        return f"{100 * (self.parte or 0):.1f}"

    @property
    def nivel(self) -> str:
        """How bad it is: empty, `medio`, `malo`."""
        if self.parte is None or self.parte >= 0.9:
            return ""
        return "medio" if self.parte >= 0.8 else "malo"


@dataclass(frozen=True)
class Fila:
    """A company and a form."""

    empresa: str
    formulario: str
    atencion: Atencion
    url_vencidas: str


_ORDENES: dict[str, Any] = {
    "empresa": lambda f: (f.empresa.casefold(), f.formulario),
    "formulario": lambda f: (f.formulario, f.empresa.casefold()),
    "recibidas": lambda f: (f.atencion.recibidas, f.empresa.casefold()),
    "plazo": lambda f: (f.atencion.parte is None, f.atencion.parte, f.empresa.casefold()),
    "mediana": lambda f: (f.atencion.mediana is None, f.atencion.mediana, f.empresa.casefold()),
    "p95": lambda f: (f.atencion.p95 is None, f.atencion.p95, f.empresa.casefold()),
    "lapso": lambda f: (f.atencion.por_lapso, f.empresa.casefold()),
    "vencidas": lambda f: (f.atencion.vencidas, f.empresa.casefold()),
}


class Tablero:
    """The board for an address."""

    def __init__(self, datos: QueryDict) -> None:
        self._datos = datos
        self.filtro = FiltroCumplimiento(datos)
        self.desde, self.hasta = self.filtro.meses
        self.empresa = int(self.filtro.valor("empresa")) if self.filtro.valor("empresa") else None
        self.formulario: str | None = self.filtro.valor("formulario") or None
        pedido = datos.get("orden", "")
        self.orden = pedido if pedido.removeprefix("-") in _ORDENES else "empresa"

    @cached_property
    def _vencidas(self) -> dict[tuple[int, str], int]:
        consulta = Solicitud.objects.vencidas().order_by()
        if self.desde:
            consulta = consulta.filter(enviado__gte=conteo.comienzo(self.desde))
        if self.hasta:
            consulta = consulta.filter(enviado__lt=conteo.comienzo(fin_de_mes(self.hasta), 1))
        cuentas = consulta.values_list("distribuidora", "formulario").annotate(n=Count("pk"))
        return {(empresa, formulario): n for empresa, formulario, n in cuentas if self._en_vista(empresa, formulario)}

    def _en_vista(self, empresa: int, formulario: str) -> bool:
        propias = self.empresa in (None, empresa) and self.formulario in (None, formulario)
        return propias and Formulario(formulario).necesita_respuesta

    @cached_property
    def _celdas(self) -> Any:
        return leer(self.desde, self.hasta, empresa=self.empresa, formulario=self.formulario)

    @cached_property
    def _recibidas(self) -> dict[tuple[int, str], int]:
        todas = conteo.recibidas(self.desde, fin_de_mes(self.hasta) if self.hasta else None)
        return {clave: n for clave, n in todas.items() if self._en_vista(*clave)}

    @cached_property
    def filas(self) -> list[Fila]:
        """A row for each company and form of which there is something to say."""
        claves = {*self._recibidas, *self._celdas, *self._vencidas}
        filas = [
            Fila(
                DISTRIBUIDORAS.de(empresa).nombre_fantasia,
                Formulario(formulario).label,
                Atencion.de(
                    self._celdas.get((empresa, formulario), {}),
                    recibidas=self._recibidas.get((empresa, formulario), 0),
                    vencidas=self._vencidas.get((empresa, formulario), 0),
                ),
                self.url_vencidas(empresa, formulario),
            )
            for empresa, formulario in claves
        ]
        clave = _ORDENES[self.orden.removeprefix("-")]
        con_dato = [f for f in filas if not (isinstance(clave(f)[0], bool) and clave(f)[0])]
        sin_dato = sorted((f for f in filas if f not in con_dato), key=_ORDENES["empresa"])
        return sorted(con_dato, key=clave, reverse=self.orden.startswith("-")) + sin_dato

    @cached_property
    def total(self) -> Atencion:
        """All rows together: the median is of the answers, not of the medians."""
        celdas: Counter[tuple[str, int]] = Counter()
        for de_una in self._celdas.values():
            celdas.update(de_una)
        return Atencion.de(celdas, recibidas=sum(self._recibidas.values()), vencidas=sum(self._vencidas.values()))

    def url_vencidas(self, empresa: int | None = None, formulario: str | None = None) -> str:
        """The overdue ones in the tray."""
        pedido = {
            "vencidas": "on",
            "empresa": empresa or self.empresa,
            "formulario": formulario or self.formulario,
            "desde": self.desde,
            "hasta": fin_de_mes(self.hasta) if self.hasta else None,
        }
        return reverse("solicitudes:bandeja", query={c: str(v) for c, v in pedido.items() if v})

    @property
    def cifras(self) -> list[dict[str, Any]]:
        """All together, on top."""
        t = self.total
        return [
            {"texto": "Recibidas", "valor": t.recibidas},
            {"texto": "En plazo", "valor": t.en_plazo_dicho},
            {"texto": "Mediana", "valor": SIN_DATOS if t.mediana is None else t.mediana, "unidad": _dias(t.mediana)},
            {"texto": "Percentil 95", "valor": SIN_DATOS if t.p95 is None else t.p95, "unidad": _dias(t.p95)},
            {
                "texto": "Vencidas ahora",
                "valor": t.vencidas,
                "url": self.url_vencidas(),
                "icono": "exclamation-octagon",
                "peligro": t.vencidas,
            },
        ]

    @property
    def url_excel(self) -> str:
        consulta = self._datos.urlencode()
        return reverse("informes:pedir", args=["cumplimiento"]) + (f"?{consulta}" if consulta else "")


def _dias(cuantos: int | None) -> str:
    return "" if cuantos is None else "día hábil" if cuantos == 1 else "días hábiles"


@informe
class ReporteCumplimiento(Reporte):
    """The board as it is shown, as a spreadsheet."""

    codigo = "cumplimiento"
    titulo = "Cumplimiento de plazos"
    permiso = "solicitudes.ver_cumplimiento"
    columnas = (
        Columna("Empresa", 28),
        Columna("Formulario", 28),
        Columna("Recibidas", 12),
        Columna("En plazo", 12),
        Columna("Fuera de plazo", 14),
        Columna("Automáticas al vencer", 20),
        Columna("Vencidas sin respuesta", 20),
        Columna("% en plazo", 12),
        Columna("Mediana (días hábiles)", 20),
        Columna("Percentil 95 (días hábiles)", 24),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        for fila in Tablero(direccion(parametros)).filas:
            a = fila.atencion
            parte = SIN_DATOS if a.parte is None else round(100 * a.parte, 1)
            dias = [SIN_DATOS if d is None else d for d in (a.mediana, a.p95)]
            yield (
                fila.empresa, fila.formulario, a.recibidas, a.en_plazo, a.fuera, a.por_lapso, a.vencidas, parte, *dias,
            )  # fmt: skip

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        return len(Tablero(direccion(parametros)).filas)
