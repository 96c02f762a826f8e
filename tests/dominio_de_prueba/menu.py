from portal.menu import Entrada

MENU = [Entrada("Pedir una poda", "podas:pedir", "send", permiso="podas.pedir_poda")]
