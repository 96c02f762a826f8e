"""Spreadsheets of the section: the list as it is shown, and a batch for the commercial system."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict

from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from reclamos.seccion.estados import Estado
from reclamos.seccion.lista import ListaAsuntos
from reclamos.seccion.lotes import CABEZAS, filas_de
from reclamos.seccion.models import Lote

_ESTADOS = dict(Estado.choices)


@informe
class ReporteAsuntos(Reporte):
    """What the list shows with the filter in force."""

    codigo = "seccion"
    titulo = "Asuntos de la sección"
    permiso = "seccion.ver_seccion"
    columnas = (
        Columna("N°", 14),
        Columna("Empresa", 28),
        Columna("Asunto", 36),
        Columna("Interesado", 32),
        Columna("NIS", 14),
        Columna("Monto", 14),
        Columna("Registro", 18),
        Columna("Resolver hasta", 14),
        Columna("Estado", 24),
        Columna("Último paso", 18),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        consulta = _lista(parametros, perfil).fuente.consulta.order_by("-creado", "-caso")
        for a in consulta.iterator(chunk_size=500):
            yield (
                str(a), a.distribuidora.nombre_fantasia, a.deber.nombre, a.interesado,
                a.nis, a.monto, a.creado, a.vence, _ESTADOS[a.estado], a.cambiado,
            )  # fmt: skip

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        total = _lista(parametros, perfil).fuente.total
        return None if total.mas else total.n


def _lista(parametros: Parametros, perfil: Perfil) -> ListaAsuntos:
    datos = QueryDict(mutable=True)
    datos.update(parametros)
    return ListaAsuntos(datos, perfil)


@informe
class ReporteLote(Reporte):
    """A batch as a workbook; `lote` is its key."""

    codigo = "seccion-lote"
    titulo = "Lote para el SGC"
    permiso = "seccion.tramitar"
    columnas = tuple(Columna(cabeza, 22) for cabeza in CABEZAS)

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        clave = parametros.get("lote", "")
        lote = Lote.objects.filter(pk=clave).first() if clave.isdecimal() and len(clave) < 19 else None
        return iter(()) if lote is None else filas_de(lote)
