"""Who may do what with an issued document; seeing it is seeing its case."""

from portal.cuentas.models import Perfil
from portal.impresos.models import Impreso


def puede_reintentar(perfil: Perfil, impreso: Impreso) -> bool:
    """Whoever works at the company that issued it."""
    return perfil.distribuidora_id == impreso.distribuidora_id
