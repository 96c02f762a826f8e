"""What somebody can do with a complaint now: the same predicates that the actions and the views ask."""

from dataclasses import dataclass

from django.urls import reverse

from portal import reloj
from portal.cuentas.models import Perfil
from reclamos import permissions
from reclamos.models import Reclamo, Recurso, Suceso
from reclamos.models.recurso import SucesoRecurso
from reclamos.seccion.permissions import puede_registrar
from reclamos.turno import apelable


@dataclass(frozen=True)
class Accion:
    """A button of the page."""

    texto: str
    icono: str
    url: str
    estilo: str = "btn-outline-primary"


def acciones(perfil: Perfil | None, reclamo: Reclamo, recursos: list[Recurso]) -> list[Accion]:
    """The buttons on a complaint, the most likely first; nothing that would be refused."""
    tramita = permissions.puede_tramitar(perfil, reclamo)
    propio = permissions.reclama(perfil, reclamo)
    admite, ahora = reclamo.admite, reloj.ahora()
    tarde = reclamo.completar_hasta is not None and ahora > reclamo.completar_hasta
    queja_abierta = any(r.clase == Recurso.Clase.QUEJA and not r.decidido for r in recursos)
    en_queja = admite(Suceso.QUEJARSE) and reclamo.queja_desde is not None and ahora >= reclamo.queja_desde
    completa = permissions.puede_completar(perfil, reclamo) and admite(Suceso.COMPLETAR) and not tarde
    responde = admite(Suceso.RESPONDER) or (admite(Suceso.RESPONDER_INCOMPLETO) and tarde)
    posibles = [
        (tramita and admite(Suceso.CODIFICAR), "codificar", "Dar código de reclamo", "patch-check", True),
        (tramita and responde, "responder", "Responder", "send", True),
        (tramita and admite(Suceso.PEDIR_COMPLETAR) and not reclamo.completar_pedido, "pedir_completar",
         "Pedir que se complete", "pencil", False),
        (completa, "completar", "Completar el reclamo", "file-earmark-plus", True),
        (propio and apelable(reclamo), "apelar", "Apelar", "bank", False),
        (propio and en_queja and not queja_abierta, "quejarse", "Presentar una queja", "exclamation-triangle", False),
    ]  # fmt: skip
    botones = [
        Accion(texto, icono, reverse(f"reclamos:{nombre}", args=[reclamo.ingreso]), _estilo(primero))
        for puede, nombre, texto, icono, primero in posibles
        if puede
    ]
    if perfil and puede_registrar(perfil) and perfil.distribuidora_id == reclamo.distribuidora_id:
        url = reverse("seccion:nuevo", query={"reclamo": reclamo.ingreso})
        botones.append(Accion("Abrir un asunto", "inbox", url))
    for recurso in recursos:
        clase = recurso.get_clase_display().lower()
        if tramita and recurso.admite(SucesoRecurso.ELEVAR):
            url = reverse("reclamos:elevar", args=[recurso.numero])
            botones.append(Accion(f"Elevar la {clase}", "arrow-right", url, _estilo(True)))
        if permissions.puede_decidir(perfil, recurso) and recurso.admite(SucesoRecurso.DECIDIR):
            url = reverse("reclamos:decidir", args=[recurso.numero])
            botones.append(Accion(f"Decidir la {clase}", "bank", url, _estilo(True)))
    return botones


def _estilo(primero: bool) -> str:
    return "btn-primary" if primero else "btn-outline-primary"
