from pathlib import Path

from portal.entorno import RAIZ, VARIABLES, Variable
from portal.generado import ComandoGenerador


class Command(ComandoGenerador):
    help = "Escribe docs/configuracion.md desde la lista de variables del entorno."

    def paginas(self) -> dict[Path, str]:
        return {Path("configuracion.md"): _pagina()}


def _pagina() -> str:
    return "\n".join(
        [
            "# Configuración",
            "",
            "<!-- Hecha por `manage.py configuracion` desde portal/entorno.py: no se edita a mano. -->",
            "",
            "El portal se configura sólo con variables de entorno. Al empezar se rechaza cada valor equivocado, por su",
            "nombre y todos a la vez. Una variable vacía vale como ausente. Con `ENTORNO=produccion` el portal no",
            "empieza si no se cumple lo obligatorio de la última columna. Cada una puede estar en un archivo:",
            "`X_FILE` dice cuál, y vale por `X` (`SECRET_KEY_FILE=/run/secrets/secret_key`).",
            "",
            "| variable | qué es | si no se da | en producción |",
            "| --- | --- | --- | --- |",
            *(_fila(variable) for variable in VARIABLES),
            "",
        ]
    )


def _fila(variable: Variable) -> str:
    defecto = variable.defecto.removeprefix(f"{RAIZ}/")
    return (
        f"| `{variable.nombre}` | {variable.que_es} | {f'`{defecto}`' if defecto else ''} | {variable.en_produccion} |"
    )
