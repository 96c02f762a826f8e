"""Identity documents under the first key: those stored before there was one, and those of a key that is being left."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q, QuerySet

from portal.adjuntos import cifrado
from portal.adjuntos.actions import soltar
from portal.adjuntos.models import Adjunto, Guardado
from portal.adjuntos.reservados import tipos_reservados
from portal.cuentas.ambito import sin_ambito
from portal.historial.models import registrar

POR_VEZ = 500


@dataclass
class Estado:
    """Files by the key under which they are («»: plain), those that do not open, and those that wait for a form."""

    llaves: Counter[str] = field(default_factory=Counter)
    danados: list[str] = field(default_factory=list)
    en_espera: int = 0

    @property
    def al_dia(self) -> bool:
        return not self.danados and not self.en_espera and not self.llaves.keys() - {cifrado.primera()}


def comprobar() -> Estado:
    """Open each identity document; writes nothing."""
    estado = Estado()
    with sin_ambito():
        for adjunto in _de_a_pocos(_reservados()):
            if _entero(adjunto):
                estado.llaves[adjunto.llave] += 1
            elif _sigue(adjunto):
                estado.danados.append(str(adjunto.pk))
        estado.en_espera = Guardado.objects.exclude(llave__in=["", cifrado.primera()]).count()
    return estado


def rotar() -> Estado:
    """Put each identity document under the first key, one by one; what does not open stays as it is.

    Whoever stops it may run it again. Files that wait for their form are not touched: they are linked, and come
    with the next run, or let go of (`adjuntos.sin_formulario`).
    """
    estado = Estado()
    with sin_ambito():
        for adjunto in _de_a_pocos(_reservados().exclude(llave=cifrado.primera())):
            if _entero(adjunto):
                estado.llaves[cifrado.primera()] += _recifrar(adjunto)
            elif _sigue(adjunto):
                estado.danados.append(str(adjunto.pk))
        if estado.llaves.total():
            registrar(None, "cifrado_rotado", por=None, llave=cifrado.primera(), archivos=estado.llaves.total())
    return estado


def _reservados() -> QuerySet[Adjunto]:
    return Adjunto.objects.filter(Q(tipo__in=tipos_reservados()) | ~Q(llave="")).exclude(archivo="")


def _de_a_pocos(adjuntos: QuerySet[Adjunto]) -> Iterator[Adjunto]:
    """All of them, of which some are in memory at a time."""
    tanda = list(adjuntos.order_by("pk")[:POR_VEZ])
    while tanda:
        yield from tanda
        tanda = list(adjuntos.filter(pk__gt=tanda[-1].pk).order_by("pk")[:POR_VEZ])


def _sigue(adjunto: Adjunto) -> bool:
    """Whether it is still there: one may be taken out of its draft, or let go of, meanwhile."""
    return Adjunto.objects.filter(pk=adjunto.pk).exclude(archivo="").exists()


def _entero(adjunto: Adjunto) -> bool:
    """Whether what is stored opens and is what was kept."""
    suma = sha256()
    try:
        with adjunto.abrir() as claro:
            while trozo := claro.read(cifrado.PIEZA):
                suma.update(trozo)
    except (cifrado.NoSeAbre, FileNotFoundError, Adjunto.DoesNotExist):
        return False
    return suma.hexdigest() == adjunto.sha256


def _recifrar(adjunto: Adjunto) -> bool:
    """Store it anew, look at what was stored, lead its rows there, and only then let go of what was."""
    almacen, antes = storages["adjuntos"], str(adjunto.archivo.name)
    with adjunto.abrir() as claro, cifrado.cifrar(claro, adjunto.sha256) as nuevo:
        despues = almacen.save(adjunto.archivo.field.generate_filename(adjunto, adjunto.nombre), nuevo)
    copia = Adjunto(archivo=despues, llave=cifrado.primera(), sha256=adjunto.sha256)
    if not _entero(copia):
        raise OSError(f"El almacén no devuelve lo que se le dio: {despues}")
    with transaction.atomic():
        llevadas = Adjunto.objects.filter(archivo=antes).update(archivo=despues, llave=copia.llave)
        transaction.on_commit(lambda: soltar(antes if llevadas else despues), robust=True)
    return bool(llevadas)
