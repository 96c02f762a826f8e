"""Entries of the main menu."""

from portal.cuentas.funciones import TipoPerfil
from portal.menu import Entrada

_SOLICITANTE = [TipoPerfil.SOLICITANTE]
_EMPRESA = [TipoPerfil.DISTRIBUIDORA]
_SEC = [TipoPerfil.SEC]

MENU = [
    Entrada("Inicio", "inicio", "house", "solicitudes.enviar_solicitud", 10, _SOLICITANTE),
    Entrada("Nuevo Envío", "solicitudes:nuevo", "file-earmark-plus", "solicitudes.enviar_solicitud", 20, _SOLICITANTE),
    Entrada("Enlaces de Interés", "solicitudes:enlaces", "link-45deg", "", 60, _SOLICITANTE),
    Entrada("Bandeja", "solicitudes:bandeja", "inbox", "solicitudes.ver_bandeja", 10, _EMPRESA),
    Entrada(
        "Respuesta automática", "solicitudes:automaticas", "gear", "solicitudes.configurar_automaticas", 36, _EMPRESA
    ),
    Entrada("Panel", "inicio", "house", "solicitudes.ver_cumplimiento", 5, _SEC),
    Entrada("Solicitudes", "solicitudes:bandeja", "inbox", "solicitudes.ver_bandeja", 10, _SEC),
    Entrada("Cumplimiento", "solicitudes:cumplimiento", "patch-check", "solicitudes.ver_cumplimiento", 15, _SEC),
    Entrada("Enlaces", "solicitudes:enlaces_lista", "link-45deg", "solicitudes.editar_enlaces", 75, _SEC),
    Entrada("Comunicación", "solicitudes:comunicacion", "send", "solicitudes.tramitar_solicitud", 30, _EMPRESA),
    Entrada(
        "Data – Sábana",
        "solicitudes:sabana",
        "file-earmark-spreadsheet",
        "solicitudes.pedir_sabana",
        30,
        [TipoPerfil.SEC],
    ),
    Entrada("Reporte", "solicitudes:reporte", "file-earmark-spreadsheet", "solicitudes.pedir_reporte", 40, _EMPRESA),
]
