"""Regions and comunas from the files of `datos/`; nobody edits them on screen, so the files rule."""

from pathlib import Path

from django.db import models, transaction

from portal.territorio.hojas import Hoja
from portal.territorio.models import Comuna, Region

DATOS = Path(__file__).parent / "datos"


@transaction.atomic
def cargar_territorio(carpeta: Path = DATOS) -> str:
    """Make the tables agree with `regiones.csv` and `comunas.csv`; a sentence about what changed.

    Rows that a file no longer has are kept: cases refer to them. DatosErroneos when a line is wrong.
    """
    regiones = Hoja(carpeta / "regiones.csv", ["codigo", "nombre", "romano", "orden"], clave=["codigo"])
    cambios = _cargar(regiones, Region, {})
    comunas = Hoja(carpeta / "comunas.csv", ["codigo", "nombre", "provincia", "region"], clave=["codigo"])
    conocidas = set(Region.objects.values_list("pk", flat=True))
    for linea, fila in comunas.filas:
        if fila["region"] not in conocidas:
            comunas.error(linea, f"no existe la región «{fila['region']}».")
        elif not fila["codigo"].startswith(fila["region"]):
            comunas.error(linea, f"el código {fila['codigo']} no es de la región {fila['region']}.")
    cambios += _cargar(comunas, Comuna, {"region": "region_id"})
    return f"Territorio: {len(regiones.filas)} regiones y {len(comunas.filas)} comunas; {cambios} nuevas o cambiadas."


def _cargar(hoja: Hoja, modelo: type[models.Model], nombres: dict[str, str]) -> int:
    """Write the lines that differ from the table; `nombres` maps columns to fields. Returns how many."""
    presentes = {objeto["codigo"]: objeto for objeto in modelo._default_manager.values()}
    distintas = []
    for linea, fila in hoja.filas:
        campos = {nombres.get(columna, columna): valor for columna, valor in fila.items()}
        objeto = modelo(**campos)
        hoja.revisar(linea, objeto, sin=["codigo", *nombres] if fila["codigo"] in presentes else nombres)
        if {c: str(v) for c, v in presentes.get(fila["codigo"], {}).items()} != campos:
            distintas.append(objeto)
    hoja.terminar()
    modelo._default_manager.bulk_create(
        distintas,
        update_conflicts=True,
        unique_fields=["codigo"],
        update_fields=[f.name for f in modelo._meta.concrete_fields if not f.primary_key],
    )
    return len(distintas)
