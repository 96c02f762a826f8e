"""The morning's reminder (X-01, I-09, I-10): what lapses or lapsed, once a day to each who can act."""

from inoperatividad.avisos import recordar_a
from inoperatividad.pendientes import pendientes
from inoperatividad.permissions import VER
from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Perfil
from portal.plazos import calendario
from portal.plazos.plazo import Estado

URGENTES = (Estado.POR_VENCER, Estado.VENCIDO)


def recordar() -> int:
    """Say what is due; asked for again the same day, it says nothing twice. How many people had something."""
    from inoperatividad.models import Registro

    with sin_ambito():
        empresas = set(Registro.objects.values_list("distribuidora", flat=True).distinct())
    gente = Perfil.objects.filter(distribuidora__in=empresas, activo=True, usuario__is_active=True)
    dichos = 0
    for perfil in gente.select_related("usuario", "distribuidora", "unidad"):
        empresa = perfil.distribuidora
        if empresa is None or not perfil.tiene(VER):
            continue
        hoy = reloj.hoy(empresa.zona_horaria)
        if not calendario.es_habil(empresa.pais, hoy):
            continue
        with como(perfil):
            urgentes = [
                (f"{uno.rotulo}, {uno.que}", uno.plazo)
                for uno in pendientes(perfil)
                if uno.plazo and uno.plazo.estado in URGENTES
            ]
            if urgentes:
                recordar_a(perfil, urgentes, dia=hoy.isoformat())
                dichos += 1
    return dichos
