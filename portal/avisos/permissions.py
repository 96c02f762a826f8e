"""Who watches over the mail."""

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil

FUNCIONES = {
    Funcion.AUDITOR: ["avisos.ver_avisos"],
    Funcion.ADMINISTRADOR_SEC: ["avisos.ver_avisos", "avisos.reenviar_avisos", "avisos.modificar_mensajes"],
}


def puede_reenviar(perfil: Perfil) -> bool:
    """Only the SEC's administrator sends a failed notice again."""
    return perfil.tiene("avisos.reenviar_avisos")


def puede_modificar(perfil: Perfil) -> bool:
    """Only the SEC's administrator changes what the portal writes (R-04)."""
    return perfil.es_sec and perfil.tiene("avisos.modificar_mensajes")
