"""The layout of the **Reporte de Eventos de Inoperatividad de los Sistemas de Atención**, in one place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from inoperatividad.models import Registro, Reporte
from portal.informes.libro import Columna


class Celda(NamedTuple):
    """A column of the report and what it says of a record."""

    columna: Columna
    valor: Callable[[Registro], Any]


def _minutos(registro: Registro) -> int:
    return int(registro.duracion.total_seconds() // 60)


def _canal(registro: Registro) -> str:
    punto = getattr(registro.unidad, "punto_de_atencion", None)
    return punto.canal if punto else ""


FORMATO = (
    Celda(Columna("Correlativo", 12), lambda r: r.correlativo),
    Celda(Columna("Punto de atención", 28), lambda r: str(r.unidad)),
    Celda(Columna("Canal", 14), _canal),
    Celda(Columna("Tipo de trámite", 16), lambda r: r.get_tipo_tramite_display()),
    Celda(Columna("Consulta regulada", 34), lambda r: str(r.consulta or "")),
    Celda(Columna("Aplicativos", 30), lambda r: ", ".join(map(str, r.aplicativos.all()))),
    Celda(Columna("Escenario", 20), lambda r: r.get_escenario_display()),
    Celda(Columna("Motivo de ocurrencia", 30), lambda r: str(r.motivo)),
    Celda(Columna("Inicio", 18), lambda r: r.inicio),
    Celda(Columna("Fin", 18), lambda r: r.fin),
    Celda(Columna("Tiempo afectado (min)", 14), _minutos),
    Celda(Columna("Motivo de cierre", 30), lambda r: str(r.motivo_cierre or "")),
    Celda(Columna("Detalle del cierre", 48), lambda r: r.origen),
    Celda(Columna("Sustento de la evaluación", 48), lambda r: r.evaluacion.razon),
)
_TIEMPOS = {i for i, c in enumerate(FORMATO) if c.columna.titulo in ("Inicio", "Fin")}


def registros_de(reporte: Reporte) -> Any:
    """Its records with all that the layout shows, by correlativo."""
    relacionados = ("unidad__punto_de_atencion", "consulta", "motivo", "motivo_cierre", "evaluacion")
    return reporte.registros.select_related(*relacionados).prefetch_related("aplicativos").order_by("correlativo")


def filas_de(reporte: Reporte) -> list[list[Any]]:
    """What the report says now, as it can be kept: moments in ISO 8601."""
    return [
        [valor.isoformat() if isinstance(valor := celda.valor(registro), datetime) else valor for celda in FORMATO]
        for registro in registros_de(reporte)
    ]


def leer(filas: list[list[Any]]) -> list[list[Any]]:
    """The kept rows with their moments as moments."""
    return [[datetime.fromisoformat(v) if i in _TIEMPOS and v else v for i, v in enumerate(fila)] for fila in filas]
