"""The accounts of the demonstration, as a table or as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.cuentas.demo import CLAVE, CUENTAS
from portal.cuentas.identificador import presentar


class Command(BaseCommand):
    help = "Muestra las cuentas de la demostración."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="para programas")

    def handle(self, *args: Any, **opciones: Any) -> None:
        filas: list[dict[str, Any]] = [
            {
                "perfil": cuenta.tipo.label,
                "rut": presentar(cuenta.rut),
                "clave": CLAVE,
                "nombre": f"{cuenta.nombres} {cuenta.apellidos}",
                "funciones": [funcion.label for funcion in cuenta.funciones],
                "empresa": cuenta.empresa,
            }
            for cuenta in CUENTAS
        ]
        if opciones["json"]:
            self.stdout.write(json.dumps(filas, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Contraseña de todas: {CLAVE}")
        for fila in filas:
            que = ", ".join([*fila["funciones"], *([fila["empresa"]] if fila["empresa"] else [])])
            self.stdout.write(f"  {fila['perfil']:<14}{fila['rut']:<14}{fila['nombre']:<32}{que}")
