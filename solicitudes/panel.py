"""The SEC's Panel (R-02): requests received and requests by state, as graphs and as numbers, from the counts alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format

from pagos.models import Cobro
from portal import reloj
from portal.listas.filtro import DiaField, Filtro, OpcionField
from portal.plazos import calendario
from portal.plazos.models import Regla
from solicitudes import conteo
from solicitudes.atencion import leer_juntas
from solicitudes.bandeja import empresas_por_nombre
from solicitudes.cumplimiento import Atencion, menos_meses
from solicitudes.formularios import Formulario
from solicitudes.models import Estado, Solicitud

DIAS = 30
RANGOS = ((7, "7 días"), (30, "30 días"), (90, "90 días"), (365, "12 meses"))
MAXIMO = 366 * 5
POR_DIA, POR_SEMANA = 92, 550  # up to how many days a bar is a day, a week; above, a month


class FiltroPanel(Filtro):
    """Which days, and of whom."""

    FRASES = {"desde": "desde el {}", "hasta": "hasta el {}", "empresa": "de {}", "formulario": "{}"}

    desde = DiaField(label="Recibidas desde")
    hasta = DiaField(label="Recibidas hasta")
    empresa = OpcionField(label="Distribuidora", cual="Esa empresa")
    formulario = OpcionField(label="Formulario", choices=[("", "Todos"), *Formulario.choices], cual="Ese formulario")

    def preparar(self) -> None:
        campo = self.fields["empresa"]
        campo.choices = [("", "Todas"), *((str(d.pk), d.nombre_fantasia) for d in empresas_por_nombre())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and ((hasta or reloj.hoy()) - desde).days >= MAXIMO:
            self.add_error("desde", "Elige como máximo cinco años.")
        return datos


@dataclass(frozen=True)
class Barra:
    """A bar and its line in the table; the geometry is text, so that no locale touches it."""

    desde: date
    hasta: date
    valor: int
    url: str
    clase: str
    x: str
    y: str
    ancho: str
    alto: str
    rotulo: str

    @property
    def centro(self) -> str:
        return f"{float(self.x) + float(self.ancho) / 2:.1f}"

    @property
    def dicho(self) -> str:
        """«16-11-2026», «del 16-11-2026 al 22-11-2026»."""
        if self.desde == self.hasta:
            return f"{self.desde:%d-%m-%Y}"
        return f"Del {self.desde:%d-%m-%Y} al {self.hasta:%d-%m-%Y}"


ANCHO, ALTO, IZQUIERDA, ARRIBA, ABAJO = 556, 300, 40, 23, 275


class Panel:
    """What the SEC sees first."""

    def __init__(self, datos: QueryDict) -> None:
        self.filtro = FiltroPanel(datos)
        self.hasta: date = self.filtro.valor("hasta") or max(reloj.hoy(), self.filtro.valor("desde") or date.min)
        self.desde: date = self.filtro.valor("desde") or self.hasta - timedelta(days=DIAS - 1)
        self.empresa = int(self.filtro.valor("empresa")) if self.filtro.valor("empresa") else None
        self.formulario: str | None = self.filtro.valor("formulario") or None

    # --- received ---------------------------------------------------------------------------------------------------
    @cached_property
    def _por_dia(self) -> dict[date, int]:
        return conteo.recibidas_por_dia(self.desde, self.hasta, distribuidora=self.empresa, formulario=self.formulario)

    @property
    def recibidas(self) -> int:
        return sum(self._por_dia.values())

    @property
    def cada(self) -> str:
        """What a bar is: `día`, `semana`, `mes`."""
        dias = (self.hasta - self.desde).days + 1
        return "día" if dias <= POR_DIA else "semana" if dias <= POR_SEMANA else "mes"

    @cached_property
    def barras(self) -> list[Barra]:
        tramos: Counter[date] = Counter({self._comienzo(d): 0 for d in self._dias})
        for dia, n in self._por_dia.items():
            tramos[self._comienzo(dia)] += n
        comienzos = sorted(tramos)
        paso = (ANCHO - IZQUIERDA - 8) / len(comienzos)
        cada_rotulo = -(-len(comienzos) // 5)
        barras = []
        for i, comienzo in enumerate(comienzos):
            hasta = comienzos[i + 1] - timedelta(days=1) if i + 1 < len(comienzos) else self.hasta
            alto = (ABAJO - ARRIBA) * tramos[comienzo] / self.tope
            barras.append(
                Barra(
                    desde=comienzo,
                    hasta=hasta,
                    valor=tramos[comienzo],
                    url=self.url_bandeja(desde=comienzo, hasta=hasta),
                    clase=self._clase(comienzo, hasta),
                    x=f"{IZQUIERDA + i * paso + paso * 0.12:.1f}",
                    y=f"{ABAJO - alto:.1f}",
                    ancho=f"{paso * 0.76:.1f}",
                    alto=f"{alto:.1f}",
                    rotulo=f"{comienzo:%d-%m}" if i % cada_rotulo == 0 else "",
                )
            )
        return barras

    @property
    def _dias(self) -> list[date]:
        return [self.desde + timedelta(days=i) for i in range((self.hasta - self.desde).days + 1)]

    def _comienzo(self, dia: date) -> date:
        """The first day of the bar in which `dia` lies."""
        if self.cada == "semana":
            return max(dia - timedelta(days=dia.weekday()), self.desde)
        return max(dia.replace(day=1), self.desde) if self.cada == "mes" else dia

    def _clase(self, desde: date, hasta: date) -> str:
        if desde <= reloj.hoy() <= hasta:
            return "g-hoy"
        return "g-barra" if self.cada != "día" or calendario.es_habil("CL", desde) else "g-finde"

    @cached_property
    def tope(self) -> int:
        """The end of the scale: a round number above the highest bar, that four lines divide."""
        tramos: Counter[date] = Counter()
        for dia, n in self._por_dia.items():
            tramos[self._comienzo(dia)] += n
        maximo = max([*tramos.values(), 4])
        unidad = 10 ** (len(str(maximo)) - 1)
        return next(t for t in (unidad * k // 10 for k in range(10, 201, 2)) if t >= maximo and t % 4 == 0)

    @property
    def lineas(self) -> list[tuple[str, str]]:
        """The scale: height and number."""
        return [
            (f"{ABAJO - (ABAJO - ARRIBA) * i / 4:.1f}", number_format(self.tope * i // 4, use_l10n=True))
            for i in range(5)
        ]

    @property
    def resumen(self) -> str:
        """The graph in a sentence."""
        total = f"{number_format(self.recibidas, use_l10n=True)} recibida{'' if self.recibidas == 1 else 's'}"
        entre = f"del {self.desde:%d-%m-%Y} al {self.hasta:%d-%m-%Y}"
        if not self.recibidas:
            return f"Ninguna recibida {entre}."
        mayor = max(self.barras, key=lambda b: b.valor)
        return f"{total} {entre}. El máximo, {number_format(mayor.valor, use_l10n=True)}: {mayor.dicho.lower()}."

    # --- by state ---------------------------------------------------------------------------------------------------
    @cached_property
    def por_estado(self) -> list[dict[str, Any]]:
        """The nine, with how many, their share of the greatest and the tray that shows them."""
        cuantas: Counter[str] = Counter()
        for (formulario, estado), n in conteo.por_formulario_y_estado(self.empresa).items():
            if self.formulario in (None, formulario):
                cuantas[estado] += n
        mayor = max([*cuantas.values(), 1])
        return [
            {
                "clase": Solicitud.ASPECTO[estado][0],
                "icono": Solicitud.ASPECTO[estado][1],
                "texto": estado.label,
                "valor": cuantas[estado],
                "largo": f"{100 * cuantas[estado] / mayor:.1f}",
                "url": self.url_bandeja(estado=estado.value),
            }
            for estado in Estado
        ]

    @property
    def total(self) -> int:
        return sum(e["valor"] for e in self.por_estado)

    def url_bandeja(self, **filtro: Any) -> str:
        """The tray with this filter, of the company and form in sight."""
        pedido = {"empresa": self.empresa, "formulario": self.formulario, **filtro}
        return reverse("solicitudes:bandeja", query={c: str(v) for c, v in pedido.items() if v})

    @property
    def rangos(self) -> list[dict[str, Any]]:
        """The ranges at hand, up to today."""
        hoy = reloj.hoy()
        otros = {"empresa": self.empresa, "formulario": self.formulario}
        return [
            {
                "texto": texto,
                "url": reverse(
                    "inicio",
                    query={c: str(v) for c, v in {"desde": hoy - timedelta(days=n - 1), **otros}.items() if v},
                ),
                "actual": self.hasta == hoy and self.desde == hoy - timedelta(days=n - 1),
            }
            for n, texto in RANGOS
        ]

    # --- figures ----------------------------------------------------------------------------------------------------
    @property
    def cifras(self) -> list[dict[str, Any]]:
        """What to look at first, each with where it leads."""
        vencidas = Solicitud.objects.vencidas().order_by()
        por_validar = Cobro.objects.filter(estado=Cobro.Estado.EN_VALIDACION, validar_hasta__lt=reloj.ahora())
        if self.empresa:
            vencidas = vencidas.filter(distribuidora=self.empresa)
            por_validar = por_validar.filter(caso__distribuidora=self.empresa)
        if self.formulario:
            vencidas = vencidas.filter(formulario=self.formulario)
        un_anio = menos_meses(reloj.hoy(), 11)
        cuentas = vencidas.aggregate(
            todas=Count("pk"), del_anio=Count("pk", filter=Q(enviado__gte=conteo.comienzo(un_anio)))
        )
        atencion = Atencion.de(
            leer_juntas(un_anio, None, empresa=self.empresa, formulario=self.formulario),
            recibidas=0,
            vencidas=cuentas["del_anio"],
        )
        cumplimiento = reverse("solicitudes:cumplimiento")
        return [
            {
                "texto": "Recibidas en el periodo",
                "valor": self.recibidas,
                "url": self.url_bandeja(desde=self.desde, hasta=self.hasta),
            },
            {"texto": "En plazo, 12 meses", "valor": atencion.en_plazo_dicho, "url": cumplimiento},
            {
                "texto": "Vencidas abiertas",
                "valor": cuentas["todas"],
                "url": self.url_bandeja(vencidas="on"),
                "icono": "exclamation-octagon",
                "peligro": cuentas["todas"],
            },
            {"texto": "Pagos sin validar a tiempo", "valor": por_validar.count(), "icono": "exclamation-triangle"},
            {
                "texto": "Mediana de respuesta",
                "valor": "sin datos" if atencion.mediana is None else atencion.mediana,
                "unidad": "" if atencion.mediana is None else "días hábiles",
            },
        ]

    @cached_property
    def sin_verificar(self) -> int:
        """Rules in force today that nobody verified."""
        return Regla.objects.vigentes(reloj.hoy()).filter(verificado=False).count()
