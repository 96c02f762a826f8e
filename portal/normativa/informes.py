"""The spreadsheets of the rules of terms and of retention."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.conservacion.actions import contar
from portal.conservacion.clases import de, por_nombre
from portal.conservacion.models import ReglaDeConservacion
from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from portal.normativa.forms import FiltroConservacion, FiltroReglas
from portal.normativa.materias import nombre
from portal.plazos.models import Regla


@informe
class ReportePlazos(Reporte):
    """The rules as the page shows them with the filter in force (R-07)."""

    codigo = "plazos"
    titulo = "Plazos"
    permiso = "plazos.view_regla"
    columnas = (
        Columna("Materia", 44),
        Columna("Rige para", 30),
        Columna("Cantidad", 10),
        Columna("Unidad", 18),
        Columna("Vigente desde", 14),
        Columna("Vigente hasta", 14),
        Columna("Norma", 50),
        Columna("Verificado", 12),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        reglas = FiltroReglas(direccion(parametros)).aplicar(Regla.objects.select_related("distribuidora"))
        for r in reglas.order_by("materia", "pk").iterator(chunk_size=500):
            para = str(r.distribuidora) if r.distribuidora else f"Todas las de {r.get_pais_display()}"
            yield (
                *(nombre(r.materia), para, r.cantidad, r.get_unidad_display(), r.vigente_desde, r.vigente_hasta),
                *(r.norma, "Sí" if r.verificado else "No"),
            )


@informe
class ReporteConservacion(Reporte):
    """The rules of retention as the page shows them with the filter in force (R-07)."""

    codigo = "conservacion"
    titulo = "Conservación"
    permiso = "conservacion.change_regladeconservacion"
    columnas = (
        Columna("Datos", 50),
        Columna("Cantidad", 10),
        Columna("Unidad", 10),
        Columna("Se cuenta desde", 44),
        Columna("Estado", 12),
        Columna("Se borrarían hoy", 16),
        Columna("Norma", 50),
        Columna("Verificado", 12),
        Columna("Qué se borra", 80),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        reglas = list(
            FiltroConservacion(direccion(parametros)).aplicar(ReglaDeConservacion.objects.order_by(por_nombre()))
        )
        cuantas = contar(reglas)
        for r in reglas:
            clase = de(r.clase)
            yield (
                *(clase.nombre, r.cantidad, r.get_unidad_display(), clase.desde),
                *("Encendida" if r.activa else "Apagada", cuantas[r.pk]),
                *(r.norma, "Sí" if r.verificado else "No", clase.borra),
            )
