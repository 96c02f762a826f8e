"""Spreadsheets of the section: the list as it is shown, and a batch for the commercial system."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.cuentas.models import Perfil
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion
from reclamos.seccion.estados import Estado
from reclamos.seccion.lista import ListaAsuntos
from reclamos.seccion.lotes import CABEZAS, FiltroLotes, filas_de
from reclamos.seccion.models import Lote
from reclamos.seccion.red.lista import FiltroEventos

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
    return ListaAsuntos(direccion(parametros), perfil)


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


@informe
class ReporteLotes(Reporte):
    """The list of batches with the filter in force (X-07)."""

    codigo = "seccion-lotes"
    titulo = "Lotes para el SGC"
    permiso = "seccion.tramitar"
    columnas = (
        Columna("Lote", 10),
        Columna("Exportado", 18),
        Columna("Quién", 30),
        Columna("Asuntos", 12),
        Columna("Cargado en el SGC", 18),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        lotes = FiltroLotes(direccion(parametros)).aplicar().order_by("-numero", "-pk")
        for lote in lotes.iterator(chunk_size=500):
            yield lote.numero, lote.creado, lote.por.nombre, lote.cuantos, lote.cargado


@informe
class ReporteEventos(Reporte):
    """The register of network events, with the filter in force (Q-11)."""

    codigo = "eventos_red"
    titulo = "Eventos de la red"
    permiso = "seccion.ver_eventos"
    columnas = (
        Columna("N°", 14),
        Columna("Empresa", 28),
        Columna("Tipo", 24),
        Columna("Desde", 18),
        Columna("Hasta", 18),
        Columna("Alimentador", 16),
        Columna("Subestación", 20),
        Columna("Comuna o zona", 20),
        Columna("Causa", 50),
        Columna("Documento de origen", 36),
        Columna("Reclamos", 12),
        Columna("Estado", 14),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        eventos = FiltroEventos(direccion(parametros), perfil=perfil).aplicar().order_by("-desde", "-caso")
        for e in eventos.iterator(chunk_size=500):
            yield (
                str(e), e.distribuidora.nombre_fantasia, e.get_tipo_display(), e.desde, e.hasta, e.alimentador,
                e.subestacion, e.zona, e.causa, e.fuente, e.cuantos, e.get_estado_display(),
            )  # fmt: skip
