"""Entries of the main menu."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

_AGENTE = [TipoPerfil.AGENTE]

MENU = [
    Entrada("Carga de Gestión", "gestiones:cargar", "plus-lg", "gestiones.cargar_gestion", 10, _AGENTE),
    Entrada("Tablero", "gestiones:tablero", "calendar3", "gestiones.ver_gestiones", 12, _AGENTE),
    Entrada("Gestiones", "gestiones:lista", "inbox", "gestiones.ver_gestiones", 14, _AGENTE),
    Entrada("Funcionarios", "gestiones:funcionarios", "people", "gestiones.validar_gestion", 16, _AGENTE),
    Entrada("Planilla", "gestiones:planilla", "file-earmark-check", "gestiones.ver_planilla", 18, _AGENTE),
]
