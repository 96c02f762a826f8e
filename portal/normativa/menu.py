"""The entries that lead to the rules of terms and of retention."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

MENU = [
    Entrada("Plazos", "normativa:plazos", "clock", "plazos.view_regla", 20, [TipoPerfil.SEC]),
    Entrada(
        "Conservación",
        "normativa:conservaciones",
        "shield-check",
        "conservacion.change_regladeconservacion",
        21,
        [TipoPerfil.SEC],
    ),
]
