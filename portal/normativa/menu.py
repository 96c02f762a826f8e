"""The entry that leads to the rules of terms."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

MENU = [Entrada("Plazos", "normativa:plazos", "clock", "plazos.view_regla", 20, [TipoPerfil.SEC])]
