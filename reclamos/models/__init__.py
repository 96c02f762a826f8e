"""The facts of complaints, by noun."""

from reclamos.models.catalogo import AjusteReclamos, Materia
from reclamos.models.orientacion import Orientacion
from reclamos.models.reclamo import Borrador, Canal, Estado, Origen, Reclamo, Resultado, Suceso
from reclamos.models.recurso import Recurso

__all__ = [
    "AjusteReclamos",
    "Borrador",
    "Canal",
    "Estado",
    "Materia",
    "Orientacion",
    "Origen",
    "Reclamo",
    "Recurso",
    "Resultado",
    "Suceso",
]
