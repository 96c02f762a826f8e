"""Entries of the main menu."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

_AGENTE = [TipoPerfil.AGENTE]

MENU = [
    Entrada("Sección", "inicio", "house", "seccion.tramitar", 10, _AGENTE),
    Entrada("Asuntos", "seccion:lista", "inbox", "seccion.ver_seccion", 20, _AGENTE),
    Entrada("Asuntos de las secciones", "seccion:lista", "inbox", "seccion.ver_seccion", 46, [TipoPerfil.SEC]),
    Entrada("Registrar", "seccion:nuevo", "plus-lg", "seccion.tramitar", 30, _AGENTE),
    Entrada("Eventos de la red", "seccion:eventos", "lightning-charge", "seccion.ver_eventos", 35, _AGENTE),
    Entrada("Eventos de la red", "seccion:eventos", "lightning-charge", "seccion.ver_eventos", 47, [TipoPerfil.SEC]),
    Entrada("Lotes para el SGC", "seccion:lotes", "file-earmark-spreadsheet", "seccion.tramitar", 40, _AGENTE),
]
