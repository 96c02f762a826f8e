"""The verbs of the Enlaces de Interés (S-16)."""

from typing import Any

from django.db import transaction

from portal.adjuntos.actions import fijar
from portal.adjuntos.models import Guardado
from portal.cuentas.models import Perfil
from portal.historial.models import registrar
from portal.permisos import exigir
from solicitudes.models import Enlace
from solicitudes.permissions import puede_editar_enlaces

OBJETO = "enlaces"
"""Under which name the history keeps all of them: one that was deleted has its changes there too."""


@transaction.atomic
def publicar(enlace: Enlace | None, *, por: Perfil, archivo: Guardado | None = None, **campos: Any) -> Enlace:
    """Write a link, new when None; without a new `archivo` the present one stays."""
    exigir(puede_editar_enlaces(por))
    nuevo = enlace is None
    enlace = Enlace() if enlace is None else Enlace.objects.select_for_update().get(pk=enlace.pk)
    antes = _como_esta(enlace) if not nuevo else {}
    for campo, valor in campos.items():
        setattr(enlace, campo, valor)
    if archivo:
        enlace.archivo = fijar(archivo, por=por)
    enlace.save()
    despues = _como_esta(enlace)
    if cambios := [[rotulo, antes.get(rotulo, ""), v] for rotulo, v in despues.items() if v != antes.get(rotulo, "")]:
        hecho = "enlace_creado" if nuevo else "enlace_cambiado"
        registrar(None, hecho, por=por, objeto=OBJETO, titulo=enlace.titulo, cambios=cambios)
    return enlace


@transaction.atomic
def retirar(enlace: Enlace, *, por: Perfil) -> None:
    """Take a link off the page."""
    exigir(puede_editar_enlaces(por))
    cambios = [[rotulo, valor, ""] for rotulo, valor in _como_esta(enlace).items() if valor]
    registrar(None, "enlace_borrado", por=por, objeto=OBJETO, titulo=enlace.titulo, cambios=cambios)
    enlace.delete()


def _como_esta(enlace: Enlace) -> dict[str, str]:
    return {
        "Dónde se muestra": enlace.get_grupo_display(),
        "Título": enlace.titulo,
        "Texto": enlace.texto,
        "Dirección": enlace.direccion,
        "Archivo": enlace.archivo.nombre if enlace.archivo else "",
        "Orden": str(enlace.orden),
    }
