"""Spreadsheets of attended clients: the list, and the sheet of a signed month."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gestiones import libro_planilla
from gestiones.designados import funcionarios, situacion
from gestiones.lista import Gestiones
from gestiones.models import Cierre, Gestion
from gestiones.planilla import TITULO
from portal import reloj
from portal.cuentas.models import Perfil
from portal.encargos.models import Definitivo
from portal.informes.libro import Columna
from portal.informes.registro import Contar, Parametros, Reporte, informe
from portal.listas.filtrada import direccion


@informe
class ReporteGestiones(Reporte):
    """What the list shows with the filter in force, newest first (X-07)."""

    codigo = "gestiones"
    titulo = "Gestiones de Atención al Cliente"
    permiso = "gestiones.ver_gestiones"
    columnas = (
        Columna("N°", 9),
        Columna("Día y hora", 18),
        Columna("Unidad", 24),
        Columna("Funcionario", 30),
        Columna("Documento", 18),
        Columna("NIS, Expediente o Reclamo", 26),
        Columna("Titular", 34),
        Columna("Tensión", 10),
        Columna("Tipo de Gestión", 32),
        Columna("Preferencial", 26),
        Columna("Horario", 16),
        Columna("Situación", 14),
        Columna("Verificada", 12),
        Columna("Observación", 50),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        for g in self._lista(perfil, parametros).fuente.consulta.order_by("-momento", "-caso").iterator(2000):
            yield (
                *(g.numero, g.momento, g.unidad.nombre, g.agente.nombre, g.documento_escrito, g.referencia_escrita),
                *(g.titular, g.tension, g.get_tipo_display(), g.get_preferencial_display(), horario(g)),
                *(g.get_estado_display(), g.verificada, g.observacion),
            )

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        total = self._lista(perfil, parametros).fuente.total
        return None if total.mas else total.n

    @staticmethod
    def _lista(perfil: Perfil, parametros: Parametros) -> Gestiones:
        return Gestiones(direccion(parametros), perfil)


def horario(gestion: Gestion) -> str:
    """Ordinary or extraordinary, in words."""
    return "Extraordinario" if gestion.extraordinaria else "Ordinario"


@informe
class ReportePlanilla(Reporte):
    """The sheet of one sign-off (`cierre`: its key), with the detail (G-08)."""

    codigo = "planilla"
    titulo = TITULO
    permiso = "gestiones.ver_planilla"
    columnas = libro_planilla.DETALLE

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        cierre = self._cierre(parametros)
        nombres = dict(cierre.renglones.values_list("agente", "funcionario"))
        gestiones = cierre.gestiones.select_related("unidad__distribuidora").order_by("momento", "caso")
        for g in gestiones.iterator(2000):
            yield (
                *(g.numero, g.momento, nombres[g.agente_id], g.documento_escrito, g.referencia_escrita),
                *(f"{g.tipo} {g.get_tipo_display()}", g.get_preferencial_display(), horario(g)),
                *("Sí" if g.dia < cierre.mes else "", g.verificada, g.observacion),
            )

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        return self._cierre(parametros).gestiones.count()

    def escribir(self, destino: Path, perfil: Perfil, parametros: Parametros, contando: Contar) -> None:
        libro_planilla.escribir(destino, self._cierre(parametros), contando(self.filas(perfil, parametros)))

    @staticmethod
    def _cierre(parametros: Parametros) -> Cierre:
        """The sign-off asked for, if it is in sight."""
        clave = parametros.get("cierre", "")
        cierres = Cierre.objects.select_related("unidad__distribuidora", "jefe__usuario")
        cierre = cierres.filter(pk=int(clave)).first() if clave.isdecimal() and len(clave) < 18 else None
        if cierre is None:
            raise Definitivo("Ese cierre no existe o no está a tu alcance.")
        return cierre


@informe
class ReporteFuncionarios(Reporte):
    """Who attends, with the filter in force (G-06, X-07)."""

    codigo = "funcionarios"
    titulo = "Funcionarios que atienden"
    permiso = "gestiones.validar_gestion"
    columnas = (
        Columna("Funcionario", 34),
        Columna("Unidad", 28),
        Columna("Cómo atiende", 16),
        Columna("Desde", 14),
        Columna("Hasta", 14),
        Columna("Situación", 16),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        hoy = reloj.hoy(perfil.zona_horaria)
        designaciones = funcionarios(direccion(parametros), perfil).fuente.consulta
        for d in designaciones.order_by("unidad__nombre", "funcionario__usuario__nombres", "pk").iterator(500):
            yield d.funcionario.nombre, d.unidad.nombre, d.get_clase_display(), d.desde, d.hasta, situacion(d, hoy)
