"""What the tests of all addresses know of issued documents."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.impresos import actions
from portal.impresos.models import Impreso
from tests import factories
from tests.seguridad.casos import Mundo, Pedido


def _emitido(rosa: Perfil, marcos: Perfil, estado: str = Impreso.Estado.PENDIENTE) -> Impreso:
    """A document about a request of Rosa's, issued by company 1."""
    with sin_ambito():
        solicitud = factories.SolicitudFactory(solicitante=rosa, distribuidora=marcos.distribuidora)
        impreso = actions.emitir(
            solicitud.caso, tipo="prueba", titulo="Certificado de prueba", plantilla="impresos/_marco.html",
            contexto={}, por=marcos,
        )  # fmt: skip
        if estado != Impreso.Estado.PENDIENTE:
            Impreso.todos().filter(pk=impreso.pk).update(estado=estado, error="Falta la biblioteca Pango.")
    return impreso


def _pedido(nombre: str, estado: str = Impreso.Estado.PENDIENTE) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        tramitador = mundo.actores["tramitador"]
        assert tramitador is not None
        impreso = _emitido(mundo.rosa, tramitador, estado)
        return Pedido(reverse(nombre, args=[impreso.codigo if nombre == "impresos:comprobar" else impreso.pk]))

    return hacer


PEDIDOS = {
    "impresos:verificar": lambda mundo, actor: Pedido(reverse("impresos:verificar")),
    "impresos:comprobar": _pedido("impresos:comprobar"),
    "impresos:ver": _pedido("impresos:ver"),
    "impresos:reintentar": _pedido("impresos:reintentar", Impreso.Estado.FALLIDO),
}
SIN_PAGINA = {"impresos:reintentar"}


def recorrido(dar: Callable[[str], Any]) -> Iterator[tuple[Perfil | None, list[str]]]:
    """The public check, and the page of a document that waits, of one that failed and of one that is ready."""
    rosa, marcos = dar("rosa"), dar("marcos")
    esperan = [_emitido(rosa, marcos) for _ in range(2)]
    fallido = _emitido(rosa, marcos, Impreso.Estado.FALLIDO)
    yield marcos, [
        "/verificar/", "/verificar/?codigo=nada", f"/verificar/{esperan[0].codigo}/",
        *(i.get_absolute_url() for i in (*esperan, fallido)),
    ]  # fmt: skip
