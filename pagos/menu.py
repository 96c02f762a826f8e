"""Entries of the main menu."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

MENU = [Entrada("Medios de pago", "pagos:medios", "bank", "pagos.configurar_medios", 35, [TipoPerfil.DISTRIBUIDORA])]
