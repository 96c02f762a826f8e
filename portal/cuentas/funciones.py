"""The functions within a profile (A-11), as Django groups; what each may do is declared by the apps.

An app's `permissions.py` may hold `FUNCIONES: dict[Funcion, list[str]]`, permission codes (`app_label.codename`) by
function, and `PERFILES: dict[TipoPerfil, list[str]]`, codes that every profile of that type has. `sincronizar()` writes
them to the database after each migration.
"""

from collections import defaultdict
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps as todas_las_apps
from django.db import models


class TipoPerfil(models.TextChoices):
    SOLICITANTE = "solicitante", "Solicitante"
    DISTRIBUIDORA = "distribuidora", "Distribuidora"
    SEC = "sec", "SEC"
    AGENTE = "agente", "Agente"


class Alcance(models.TextChoices):
    """How far an agent's function sees (A-12)."""

    UNIDAD = "unidad", "la propia unidad"
    RAMA = "rama", "la unidad y las que dependen de ella"
    EMPRESA = "empresa", "toda la empresa"


class Funcion(models.TextChoices):
    TRAMITADOR = "distribuidora.tramitador", "tramitador"
    VALIDADOR = "distribuidora.validador", "validador de pagos"
    ADMINISTRADOR_EMPRESA = "distribuidora.administrador", "administrador"
    AGENTE = "agente.agente", "agente"
    JEFE_UNIDAD = "agente.jefe", "jefe de unidad"
    RESPONSABLE_PUNTO = "agente.responsable", "responsable de punto de atención"
    FALLAS = "agente.fallas", "fallas de sistemas"
    SOPORTE = "agente.soporte", "soporte postventa"
    CONTROL = "agente.control", "control e información"
    MEJORA = "agente.mejora", "mejora de procesos"
    GERENCIA = "agente.gerencia", "gerencia"
    DIRECCION = "agente.direccion", "dirección"
    SEGUIMIENTO = "agente.seguimiento", "control y seguimiento"
    COMITE = "agente.comite", "comité"
    AUDITOR = "sec.auditor", "auditor"
    ADMINISTRADOR_SEC = "sec.administrador", "administrador"
    SEGUNDA_INSTANCIA = "sec.segunda", "segunda instancia"

    @property
    def tipo(self) -> TipoPerfil:
        """The profile type this function belongs to."""
        return TipoPerfil(self.value.split(".")[0])

    @property
    def alcance(self) -> Alcance:
        """How far this function sees; only agents are narrower than their company."""
        if self in (Funcion.AGENTE, Funcion.RESPONSABLE_PUNTO):
            return Alcance.UNIDAD
        return Alcance.RAMA if self is Funcion.JEFE_UNIDAD else Alcance.EMPRESA


def declaradas() -> dict[str, set[str]]:
    """Permission codes by group name (a `Funcion` or a `TipoPerfil` value), gathered from all apps."""
    juntas: dict[str, set[str]] = defaultdict(set)
    for app in todas_las_apps.get_app_configs():
        if not find_spec(f"{app.name}.permissions"):
            continue
        modulo = import_module(f"{app.name}.permissions")
        for tabla in ("FUNCIONES", "PERFILES"):
            for grupo, codigos in getattr(modulo, tabla, {}).items():
                juntas[grupo.value].update(codigos)
    return juntas


@cache
def _permisos_por_grupo() -> dict[str, frozenset[str]]:
    """What each group may do, read once by each process: only a migration changes it."""
    from django.contrib.auth.models import Permission

    juntos: dict[str, set[str]] = defaultdict(set)
    campos = ("group__name", "content_type__app_label", "codename")
    for grupo, app, codigo in Permission.objects.filter(group__isnull=False).values_list(*campos):
        juntos[grupo].add(f"{app}.{codigo}")
    return {grupo: frozenset(codigos) for grupo, codigos in juntos.items()}


def permisos_de(grupo: str) -> frozenset[str]:
    """Codes (`app.codename`) that the group of a profile type or of a function has."""
    return _permisos_por_grupo().get(grupo, frozenset())


def sincronizar(**kwargs: Any) -> None:
    """Make the groups hold exactly the permissions that the apps declare; an unknown code is an error."""
    from django.contrib.auth.models import Group, Permission

    declaradas_ahora = declaradas()
    por_codigo = {
        f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")
    }
    for nombre in [*Funcion.values, *TipoPerfil.values]:
        codigos = declaradas_ahora.get(nombre, set())
        if faltan := codigos - por_codigo.keys():
            raise ValueError(f"Permisos que no existen, pedidos por «{nombre}»: {', '.join(sorted(faltan))}")
        Group.objects.get_or_create(name=nombre)[0].permissions.set([por_codigo[c] for c in sorted(codigos)])
    _permisos_por_grupo.cache_clear()
