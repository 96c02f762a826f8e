"""A portal of its own for what is measured over HTTP: installation with demonstration accounts, gunicorn, a client."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

CUENTAS = (
    "from portal.cuentas.ambito import sin_ambito\nfrom portal.cuentas.demo import sembrar_cuentas\n"
    "with sin_ambito(): sembrar_cuentas()"
)


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]


@contextlib.contextmanager
def instalacion() -> Iterator[dict[str, str]]:
    """The environment of a portal with reference data and the accounts of the demonstration, thrown away after."""
    with tempfile.TemporaryDirectory(prefix="ventanilla-bench-") as carpeta:
        entorno = {**os.environ, "VAR_DIR": carpeta, "NIVEL_DE_REGISTRO": "ERROR"}
        for orden in (["migrate"], ["createcachetable"], ["cargar_datos"], ["shell", "-c", CUENTAS]):
            subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", *orden], env=entorno, check=True, stdout=subprocess.DEVNULL
            )
        yield entorno


@contextlib.contextmanager
def gunicorn(aplicacion: str, entorno: dict[str, str], *opciones: str) -> Iterator[int]:
    """A server of `aplicacion`; its port."""
    puerto = puerto_libre()
    orden = [sys.executable, "-m", "gunicorn", aplicacion, "--bind", f"127.0.0.1:{puerto}", *opciones]
    proceso = subprocess.Popen(orden, env=entorno, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        limite = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", puerto), 1):
                break
            if time.monotonic() > limite or proceso.poll() is not None:
                raise RuntimeError(f"{aplicacion} no empezó")
        yield puerto
    finally:
        proceso.terminate()
        proceso.wait(30)


class Navegador:
    """A signed-in browser over one kept connection; just enough of one."""

    def __init__(self, puerto: int) -> None:
        self.conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
        self.galletas: dict[str, str] = {}

    def pedir(
        self, metodo: str, ruta: str, cuerpo: bytes = b"", tipo: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str]:
        """Status and body."""
        cabeceras = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.galletas.items()), "Accept": "text/html"}
        if metodo == "POST":
            cabeceras["Content-Type"] = tipo
        self.conexion.request(metodo, ruta, cuerpo, cabeceras)
        respuesta = self.conexion.getresponse()
        texto = respuesta.read().decode(errors="replace")
        for galleta in respuesta.headers.get_all("Set-Cookie") or []:
            nombre, valor = galleta.split(";")[0].split("=", 1)
            self.galletas[nombre] = valor
        return respuesta.status, texto

    def ficha(self, ruta: str) -> str:
        """The token of the form at `ruta`."""
        encontrada = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.pedir("GET", ruta)[1])
        if encontrada is None:
            raise RuntimeError(f"{ruta} no tiene formulario")
        return encontrada[1]

    def ingresar(self, perfil: str, rut: str, clave: str) -> None:
        datos = {"csrfmiddlewaretoken": self.ficha("/ingresar/"), "perfil": perfil, "login": rut, "password": clave}
        if self.pedir("POST", "/ingresar/", urlencode(datos).encode())[0] != 302:
            raise RuntimeError(f"{rut} no pudo ingresar")


LIMITE = "bench-limite"


class Solicitante(Navegador):
    """A citizen of the demonstration who files Solicitudes de Conexión."""

    def __init__(self, puerto: int, rut: str, clave: str) -> None:
        super().__init__(puerto)
        self.ingresar("solicitante", rut, clave)
        self.campos = {
            "csrfmiddlewaretoken": self.ficha("/solicitudes/nuevo/conexion/"),
            "distribuidora": "1",
            "numero_cliente": "5000000-7",
            "region": "13",
            "comuna": "13101",
            "accion": "grabar",
        }

    def enviar(self, cuerpo: bytes, clave: uuid.UUID | None = None) -> tuple[int, str]:
        """File what `formulario` made, under the key of its page; 302 is the acknowledgement."""
        ruta = f"/solicitudes/nuevo/conexion/{clave or uuid.uuid4()}/"
        return self.pedir("POST", ruta, cuerpo, f"multipart/form-data; boundary={LIMITE}")

    def formulario(self, archivos: list[bytes]) -> bytes:
        """The body of the form with its documents."""
        nombres = ("doc-formulario", "doc-cedula", "doc-otros", "doc-otros")
        return multiparte(self.campos, list(zip(nombres, archivos, strict=False)))


def multiparte(campos: dict[str, str], archivos: list[tuple[str, bytes]]) -> bytes:
    """A form's body with PDF files, its parts divided by LIMITE."""
    partes = [
        f'--{LIMITE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in campos.items()
    ]
    for nombre, contenido in archivos:
        cabeza = f'--{LIMITE}\r\nContent-Disposition: form-data; name="{nombre}"; filename="{nombre}.pdf"\r\n'
        partes += [cabeza.encode(), b"Content-Type: application/pdf\r\n\r\n", contenido, b"\r\n"]
    return b"".join([*partes, f"--{LIMITE}--\r\n".encode()])
