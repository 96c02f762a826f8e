"""What every part of the demonstration is told with: steps, pictures, people who sign in."""

import re
from collections.abc import Callable
from contextlib import contextmanager
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from portal.cuentas.demo import CLAVE, CUENTAS
from portal.cuentas.identificador import presentar
from tests.demo.instalacion import Correo
from tests.demo.ventana import Ventana, exigir

_pasos, _capturas = count(1), count(1)


def enlace_de(correo: EmailMessage) -> str:
    """The address behind the button of a mail."""
    cuerpo = correo.get_body(("plain",))
    hallado = re.search(r"http://localhost:\d+/\S+", cuerpo.get_content() if cuerpo else "")
    exigir(hallado, "un enlace en el correo", correo["Subject"])
    return hallado.group()  # type: ignore[union-attr]


def que_dice(correo: EmailMessage) -> str:
    cuerpo = correo.get_body(("plain",))
    return " ".join(cuerpo.get_content().split()) if cuerpo else ""


class Relato:
    """A part of the demonstration: `contar` tells all of it; Falla where something does not go as told."""

    titulo: ClassVar[str]

    def __init__(self, carpeta: Path, correo: Correo, ventana: Callable[[], Ventana]) -> None:
        self.correo, self.ventana = correo, ventana
        self.archivos, self.descargas = carpeta / "archivos", carpeta / "descargas"
        for c in (self.archivos, self.descargas):
            c.mkdir(parents=True, exist_ok=True)

    def contar(self) -> None:
        raise NotImplementedError

    @contextmanager
    def paso(self, texto: str) -> Any:
        print(f"\n{next(_pasos):2}. {texto}", flush=True)
        yield

    @staticmethod
    def dice(texto: str) -> None:
        print(f"      {texto}", flush=True)

    def captura(self, ventana: Ventana, nombre: str) -> None:
        ventana.capturar(f"{next(_capturas):03}-{nombre}")

    def _ingresar(self, perfil: str, rut: str, clave: str, *, captura: str = "") -> Ventana:
        ventana = self.ventana()
        ventana.abrir("/ingresar/")
        ventana.elegir("Perfil", perfil)
        ventana.escribir("RUT", rut)
        ventana.escribir("Contraseña", clave)
        if captura:
            self.captura(ventana, captura)
        ventana.presionar("Ingresar")
        return ventana

    def _de_la_demostracion(self, nombre: str) -> Ventana:
        cuenta = next(c for c in CUENTAS if c.nombres == nombre)
        return self._ingresar(cuenta.tipo.label, presentar(cuenta.rut), CLAVE)
