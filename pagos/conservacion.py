"""Payments keep their case from being at rest."""

from typing import Any

from django.db.models import OuterRef, QuerySet

from pagos.models import Cobro


def _cobros_abiertos() -> QuerySet[Any]:
    return Cobro._base_manager.filter(caso=OuterRef("pk"), estado__in=Cobro.ABIERTOS)


PENDIENTES = [_cobros_abiertos]
