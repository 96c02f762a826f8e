"""**Data – Sábana de Solicitudes** (R-03): every request with its payment and its terms, by period, type and state.

The one definition of its columns, for every database and for both kinds of file: `_SQL` says what is read, `Lector`
what each cell says. A period is a month of the installation's calendar.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from pagos.models import Cobro, Medio
from portal import mirada, reloj
from portal.cuentas.models import Distribuidora
from portal.informes.libro import Columna
from portal.listas.filtro import comienzo, termino
from portal.plazos import calendario
from portal.plazos.models import DiaDecretado, Regla
from portal.territorio.models import Comuna
from solicitudes.formularios import Formulario
from solicitudes.models import Estado, Solicitud

FORMA = 1
"""To be raised when the same rows are to be written in another way: what was kept is then made again."""


class Clase(Enum):
    """What a column holds: text that repeats itself, text of each row's own, numbers, moments."""

    TEXTO = 1
    PROPIO = 2
    NUMERO = 3
    MOMENTO = 4


_COLUMNAS = (
    (Columna("Período", 10), Clase.TEXTO),
    (Columna("Formulario", 28), Clase.TEXTO),
    (Columna("Estado", 38), Clase.TEXTO),
    (Columna("N° Folio", 12), Clase.PROPIO),
    (Columna("N° Solicitud", 14), Clase.PROPIO),
    (Columna("N° Cliente", 14), Clase.PROPIO),
    (Columna("N° de Factibilidad", 18), Clase.PROPIO),
    (Columna("Empresa Distribuidora", 28), Clase.TEXTO),
    (Columna("Región", 28), Clase.TEXTO),
    (Columna("Comuna", 22), Clase.TEXTO),
    (Columna("Envío", 17), Clase.MOMENTO),
    (Columna("Respuesta", 17), Clase.MOMENTO),
    (Columna("Entrega de la respuesta", 17), Clase.MOMENTO),
    (Columna("Plazo", 18), Clase.TEXTO),
    (Columna("Vence", 17), Clase.MOMENTO),
    (Columna("Días tomados", 10), Clase.NUMERO),
    (Columna("Días de atraso", 10), Clase.NUMERO),
    (Columna("Concepto del cobro", 30), Clase.TEXTO),
    (Columna("Monto", 12), Clase.NUMERO),
    (Columna("Moneda", 9), Clase.TEXTO),
    (Columna("Estado del pago", 15), Clase.TEXTO),
    (Columna("Medio de pago", 26), Clase.TEXTO),
    (Columna("Pago validado", 17), Clase.MOMENTO),
)
COLUMNAS = tuple(columna for columna, _ in _COLUMNAS)
CLASES = tuple(clase for _, clase in _COLUMNAS)

# The living charge of a case is one; a withdrawn one is history. Its last proof tells how it was paid.
_SQL = """
    SELECT s.formulario, s.estado, s.folio, s.numero_solicitud, s.numero_cliente, s.factibilidad, s.distribuidora_id,
           s.comuna_id, s.enviado, s.respondido, s.liberado, s.regla_id, s.vence,
           c.concepto, c.monto, c.moneda, c.estado, p.medio, c.resuelto
    FROM solicitudes_solicitud s
    LEFT JOIN pagos_cobro c ON c.id = (
        SELECT max(v.id) FROM pagos_cobro v WHERE v.caso_id = s.caso_id AND v.estado <> 'retirado')
    LEFT JOIN pagos_comprobante p ON p.id = (SELECT max(u.id) FROM pagos_comprobante u WHERE u.cobro_id = c.id)
    WHERE {donde} ORDER BY s.formulario, s.estado, s.folio_numero"""
# A part's few payments are looked up by key: the planner would read all payments there are for each part.
_POR_LLAVE = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off"
_RESUMEN = "SELECT count(*), sum(s.revision) FROM solicitudes_solicitud s WHERE s.formulario = %s AND {donde}"
_ABIERTOS = ", ".join(f"'{e}'" for e in Solicitud.ABIERTOS)
_CON_ABIERTAS = (
    f"SELECT DISTINCT s.formulario FROM solicitudes_solicitud s WHERE s.estado IN ({_ABIERTOS}) AND {{donde}}"  # noqa: S608
)
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\b": "\b", "\\f": "\f", "\\v": "\v", "\\\\": "\\"}
_SIN_PLAZO = (Estado.ENVIADO, Estado.ANULADO)
_EPOCA = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet's local clock
_DIA = 86_400


@dataclass(frozen=True)
class Filtrado:
    """Which rows: sent from `desde` until before `hasta`; the rest of what is asked for as SQL over `s`."""

    desde: datetime | None = None
    hasta: datetime | None = None
    condiciones: tuple[str, ...] = ()
    valores: tuple[Any, ...] = ()

    @classmethod
    def de(cls, datos: dict[str, Any], estados: Sequence[str]) -> "Filtrado":
        """What a form's clean data ask for."""
        pedidas: list[tuple[str, Sequence[Any]]] = [
            ("s.distribuidora_id", [int(datos["empresa"])] if datos.get("empresa") else []),
            ("s.formulario", [datos["formulario"]] if datos.get("formulario") else []),
            ("s.estado", estados),
        ]
        pedidas = [(columna, valores) for columna, valores in pedidas if valores]
        return cls(
            desde=comienzo(datos["desde"]) if datos.get("desde") else None,
            hasta=termino(datos["hasta"]) if datos.get("hasta") else None,
            condiciones=tuple(f"{columna} IN ({', '.join(['%s'] * len(v))})" for columna, v in pedidas),
            valores=tuple(valor for _, v in pedidas for valor in v),
        )

    def entre(self, desde: datetime | None, hasta: datetime | None) -> tuple[str, list[Any]]:
        """The WHERE of the rows sent within both limits, and its values."""
        desde = max((d for d in (desde, self.desde) if d), default=None)
        hasta = min((h for h in (hasta, self.hasta) if h), default=None)
        limites = [("s.enviado >= %s", desde), ("s.enviado < %s", hasta)]
        donde = [*(sql for sql, valor in limites if valor), *self.condiciones]
        return " AND ".join(donde) or "1 = 1", [*(valor for _, valor in limites if valor), *self.valores]


@dataclass(frozen=True)
class Parte:
    """A month's rows of a form: how many, and what tells whether any of them changed (None: not the whole month)."""

    mes: date
    formulario: str
    filas: int
    huella: str | None

    @property
    def nombre(self) -> str:
        return f"{self.mes:%Y-%m} {self.formulario}"


@dataclass(frozen=True)
class Periodo:
    """A month, in parts that follow one another."""

    partes: tuple[Parte, ...]

    @property
    def filas(self) -> int:
        return sum(parte.filas for parte in self.partes)


class Memoria(dict[Any, Any]):
    """Remembers what a function said."""

    def __init__(self, funcion: Callable[[Any], Any]) -> None:
        super().__init__()
        self._funcion = funcion

    def __missing__(self, clave: Any) -> Any:
        valor = self[clave] = self._funcion(clave)
        return valor


class Sabana:
    """The rows as `conexion`, in a transaction, sees them."""

    def __init__(self, conexion: BaseDatabaseWrapper, filtrado: Filtrado) -> None:
        self._conexion = conexion
        self._filtrado = filtrado
        self._lector = Lector()
        if conexion.vendor == "postgresql":
            with conexion.cursor() as cursor:
                cursor.execute(_POR_LLAVE)

    def periodos(self) -> Iterator[Periodo]:
        """The months that have rows, in order."""
        donde, valores = self._filtrado.entre(None, None)
        sql = f"SELECT min(s.enviado), max(s.enviado) FROM solicitudes_solicitud s WHERE {donde}"  # noqa: S608
        [(primero, ultimo)] = self._todas(sql, valores)
        if primero is None:
            return
        mes, fin = self._mes(primero), self._mes(ultimo)
        while mes <= fin:
            desde, hasta = _limites(mes)
            donde, valores = self._filtrado.entre(desde, hasta)
            abiertos = {formulario for (formulario,) in self._todas(_CON_ABIERTAS.format(donde=donde), valores)}
            partes = []
            for formulario in sorted(Formulario.values):
                [(filas, revisiones)] = self._todas(_RESUMEN.format(donde=donde), [formulario, *valores])
                if filas:
                    huella = self._huella(desde, hasta, filas, int(revisiones), formulario in abiertos)
                    partes.append(Parte(mes, formulario, filas, huella))
            if partes:
                yield Periodo(tuple(partes))
            mes = _siguiente(mes)

    def filas(self, parte: Parte) -> Iterator[tuple[Any, ...]]:
        """The rows of a part: text, numbers, and moments as seconds of the local clock (`momento`)."""
        donde, valores = self._filtrado.entre(*_limites(parte.mes))
        self._lector.olvidar()
        mes, fila = f"{parte.mes:%Y-%m}", self._lector.fila
        sql = _SQL.format(donde=f"s.formulario = %s AND {donde}")
        for cruda in _leer(self._conexion, sql, [parte.formulario, *valores]):
            yield fila(mes, cruda)

    def _todas(self, sql: str, valores: Sequence[Any]) -> list[Any]:
        with self._conexion.cursor() as cursor:
            cursor.execute(sql, valores)
            return cursor.fetchall()

    def _mes(self, momento: Any) -> date:
        """The month of a moment as the database gives it."""
        if isinstance(momento, str):  # SQLite, of an aggregate
            momento = datetime.fromisoformat(momento)
        return self._lector.dia_local(momento.replace(tzinfo=momento.tzinfo or UTC)).replace(day=1)

    def _huella(self, desde: datetime, hasta: datetime, filas: int, revisiones: int, abierto: bool) -> str | None:
        """What the rows of a whole month depend on; while a case is open, the day too."""
        if self._filtrado.condiciones:
            return None
        if (self._filtrado.desde or desde) > desde or (self._filtrado.hasta or hasta) < hasta:
            return None
        partes = (filas, revisiones, self._lector.huella, self._lector.hoy if abierto else None)
        return sha256(repr(partes).encode()).hexdigest()


class Lector:
    """What the cells say, from what the database says."""

    def __init__(self) -> None:
        self._ahora = reloj.ahora()
        self._texto_ahora = f"{self._ahora:%Y-%m-%d %H:%M:%S}"
        self._zona = ZoneInfo(settings.TIME_ZONE)
        empresas = {e.pk: e for e in Distribuidora.objects.order_by("pk")}
        reglas = {r.pk: r for r in Regla.objects.filter(materia__startswith="solicitudes.").order_by("pk")}
        self._empresas = {str(pk): (e.nombre_fantasia, e.pais, e.zona_horaria) for pk, e in empresas.items()}
        self._reglas = {str(pk): (r.unidad, f"{r.cantidad} {r.get_unidad_display()}") for pk, r in reglas.items()}
        self._comunas = {
            str(c.pk): (c.region.nombre, c.nombre) for c in Comuna.objects.select_related("region").order_by("pk")
        }
        self._formularios, self._estados = dict(Formulario.choices), dict(Estado.choices)
        self._pagos, self._medios = {"": "", **dict(Cobro.Estado.choices)}, {"": "", **dict(Medio.choices)}
        self._horas = {zona: Memoria(_comienzo_de_hora(zona)) for zona in {*self._zonas(), settings.TIME_ZONE}}
        self._aqui = self._horas[settings.TIME_ZONE]
        self._dias = Memoria(lambda clave: _dias_entre(*clave))
        self.huella = self._huella()

    def _zonas(self) -> set[str]:
        return {zona for _, _, zona in self._empresas.values()}

    def _huella(self) -> str:
        """Everything that the cells depend on besides the requests themselves."""
        catalogos = (self._empresas, self._reglas, self._comunas, self._formularios, self._estados, self._pagos)
        decretados = list(DiaDecretado.objects.order_by("pais", "fecha").values_list("pais", "fecha"))
        todo = (FORMA, COLUMNAS, catalogos, self._medios, decretados, settings.TIME_ZONE, holidays.__version__)
        return sha256(repr(todo).encode()).hexdigest()

    @property
    def hoy(self) -> Any:
        """What the terms of open cases depend on: the day wherever a company works, the very moment if hours count."""
        if any(unidad == Regla.Unidad.HORAS for unidad, _ in self._reglas.values()):
            return self._ahora
        return sorted((zona, self._ahora.astimezone(ZoneInfo(zona)).date()) for zona in self._zonas())

    def dia_local(self, momento: datetime) -> date:
        return momento.astimezone(self._zona).date()

    def olvidar(self) -> None:
        """Keep the memory small: another month is read."""
        for horas in self._horas.values():
            horas.clear()
        self._dias.clear()

    def fila(self, periodo: str, cruda: Sequence[str]) -> tuple[Any, ...]:
        """A row in the order of COLUMNAS."""
        (
            formulario, estado, folio, solicitud, cliente, factibilidad, empresa, comuna, enviado, respondido, liberado,
            regla, vence, concepto, monto, moneda, pago, medio, resuelto,
        ) = cruda  # fmt: skip
        nombre, pais, zona = self._empresas[empresa]
        aqui = self._aqui
        unidad, plazo = self._reglas[regla] if regla else (Regla.Unidad.HABILES, "")
        tomados = atraso = None
        if estado not in _SIN_PLAZO:
            hasta = respondido or self._texto_ahora
            tomados = self._entre(unidad, pais, self._horas[zona], enviado, hasta)
            atraso = max(0, self._entre(unidad, pais, self._horas[zona], vence, hasta)) if vence else None
        return (
            periodo,
            self._formularios[formulario],
            self._estados[estado],
            folio,
            solicitud,
            cliente,
            factibilidad,
            nombre,
            *self._comunas[comuna],
            _segundos(enviado, aqui),
            _segundos(respondido, aqui) if respondido else None,
            _segundos(liberado, aqui) if liberado else None,
            plazo,
            _segundos(vence, aqui) if vence else None,
            tomados,
            atraso,
            concepto,
            Decimal(monto) if monto else None,
            moneda,
            self._pagos[pago],
            self._medios[medio],
            _segundos(resuelto, aqui) if resuelto and pago == "validado" else None,
        )

    def _entre(self, unidad: str, pais: str, horas: "Memoria", desde: str, hasta: str) -> float:
        """Days between two moments as the rule counts them; hours as parts of a day."""
        if unidad == Regla.Unidad.HORAS:
            lapso = datetime.fromisoformat(hasta[:19]) - datetime.fromisoformat(desde[:19])
            return round(lapso / timedelta(days=1), 2)
        contados: int = self._dias[unidad, pais, horas[desde[:13]] // _DIA, horas[hasta[:13]] // _DIA]
        return contados


def _segundos(utc: str, horas: "Memoria") -> int:
    """Seconds of a local clock since day 0 of a sheet, of a moment written `2026-11-18 13:00:00…` in UTC."""
    comienzo_de_hora: int = horas[utc[:13]]
    return comienzo_de_hora + int(utc[14:16]) * 60 + int(utc[17:19])


def _comienzo_de_hora(zona: str) -> Callable[[str], int]:
    """The same of an hour of UTC: clocks are changed on a whole one wherever a company works."""
    donde = ZoneInfo(zona)

    def segundos(hora: str) -> int:
        local = datetime.fromisoformat(f"{hora}:00:00+00:00").astimezone(donde).replace(tzinfo=None)
        return int((local - _EPOCA).total_seconds())

    return segundos


def momento(segundos: int) -> datetime:
    """The local time that a row gives as seconds."""
    return _EPOCA + timedelta(seconds=segundos)


def _dias_entre(unidad: str, pais: str, desde: int, hasta: int) -> int:
    if unidad == Regla.Unidad.CORRIDOS:
        return hasta - desde
    base = _EPOCA.date()
    return calendario.habiles_entre(pais, base + timedelta(days=desde), base + timedelta(days=hasta))


def _limites(mes: date) -> tuple[datetime, datetime]:
    """The first moment of a month and that of the next one."""
    return comienzo(mes), comienzo(_siguiente(mes))


def _siguiente(mes: date) -> date:
    return (mes + timedelta(days=32)).replace(day=1)


def _leer(conexion: BaseDatabaseWrapper, sql: str, valores: Sequence[Any]) -> Iterator[Sequence[str]]:
    """The rows of a query as text, nothing for NULL; by COPY where there is one."""
    with conexion.cursor() as cursor:
        if conexion.vendor != "postgresql":
            cursor.execute(sql, valores)
            for fila in cursor:
                yield ["" if valor is None else str(valor) for valor in fila]
            return
        mirada.decir(conexion)
        with cursor.copy(f"COPY ({sql}) TO STDOUT (NULL '')", valores) as copia:
            for trozo in copia:
                linea = bytes(trozo).decode()[:-1]
                campos = linea.split("\t")
                yield [_ESCAPE.sub(_descifrar, campo) for campo in campos] if "\\" in linea else campos


_ESCAPE = re.compile(r"\\[btnfrv\\]")


def _descifrar(hallado: re.Match[str]) -> str:
    return _ESCAPES[hallado[0]]
