"""The entry that leads to the mirror."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

MENU = [
    Entrada(
        "Espejo del SGC",
        "sgc:espejo",
        "arrow-repeat",
        "sgc.importar_sgc",
        orden=65,
        tipos=(TipoPerfil.DISTRIBUIDORA, TipoPerfil.AGENTE),
    )
]
