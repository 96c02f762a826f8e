"""Spreadsheets of what the SEC watches over."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.acceso.usuarios.lista import Usuarios, fila_de_planilla
from portal.avisos.lista import FiltroAvisos
from portal.cuentas.models import Perfil
from portal.historial.lista import Registro, contar
from portal.informes.libro import Columna
from portal.informes.registro import Parametros, Reporte, informe
from portal.listas.filtrada import direccion


@informe
class ReporteHistorial(Reporte):
    """The history as the page shows it with the filter in force, newest first (R-08)."""

    codigo = "historial"
    titulo = "Historial"
    permiso = "historial.ver_historial"
    columnas = (
        Columna("N°", 10),
        Columna("Momento", 18),
        Columna("Qué", 44),
        Columna("Quién", 36),
        Columna("Perfil", 16),
        Columna("Desde", 18),
        Columna("Caso", 14),
        Columna("Comentario", 60),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        eventos = Registro(direccion(parametros), perfil).fuente.consulta.order_by("-cuando", "-pk")
        for evento in eventos.iterator(chunk_size=2000):
            fila = contar(evento, perfil)
            momento, como = evento.cuando, evento.get_como_display()
            yield evento.pk, momento, fila["frase"], fila["quien"], como, evento.desde, fila["caso"], evento.nota

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        total = Registro(direccion(parametros), perfil).fuente.total
        return None if total.mas else total.n


@informe
class ReporteUsuarios(Reporte):
    """The users as the page shows them with the filter in force, a row for each profile (A-08)."""

    codigo = "usuarios"
    titulo = "Usuarios"
    permiso = "cuentas.administrar_usuarios"
    columnas = (
        Columna("RUT", 14),
        Columna("Nombres", 24),
        Columna("Apellidos", 24),
        Columna("E-mail", 32),
        Columna("Perfil", 16),
        Columna("Distribuidora", 24),
        Columna("Unidad / Punto de Atención", 28),
        Columna("Funciones", 36),
        Columna("Perfil activo", 14),
        Columna("Estado de la cuenta", 20),
        Columna("Creación", 18),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        usuarios = Usuarios(direccion(parametros)).fuente.consulta.order_by("apellidos", "nombres", "pk")
        for usuario in usuarios.iterator(chunk_size=1000):
            for suyo in list(usuario.perfiles.all()) or [None]:
                yield fila_de_planilla(usuario, suyo)


@informe
class ReporteAvisos(Reporte):
    """The notices as the page shows them with the filter in force, newest first (X-02)."""

    codigo = "avisos"
    titulo = "Avisos"
    permiso = "avisos.ver_avisos"
    columnas = (
        Columna("Escrito", 18),
        Columna("Para", 34),
        Columna("Asunto", 60),
        Columna("N° Folio", 14),
        Columna("Estado", 16),
        Columna("Enviado", 18),
        Columna("Intentos", 10),
        Columna("Qué pasó", 50),
    )

    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        avisos = FiltroAvisos(direccion(parametros)).aplicar().select_related("caso").defer("texto", "html")
        for a in avisos.order_by("-creado", "-pk").iterator(chunk_size=2000):
            enviado = a.terminado if a.estado == a.Estado.HECHO else None
            folio = a.caso.numero if a.caso else ""
            yield a.creado, a.para, a.asunto, folio, a.get_estado_display(), enviado, a.intentos, a.error
