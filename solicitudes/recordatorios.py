"""Reminders (X-01): to the applicant before a payment lapses, to the company each morning of what lapses or lapsed."""

from datetime import timedelta

from django.urls import reverse

from pagos.models import Cobro
from portal import reloj
from portal.avisos.actions import avisar
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario
from portal.plazos.plazo import Estado
from solicitudes.avisos import avisar_al_solicitante
from solicitudes.models import Solicitud
from solicitudes.turno import plazo_de_pago

POR_PAGAR = (Cobro.Estado.ABIERTO, Cobro.Estado.RECHAZADO)


def recordar() -> int:
    """Say what is due; asked for again, it says nothing twice. Returns to how many cases and people it was said."""
    with sin_ambito():
        return _a_quien_paga() + sum(_a_la_empresa(empresa) for empresa in _con_trabajo())


def _a_quien_paga() -> int:
    """Once for each charge, when two business days or fewer are left."""
    # Two business days never span more than ten days of calendar.
    hoy, pronto = reloj.hoy(), reloj.hoy() + timedelta(days=10)
    cobros = Cobro.objects.filter(estado__in=POR_PAGAR, vence__range=(hoy, pronto)).select_related(
        "caso__distribuidora"
    )
    dichos = 0
    for cobro in cobros.iterator(chunk_size=500):
        solicitud = Solicitud.objects.select_related("caso", "distribuidora", "solicitante__usuario").get(
            pk=cobro.caso_id
        )
        if plazo_de_pago(cobro, solicitud.distribuidora).estado is Estado.POR_VENCER:
            avisar_al_solicitante(solicitud, "recordatorio_pago", clave=f"recordatorio_pago:{cobro.pk}:{cobro.vence}")
            dichos += 1
    return dichos


def _con_trabajo() -> list[Distribuidora]:
    """The companies that owe something, on days on which they work."""
    abiertas = Solicitud.objects.abiertas().order_by().values("distribuidora")
    return [
        empresa
        for empresa in Distribuidora.objects.filter(pk__in=abiertas)
        if calendario.es_habil(empresa.pais, reloj.hoy(empresa.zona_horaria))
    ]


def _a_la_empresa(empresa: Distribuidora) -> int:
    """One message a day to each who can act, and only when there is something to act on."""
    dichos = 0
    for perfil in Perfil.objects.filter(distribuidora=empresa, activo=True).select_related("usuario", "distribuidora"):
        with como(perfil):
            datos = _por_hacer(perfil, empresa)
        if datos:
            avisar(
                None,
                "recordatorio_empresa",
                para=[(perfil.usuario.email, perfil)],
                contexto={
                    "empresa": str(empresa),
                    "datos": datos,
                    "boton": ("Ver la bandeja", reverse("solicitudes:bandeja")),
                    "motivo": f"porque tramitas solicitudes de {empresa}",
                },
                clave=f"recordatorio_empresa:{perfil.pk}:{reloj.hoy(empresa.zona_horaria)}",
            )
            dichos += 1
    return dichos


def _por_hacer(perfil: Perfil, empresa: Distribuidora) -> list[tuple[str, str]]:
    """What lapses or lapsed of what this profile can act on: (label, how many)."""
    cifras: list[tuple[str, int]] = []
    if perfil.tiene("solicitudes.tramitar_solicitud"):
        cifras += [
            ("Vencidas", Solicitud.objects.vencidas().count()),
            ("Vencen en 2 días hábiles", Solicitud.objects.por_vencer(empresa).count()),
        ]
    if perfil.tiene("pagos.validar_pago"):
        cifras.append(("Pagos por validar", Solicitud.objects.por_validar().count()))
    return [(rotulo, str(n)) for rotulo, n in cifras if n]
