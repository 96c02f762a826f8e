"""The verbs of a file: keep it, link it to a case, take it away; and the sweep of what nobody linked."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from portal import reloj
from portal.adjuntos import cifrado
from portal.adjuntos.models import Adjunto, Archivo, Fijo, Guardado
from portal.adjuntos.reservados import es_reservado
from portal.adjuntos.revision import ArchivoRechazado, Revisado
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso
from portal.historial.models import Evento
from portal.mirada import sin_pared

bitacora = logging.getLogger(__name__)
SIN_DUENO = timedelta(days=1)
_HECHOS_DEL_ARCHIVO = ("nombre", "formato", "bytes", "sha256", "sha256_recibido")
_DE_LO_GUARDADO = (*_HECHOS_DEL_ARCHIVO, "archivo", "llave")


def guardar(revisado: Revisado, *, por: Perfil | None, tipo: str = "") -> Guardado:
    """Store a checked file, before any lock is taken; it waits to be linked and is swept when nobody does.

    `tipo`: what it is going to be linked as, where that is known; of a reserved one only ciphertext is stored.

    ArchivoRechazado, with a sentence, when the storage fails (disk full, bucket out of reach).
    """
    guardado = Guardado(perfil=por, **{campo: getattr(revisado, campo) for campo in _HECHOS_DEL_ARCHIVO})
    contenido = revisado.archivo
    if es_reservado(tipo):
        guardado.llave, contenido = cifrado.primera(), cifrado.cifrar(revisado.archivo, revisado.sha256)
    try:
        with contenido:
            guardado.archivo.save(revisado.nombre, contenido, save=False)
    except DatabaseError:
        raise
    except Exception as error:  # each storage has errors of its own
        bitacora.exception("no se pudo guardar un archivo")
        raise ArchivoRechazado(
            f"No pudimos guardar {revisado.nombre} por un problema nuestro. Inténtalo de nuevo en unos minutos."
        ) from error
    with sin_pared():
        guardado.save()
    return guardado


@transaction.atomic
def vincular(guardado: Guardado, caso: Caso, *, tipo: str, por: Perfil | None, evento: Evento | None = None) -> Adjunto:
    """Make a stored file part of `caso`. ArchivoRechazado when it is not kept any more: swept, or linked already."""
    if es_reservado(tipo) and not guardado.llave:
        raise ValueError(f"«{tipo}» se guarda cifrado: hay que decir el tipo al guardarlo.")
    return Adjunto.objects.create(caso=caso, tipo=tipo, evento=evento, subido_por=por, **_tomar(guardado))


@transaction.atomic
def fijar(guardado: Guardado, *, por: Perfil | None) -> Fijo:
    """Keep a stored file that belongs to no case. ArchivoRechazado as in `vincular`."""
    return Fijo.objects.create(subido_por=por, **_tomar(guardado))


@transaction.atomic
def entregar(fijo: Fijo, caso: Caso, *, tipo: str, por: Perfil | None, evento: Evento | None = None) -> Adjunto:
    """Give `caso` a file of its own that shares the bytes of `fijo`."""
    return Adjunto.objects.create(caso=caso, tipo=tipo, evento=evento, subido_por=por, **_datos(fijo))


@sin_pared()  # who sends without an account has none to keep files under
def _tomar(guardado: Guardado) -> dict[str, Any]:
    """What is known of a stored file, which waits no longer."""
    # By a query, so that the instance keeps its key: if the caller rolls back, its form names the file again.
    if not Guardado._base_manager.filter(pk=guardado.pk).delete()[0]:
        raise ArchivoRechazado(f"{guardado.nombre} ya no está guardado. Elígelo de nuevo.")
    return _datos(guardado)


def _datos(archivo: Archivo) -> dict[str, Any]:
    return {campo: getattr(archivo, campo) for campo in _DE_LO_GUARDADO}


def adjuntar(caso: Caso, revisado: Revisado, *, tipo: str, por: Perfil | None, evento: Evento | None = None) -> Adjunto:
    """Store and link at once, where no lock is held."""
    return vincular(guardar(revisado, por=por, tipo=tipo), caso, tipo=tipo, por=por, evento=evento)


@transaction.atomic
def quitar(adjunto: Adjunto, *, por: Perfil | None) -> None:
    """Take a file out of its draft; the stored bytes go after the commit."""
    clave = str(adjunto.archivo.name)
    adjunto.delete()
    transaction.on_commit(lambda: soltar(clave), robust=True)


def vaciar(adjuntos: QuerySet[Adjunto], *, con: str) -> None:
    """Let go of what was kept and of its name, in whose place stands `con`; the bytes go after the commit."""
    claves = list(adjuntos.values_list("archivo", flat=True))
    adjuntos.update(archivo="", nombre=con)
    transaction.on_commit(lambda: soltar(*claves), robust=True)


def soltar(*claves: str) -> None:
    """Delete stored bytes, unless a row has them still: a form sent twice links its file twice."""
    for clave in set(claves) - _con_dueno(list(claves)):
        storages["adjuntos"].delete(clave)


@sin_pared()
def _con_dueno(claves: list[str]) -> set[str]:
    with sin_ambito():
        return {
            clave
            for modelo in (Adjunto, Guardado, Fijo)
            for clave in modelo.objects.filter(archivo__in=claves).values_list("archivo", flat=True)
        }


def barrer_huerfanos() -> int:
    """Remove what was stored more than a day ago and no row has; how many files they were."""
    almacen, borrados = storages["adjuntos"], 0
    limite = reloj.ahora() - SIN_DUENO
    for carpeta in _carpetas(almacen):
        claves = [f"{carpeta}/{nombre}" for nombre in almacen.listdir(carpeta)[1]]
        for inicio in range(0, len(claves), 500):
            tanda = claves[inicio : inicio + 500]
            for clave in set(tanda) - _con_dueno(tanda):
                if almacen.get_modified_time(clave) < limite:
                    almacen.delete(clave)
                    borrados += 1
    return borrados


def _carpetas(almacen: Storage, carpeta: str = "", hondura: int = 3) -> Iterator[str]:
    """The folders of days: `2026/11/21`."""
    try:
        hijas = almacen.listdir(carpeta)[0]
    except FileNotFoundError:
        return
    for hija in sorted(hijas):
        ruta = f"{carpeta}/{hija}" if carpeta else hija
        if hondura == 1:
            yield ruta
        else:
            yield from _carpetas(almacen, ruta, hondura - 1)
