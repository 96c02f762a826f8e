"""`manage.py crear_administrador`: the first SEC administrator, or one more."""

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from portal.acceso.actions import hacer_administrador
from portal.cuentas.identificador import presentar, validar
from portal.cuentas.models import Usuario

DATOS = ("rut", "nombres", "apellidos", "email")


class Command(BaseCommand):
    help = (
        "Crea un administrador de la SEC, o hace administrador a quien ya tiene cuenta. Lo que no se da como opción ni "
        "en el entorno (ADMINISTRADOR_RUT, _NOMBRES, _APELLIDOS, _EMAIL, _CLAVE) se pregunta."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for dato in DATOS:
            parser.add_argument(f"--{dato}")
        parser.add_argument("--no-preguntar", action="store_true", help="Falla si falta un dato, en vez de preguntar.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        self.preguntar = not opciones["no_preguntar"]
        errores: list[str] = []
        rut = self._dato("rut", opciones, validar, errores)
        usuario = Usuario.objects.filter(identificador=rut).first()
        datos: dict[str, str] = {}
        clave = None
        if usuario is None:
            datos = {
                "nombres": self._dato("nombres", opciones, _con_texto, errores),
                "apellidos": self._dato("apellidos", opciones, _con_texto, errores),
                "email": self._dato("email", opciones, _correo, errores),
            }
            persona = Usuario(identificador=rut, **datos)
            clave = self._dato("clave", {}, lambda c: _clave(c, persona), errores)
        if errores:
            raise CommandError("No se creó el administrador:\n  - " + "\n  - ".join(errores))
        nuevo = hacer_administrador(rut=rut, clave=clave, **datos)
        que = "Creado" if usuario is None else "Ya tenía cuenta: conserva su contraseña y ahora es"
        self.stdout.write(f"{que} administrador de la SEC: {presentar(nuevo.identificador)}, {nuevo}.")

    def _dato(self, nombre: str, opciones: dict[str, Any], leer: Any, errores: list[str]) -> str:
        """The value from the options, the environment or the keyboard; what is wrong with it goes to `errores`."""
        valor = opciones.get(nombre) or os.environ.get(f"ADMINISTRADOR_{nombre.upper()}")
        if not valor and self.preguntar:
            valor = getpass("Contraseña: ") if nombre == "clave" else input(f"{nombre.capitalize()}: ")
        try:
            return leer(valor or "")
        except ValidationError as error:
            errores.extend(f"{nombre}: {mensaje}" for mensaje in error.messages)
            return ""


def _con_texto(valor: str) -> str:
    if not valor.strip() or len(valor) > 80:
        raise ValidationError("escribe entre 1 y 80 caracteres.")
    return valor.strip()


def _correo(valor: str) -> str:
    validate_email(valor)
    return valor.lower()


def _clave(valor: str, persona: Usuario) -> str:
    validate_password(valor, persona)
    return valor
