"""What sign-in leaves behind."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from portal.acceso.models import Limite, RetoUsado
from portal.conservacion.clases import Clase, eliminar


def _intentos(limite: datetime) -> QuerySet[Limite]:
    return Limite.objects.filter(hasta__lte=limite)


def _captchas(limite: datetime) -> QuerySet[RetoUsado]:
    return RetoUsado.objects.filter(caduca__lte=limite)


def _sesiones(limite: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=limite)


def _equipos(limite: datetime) -> QuerySet[UserSession]:
    """Of sessions that are not any more."""
    viva = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(viva), last_seen_at__lte=limite)


CLASES = [
    Clase(
        codigo="acceso.intentos",
        nombre="Intentos de ingreso, de registro y de recuperación",
        desde="que dejan de contar",
        borra="Se borra la cuenta de intentos de cada cuenta y dirección. No queda nada.",
        vencidas=_intentos,
        borrar=eliminar,
    ),
    Clase(
        codigo="acceso.captchas",
        nombre="Verificaciones ya usadas",
        desde="que vencen",
        borra="Se borra la marca de que se usó. No queda nada.",
        vencidas=_captchas,
        borrar=eliminar,
    ),
    Clase(
        codigo="acceso.sesiones",
        nombre="Sesiones terminadas",
        desde="que vencen",
        borra="Se borra lo que el portal recordaba de la visita. El ingreso queda en el historial.",
        vencidas=_sesiones,
        borrar=eliminar,
    ),
    Clase(
        codigo="acceso.equipos",
        nombre="Direcciones y navegadores de sesiones terminadas",
        desde="la última visita",
        borra="Se borra desde qué dirección y con qué navegador fue. El ingreso queda en el historial.",
        vencidas=_equipos,
        borrar=eliminar,
    ),
]
