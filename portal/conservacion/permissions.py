"""Who sees and writes the rules of retention."""

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil

FUNCIONES = {Funcion.ADMINISTRADOR_SEC: ["conservacion.change_regladeconservacion"]}


def puede_editar(perfil: Perfil) -> bool:
    """Only the SEC's administrator."""
    return perfil.es_sec and perfil.tiene("conservacion.change_regladeconservacion")
