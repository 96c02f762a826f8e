"""The door to the commercial system: whoever asks whether a NIS, a file or a complaint exists asks here.

The mirror answers first. What it does not know is asked of the sources that others registered in their
`AppConfig.ready()`: a domain whose own numbers count («a Reclamo of this portal»), or a live connector.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from portal.cuentas.models import Distribuidora
from portal.sgc.models import Ajuste, Expediente, Importacion, Suministro
from portal.sgc.numeros import normalizar


class Clase(models.TextChoices):
    """What a number may stand for."""

    NIS = "nis", "NIS"
    EXPEDIENTE = "expediente", "Expediente"
    RECLAMO = "reclamo", "Reclamo"


@dataclass(frozen=True)
class Referencia:
    """Something that exists, and what is known of it; `tension` (`BT`, `MT`) is empty where there is no supply."""

    clase: Clase
    numero: str
    titular: str = ""
    direccion: str = ""
    tension: str = ""
    asunto: str = ""
    nis: str = ""

    def __str__(self) -> str:
        return f"{self.clase.label} {self.numero}"

    @property
    def detalle(self) -> str:
        """In a line: «Eusebia Benítez de Cáceres, BT, Ytororó 845, Lambaré»."""
        return ", ".join(parte for parte in (self.asunto, self.titular, self.tension, self.direccion) if parte)


Fuente = Callable[[Distribuidora, str], Referencia | None]
"""Gives what a normalised number of that company stands for, or None."""
_fuentes: dict[Clase, list[Fuente]] = defaultdict(list)


def registrar_fuente(clase: Clase, fuente: Fuente) -> None:
    """`fuente` is asked for numbers of `clase` that those before it do not know."""
    if fuente not in _fuentes[clase]:
        _fuentes[clase].append(fuente)


def buscar_referencia(distribuidora: Distribuidora, clase: Clase, texto: str) -> Referencia | None:
    """What `texto`, typed in any way, stands for as a number of `clase` at that company."""
    numero = normalizar(texto)
    encontradas = (fuente(distribuidora, numero) for fuente in (_DEL_ESPEJO[clase], *_fuentes[clase]))
    return next((r for r in encontradas if r), None) if numero else None


def buscar_referencias(distribuidora: Distribuidora, texto: str) -> list[Referencia]:
    """All that `texto` may stand for there, at most one of each kind."""
    candidatas = (buscar_referencia(distribuidora, clase, texto) for clase in Clase)
    return [r for r in candidatas if r]


def buscar_suministro(distribuidora: Distribuidora, nis: str) -> Suministro | None:
    """The mirror's supply of that NIS, with its holder."""
    suministros = Suministro._base_manager.select_related("titular")
    return suministros.filter(distribuidora=distribuidora, nis=normalizar(nis)).first()


def _de_suministro(suministro: Suministro | None) -> dict[str, str]:
    if suministro is None:
        return {}
    return {
        "titular": suministro.titular.nombre,
        "direccion": ", ".join(parte for parte in (suministro.direccion, suministro.zona) if parte),
        "tension": suministro.tension,
        "nis": suministro.nis,
    }


def _nis(distribuidora: Distribuidora, numero: str) -> Referencia | None:
    suministro = buscar_suministro(distribuidora, numero)
    return Referencia(Clase.NIS, suministro.nis, **_de_suministro(suministro)) if suministro else None


def _expediente(clase: Clase) -> Fuente:
    def buscar(distribuidora: Distribuidora, numero: str) -> Referencia | None:
        expedientes = Expediente._base_manager.select_related("suministro__titular")
        expediente = expedientes.filter(distribuidora=distribuidora, clase=clase, numero=numero).first()
        if expediente is None:
            return None
        return Referencia(clase, numero, asunto=expediente.asunto, **_de_suministro(expediente.suministro))

    return buscar


_DEL_ESPEJO: dict[Clase, Fuente] = {
    Clase.NIS: _nis,
    Clase.EXPEDIENTE: _expediente(Clase.EXPEDIENTE),
    Clase.RECLAMO: _expediente(Clase.RECLAMO),
}


def admite_no_verificadas(distribuidora: Distribuidora) -> bool:
    """Whether the company wants what nobody knows to be accepted, marked as not verified."""
    return Ajuste.objects.filter(distribuidora=distribuidora, admite_no_verificadas=True).exists()


def actualizado(distribuidora: Distribuidora) -> datetime | None:
    """When the company's mirror was last brought up to date; None: never."""
    aplicadas = Importacion.todos().filter(
        distribuidora=distribuidora, ensayo=False, estado=Importacion.Estado.HECHO, cuantos_errores=0
    )
    return aplicadas.aggregate(ultima=models.Max("terminado"))["ultima"]
