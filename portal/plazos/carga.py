"""Rules of terms that the apps ship: `datos/reglas.csv` of any of them, and `datos/reglas_demostracion.csv`."""

from pathlib import Path

from django.apps import apps
from django.db import transaction

from portal.plazos.models import Regla
from portal.territorio.hojas import Hoja

CAMPOS = ["materia", "pais", "cantidad", "unidad", "desde_suceso", "vigente_desde", "norma", "nota"]
CLAVE = ["materia", "pais", "vigente_desde"]


def archivos(nombre: str) -> list[Path]:
    """The files of that name in the `datos/` folders of the installed apps."""
    rutas = (Path(app.path) / "datos" / nombre for app in apps.get_app_configs())
    return [ruta for ruta in rutas if ruta.exists()]


@transaction.atomic
def cargar_reglas(archivo: Path, *, demostracion: bool = False) -> int:
    """Create the country rules of `archivo` that are not there yet, unverified; returns how many.

    A rule that exists is never altered, whoever made it: cases were filed under it. A corrected term is a new line
    with a later `vigente_desde`. DatosErroneos when a line is wrong.
    """
    hoja = Hoja(archivo, CAMPOS, clave=CLAVE)
    presentes = {
        (materia, pais, desde.isoformat())
        for materia, pais, desde in Regla.objects.filter(distribuidora=None).values_list(*CLAVE)
    }
    nuevas = []
    for linea, fila in hoja.filas:
        if tuple(fila[c] for c in CLAVE) not in presentes:
            regla = Regla(**fila, demostracion=demostracion)
            hoja.revisar(linea, regla)
            nuevas.append(regla)
    hoja.terminar()
    return len(Regla.objects.bulk_create(nuevas))
