"""Who asks for money, who pays, who says that it arrived."""

from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso

FUNCIONES = {
    Funcion.VALIDADOR: ["pagos.validar_pago"],
    Funcion.ADMINISTRADOR_EMPRESA: ["pagos.configurar_medios"],
}


def puede_configurar(perfil: Perfil, distribuidora: Distribuidora) -> bool:
    """Only who administers the company says into which account its money goes."""
    return (
        perfil.es_distribuidora
        and perfil.distribuidora_id == distribuidora.pk
        and perfil.tiene("pagos.configurar_medios")
    )


def puede_validar(perfil: Perfil, caso: Caso) -> bool:
    """Only a payment validator of the company that charged."""
    return (
        perfil.es_distribuidora
        and perfil.distribuidora_id == caso.distribuidora_id
        and perfil.tiene("pagos.validar_pago")
    )
