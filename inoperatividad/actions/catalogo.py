"""The verbs of the catalogues (X-10): filled from the procedure, and edited row by row."""

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from inoperatividad import permissions
from inoperatividad.models import Aplicativo, Consulta, Motivo
from inoperatividad.models.catalogos import Catalogo
from portal.cuentas.models import Distribuidora, Perfil
from portal.permisos import exigir

BASE = Path(__file__).parent.parent / "datos" / "catalogos.csv"


@transaction.atomic
def llenar(empresa: Distribuidora, *, por: Perfil | None) -> int:
    """Add what the procedure names and the company does not have yet; how many rows. `por` None: a command."""
    exigir(por is None or permissions.puede_editar_catalogos(por))
    puestos = 0
    with BASE.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            nombre, clase, opciones = fila["nombre"], fila["clase"], fila["opciones"].split()
            propios: dict[str, tuple[type[Catalogo], dict[str, Any], dict[str, Any]]] = {
                "aplicativo": (Aplicativo, {}, {"familia": clase, "solo_con_pago": "solo_con_pago" in opciones}),
                "consulta": (Consulta, {}, {}),
                "motivo": (
                    Motivo, {"escenario": clase}, {"al_abrir": "abrir" in opciones, "al_cerrar": "cerrar" in opciones},
                ),
            }  # fmt: skip
            modelo, clave, resto = propios[fila["catalogo"]]
            buscada = {"distribuidora": empresa, "nombre": nombre, **clave}
            puestos += modelo.objects.get_or_create(defaults=resto, **buscada)[1]
    return puestos


@transaction.atomic
def guardar(elemento: Catalogo, *, por: Perfil) -> Catalogo:
    """Keep a new or changed row of the own company's catalogue."""
    exigir(permissions.puede_editar_catalogos(por) and elemento.distribuidora_id == por.distribuidora_id)
    try:
        elemento.full_clean()
    except ValidationError as error:
        raise ValidationError(error.message_dict) from None
    elemento.save()
    return elemento
