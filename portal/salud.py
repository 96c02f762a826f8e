"""Two questions of machines: is the process alive, and can it serve? Public, so without details; the log has them."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from portal import reloj
from portal.avisos.models import Aviso
from portal.mirada import sin_pared
from portal.permisos import publica

ATRASO_TOLERADO = timedelta(minutes=10)


@publica
@require_safe
@never_cache
def vivo(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing of anybody."""
    return JsonResponse({"estado": "vivo"})


@publica
@require_safe
@never_cache
def listo(request: HttpRequest) -> HttpResponse:
    """200 when the database and the cache answer and no notice has been due for long; 503 otherwise."""
    faltas = [nombre for nombre, responde in _PRUEBAS.items() if not _intentar(responde)]
    if faltas:
        structlog.get_logger(__name__).warning("no_listo", faltas=faltas)
    return JsonResponse({"estado": "no listo" if faltas else "listo"}, status=503 if faltas else 200)


def _base_responde() -> bool:
    connection.ensure_connection()
    return connection.is_usable()


def _cache_responde() -> bool:
    cache.set("salud", "1", 30)
    return cache.get("salud") == "1"


@sin_pared()
def _avisos_al_dia() -> bool:
    return not Aviso.todos().tomables().filter(proximo__lt=reloj.ahora() - ATRASO_TOLERADO).exists()


_PRUEBAS: dict[str, Callable[[], bool]] = {
    "base": _base_responde,
    "cache": _cache_responde,
    "avisos": _avisos_al_dia,
}


def _intentar(prueba: Callable[[], bool]) -> bool:
    try:
        return prueba()
    except (DatabaseError, RedisError, OSError):
        return False
