"""Entries of the main menu."""

from portal.menu import Entrada

MENU = [
    Entrada("Reclamos", "reclamos:bandeja", "chat-left-text", "reclamos.ver_reclamos", 25),
    Entrada("Ingresar reclamo", "reclamos:nuevo", "plus-lg", "reclamos.ingresar_reclamo", 26),
    Entrada("Orientaciones", "reclamos:orientaciones", "info-circle", "reclamos.ingresar_reclamo", 27),
    Entrada("Tablero de reclamos", "reclamos:tablero", "list", "reclamos.ver_tablero", 45),
    Entrada("Ajustes de reclamos", "reclamos:ajustes", "gear", "reclamos.ajustar_reclamos", 70),
]

PUBLICO = [
    Entrada("Presentar un reclamo", "reclamos:nuevo", "chat-left-text", orden=10),
    Entrada("Estado de un reclamo", "reclamos:consulta", "search", orden=20),
]
