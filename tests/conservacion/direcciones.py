"""The addresses of retention: what succeeds at each, and what to look at in a browser."""

from typing import Any

from django.urls import reverse

from tests.seguridad.casos import Mundo, Pedido


def _conservacion(mundo: Mundo, actor: str) -> Pedido:
    regla = mundo.dar("conserva")("solicitudes.borradores")
    datos = {
        "cantidad": "6", "unidad": "meses", "activa": "on", "norma": "Ley 19.628", "verificado": "on", "nota": "Leída.",
    }  # fmt: skip
    return Pedido(reverse("normativa:conservacion", args=[regla.pk]), datos)


PEDIDOS = {
    "normativa:conservaciones": lambda mundo, actor: Pedido(reverse("normativa:conservaciones")),
    "normativa:conservacion": _conservacion,
}
DE_LA_PAGINA = {"normativa:conservacion": ("confirmo",)}


def recorrido(dar: Any) -> Any:
    """The administrator's pages, with rules on and off."""
    regla = dar("conserva")("avisos.contenido", activa=True)
    yield (
        dar("jefa_sec"),
        [
            "/plazos/conservacion/", "/plazos/conservacion/?tamano=50", "/plazos/conservacion/?activa=no",
            f"/plazos/conservacion/{regla.pk}/",
        ],
    )  # fmt: skip
