"""What a judge says."""

from dataclasses import dataclass


class Rechazo(Exception):
    """The file is refused: `que` goes after its name («tiene clave»), `remedio` is a sentence of its own."""

    def __init__(self, que: str, remedio: str) -> None:
        super().__init__(que, remedio)
        self.que = que
        self.remedio = remedio


@dataclass(frozen=True)
class Veredicto:
    """The file is good: what it is, and its new content when it was made again (None: kept as received)."""

    formato: str
    rehecho: bytes | None = None


GUARDAR_COMO_PDF = "Guárdalo como PDF y súbelo de nuevo."
VOLVER_A_GUARDAR = "Ábrelo en tu equipo, guárdalo de nuevo y vuelve a subirlo."
CORTADO = Rechazo("está dañado o incompleto", VOLVER_A_GUARDAR)
EXCESIVO = Rechazo(
    "es demasiado complejo para revisarlo", "Imprímelo a PDF con menos páginas o menos resolución, y súbelo de nuevo."
)
