"""Who administers people and companies (A-08, R-06)."""

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil

FUNCIONES = {Funcion.ADMINISTRADOR_SEC: ["cuentas.administrar_usuarios", "cuentas.administrar_empresas"]}


def puede_administrar_usuarios(perfil: Perfil) -> bool:
    """Only the SEC's administrator makes, changes and deactivates users."""
    return perfil.es_sec and perfil.tiene("cuentas.administrar_usuarios")


def puede_administrar_empresas(perfil: Perfil) -> bool:
    """Only the SEC's administrator edits the catalogue of companies and their units."""
    return perfil.es_sec and perfil.tiene("cuentas.administrar_empresas")
