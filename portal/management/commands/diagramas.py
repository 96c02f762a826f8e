from collections import defaultdict
from pathlib import Path
from typing import Any

from django.apps import apps

from portal.documentos.models import Documento
from portal.generado import ComandoGenerador


class Command(ComandoGenerador):
    help = "Dibuja en docs/estados/ la tabla de transiciones de cada documento."

    def paginas(self) -> dict[Path, str]:
        por_app: dict[str, list[type[Documento]]] = defaultdict(list)
        for modelo in apps.get_models():
            if issubclass(modelo, Documento):
                por_app[modelo._meta.app_label].append(modelo)
        return {
            Path("estados", f"{app}.md"): "\n".join(linea for modelo in modelos for linea in _pagina(modelo))
            for app, modelos in por_app.items()
        }


def _pagina(modelo: type[Documento]) -> list[str]:
    """A state diagram that GitHub and GitLab draw, and the same as a table; one for each of the model's tables."""
    return [linea for titulo, tabla in modelo.tablas() for linea in _tabla(modelo, titulo, tabla)]


def _tabla(modelo: type[Documento], titulo: str, tabla: dict[tuple[Any, Any], Any]) -> list[str]:
    # Events between the same two states share an arrow: nine annulments are one line each otherwise.
    flechas: dict[tuple[Any, Any], list[str]] = defaultdict(list)
    for (desde, suceso), hasta in tabla.items():
        flechas[desde, hasta].append(str(suceso.label))
    usados = {estado for par in flechas for estado in par}
    return [
        f"# Estados de {titulo}",
        "",
        f"<!-- Hecho por `manage.py diagramas` desde {modelo.__module__}.{modelo.__name__}: no se edita a mano. -->",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{estado.label}" as {estado.value}' for estado in modelo.Estado if estado in usados),
        *(f"    {desde.value} --> {hasta.value}: {', '.join(s)}" for (desde, hasta), s in flechas.items()),
        "```",
        "",
        "| desde | qué pasa | hasta |",
        "| --- | --- | --- |",
        *(
            f"| {desde.label} | {suceso.label} | {'sin cambio' if desde is hasta else hasta.label} |"
            for (desde, suceso), hasta in tabla.items()
        ),
        "",
    ]
