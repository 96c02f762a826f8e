"""The addresses of the panel: what succeeds at each, and what to look at in a browser."""

from typing import Any

from django.urls import reverse

from tests.seguridad.casos import Mundo, Pedido

_MENSAJE = {"asunto": "Recibimos {{ folio }}", "titulo": "La recibimos", "cuerpo": "Gracias.", "folio": ""}
_REGLA = {
    "materia": "solicitudes.SC.respuesta", "pais": "CL", "distribuidora": "", "cantidad": "20", "unidad": "habiles",
    "desde_suceso": "el día siguiente al envío", "vigente_desde": "2027-01-01", "vigente_hasta": "", "norma": "DS 71",
    "nota": "", "verificado": "on",
}  # fmt: skip


def _automatica(mundo: Mundo, actor: str) -> Pedido:
    mundo.dar("preparada")()
    datos = {"texto": "Van las condiciones.", "al_enviar": "on", "al_vencer": "on"}
    return Pedido(reverse("solicitudes:automatica", args=["informacion"]), datos)


def _archivo_automatico(mundo: Mundo, actor: str) -> Pedido:
    _automatica(mundo, actor)
    return Pedido(reverse("solicitudes:automatica_archivo", args=["informacion"]))


def _de_enlace(nombre: str, datos: dict[str, Any]) -> Any:
    return lambda mundo, actor: Pedido(reverse(f"solicitudes:{nombre}", args=[mundo.dar("enlace")().pk]), dict(datos))


_ENLACE = {
    "grupo": "enlace",
    "titulo": "Otro título",
    "texto": "Un texto",
    "direccion": "https://sec.example/",
    "orden": "4",
}

PEDIDOS = {
    "solicitudes:cumplimiento": lambda mundo, actor: Pedido(reverse("solicitudes:cumplimiento")),
    "solicitudes:automaticas": lambda mundo, actor: Pedido(reverse("solicitudes:automaticas")),
    "solicitudes:automatica": _automatica,
    "solicitudes:automatica_archivo": _archivo_automatico,
    "solicitudes:enlace_archivo": _de_enlace("enlace_archivo", {}),
    "solicitudes:enlaces_lista": lambda mundo, actor: Pedido(reverse("solicitudes:enlaces_lista")),
    "solicitudes:enlace_nuevo": lambda mundo, actor: Pedido(reverse("solicitudes:enlace_nuevo"), dict(_ENLACE)),
    "solicitudes:enlace_editar": _de_enlace("enlace_editar", _ENLACE),
    "solicitudes:enlace_borrar": _de_enlace("enlace_borrar", {}),
    "normativa:plazos": lambda mundo, actor: Pedido(reverse("normativa:plazos")),
    "normativa:plazo": lambda mundo, actor: Pedido(
        reverse("normativa:plazo", args=[mundo.dar("regla")().pk]),
        {"norma": "DS 71, artículo 15", "verificado": "on", "nota": "Leído.", "vigente_hasta": "2027-01-01"},
    ),
    "normativa:plazo_nuevo": lambda mundo, actor: Pedido(reverse("normativa:plazo_nuevo"), dict(_REGLA)),
    "avisos:mensajes": lambda mundo, actor: Pedido(reverse("avisos:mensajes")),
    "avisos:mensaje": lambda mundo, actor: Pedido(
        reverse("avisos:mensaje", args=["solicitud_recibida_SC"]), {**_MENSAJE, "grabar": "1"}
    ),
    "avisos:mensaje_restaurar": lambda mundo, actor: Pedido(
        reverse("avisos:mensaje_restaurar", args=["solicitud_recibida_SC"])
    ),
}
DE_LA_PAGINA = {
    "solicitudes:automatica": ("archivo-guardado",),
    "solicitudes:enlace_editar": ("archivo-guardado",),
    "solicitudes:enlace_nuevo": ("archivo-guardado",),
    "avisos:mensaje": ("ver", "probar"),
}
SIN_PAGINA = {"solicitudes:automatica_archivo", "solicitudes:enlace_archivo"}


def recorrido(dar: Any) -> Any:
    """The administrators' pages, with something on each."""
    dar("preparada")()
    enlace, regla = dar("enlace")(), dar("regla")()
    yield dar("admin_dx"), ["/solicitudes/automaticas/", "/solicitudes/automaticas/informacion/"]
    yield (
        dar("jefa_sec"),
        [
            "/", "/?desde=2026-01-01&hasta=2026-06-30", "/?desde=ayer", "/solicitudes/cumplimiento/",
            "/solicitudes/cumplimiento/?periodo=2001", "/solicitudes/enlaces/", "/solicitudes/enlaces/editar/",
            "/solicitudes/enlaces/editar/nuevo/ !", f"/solicitudes/enlaces/editar/{enlace.pk}/",
            f"/solicitudes/enlaces/editar/{enlace.pk}/borrar/", "/plazos/", "/plazos/?vigencia=futuras",
            "/plazos/nuevo/ !", f"/plazos/{regla.pk}/", "/avisos/mensajes/",
            "/avisos/mensajes/solicitud_recibida_SC/", "/avisos/mensajes/solicitud_recibida_SC/restaurar/",
        ],
    )  # fmt: skip
