"""Rules of retention that the apps ship: `datos/conservacion.csv` of any of them."""

from django.db import transaction

from portal.conservacion.models import ReglaDeConservacion
from portal.plazos.carga import archivos
from portal.territorio.hojas import Hoja

CAMPOS = ["clase", "cantidad", "unidad", "norma", "nota", "activa"]


@transaction.atomic
def cargar() -> int:
    """Create the rules that are not there yet, unverified; what the SEC changed stays. How many are new."""
    nuevas: list[ReglaDeConservacion] = []
    presentes = set(ReglaDeConservacion.objects.values_list("clase", flat=True))
    for archivo in archivos("conservacion.csv"):
        hoja = Hoja(archivo, CAMPOS, clave=["clase"])
        for linea, fila in hoja.filas:
            if fila["clase"] not in presentes:
                regla = ReglaDeConservacion(**(fila | {"activa": fila["activa"] == "si"}))
                hoja.revisar(linea, regla)
                nuevas.append(regla)
        hoja.terminar()
    return len(ReglaDeConservacion.objects.bulk_create(nuevas))
