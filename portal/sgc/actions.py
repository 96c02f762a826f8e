"""Bringing the mirror up to date: ask, rehearse, apply, give up; and what to do with what it does not know."""

import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from portal import reloj
from portal.cuentas.models import Distribuidora, Perfil
from portal.encargos.models import Definitivo
from portal.encargos.reparto import repartir
from portal.historial.models import registrar
from portal.informes.actions import soltar
from portal.mirada import de_la_empresa
from portal.permisos import exigir
from portal.sgc import lectura, volcado
from portal.sgc.columnas import Juez
from portal.sgc.models import Ajuste, Importacion
from portal.sgc.permissions import puede_importar

ERRORES_GUARDADOS = 500
Errores = list[tuple[int, str, str]]


@transaction.atomic
def pedir(archivo: File, *, por: Perfil, contenido: str) -> Importacion:
    """Keep the file and rehearse its import in the background; nothing is written to the mirror yet."""
    exigir(puede_importar(por))
    importacion = Importacion(
        distribuidora=por.distribuidora, perfil=por, contenido=contenido, nombre=Path(str(archivo.name)).name[-120:]
    )
    importacion.archivo.save(f"{importacion.pk}.tabla", archivo, save=False)
    importacion.save(force_insert=True)
    repartir(importacion)
    return importacion


@transaction.atomic
def aplicar(importacion: Importacion, *, por: Perfil) -> Importacion:
    """Apply what was rehearsed without errors. ValidationError when it cannot be (any more)."""
    exigir(puede_importar(por) and por.distribuidora_id == importacion.distribuidora_id)
    importacion = Importacion.objects.select_for_update(of=("self",)).get(pk=importacion.pk)
    if not importacion.aplicable:
        raise ValidationError("Esta importación ya se aplicó, tiene errores o su archivo ya no está.")
    importacion.ensayo, importacion.perfil = False, por
    importacion.estado, importacion.intentos, importacion.terminado = Importacion.Estado.PENDIENTE, 0, None
    importacion.proximo, importacion.repartido = reloj.ahora(), None
    importacion.save()
    repartir(importacion)
    return importacion


@transaction.atomic
def ajustar(*, por: Perfil, admite_no_verificadas: bool) -> None:
    """Say what is done with references that the mirror does not know."""
    exigir(puede_importar(por))
    Ajuste.objects.update_or_create(
        distribuidora=por.distribuidora, defaults={"admite_no_verificadas": admite_no_verificadas}
    )
    registrar(None, "sgc_ajustado", por=por, admite_no_verificadas=admite_no_verificadas)


def hacer(importacion: Importacion) -> None:
    """The background work: read the file, and apply it when that was asked for."""
    with de_la_empresa(importacion.distribuidora_id):
        with tempfile.NamedTemporaryFile() as copia:  # storages need not be disks, and readers need a path
            with importacion.archivo.open("rb") as guardado:
                for trozo in iter(lambda: guardado.read(1 << 20), b""):
                    copia.write(trozo)
            copia.flush()
            _leer(importacion, Path(copia.name))
        if importacion.cuantos_errores or not importacion.ensayo:
            soltar_archivos(Importacion.todos().filter(pk=importacion.pk))


def importar_archivo(
    ruta: Path,
    *,
    empresa: Distribuidora,
    contenido: str,
    ensayo: bool,
    contando: Callable[[int], None] = lambda filas: None,
) -> Importacion:
    """The same from a command, at once; the row says how it went."""
    importacion = Importacion(distribuidora=empresa, contenido=contenido, nombre=ruta.name[-120:], ensayo=ensayo)
    importacion.save(force_insert=True)
    tomada = Importacion.tomar(importacion.pk)
    assert tomada is not None  # noqa: S101 - it was made this moment
    try:
        _leer(tomada, ruta, contando)
    except Definitivo as error:
        tomada.fallar(str(error))
        raise
    return tomada


def _leer(importacion: Importacion, ruta: Path, contando: Callable[[int], None] = lambda filas: None) -> None:
    with volcado.abierto(importacion.contenido, importacion.distribuidora_id) as provisorio:
        errores, cuantos = _guardar(importacion, ruta, provisorio, contando)
        if not cuantos:
            errores = _contra_el_resto(importacion, provisorio)
            cuantos = len(errores)
        resultado: dict[str, Any] = {"cuantos_errores": cuantos, "errores": errores[:ERRORES_GUARDADOS]}
        if not cuantos:
            cuenta = provisorio.contar()
            resultado |= {"nuevas": cuenta.nuevas, "cambiadas": cuenta.cambiadas, "iguales": cuenta.iguales}
        with transaction.atomic():
            if not cuantos and not importacion.ensayo:
                provisorio.aplicar()
                registrar(None, "sgc_importado", por=importacion.perfil, importacion=str(importacion.pk))
            importacion.terminar(**resultado)


def _guardar(
    importacion: Importacion, ruta: Path, provisorio: volcado.Volcado, contando: Callable[[int], None]
) -> tuple[Errores, int]:
    """Judge each row and stage it, batch by batch; after the first error only judge. The errors, and how many."""
    filas = lectura.filas(ruta)
    _, encabezado = next(filas, (0, []))
    if not encabezado:
        raise Definitivo("El archivo está vacío: la primera línea debe tener los nombres de las columnas.")
    juez = Juez(importacion.contenido, importacion.distribuidora, encabezado)
    errores: Errores = []
    leidas = cuantos = 0
    while lote := list(islice(filas, volcado.LOTE)):
        buenas = []
        for linea, fila in lote:
            valores, malas = juez.juzgar(fila)
            cuantos += len(malas)
            if malas:
                errores.extend((linea, columna, texto) for columna, texto in malas)
                del errores[ERRORES_GUARDADOS:]
            else:
                buenas.append((linea, *(valores[c] for c in provisorio.campos)))
        if not cuantos:
            provisorio.guardar(buenas)
        leidas += len(lote)
        importacion.renovar(filas=leidas)
        contando(leidas)
    if not leidas:
        raise Definitivo("El archivo no tiene filas debajo de los nombres de las columnas.")
    return errores, cuantos


def _contra_el_resto(importacion: Importacion, provisorio: volcado.Volcado) -> Errores:
    """What is wrong between lines, or with the mirror."""
    de_suministros = importacion.contenido == Importacion.Contenido.SUMINISTROS
    columna = "NIS" if de_suministros else "Número"
    errores: Errores = [
        (linea, columna, f"Ya está en la línea {antes}.") for linea, antes in provisorio.repetidas(ERRORES_GUARDADOS)
    ]
    if not de_suministros:
        errores += [
            (linea, "NIS", f"El espejo no tiene el NIS {nis}. Importa antes los suministros.")
            for linea, nis in provisorio.sin_suministro(ERRORES_GUARDADOS)
        ]
    return sorted(errores)


def soltar_archivos(importaciones: QuerySet[Importacion]) -> None:
    """The stored files have done their work."""
    claves = [clave for clave in importaciones.values_list("archivo", flat=True) if clave]
    importaciones.update(archivo="")
    soltar(claves)
