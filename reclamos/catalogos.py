"""The matters that are shipped, by country; what an organisation changed on screen is its own and stays."""

from pathlib import Path
from typing import Any

from portal.territorio.hojas import Hoja
from reclamos.models import Materia

MATERIAS = Path(__file__).parent / "datos" / "materias.csv"
CAMPOS = ["pais", "codigo", "nombre", "ayuda", "reclamable", "explicacion", "con_monto", "umbral", "orden"]


def cargar() -> str:
    """Create or bring up to date the countries' matters; the line that says so. DatosErroneos when a line is wrong."""
    hoja = Hoja(MATERIAS, CAMPOS, clave=["pais", "codigo"])
    nuevas = 0
    for linea, fila in hoja.filas:
        valores: dict[str, Any] = {
            **fila,
            "reclamable": fila["reclamable"] == "si",
            "con_monto": fila["con_monto"] == "si",
            "umbral": fila["umbral"] or None,
        }
        hoja.revisar(linea, Materia(**valores), sin=["pais", "codigo"])
        llave = {"pais": valores.pop("pais"), "codigo": valores.pop("codigo"), "distribuidora": None}
        nuevas += Materia.objects.update_or_create(**llave, defaults=valores)[1]
    hoja.terminar()
    return f"Materias de reclamo: {len(hoja.filas)}; {nuevas} nuevas."
