"""The company's own reference of a request (S-11): what to propose, and whether it was used."""

from django.db.models.functions import Length

from portal import reloj
from portal.cuentas.models import Distribuidora
from solicitudes.models import Solicitud


def proponer(distribuidora: Distribuidora) -> str:
    """The number after the company's last one of this year, `2017002` after `2017001`; the year's first, `…001`."""
    anio = str(reloj.hoy(distribuidora.zona_horaria).year)
    ultimos = (
        Solicitud.objects.filter(distribuidora=distribuidora, numero_solicitud__startswith=anio)
        .order_by(Length("numero_solicitud").desc(), "-numero_solicitud")
        .values_list("numero_solicitud", flat=True)[:50]
    )
    ultimo = next((n[len(anio) :] for n in ultimos if n.isascii() and n.isdigit() and len(n) <= len(anio) + 8), "0")
    return f"{anio}{int(ultimo or 0) + 1:03d}"


def usado_antes(solicitud: Solicitud, numero: str) -> str:
    """The folio of another request of the company that has this number; empty when none has."""
    otra = (
        Solicitud.objects.filter(distribuidora=solicitud.distribuidora_id, numero_solicitud=numero)
        .exclude(pk=solicitud.pk)
        .values_list("folio", flat=True)
    )
    return otra.first() or ""
