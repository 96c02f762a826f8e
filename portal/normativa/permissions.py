"""Who sees the rules of terms, and who writes them."""

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil

PERFILES = {TipoPerfil.SEC: ["plazos.view_regla"]}
FUNCIONES = {Funcion.ADMINISTRADOR_SEC: ["plazos.change_regla"]}


def puede_editar(perfil: Perfil) -> bool:
    """Only the SEC's administrator."""
    return perfil.es_sec and perfil.tiene("plazos.change_regla")
