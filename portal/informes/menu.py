"""The entry that leads to one's spreadsheets."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

MENU = [
    Entrada(
        "Informes",
        "informes:lista",
        "file-earmark-spreadsheet",
        orden=70,
        tipos=(TipoPerfil.DISTRIBUIDORA, TipoPerfil.SEC, TipoPerfil.AGENTE),
    )
]
