"""What waits for whom: the applicant's list of things to do, the company's figures."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from pagos.models import Cobro
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.models import Perfil, Usuario
from portal.documentos.turno import Turno
from portal.plazos.plazo import fin_por_vencer
from solicitudes.bandeja import Bandeja
from solicitudes.formularios import Formulario, documentos_de
from solicitudes.models import Borrador, Estado, Solicitud
from solicitudes.turno import DISTRIBUIDORAS, turno_con

A_LA_VISTA = 10  # things to do that are shown on the first page


@dataclass(frozen=True)
class Pendiente:
    """A thing to do: what it belongs to, what, the sentence below, where it is done."""

    folio: str
    que: str
    empresa: str
    turno: Turno | None
    url: str
    verbo: str
    guardado: str = ""
    falta: str = ""


def pendientes(perfil: Perfil) -> list[Pendiente]:
    """What the applicant has to do: payments, the first to lapse first, then drafts."""
    return [*_por_pagar(perfil), *_por_terminar(perfil)]


def _por_pagar(perfil: Perfil) -> list[Pendiente]:
    abiertas = Solicitud.objects.esperan_al_solicitante().order_by("-enviado", "-caso")[:A_LA_VISTA]
    solicitudes = {s.pk: s for s in abiertas}
    if not solicitudes:
        return []
    cobros = Cobro.objects.filter(caso__in=solicitudes, estado__in=Cobro.ABIERTOS).order_by("vence")
    filas = []
    for cobro in cobros:
        solicitud = solicitudes[cobro.caso_id]
        turno = turno_con(solicitud, perfil, cobro)
        if turno and turno.toca:
            empresa = DISTRIBUIDORAS.de(solicitud.distribuidora_id).nombre_fantasia
            que = f"{turno.que}: {cobro.concepto}"
            url = reverse("solicitudes:pagar", args=[solicitud.folio])
            filas.append(Pendiente(solicitud.folio, que, empresa, turno, url, "Pagar"))
    return filas


def _por_terminar(perfil: Perfil) -> list[Pendiente]:
    borradores = list(Borrador.objects.select_related("caso")[:A_LA_VISTA])
    guardados: dict[int, set[str]] = defaultdict(set)
    if borradores:
        archivos = Adjunto.objects.filter(caso__in=[b.pk for b in borradores])
        for caso, tipo in archivos.order_by().values_list("caso", "tipo"):
            guardados[caso].add(tipo)
    return [
        Pendiente(
            folio="Borrador",
            que=f"Terminar tu {borrador.get_formulario_display()}",
            empresa=_empresa_elegida(borrador),
            turno=None,
            url=borrador.get_absolute_url(),
            verbo="Continuar",
            guardado=_hace_poco(borrador),
            falta=_falta(borrador, guardados[borrador.pk]),
        )
        for borrador in borradores
    ]


def _empresa_elegida(borrador: Borrador) -> str:
    """The company written in the draft, if it is one."""
    elegida = next(
        (d for d in DISTRIBUIDORAS.todo().values() if str(d.pk) == borrador.datos.get("distribuidora")), None
    )
    return elegida.nombre_fantasia if elegida else ""


def _falta(borrador: Borrador, guardados: set[str]) -> str:
    """«Falta: …» for one document, «Faltan 3 documentos» for more."""
    datos = borrador.datos
    pedidos = documentos_de(
        Formulario(borrador.formulario),
        actua_por_otro=bool(datos.get("actua_por_otro")),
        medidor_propio=bool(datos.get("medidor_propio")),
    )
    faltan = [tipo.nombre for tipo, obligatorio in pedidos if obligatorio and tipo.codigo not in guardados]
    if len(faltan) == 1:
        return f"Falta: {faltan[0]}."
    return f"Faltan {len(faltan)} documentos." if faltan else "Están todos los documentos."


def _hace_poco(borrador: Borrador) -> str:
    """«Guardado hoy a las 18:42», «ayer a las…», «el 28-11-2026 a las…»."""
    cuando = timezone.localtime(borrador.guardado)
    dias = (reloj.hoy(str(timezone.get_current_timezone())) - cuando.date()).days
    dia = {0: "hoy", 1: "ayer"}.get(dias, f"el {cuando:%d-%m-%Y}")
    return f"Guardado {dia} a las {cuando:%H:%M}."


def abiertas_de(usuario: Usuario) -> str:
    """The sentence that says which requests of a person are not finished; none, and nothing is said."""
    abiertas = Solicitud._base_manager.filter(solicitante__usuario=usuario, estado__in=Solicitud.ABIERTOS)
    folios = list(abiertas.order_by("caso").values_list("folio", flat=True)[:3])
    return f"Tiene solicitudes sin terminar: {', '.join(folios)}." if folios else ""


def cifras(bandeja: Bandeja) -> list[dict[str, Any]]:
    """The figures above a company's tray, each with the filter that shows it; nothing for the regulator."""
    empresa = bandeja.perfil.distribuidora
    if empresa is None:
        return []
    ahora, pronto = reloj.ahora(), fin_por_vencer(empresa.pais, empresa.zona_horaria)
    urgentes = Solicitud.objects.debidas().filter(vence__lt=pronto).order_by()
    urgencia = urgentes.aggregate(vencidas=Count("pk", Q(vence__lt=ahora)), todas=Count("pk"))
    por_estado = bandeja.fuente.cifras()
    vencidas, por_vencer = urgencia["vencidas"], urgencia["todas"] - urgencia["vencidas"]
    responder = _suma(por_estado, Solicitud.POR_RESPONDER)
    esperan = _suma(por_estado, Solicitud.ESPERAN_AL_SOLICITANTE)
    en = [
        ("Vencidas", vencidas, "vencidas=on", "exclamation-octagon"),
        ("Vencen en 2 días hábiles", por_vencer, "por_vencer=on", "exclamation-triangle"),
        ("Pagos por validar", por_estado.get(Estado.PENDIENTE_VALIDACION, 0), "estado=pendiente_validacion", "eye"),
        ("Por responder", responder, "estado=por_responder", "hourglass-split"),
        ("Esperan al solicitante", esperan, "estado=esperan", "pause-circle"),
    ]
    ruta = reverse("solicitudes:bandeja")
    return [
        {"texto": texto, "valor": n, "url": f"{ruta}?{consulta}", "icono": icono, "peligro": texto == "Vencidas" and n}
        for texto, n, consulta, icono in en
    ]


def _suma(por_estado: dict[str, int], estados: tuple[str, ...]) -> int:
    return sum(por_estado.get(estado, 0) for estado in estados)
