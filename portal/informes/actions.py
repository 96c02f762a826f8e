"""Asking for a spreadsheet, making it, giving it up, throwing it away."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from portal import reloj
from portal.avisos.actions import avisar
from portal.conservacion.actions import vencimiento
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil
from portal.encargos.models import Definitivo
from portal.encargos.reparto import repartir
from portal.historial.models import registrar
from portal.informes.lectura import leyendo
from portal.informes.models import Informe, Tramo
from portal.informes.permissions import puede_pedir
from portal.informes.registro import Parametros, Reporte, reporte
from portal.mirada import sin_pared
from portal.permisos import exigir

CADA = 1.0
"""Seconds between two notes of progress, which also renew the lease."""
_FILAS_ENTRE_MIRADAS = 200


class TipoDesconocido(ValueError):
    """No app declares a spreadsheet of that code."""


class DemasiadosInformes(ValueError):
    """The profile has as many under way as it may; the text says so."""


MAXIMO_ABIERTOS = 5


@transaction.atomic
def pedir(tipo: str, parametros: Parametros, *, por: Perfil) -> Informe:
    """Ask for a spreadsheet of the kind `tipo` with a list's filter; the same one that is still being made is given
    back instead of another. TipoDesconocido, DemasiadosInformes."""
    clase = reporte(tipo)
    if clase is None:
        raise TipoDesconocido(tipo)
    exigir(puede_pedir(por, clase))
    abiertos = list(Informe.todos().abiertos().filter(perfil=por))
    for otro in abiertos:
        if otro.tipo == tipo and otro.parametros == parametros:
            return otro
    if len(abiertos) >= MAXIMO_ABIERTOS:
        raise DemasiadosInformes("Tienes cinco informes en preparación. Espera a que termine uno, o cancélalo.")
    informe = Informe(
        tipo=tipo,
        titulo=clase.titulo,
        parametros=parametros,
        perfil=por,
        nombre=_nombre(clase.titulo, reloj.ahora(), clase.extension(parametros)),
    )
    informe.save(force_insert=True)
    repartir(informe)
    return informe


def _nombre(titulo: str, momento: datetime, extension: str) -> str:
    """What the file is called, with the moment as of which it says what it says: «plazos-2026-11-30-0914.xlsx»."""
    return f"{slugify(titulo)[:60] or 'informe'}-{timezone.localtime(momento):%Y-%m-%d-%H%M}.{extension}"


def cancelar(informe: Informe, *, por: Perfil) -> bool:
    """Give up a spreadsheet that is not ready; False when it is too late. Its worker notices at its next note."""
    exigir(informe.perfil_id == por.pk)
    return bool(
        Informe.todos()
        .filter(pk=informe.pk)
        .abiertos()
        .update(estado=Informe.Estado.CANCELADO, arriendo=None, terminado=reloj.ahora())
    )


def hacer(informe: Informe) -> None:
    """Make the file as the profile that asked is now, and publish it: row, file and notice appear together."""
    perfil = Perfil.objects.select_related("usuario", "distribuidora", "unidad").get(pk=informe.perfil_id)
    clase = reporte(informe.tipo)
    if clase is None:
        raise Definitivo("Este tipo de informe ya no existe.")
    if not (perfil.activo and perfil.usuario.is_active and puede_pedir(perfil, clase)):
        informe.abandonar("El perfil que lo pidió ya no está activo o ya no tiene permiso.")
        return
    provisorio = taller() / f"{informe.arriendo}.{clase.extension(informe.parametros)}"
    try:
        with leyendo(informe), como(perfil), timezone.override(perfil.zona_horaria):  # its days are the page's
            _escribir(informe, clase, perfil, provisorio)
        _publicar(informe, perfil, provisorio)
    finally:
        provisorio.unlink(missing_ok=True)


def taller() -> Path:
    """Where files are while they are being made: on the machine that makes them."""
    carpeta = settings.VAR_DIR / "informes-en-curso"
    carpeta.mkdir(parents=True, exist_ok=True)
    return carpeta


def _escribir(informe: Informe, clase: Reporte, perfil: Perfil, destino: Path) -> None:
    parametros = informe.parametros
    informe.renovar(filas=0, total=clase.total(perfil, parametros))
    avance = _Avance(informe)
    clase.escribir(destino, perfil, parametros, avance)
    informe.renovar(filas=avance.filas)


class _Avance:
    """Counts the rows that pass and notes them every second or so; Perdido ends it all when it was cancelled."""

    def __init__(self, informe: Informe) -> None:
        self.informe = informe
        self.filas = 0
        self._ultima = monotonic()

    def __call__(self, filas: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for fila in filas:
            self.filas += 1
            if self.filas % _FILAS_ENTRE_MIRADAS == 0:
                self._mirar()
            yield fila

    def sumar(self, filas: int) -> None:
        self.filas += filas
        self._mirar()

    def _mirar(self) -> None:
        if monotonic() - self._ultima > CADA:
            self.informe.renovar(filas=self.filas)
            self._ultima = monotonic()


def _publicar(informe: Informe, perfil: Perfil, hecho: Path) -> None:
    """Store the whole file under a random key, then show it; what nobody was shown is taken back."""
    almacen = storages["informes"]
    with hecho.open("rb") as archivo:
        clave = almacen.save(hecho.name, File(archivo))
    caduca = vencimiento("informes.archivos", desde=reloj.ahora())
    try:
        with transaction.atomic():
            assert informe.empezado is not None  # noqa: S101 - its worker took it
            nombre = _nombre(informe.titulo, informe.empezado, hecho.suffix[1:])
            informe.terminar(
                archivo=clave, nombre=nombre, bytes=hecho.stat().st_size, caduca=caduca, total=informe.filas
            )
            _anunciar(informe, perfil)
    except BaseException:
        almacen.delete(clave)
        raise


def _anunciar(informe: Informe, perfil: Perfil) -> None:
    hasta = date_format(timezone.localtime(informe.caduca), r"l j \d\e F").lower() if informe.caduca else ""
    filas = f"{informe.filas:,}".replace(",", ".")
    avisar(
        None,
        "informe_listo",
        para=[(perfil.usuario.email, perfil)],
        contexto={
            "titulo_informe": informe.titulo,
            "cuantas": "1 fila" if informe.filas == 1 else f"{filas} filas",
            "hasta": hasta,
            "boton": ("Ver y descargar", informe.get_absolute_url()),
            "datos": [
                ("Archivo", informe.nombre),
                ("Datos al", date_format(timezone.localtime(informe.empezado), "d-m-Y, H:i")),
                ("Disponible hasta", hasta or "Sin fecha de término"),
            ],
            "motivo": "porque pediste un informe",
        },
    )


def anotar_descarga(informe: Informe, *, por: Perfil) -> None:
    """Remember that the file went out."""
    registrar(None, "informe_descargado", por=por, informe=str(informe.pk), tipo=informe.tipo)


def soltar_archivos(informes: QuerySet[Informe]) -> None:
    """Throw files away; the rows stay and say so."""
    claves = list(informes.values_list("archivo", flat=True))
    informes.update(archivo="")
    soltar(claves)


def soltar(claves: list[str]) -> None:
    """Delete stored files once the transaction is committed."""

    def borrar() -> None:
        for clave in claves:
            storages["informes"].delete(clave)

    transaction.on_commit(borrar, robust=True)


@sin_pared()
def barrer_restos() -> int:
    """Remove files older than a day that no row names: their worker died between storing and showing. How many."""
    almacen = storages["informes"]
    limite = reloj.ahora() - timedelta(days=1)
    nombrados = set(Informe.todos().exclude(archivo="").values_list("archivo", flat=True))
    nombrados.update(Tramo.objects.values_list("archivo", flat=True))
    carpetas = [c for c in ("", "tramos/") if almacen.exists(c)]
    nombres = [carpeta + nombre for carpeta in carpetas for nombre in almacen.listdir(carpeta)[1]]
    restos = [n for n in nombres if n not in nombrados and almacen.get_modified_time(n) < limite]
    for nombre in restos:
        almacen.delete(nombre)
    for provisorio in taller().iterdir():
        if provisorio.stat().st_mtime < limite.timestamp():
            provisorio.unlink(missing_ok=True)
            restos.append(provisorio.name)
    return len(restos)
