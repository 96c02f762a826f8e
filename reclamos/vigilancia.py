"""The watch over terms: silence, exactly once for each complaint; forgotten drafts of who has no account."""

from datetime import timedelta

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from reclamos.actions.presentacion import descartar_borrador
from reclamos.actions.tramite import callar
from reclamos.models import AjusteReclamos, Borrador, Reclamo

OLVIDO = timedelta(days=1)


def vigilar() -> int:
    """Each complaint in its own transaction; how many are now upheld by silence."""
    with sin_ambito():
        con_silencio = AjusteReclamos.objects.filter(silencio=True).values("pk")
        vencidos = Reclamo.objects.vencidos().filter(distribuidora__in=con_silencio)
        fundados = sum(callar(reclamo) for reclamo in vencidos.iterator(chunk_size=200))
        for borrador in Borrador.objects.filter(autor=None, guardado__lt=reloj.ahora() - OLVIDO):
            descartar_borrador(borrador, por=None)
    return fundados
