"""What a profile can do with a request now: the same predicates that the actions and the views ask."""

from dataclasses import dataclass, replace

from django.urls import reverse

from portal.cuentas.models import Perfil
from solicitudes import permissions
from solicitudes.models import Estado, Solicitud, Suceso


@dataclass(frozen=True)
class Accion:
    """A button of the page: URL name within `solicitudes:`, words, icon, look."""

    nombre: str
    texto: str
    icono: str
    estilo: str = "btn-outline-primary"
    url: str = ""


def acciones(perfil: Perfil, solicitud: Solicitud) -> list[Accion]:
    """The buttons for `perfil` on `solicitud`, the most likely first; nothing that would be refused."""
    admite = solicitud.admite
    tramita = permissions.puede_tramitar(perfil, solicitud)
    valida = permissions.puede_validar(perfil, solicitud) and solicitud.estado == Estado.PENDIENTE_VALIDACION
    responde = admite(Suceso.RESPONDER) or (admite(Suceso.RESPONDER_RETENIDA) and not solicitud.respondido)
    desiste = permissions.puede_desistir(perfil, solicitud) and admite(Suceso.DESISTIR) and not solicitud.respondido
    posibles = [
        (valida, Accion("validar_pago", "Validar pago", "patch-check", "btn-primary")),
        (valida, Accion("rechazar_pago", "Rechazar pago", "x-circle")),
        (tramita and responde, Accion("responder", "Responder", "send", "btn-primary")),
        (tramita and admite(Suceso.PEDIR_COBRO), Accion("cobrar", "Gestión de Pago", "cash-coin")),
        (
            tramita and admite(Suceso.COMPLEMENTAR),
            Accion("complementar", "Complementar respuesta", "file-earmark-plus"),
        ),
        (tramita and admite(Suceso.RETIRAR_COBRO), Accion("retirar_cobro", "Retirar cobro", "x-lg")),
        (tramita, Accion("comunicacion", "Comunicación", "chat-left-text")),
        (
            permissions.puede_anular(perfil, solicitud) and admite(Suceso.ANULAR),
            Accion("anular", "Anular", "slash-circle", "btn-outline-danger"),
        ),
        (desiste, Accion("desistir", "Desistir de esta solicitud", "", "btn-link enlace-peligro")),
    ]
    return [replace(a, url=_direccion(a.nombre, solicitud)) for puede, a in posibles if puede]


def _direccion(nombre: str, solicitud: Solicitud) -> str:
    if nombre == "comunicacion":
        return reverse("solicitudes:comunicacion", query={"folio": solicitud.folio})
    return reverse(f"solicitudes:{nombre}", args=[solicitud.folio])
