from portal.menu import Entrada

MENU = [Entrada("Historial", "historial:lista", "clock", permiso="historial.ver_historial", orden=85)]
