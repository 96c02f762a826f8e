"""«¿Quién actúa ahora?»: who has to do what, by when, seen by the profile that looks (S-22)."""

from dataclasses import dataclass

from portal.plazos.plazo import Plazo


@dataclass(frozen=True)
class Turno:
    """Whose turn it is; drawn by `templates/_turno.html`.

    `toca`: it is the looking profile's; then `nombre` is not shown. `que`: what exactly, in the infinitive and with a
    capital («Pagar $ 38.500»). `nota`: a sentence that follows for who waits («Te avisaremos por correo.»).
    """

    toca: bool
    nombre: str
    que: str
    plazo: Plazo | None = None
    accion_url: str = ""
    accion_texto: str = ""
    nota: str = ""

    @property
    def que_debe(self) -> str:
        """`que` within a sentence: «Debe responder»."""
        return self.que[:1].lower() + self.que[1:]

    @property
    def frase(self) -> str:
        """In a line, for paper and mail: «Eléctrica del Maipo debe responder. Quedan 5 días hábiles, hasta el …»."""
        quien = f"Tú debes {self.que_debe}." if self.toca else f"{self.nombre} debe {self.que_debe}."
        return f"{quien} {self.plazo.frase}." if self.plazo else quien
