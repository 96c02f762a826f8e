"""Entries of the main menu."""

from inoperatividad import permissions as p
from portal.menu import Entrada

MENU = [
    Entrada("Inicio", "inicio", "house", p.VER, 10),
    Entrada("Inoperatividad", "inoperatividad:ahora", "lightning-charge", p.VER, 20),
    Entrada("Registros", "inoperatividad:lista", "inbox", p.VER, 21),
    Entrada("Por regularizar", "inoperatividad:criticas", "check-circle", p.REGISTRAR, 22),
    Entrada("Fallas masivas", "inoperatividad:masivas", "bell", p.VER, 23),
    Entrada("Reportes", "inoperatividad:reportes", "file-earmark-text", p.REPORTES, 24),
    Entrada("Línea de tiempo", "inoperatividad:linea", "clock", p.VER, 25),
    Entrada("Tipificaciones", "inoperatividad:tipificaciones", "upload", p.EVALUAR, 26),
    Entrada("Contingencia", "inoperatividad:contingencia", "printer", p.VER, 27),
    Entrada("Catálogos", "inoperatividad:catalogos", "list", p.CATALOGOS, 28),
]
