"""Who may do what with a complaint; when it may be done is the documents' `TRANSICIONES`.

`por` None is who proved to hold the key of a case that was filed without an account: the scope shows nothing else.
"""

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil
from reclamos.models import Borrador, Reclamo, Recurso

_EMPRESA = ["reclamos.ver_reclamos", "reclamos.ver_tablero"]
PERFILES = {
    TipoPerfil.SOLICITANTE: ["reclamos.ver_reclamos", "reclamos.presentar_reclamo"],
    TipoPerfil.DISTRIBUIDORA: _EMPRESA,
    TipoPerfil.SEC: _EMPRESA,
}
FUNCIONES = {
    Funcion.TRAMITADOR: ["reclamos.tramitar_reclamo"],
    Funcion.ADMINISTRADOR_EMPRESA: ["reclamos.ajustar_reclamos"],
    Funcion.SEGUIMIENTO: [
        *_EMPRESA,
        "reclamos.ingresar_reclamo",
        "reclamos.tramitar_reclamo",
        "reclamos.ajustar_reclamos",
    ],
    Funcion.AGENTE: ["reclamos.ver_reclamos", "reclamos.ingresar_reclamo"],
    Funcion.JEFE_UNIDAD: ["reclamos.ver_reclamos", "reclamos.ingresar_reclamo"],
    Funcion.RESPONSABLE_PUNTO: ["reclamos.ver_reclamos", "reclamos.ingresar_reclamo"],
    Funcion.SEGUNDA_INSTANCIA: ["reclamos.decidir_recurso"],
}


def puede_ingresar(perfil: Perfil | None) -> bool:
    """Agents file for customers of their own company, at the desk or by phone (Q-05)."""
    return perfil is not None and perfil.tipo == TipoPerfil.AGENTE and perfil.tiene("reclamos.ingresar_reclamo")


def puede_presentar(perfil: Perfil | None) -> bool:
    """The end user, with an account or without; and agents for somebody else."""
    return perfil is None or perfil.tiene("reclamos.presentar_reclamo") or puede_ingresar(perfil)


def es_suyo(perfil: Perfil | None, borrador: Borrador) -> bool:
    return borrador.autor_id == (perfil.pk if perfil else None)


def reclama(perfil: Perfil | None, reclamo: Reclamo) -> bool:
    """Whether this is who complains: completes, appeals, files a queja."""
    return reclamo.sin_cuenta if perfil is None else reclamo.solicitante_id == perfil.pk


def puede_tramitar(perfil: Perfil | None, reclamo: Reclamo) -> bool:
    """Only who handles complaints at the company complained about."""
    return (
        perfil is not None
        and perfil.distribuidora_id == reclamo.distribuidora_id
        and perfil.tiene("reclamos.tramitar_reclamo")
    )


def puede_completar(perfil: Perfil | None, reclamo: Reclamo) -> bool:
    """Who complains; or an agent of the company for a customer at the desk."""
    en_mostrador = puede_ingresar(perfil) and perfil is not None and perfil.distribuidora_id == reclamo.distribuidora_id
    return reclama(perfil, reclamo) or en_mostrador


def puede_decidir(perfil: Perfil | None, recurso: Recurso) -> bool:
    """Only the second instance, which is the regulator's."""
    return perfil is not None and perfil.es_sec and perfil.tiene("reclamos.decidir_recurso")
