"""Spreadsheets of complaints."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from reclamos.bandeja import Bandeja
from reclamos.models import Canal, Estado, Origen, Resultado
from reclamos.turno import DISTRIBUIDORAS


@informe
class ReporteReclamos(Reporte):
    """What the tray shows with the filter in force, newest first (X-07)."""

    codigo = "reclamos"
    titulo = "Reclamos"
    permiso = "reclamos.ver_reclamos"
    columnas = (
        Columna("Código de reclamo", 20),
        Columna("N° de ingreso", 14),
        Columna("Empresa", 28),
        Columna("Materia", 32),
        Columna("Suministro", 16),
        Columna("Canal", 12),
        Columna("Quién reclama", 14),
        Columna("Monto reclamado", 16),
        Columna("Estado", 22),
        Columna("Ingreso", 18),
        Columna("Vence", 18),
        Columna("Respuesta", 18),
        Columna("Resultado", 20),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        campos = ("codigo", "ingreso", "distribuidora_id", "materia__nombre", "suministro", "canal", "origen", "monto")
        momentos = ("ingresado", "vence", "respondido")
        consulta = _bandeja(perfil, parametros).fuente.consulta.order_by("-ingresado", "-caso")
        for fila in consulta.values_list(*campos, "estado", *momentos, "resultado").iterator(chunk_size=2000):
            codigo, ingreso, empresa, materia, suministro, canal, origen, monto, estado, *fechas, resultado = fila
            yield (
                codigo,
                ingreso,
                str(DISTRIBUIDORAS.de(empresa)),
                materia,
                suministro,
                Canal(canal).label,
                Origen(origen).label,
                float(monto) if monto is not None else None,
                Estado(estado).label,
                *fechas,
                Resultado(resultado).label if resultado else "",
            )

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        total = _bandeja(perfil, parametros).fuente.total
        return None if total.mas else total.n


def _bandeja(perfil: Perfil, parametros: Parametros) -> Bandeja:
    return Bandeja(direccion(parametros), perfil)
