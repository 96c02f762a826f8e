"""Reminders (X-01): each working morning, to the section's people, what lapses and what waits for a second person."""

from django.db.models import Count, Q
from django.urls import reverse

from portal import reloj
from portal.avisos.actions import avisar
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario
from portal.plazos.plazo import HABILES_POR_VENCER
from reclamos.seccion.estados import Estado
from reclamos.seccion.models import Asunto


def recordar() -> int:
    """One message a day to each who can act, where there is something to act on; how many people it was said to."""
    dichos = 0
    with sin_ambito():
        empresas = list(Distribuidora.objects.filter(pk__in=Asunto.objects.order_by().values("distribuidora")))
    for empresa in empresas:
        hoy = reloj.hoy(empresa.zona_horaria)
        if calendario.es_habil(empresa.pais, hoy):
            for perfil in Perfil.objects.filter(distribuidora=empresa, activo=True).select_related("usuario"):
                dichos += _a(perfil, empresa)
    return dichos


def _a(perfil: Perfil, empresa: Distribuidora) -> bool:
    if not perfil.tiene("seccion.tramitar"):
        return False
    hoy = reloj.hoy(empresa.zona_horaria)
    pronto = Q(vence__gte=hoy, vence__lte=calendario.sumar_habiles(empresa.pais, hoy, HABILES_POR_VENCER))
    with como(perfil):
        n = Asunto.objects.abiertos().order_by().aggregate(
            vencidos=Count("pk", Q(vence__lt=hoy)),
            pronto=Count("pk", pronto),
            aprobar=Count("pk", Q(estado=Estado.POR_APROBAR) & ~Q(propuesto_por=perfil.usuario_id)),
        )  # fmt: skip
    cifras = [
        ("Vencidos", n["vencidos"]),
        (f"Vencen en {HABILES_POR_VENCER} días hábiles", n["pronto"]),
        ("Por aprobar por ti", n["aprobar"]),
    ]
    datos = [(rotulo, str(cuantos)) for rotulo, cuantos in cifras if cuantos]
    if not datos:
        return False
    contexto = {
        "empresa": str(empresa),
        "datos": datos,
        "boton": ("Ver los asuntos", reverse("seccion:inicio")),
        "motivo": f"porque tramitas asuntos de la sección de {empresa}",
    }
    clave = f"recordatorio_seccion:{perfil.pk}:{hoy}"
    with sin_ambito():
        return bool(
            avisar(None, "recordatorio_seccion", para=[(perfil.usuario.email, perfil)], contexto=contexto, clave=clave)
        )
