"""Who brings the mirror up to date: whoever administers the company, and those who control its figures."""

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil

FUNCIONES = {
    Funcion.ADMINISTRADOR_EMPRESA: ["sgc.importar_sgc"],
    Funcion.CONTROL: ["sgc.importar_sgc"],
    Funcion.SEGUIMIENTO: ["sgc.importar_sgc"],
}


def puede_importar(perfil: Perfil) -> bool:
    """Always for the own company alone."""
    return perfil.distribuidora_id is not None and perfil.tiene("sgc.importar_sgc")
