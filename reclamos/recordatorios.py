"""Reminders (X-01): each morning, to who handles complaints, what has no code, what lapses and what goes up."""

from django.urls import reverse

from portal import reloj
from portal.avisos.actions import avisar
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario
from reclamos.models import Reclamo, Recurso


def recordar() -> int:
    """One message a day to each who can act, where there is something to act on; how many people it was said to."""
    dichos = 0
    for empresa in Distribuidora.objects.filter(reclamos__isnull=False).distinct():
        hoy = reloj.hoy(empresa.zona_horaria)
        if calendario.es_habil(empresa.pais, hoy):
            for perfil in Perfil.objects.filter(distribuidora=empresa, activo=True).select_related("usuario"):
                dichos += _a(perfil, empresa, clave=f"recordatorio_reclamos:{perfil.pk}:{hoy}")
    return dichos


def _a(perfil: Perfil, empresa: Distribuidora, *, clave: str) -> bool:
    if not perfil.tiene("reclamos.tramitar_reclamo"):
        return False
    with como(perfil):
        cifras = [
            ("Sin código de reclamo", Reclamo.objects.sin_codigo().abiertos().count()),
            ("Vencidos", Reclamo.objects.vencidos().count()),
            ("Vencen en 2 días hábiles", Reclamo.objects.por_vencer(empresa).count()),
            ("Apelaciones y quejas por elevar", Recurso.objects.por_elevar().count()),
        ]
    datos = [(rotulo, str(n)) for rotulo, n in cifras if n]
    if not datos:
        return False
    contexto = {
        "empresa": str(empresa),
        "datos": datos,
        "boton": ("Ver los reclamos", reverse("reclamos:bandeja")),
        "motivo": f"porque tramitas reclamos de {empresa}",
    }
    with sin_ambito():
        return bool(
            avisar(None, "recordatorio_reclamos", para=[(perfil.usuario.email, perfil)], contexto=contexto, clave=clave)
        )
