"""Outages hold nobody's data; mails about those that ended may go."""

from typing import Any

from django.db.models import QuerySet

from inoperatividad.models import Masiva, Registro, Reporte


def _registros() -> QuerySet[Any]:
    finales = [Registro.Estado.REPORTADO, Registro.Estado.DESCARTADO]
    return Registro._base_manager.filter(estado__in=finales)


def _masivas() -> QuerySet[Any]:
    return Masiva._base_manager.filter(estado__in=[Masiva.Estado.TERMINADA, Masiva.Estado.DESCARTADA])


def _reportes() -> QuerySet[Any]:
    return Reporte._base_manager.filter(estado=Reporte.Estado.ENVIADO)


TERMINADOS = [_registros, _masivas, _reportes]
