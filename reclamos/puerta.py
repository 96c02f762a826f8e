"""Following a complaint without an account: code and document prove the key, the session keeps it (Q-17)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from portal.acceso.limites import Tope
from portal.cuentas.ambito import con_llave, sin_ambito
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso
from portal.mirada import sin_pared
from reclamos.documentos import compacto
from reclamos.models import Reclamo, Recurso

CONSULTA_POR_DIRECCION = Tope("reclamo-consulta-direccion", 20, timedelta(hours=1))
CONSULTA_POR_CODIGO = Tope("reclamo-consulta-codigo", 10, timedelta(hours=1))
INGRESO_POR_DIRECCION = Tope("reclamo-ingreso-direccion", 30, timedelta(hours=1))
INGRESO_POR_DOCUMENTO = Tope("reclamo-ingreso-documento", 5, timedelta(hours=1))
SUBIDA_POR_DIRECCION = Tope("reclamo-subida-direccion", 100, timedelta(hours=1))
_LLAVERO = "reclamos_llaves"
_MUCHAS = 20


def hallar(codigo: str, documento: str) -> Reclamo | None:
    """The complaint with that code whose complainant has that document; None alike when either is wrong."""
    limpio, dicho = codigo.strip(), compacto(documento)
    hallado = None
    with sin_ambito():
        for reclamo in Reclamo.objects.select_related("caso").filter(
            Q(codigo__iexact=limpio) | Q(ingreso__iexact=limpio)
        ):
            if constant_time_compare(compacto(reclamo.documento), dicho):
                hallado = reclamo
    return hallado


@sin_pared()
def existe(clave: UUID) -> bool:
    """Whether a case with that key was begun, by whomever."""
    return Caso._base_manager.filter(clave=clave).exists()


def dar_llave(sesion: SessionBase, clave: UUID) -> None:
    """From now on this browser sees that case."""
    llaves = [k for k in sesion.get(_LLAVERO, []) if k != str(clave)]
    sesion[_LLAVERO] = [*llaves, str(clave)][-_MUCHAS:]


def llaves(request: HttpRequest) -> list[UUID]:
    """The keys that this browser holds."""
    return [UUID(k) for k in request.session.get(_LLAVERO, [])]


def tiene_llave(request: HttpRequest, clave: UUID) -> bool:
    return str(clave) in request.session.get(_LLAVERO, [])


@contextmanager
def mirando(request: HttpRequest) -> Iterator[Perfil | None]:
    """The scope of whoever asks: the active profile's, or that of the keys this browser holds. Yields who acts."""
    perfil: Perfil | None = request.perfil  # type: ignore[attr-defined]
    if perfil is not None:
        yield perfil
        return
    propias = llaves(request)
    with sin_pared():  # each appeal has a key of its own, which only its complaint tells
        de_recursos = Recurso._base_manager.filter(reclamo__caso__clave__in=propias).values_list(
            "caso__clave", flat=True
        )
        todas = [*propias, *de_recursos]
    with con_llave(todas):
        yield None
