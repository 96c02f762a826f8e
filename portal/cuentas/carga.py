"""Companies from a file, without undoing what people edited on screen.

Each company remembers what was loaded last (`cargado`). A field that still holds it follows the file; one that holds
something else was edited by a person, and stays.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.cuentas import identificador
from portal.cuentas.models import Distribuidora
from portal.cuentas.paises import PAISES
from portal.territorio.hojas import Hoja
from portal.territorio.models import Region

DISTRIBUIDORAS = Path(__file__).parent / "datos" / "distribuidoras.csv"
SIMPLES = ["nombre", "nombre_fantasia", "rut", "tipo", "estado", "prefijo", "pais", "zona_horaria", "notas"]


@dataclass
class Resultado:
    """What a load did. `conservadas`: sentences about edited fields which the file would have changed."""

    total: int
    nuevas: int = 0
    cambiadas: int = 0
    conservadas: list[str] = field(default_factory=list)


def prefijo_de(nombre: str) -> str:
    """Two characters for the folio from a company's name: initials, or first and last letter of a single word.

    Always the same for the same name; two companies may share it, and people may change it.
    """
    plano = unicodedata.normalize("NFKD", nombre).upper()
    palabras = re.findall(r"[A-Z0-9]+", re.sub(r"[^A-Z0-9 ]", "", plano)) or ["X"]
    return palabras[0][0] + (palabras[1][0] if len(palabras) > 1 else palabras[0][-1])


@transaction.atomic
def cargar_distribuidoras(archivo: Path = DISTRIBUIDORAS) -> Resultado:
    """Create the companies of `archivo` and update what changed in it; DatosErroneos when a line is wrong."""
    hoja = Hoja(archivo, ["codigo", *SIMPLES, "regiones", "sucesora"], clave=["codigo"])
    presentes = {d.codigo: d for d in Distribuidora.objects.select_related("sucesora").prefetch_related("regiones")}
    conocidas = presentes.keys() | {fila["codigo"] for _, fila in hoja.filas}
    regiones = set(Region.objects.values_list("pk", flat=True))
    leidos = [(linea, fila["codigo"], _valores(hoja, linea, fila, conocidas, regiones)) for linea, fila in hoja.filas]
    hoja.terminar()

    resultado = Resultado(total=len(leidos))
    relaciones: list[tuple[Distribuidora, dict[str, Any]]] = []
    for linea, codigo, nuevo in leidos:
        distribuidora = presentes.get(codigo) or Distribuidora(codigo=codigo)
        cambios = dict(nuevo) if distribuidora.pk is None else _cambios(distribuidora, nuevo, resultado)
        for campo in SIMPLES:
            setattr(distribuidora, campo, cambios.get(campo, getattr(distribuidora, campo)))
        hoja.revisar(linea, distribuidora)
        if distribuidora.pk is None:
            resultado.nuevas += 1
        elif cambios:
            resultado.cambiadas += 1
        if cambios or distribuidora.cargado != nuevo:
            distribuidora.cargado = nuevo
            relaciones.append((distribuidora, cambios))
    hoja.terminar()

    for distribuidora, _ in relaciones:
        distribuidora.save()
        presentes[distribuidora.codigo] = distribuidora
    for distribuidora, cambios in relaciones:
        if "sucesora" in cambios:
            distribuidora.sucesora = presentes[cambios["sucesora"]] if cambios["sucesora"] else None
            distribuidora.save(update_fields=["sucesora"])
        if "regiones" in cambios:
            distribuidora.regiones.set(cambios["regiones"])
    return resultado


def _valores(hoja: Hoja, linea: int, fila: dict[str, str], conocidas: set[str], regiones: set[str]) -> dict[str, Any]:
    """A line's values as they are kept; what is wrong with it is noted in `hoja`."""
    pais = PAISES.get(fila["pais"] or "CL")
    if pais is None:
        hoja.error(linea, f"no conozco el país «{fila['pais']}».")
        return {}
    zona = fila["zona_horaria"] or pais.zona
    if zona not in available_timezones():
        hoja.error(linea, f"no existe la zona horaria «{zona}».")
    if fila["rut"]:
        try:
            identificador.validar(fila["rut"], pais.identificador)
        except ValidationError:
            hoja.error(linea, f"«{fila['rut']}» no es un {pais.identificador_nombre} válido.")
    propias = sorted(filter(None, fila["regiones"].split(";")))
    if extranas := [r for r in propias if r not in regiones]:
        hoja.error(linea, f"no existe la región «{', '.join(extranas)}».")
    if fila["sucesora"] and (fila["sucesora"] not in conocidas or fila["sucesora"] == fila["codigo"]):
        hoja.error(linea, f"«{fila['sucesora']}» no puede ser su sucesora: no es el código de otra empresa.")
    return {
        **{campo: fila[campo] for campo in SIMPLES},
        "pais": pais.codigo,
        "zona_horaria": zona,
        "prefijo": fila["prefijo"] or prefijo_de(fila["nombre_fantasia"]),
        "sucesora": fila["sucesora"],
        "regiones": propias,
    }


def _cambios(distribuidora: Distribuidora, nuevo: dict[str, Any], resultado: Resultado) -> dict[str, Any]:
    """Fields of an existing company that follow the file; edited ones are noted in `resultado` instead."""
    actual: dict[str, Any] = {campo: getattr(distribuidora, campo) for campo in SIMPLES}
    actual["sucesora"] = distribuidora.sucesora.codigo if distribuidora.sucesora else ""
    actual["regiones"] = sorted(r.pk for r in distribuidora.regiones.all())
    cambios = {}
    for campo, valor in nuevo.items():
        if actual[campo] == valor:
            continue
        if actual[campo] == distribuidora.cargado.get(campo):
            cambios[campo] = valor
        else:
            resultado.conservadas.append(f"{distribuidora.codigo}: {campo} sigue en «{actual[campo]}», como se editó.")
    return cambios
