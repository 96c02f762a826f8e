"""The entry that leads to the notices."""

from portal.menu import Entrada

MENU = [
    Entrada("Modificar Mensajes", "avisos:mensajes", "pencil", permiso="avisos.modificar_mensajes", orden=70),
    Entrada("Avisos", "avisos:lista", "bell", permiso="avisos.ver_avisos", orden=80),
]
