"""How many requests there are, without counting them: a cube by company, form and state, and its days.

Who files a request or moves its state appends a delta in the same transaction (`contar`), so that writers never wait
for one another; a periodic task folds the deltas into the cube (`plegar`). Readers add both in one statement: the
answer is exact at every moment.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models, transaction

from portal.cuentas.models import Distribuidora
from portal.documentos.models import Contador
from solicitudes import atencion

if TYPE_CHECKING:
    from solicitudes.models import Solicitud

TODAS = 0  # in place of a company
TODO = ""  # in place of a form or a state
POR_VEZ = 20_000


class Delta(models.Model):
    """`n` more (or fewer) requests in a cell; `dia` is the date of filing on the installation's calendar."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, db_index=False, related_name="+")
    formulario = models.CharField(max_length=2)
    estado = models.CharField(max_length=25)
    dia = models.DateField()
    n = models.SmallIntegerField()

    class Meta:
        verbose_name = "cambio de conteo"
        verbose_name_plural = "cambios de conteo"

    def __str__(self) -> str:
        return f"{self.distribuidora_id} {self.formulario} {self.estado} {self.dia}: {self.n:+d}"


class Celda(models.Model):
    """Requests of a company by form and state."""

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, db_index=False, related_name="+")
    formulario = models.CharField(max_length=2)
    estado = models.CharField(max_length=25)
    n = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "conteo"
        constraints = [models.UniqueConstraint(fields=["distribuidora", "formulario", "estado"], name="conteo_celda")]

    def __str__(self) -> str:
        return f"{self.distribuidora_id} {self.formulario} {self.estado}: {self.n}"


class CeldaDiaria(models.Model):
    """Requests filed on a day, for the sums that deep pages need; `TODAS` and `TODO` where a key is summed over."""

    clave = models.BigIntegerField("distribuidora")
    formulario = models.CharField(max_length=2, blank=True)
    estado = models.CharField(max_length=25, blank=True)
    dia = models.DateField()
    n = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "conteo diario"
        verbose_name_plural = "conteos diarios"
        constraints = [
            models.UniqueConstraint(fields=["clave", "formulario", "estado", "dia"], name="conteo_celda_diaria")
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.formulario} {self.estado} {self.dia}: {self.n}"


def contar(solicitud: "Solicitud", *, antes: str | None) -> None:
    """Count a request just filed (`antes=None`) or moved from state `antes`; call it in the action's transaction."""
    if antes == solicitud.estado:
        return
    dia = solicitud.enviado.astimezone(_zona()).date()
    cambios = [(solicitud.estado, 1)] if antes is None else [(antes, -1), (solicitud.estado, 1)]
    Delta.objects.bulk_create(
        Delta(distribuidora_id=solicitud.distribuidora_id, formulario=solicitud.formulario, estado=estado, dia=dia, n=n)
        for estado, n in cambios
    )


# --- reading --------------------------------------------------------------------------------------------------------
def por_formulario_y_estado(distribuidora: int | None) -> dict[tuple[str, str], int]:
    """Requests by (form, state), of one company or of all."""
    donde, valores = _donde(distribuidora_id=[distribuidora] if distribuidora else None)
    sql = f"""
        SELECT formulario, estado, sum(n) FROM (
            SELECT formulario, estado, n FROM solicitudes_celda {donde}
            UNION ALL SELECT formulario, estado, n FROM solicitudes_delta {donde}
        ) t GROUP BY formulario, estado"""  # noqa: S608 - only names from this module
    return {(formulario, estado): int(n) for formulario, estado, n in _leer(sql, valores * 2)}


def por_distribuidora(formularios: Collection[str] | None, estados: Collection[str] | None) -> dict[int, int]:
    """Requests by company, of some forms and states or of all."""
    donde, valores = _donde(formulario=formularios, estado=estados)
    sql = f"""
        SELECT distribuidora_id, sum(n) FROM (
            SELECT distribuidora_id, n FROM solicitudes_celda {donde}
            UNION ALL SELECT distribuidora_id, n FROM solicitudes_delta {donde}
        ) t GROUP BY distribuidora_id"""  # noqa: S608
    return {clave: int(n) for clave, n in _leer(sql, valores * 2)}


def recibidas_por_dia(
    desde: date, hasta: date, *, distribuidora: int | None, formulario: str | None
) -> dict[date, int]:
    """Requests filed on each day from `desde` to `hasta`, both inclusive; days without any are left out."""
    donde_celda, valores_celda = _donde(clave=[distribuidora or TODAS], formulario=[formulario or TODO], estado=[TODO])
    donde_delta, valores_delta = _donde(
        distribuidora_id=[distribuidora] if distribuidora else None, formulario=[formulario] if formulario else None
    )
    entre = "dia BETWEEN %s AND %s"
    sql = f"""
        SELECT dia, sum(n) FROM (
            SELECT dia, n FROM solicitudes_celdadiaria {donde_celda} AND {entre}
            UNION ALL SELECT dia, n FROM solicitudes_delta {f"{donde_delta} AND" if donde_delta else "WHERE"} {entre}
        ) t GROUP BY dia HAVING sum(n) <> 0"""  # noqa: S608
    filas = _leer(sql, [*valores_celda, desde, hasta, *valores_delta, desde, hasta])
    return {_fecha(dia): int(n) for dia, n in filas}


def recibidas(desde: date | None, hasta: date | None) -> dict[tuple[int, str], int]:
    """Requests filed from `desde` to `hasta`, both inclusive (None: without end), by company and form."""
    entre, dias = [], []
    for condicion, dia in (("dia >= %s", desde), ("dia <= %s", hasta)):
        if dia:
            entre.append(condicion)
            dias.append(dia)
    y = "".join(f" AND {condicion}" for condicion in entre)
    sql = f"""
        SELECT clave, formulario, sum(n) FROM (
            SELECT clave, formulario, n FROM solicitudes_celdadiaria
                WHERE clave <> 0 AND formulario <> '' AND estado = ''{y}
            UNION ALL SELECT distribuidora_id, formulario, n FROM solicitudes_delta WHERE 1 = 1{y}
        ) t GROUP BY clave, formulario HAVING sum(n) <> 0"""  # noqa: S608
    return {(clave, formulario): int(n) for clave, formulario, n in _leer(sql, dias * 2)}


def dia_de_la_posicion(
    posicion: int, *, distribuidora: int | None, formulario: str | None, estado: str | None, ultimos_primero: bool
) -> tuple[date, int] | None:
    """The day on which the request at `posicion` (from 0, by filing) was filed, and how many come before that day.

    None where no daily sums are kept: for form and state together.
    """
    if formulario and estado:
        return None
    donde_celda, valores_celda = _donde(
        clave=[distribuidora or TODAS], formulario=[formulario or TODO], estado=[estado or TODO]
    )
    donde_delta, valores_delta = _donde(
        distribuidora_id=[distribuidora] if distribuidora else None,
        formulario=[formulario] if formulario else None,
        estado=[estado] if estado else None,
    )
    sentido = "DESC" if ultimos_primero else "ASC"
    sql = f"""
        SELECT dia, antes FROM (
            SELECT dia, n, sum(n) OVER (ORDER BY dia {sentido}) - n AS antes FROM (
                SELECT dia, sum(n) AS n FROM (
                    SELECT dia, n FROM solicitudes_celdadiaria {donde_celda}
                    UNION ALL SELECT dia, n FROM solicitudes_delta {donde_delta}
                ) t GROUP BY dia
            ) d
        ) v WHERE antes <= %s AND antes + n > %s LIMIT 1"""  # noqa: S608
    filas = _leer(sql, [*valores_celda, *valores_delta, posicion, posicion])
    if not filas:
        return None
    dia, antes = filas[0]
    return _fecha(dia), int(antes)


def _fecha(dia: Any) -> date:
    """A date as the database gives it: text on SQLite."""
    return date.fromisoformat(dia) if isinstance(dia, str) else dia


def comienzo(dia: date, dias: int = 0) -> datetime:
    """The first moment of `dia`, or of `dias` later, on the calendar by which this module counts."""
    return datetime.combine(dia + timedelta(days=dias), time.min, _zona())


def _zona() -> ZoneInfo:
    """The installation's, which is the regulator's: a day here is the day by which the SEC filters its list."""
    return ZoneInfo(settings.TIME_ZONE)


def _donde(**en: Collection[Any] | None) -> tuple[str, list[Any]]:
    """A WHERE over columns of this module and its values; a column with None is not asked."""
    partes: list[str] = []
    valores: list[Any] = []
    for columna, elegidos in en.items():
        if elegidos is not None:
            partes.append(f"{columna} IN ({', '.join(['%s'] * len(elegidos))})" if elegidos else "1 = 0")
            valores.extend(elegidos)
    return (f"WHERE {' AND '.join(partes)}" if partes else ""), valores


def _leer(sql: str, valores: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, valores)
        return cursor.fetchall()


# --- folding --------------------------------------------------------------------------------------------------------
@transaction.atomic
def plegar() -> int:
    """Fold the oldest deltas into the cube; returns how many there were. Two at once wait for each other."""
    Contador.objects.select_for_update().get_or_create(serie="solicitudes.conteo")
    deltas = list(Delta.objects.order_by("pk")[:POR_VEZ].values_list("pk", *_CAMPOS))
    celdas: Counter[tuple[Any, ...]] = Counter()
    diarias: Counter[tuple[Any, ...]] = Counter()
    for _, distribuidora, formulario, estado, dia, n in deltas:
        celdas[distribuidora, formulario, estado] += n
        for clave in _sumas(distribuidora, formulario, estado):
            diarias[*clave, dia] += n
    _sumar("solicitudes_celda", ["distribuidora_id", "formulario", "estado"], celdas)
    _sumar("solicitudes_celdadiaria", ["clave", "formulario", "estado", "dia"], diarias)
    claves = [d[0] for d in deltas]
    for i in range(0, len(claves), 900):
        Delta.objects.filter(pk__in=claves[i : i + 900]).delete()
    return len(deltas)


_CAMPOS = ("distribuidora_id", "formulario", "estado", "dia", "n")


def _sumas(distribuidora: Any, formulario: str, estado: str) -> Iterable[tuple[Any, str, str]]:
    """The daily sums in which a request takes part."""
    for empresa in (TODAS, distribuidora):
        yield empresa, TODO, TODO
        yield empresa, formulario, TODO
        yield empresa, TODO, estado


def _sumar(tabla: str, claves: list[str], cambios: Counter[tuple[Any, ...]]) -> None:
    """Add to the cells, making those that are missing."""
    filas = [(*clave, n) for clave, n in sorted(cambios.items()) if n]
    if not filas:
        return
    columnas = ", ".join(claves)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {tabla} ({columnas}, n) VALUES ({', '.join(['%s'] * (len(claves) + 1))}) "  # noqa: S608
            f"ON CONFLICT ({columnas}) DO UPDATE SET n = {tabla}.n + excluded.n",
            filas,
        )


@transaction.atomic
def recontar() -> None:
    """Make the cube again from the requests themselves; nobody may be writing meanwhile."""
    for modelo in (Delta, Celda, CeldaDiaria):
        modelo._base_manager.all().delete()
    zona = _zona().key
    dia = (
        f"(enviado AT TIME ZONE '{zona}')::date"
        if connection.vendor == "postgresql"
        else f"django_datetime_cast_date(enviado, '{zona}', 'UTC')"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO solicitudes_celda (distribuidora_id, formulario, estado, n) "
            "SELECT distribuidora_id, formulario, estado, count(*) FROM solicitudes_solicitud GROUP BY 1, 2, 3"
        )
        for suma in _sumas("distribuidora_id", "formulario", "estado"):
            clave, formulario, estado = suma[0], suma[1] or "''", suma[2] or "''"
            cursor.execute(
                "INSERT INTO solicitudes_celdadiaria (clave, formulario, estado, dia, n) "  # noqa: S608
                f"SELECT {clave}, {formulario}, {estado}, {dia}, count(*) FROM solicitudes_solicitud "
                "GROUP BY 1, 2, 3, 4"
            )
    atencion.recontar()
