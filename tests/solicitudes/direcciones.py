"""What the tests of all addresses must know of the sábana."""

from django.urls import reverse

from tests.seguridad.casos import Pedido

PEDIDOS = {"solicitudes:sabana": lambda mundo, actor: Pedido(reverse("solicitudes:sabana"), {})}


def recorrido(pedir):
    """The page, with rows and without."""
    pedir("en_estado")()
    return [(pedir("jefa_sec"), ["/solicitudes/sabana/", "/solicitudes/sabana/?desde=2001-01-01&hasta=2001-02-01"])]
