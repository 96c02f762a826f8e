"""The terms of complaints (X-01), by step and, where a rule is narrower, by matter."""

from portal.territorio.hojas import Hoja
from reclamos.catalogos import CAMPOS
from reclamos.catalogos import MATERIAS as HOJA

_PASOS = {
    "presentar": "Presentar un reclamo",
    "respuesta": "Responder un reclamo",
    "completar": "Completar un reclamo",
    "apelacion": "Apelar",
    "apelacion.elevar": "Elevar una apelación",
    "apelacion.decidir": "Decidir una apelación",
    "queja.elevar": "Elevar una queja",
    "queja.decidir": "Decidir una queja",
}
_NOMBRES = {fila["codigo"]: fila["nombre"] for _, fila in Hoja(HOJA, CAMPOS, clave=["pais", "codigo"]).filas}
MATERIAS = {f"reclamos.{paso}": texto for paso, texto in _PASOS.items()}
for _paso in ("presentar", "respuesta"):
    MATERIAS |= {f"reclamos.{_paso}.{codigo}": f"{_PASOS[_paso]}: {de}" for codigo, de in _NOMBRES.items()}
    MATERIAS |= {
        f"reclamos.{_paso}.{codigo}.mayor": f"{_PASOS[_paso]}: {de}, sobre el monto" for codigo, de in _NOMBRES.items()
    }
