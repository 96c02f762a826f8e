"""Spreadsheets of outages."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from inoperatividad.formato_oficial import FORMATO, filas_de, leer
from inoperatividad.linea import linea
from inoperatividad.lista import FiltroCriticas, FiltroMasivas, FiltroRegistros, FiltroReportes
from inoperatividad.models import Registro
from inoperatividad.models import Reporte as ReporteOficial
from inoperatividad.permissions import REGISTRAR, REPORTES, VER
from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion


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
        consulta = FiltroRegistros(direccion(parametros)).aplicar()
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
        for r in linea(direccion(parametros))[1]:
            yield r.aplicativo, r.punto, r.minutos, r.registros, r.tramites


@informe
class InformeMasivas(Reporte):
    """The list of masivas with the filter in force (I-05)."""

    codigo = "inoperatividad_masivas"
    titulo = "Fallas masivas"
    permiso = VER
    columnas = (
        Columna("N°", 10),
        Columna("Inicio", 18),
        Columna("Fin", 18),
        Columna("Minutos", 12),
        Columna("Estado", 16),
        Columna("Aplicativos", 40),
        Columna("Causa", 50),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        masivas = FiltroMasivas(direccion(parametros)).aplicar().prefetch_related("aplicativos")
        for m in masivas.order_by("-inicio", "-pk").iterator(chunk_size=500):
            minutos, aplicativos = int(m.duracion.total_seconds() // 60), ", ".join(map(str, m.aplicativos.all()))
            yield m.numero, m.inicio, m.fin, minutos, m.get_estado_display(), aplicativos, m.causa


@informe
class InformeReportes(Reporte):
    """The list of official reports with the filter in force (I-10)."""

    codigo = "inoperatividad_reportes"
    titulo = "Reportes de inoperatividad"
    permiso = REPORTES
    columnas = (
        Columna("N°", 10),
        Columna("Creado", 18),
        Columna("Se envía hasta", 18),
        Columna("Enviado", 18),
        Columna("Estado", 16),
        Columna("Registros", 12),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        reportes = FiltroReportes(direccion(parametros)).aplicar().order_by("-numero", "-pk")
        cuantos = Registro.objects.filter(reporte=OuterRef("pk")).order_by().values("reporte").annotate(n=Count("pk"))
        for r in reportes.annotate(cuantos=Subquery(cuantos.values("n"))).iterator(chunk_size=500):
            yield r.numero, r.creado, r.vence, r.enviado, r.get_estado_display(), r.cuantos or 0


@informe
class InformeCriticas(Reporte):
    """What was attended by hand, with the filter in force (I-07)."""

    codigo = "inoperatividad_criticas"
    titulo = "Trámites atendidos a mano"
    permiso = REGISTRAR
    columnas = (
        Columna("Cuándo", 18),
        Columna("Registro", 12),
        Columna("Punto de atención", 28),
        Columna("Qué se atendió", 40),
        Columna("A quién", 34),
        Columna("Detalle", 50),
        Columna("Regularizada", 18),
        Columna("Número en el sistema", 24),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        criticas = FiltroCriticas(direccion(parametros)).aplicar().select_related("registro__unidad")
        for c in criticas.order_by("atendida", "pk").iterator(chunk_size=500):
            yield (
                *(c.atendida, c.registro.correlativo, str(c.registro.unidad), c.get_tipo_display(), c.cliente),
                *(c.detalle, c.regularizada, c.referencia),
            )
