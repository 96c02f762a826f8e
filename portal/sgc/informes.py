"""The spreadsheet of imports."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from portal.sgc.lista import FiltroImportaciones


@informe
class ReporteImportaciones(Reporte):
    """What the page of the mirror lists with the filter in force, newest first (X-07)."""

    codigo = "importaciones"
    titulo = "Importaciones del espejo del sistema comercial"
    permiso = "sgc.importar_sgc"
    columnas = (
        Columna("Archivo", 34),
        Columna("Qué trae", 28),
        Columna("Cuándo", 18),
        Columna("Quién", 30),
        Columna("Filas", 12),
        Columna("Nuevas", 12),
        Columna("Cambiadas", 12),
        Columna("Iguales", 12),
        Columna("Errores", 12),
        Columna("Ensayo", 10),
        Columna("Estado", 16),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        importaciones = FiltroImportaciones(direccion(parametros)).aplicar().select_related("perfil__usuario")
        for i in importaciones.order_by("-creado", "-pk").iterator(chunk_size=500):
            yield (
                *(i.nombre, i.get_contenido_display(), i.creado, i.quien, i.filas, i.nuevas, i.cambiadas, i.iguales),
                *(i.cuantos_errores, "Sí" if i.ensayo else "No", i.get_estado_display()),
            )
