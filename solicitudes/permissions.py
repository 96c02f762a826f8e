"""Who may do what with a request; when it may be done is `Solicitud.TRANSICIONES`."""

from pagos.permissions import puede_validar as valida_pagos_de
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil
from solicitudes.models import Solicitud

PERFILES = {
    TipoPerfil.SOLICITANTE: [
        "solicitudes.ver_bandeja",
        "solicitudes.pedir_reporte",
        "solicitudes.enviar_solicitud",
    ],
    TipoPerfil.DISTRIBUIDORA: ["solicitudes.ver_bandeja", "solicitudes.pedir_reporte"],
    TipoPerfil.SEC: [
        "solicitudes.ver_bandeja",
        "solicitudes.pedir_reporte",
        "solicitudes.ver_cumplimiento",
        "solicitudes.pedir_sabana",
    ],
}
FUNCIONES = {
    Funcion.TRAMITADOR: ["solicitudes.tramitar_solicitud"],
    Funcion.ADMINISTRADOR_EMPRESA: ["solicitudes.configurar_automaticas"],
    Funcion.ADMINISTRADOR_SEC: ["solicitudes.anular_solicitud", "solicitudes.editar_enlaces"],
}


def puede_enviar(perfil: Perfil) -> bool:
    """Applicants file; nobody files for them."""
    return perfil.es_solicitante and perfil.tiene("solicitudes.enviar_solicitud")


def puede_tramitar(perfil: Perfil, solicitud: Solicitud) -> bool:
    """Only who handles requests at the addressed company answers, charges, numbers and writes to its customer."""
    return (
        perfil.es_distribuidora
        and perfil.distribuidora_id == solicitud.distribuidora_id
        and perfil.tiene("solicitudes.tramitar_solicitud")
    )


def puede_pagar(perfil: Perfil, solicitud: Solicitud) -> bool:
    """Only the applicant sends proofs of payment."""
    return perfil.pk == solicitud.solicitante_id


def puede_validar(perfil: Perfil, solicitud: Solicitud) -> bool:
    """Only a payment validator of the addressed company."""
    return valida_pagos_de(perfil, solicitud.caso)


def puede_desistir(perfil: Perfil, solicitud: Solicitud) -> bool:
    """Only the applicant withdraws."""
    return perfil.pk == solicitud.solicitante_id


def puede_anular(perfil: Perfil, solicitud: Solicitud) -> bool:
    """Only the regulator annuls (R-05)."""
    return perfil.es_sec and perfil.tiene("solicitudes.anular_solicitud")


def puede_configurar_automaticas(perfil: Perfil, distribuidora: Distribuidora) -> bool:
    """Only who administers the company decides what the portal answers in its name (S-15)."""
    return (
        perfil.es_distribuidora
        and perfil.distribuidora_id == distribuidora.pk
        and perfil.tiene("solicitudes.configurar_automaticas")
    )


def puede_editar_enlaces(perfil: Perfil) -> bool:
    """Only the SEC's administrator edits the Enlaces de Interés (S-16)."""
    return perfil.tiene("solicitudes.editar_enlaces")
