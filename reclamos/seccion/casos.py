"""The Caso behind a form of the section: sent twice, the form is one case."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from portal import reloj
from portal.cuentas.models import Distribuidora
from portal.documentos.models import Caso


def tomar_caso(clave: UUID, *, de: type[models.Model], empresa: Distribuidora) -> Caso:
    """The case with that key, made where it is new, locked; with a number, its document exists already."""
    tipo = de._meta.label_lower
    Caso.objects.bulk_create(
        [Caso(clave=clave, tipo=tipo, distribuidora=empresa, creado=reloj.ahora())], ignore_conflicts=True
    )
    caso = Caso._base_manager.select_for_update(of=("self",)).select_related("distribuidora").get(clave=clave)
    if caso.tipo != tipo or caso.distribuidora_id != empresa.pk:
        raise ValidationError("Este formulario ya se usó para otra cosa. Ábrelo de nuevo.")
    return caso
