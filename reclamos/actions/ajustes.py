"""What an organisation decides about its complaints (X-10)."""

from typing import Any

from django.db import transaction

from portal.cuentas.models import Perfil
from portal.historial.models import registrar
from portal.permisos import exigir
from reclamos.models import AjusteReclamos, Materia

_COPIA = ("codigo", "nombre", "ayuda", "reclamable", "explicacion", "con_monto", "umbral", "orden")


def _puede(por: Perfil) -> bool:
    return por.distribuidora is not None and por.tiene("reclamos.ajustar_reclamos")


@transaction.atomic
def ajustar(*, por: Perfil, silencio: bool, codigo_automatico: bool) -> AjusteReclamos:
    """Set the switches of one's own company."""
    exigir(_puede(por))
    valores: dict[str, Any] = {"silencio": silencio, "codigo_automatico": codigo_automatico}
    ajuste, _ = AjusteReclamos.objects.update_or_create(distribuidora=por.distribuidora, defaults=valores)
    registrar(None, "reclamos_ajustados", por=por, **valores)
    return ajuste


@transaction.atomic
def guardar_materia(*, por: Perfil, codigo: str, datos: dict[str, Any]) -> Materia:
    """Change or add a matter; a company that used its country's list gets a copy of it first."""
    exigir(_puede(por))
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - said by the line above
    if not Materia.objects.filter(distribuidora=empresa).exists():
        Materia.objects.bulk_create(
            Materia(pais=empresa.pais, distribuidora=empresa, **{c: getattr(m, c) for c in _COPIA})
            for m in Materia.objects.de(empresa)
        )
    valores = {"pais": empresa.pais, **datos}
    materia, _ = Materia.objects.update_or_create(distribuidora=empresa, codigo=codigo, defaults=valores)
    registrar(None, "materia_guardada", por=por, codigo=codigo)
    return materia
