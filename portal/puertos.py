"""Small ports between domains that never import one another: one asks, another fills it in `AppConfig.ready()`."""

from collections.abc import Callable
from datetime import date

from portal.cuentas.models import Distribuidora

ContarReclamos = Callable[[Distribuidora, date], int | None]
_contar_reclamos: list[ContarReclamos] = []


def registrar_conteo_de_reclamos(contar: ContarReclamos) -> None:
    """`contar(company, day)`: complaints filed that local day in all channels; None where they are not kept."""
    _contar_reclamos[:] = [contar]


def reclamos_del_dia(distribuidora: Distribuidora, dia: date) -> int | None:
    """Complaints of a company on a day; None when no domain counts them."""
    return _contar_reclamos[0](distribuidora, dia) if _contar_reclamos else None
