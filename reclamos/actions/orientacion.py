"""Advice given, recorded (Q-05)."""

from django.db import transaction

from portal.cuentas.models import Perfil
from portal.permisos import exigir
from reclamos.models import Canal, Materia, Orientacion
from reclamos.permissions import puede_ingresar


@transaction.atomic
def orientar(
    *,
    por: Perfil,
    canal: Canal,
    consulta: str,
    respuesta: str,
    materia: Materia | None = None,
    documento: str = "",
    suministro: str = "",
) -> Orientacion:
    """Record what somebody asked and what was said."""
    exigir(puede_ingresar(por))
    assert por.distribuidora is not None  # noqa: S101 - an agent has one: perfil_con_empresa_si_es_de_empresa
    return Orientacion.objects.create(
        distribuidora=por.distribuidora,
        unidad=por.unidad,
        por=por,
        canal=canal,
        materia=materia,
        documento=documento,
        suministro=suministro,
        consulta=consulta,
        respuesta=respuesta,
    )
