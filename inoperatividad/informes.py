"""Spreadsheets of outages."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone

from inoperatividad.formato_oficial import FORMATO, filas_de, leer
from inoperatividad.linea import linea
from inoperatividad.lista import FiltroRegistros
from inoperatividad.models import Reporte as ReporteOficial
from inoperatividad.permissions import REPORTES, VER
from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe


def _datos(parametros: Parametros) -> QueryDict:
    datos = QueryDict(mutable=True)
    datos.update(parametros)
    return datos


def _en_hora_de(perfil: Perfil) -> Any:
    """The filter's days are those of the company, as on the page."""
    return timezone.override(ZoneInfo(perfil.distribuidora.zona_horaria) if perfil.distribuidora else None)


@informe
class InformeOficial(Reporte):
    """**Reporte de Eventos de Inoperatividad de los Sistemas de Atención** (I-10); of a sent one, what was sent."""

    codigo = "inoperatividad_reporte"
    titulo = "Reporte de Eventos de Inoperatividad de los Sistemas de Atención"
    permiso = REPORTES
    columnas = tuple(celda.columna for celda in FORMATO)

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        numero = parametros.get("numero", "")
        numero_ok = numero.isascii() and numero.isdigit() and len(numero) < 10
        reporte = ReporteOficial.objects.filter(numero=numero).first() if numero_ok else None
        if reporte is not None:
            yield from leer(reporte.filas if reporte.enviado else filas_de(reporte))


@informe
class InformeRegistros(Reporte):
    """The list of records with the filter in force."""

    codigo = "inoperatividad_registros"
    titulo = "Registros de inoperatividad"
    permiso = VER
    columnas = (
        Columna("Correlativo", 12),
        Columna("Punto de atención", 28),
        Columna("Tipo de trámite", 16),
        Columna("Consulta", 34),
        Columna("Aplicativos", 30),
        Columna("Escenario", 20),
        Columna("Motivo", 30),
        Columna("Inicio", 18),
        Columna("Fin", 18),
        Columna("Minutos", 12),
        Columna("Motivo de cierre", 30),
        Columna("Estado", 16),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        with _en_hora_de(perfil):
            consulta = FiltroRegistros(_datos(parametros)).aplicar()
        relacionados = ("unidad", "consulta", "motivo", "motivo_cierre")
        filas = consulta.select_related(*relacionados).prefetch_related("aplicativos").order_by("-correlativo")
        for r in filas.iterator(chunk_size=500):
            yield (
                r.correlativo, str(r.unidad), r.get_tipo_tramite_display(), str(r.consulta or ""),
                ", ".join(map(str, r.aplicativos.all())), r.get_escenario_display(), str(r.motivo), r.inicio, r.fin,
                int(r.duracion.total_seconds() // 60), str(r.motivo_cierre or ""), r.get_estado_display(),
            )  # fmt: skip


@informe
class InformeLinea(Reporte):
    """The timeline of a month (I-12)."""

    codigo = "inoperatividad_linea"
    titulo = "Minutos sin servicio"
    permiso = VER
    columnas = (
        Columna("Aplicativo", 24),
        Columna("Punto de atención", 28),
        Columna("Minutos sin servicio", 14),
        Columna("Registros", 12),
        Columna("Trámites afectados", 40),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        with _en_hora_de(perfil):
            renglones = linea(_datos(parametros))[1]
        for r in renglones:
            yield r.aplicativo, r.punto, r.minutos, r.registros, r.tramites
