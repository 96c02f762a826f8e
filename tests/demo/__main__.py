"""`python -m tests.demo [--sin-navegador]`: tells the story; exit code 1 where it does not go as told."""

import os
import shutil
import sys
import time
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("NIVEL_DE_REGISTRO", "ERROR")
import django

django.setup()  # the story's files and accounts are made by the portal's own code

from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from playwright.sync_api import Error as ErrorDeNavegador  # noqa: E402

from tests import chromium  # noqa: E402
from tests.demo.instalacion import RAIZ, Falla, Instalacion  # noqa: E402
from tests.demo.partes import PARTES  # noqa: E402
from tests.demo.ventana import Ventana, VentanaDeNavegador, VentanaSencilla  # noqa: E402

CARPETA = RAIZ / "var/demo"


def main(argumentos: list[str]) -> int:
    inicio = time.monotonic()
    shutil.rmtree(CARPETA, ignore_errors=True)
    capturas = CARPETA / "capturas"
    capturas.mkdir(parents=True)
    with ExitStack() as pila:
        navegador = None if "--sin-navegador" in argumentos else _navegador(pila)
        print("Preparando un portal propio…", flush=True)
        try:
            portal = pila.enter_context(Instalacion(CARPETA / "instalacion", correos=CARPETA / "correos"))
            print(f"Portal en {portal.direccion}", flush=True)
            ventanas: list[Ventana] = []

            def ventana() -> Ventana:
                nueva: Ventana = (
                    VentanaDeNavegador(navegador, portal.direccion, capturas=capturas)
                    if navegador
                    else VentanaSencilla(portal.direccion)
                )
                ventanas.append(nueva)
                return nueva

            for parte in PARTES:
                print(f"\n--- {parte.titulo} ---", flush=True)
                parte(CARPETA, portal.correo, ventana).contar()
            if quejas := [q for v in ventanas if isinstance(v, VentanaDeNavegador) for q in v.quejas]:
                raise Falla("Se esperaba una consola sin errores; dijo:\n" + "\n".join(quejas))
        except Falla as falla:
            print(f"\nFALLA. {falla}\n", flush=True)
            if "portal" in locals():
                print("Lo último que dijo el portal:\n" + portal.registro(), flush=True)
            return 1
    _despedida(capturas, con_imagen=navegador is not None, segundos=time.monotonic() - inicio)
    return 0


def _navegador(pila: ExitStack) -> Browser | None:
    try:
        return pila.enter_context(chromium.lanzar(pila.enter_context(sync_playwright())))
    except ErrorDeNavegador:
        return None


def _despedida(capturas: Path, *, con_imagen: bool, segundos: float) -> None:
    print(f"\nTodo salió como se cuenta, en {segundos:.0f} s. Quedó en {CARPETA.relative_to(RAIZ)}:")
    for nombre, patron, que in (
        ("correos", "*.eml", "correos"),
        ("descargas", "*", "archivos descargados, entre ellos reporte.xlsx"),
        ("capturas", "*.png", "capturas, cada página en escritorio y en teléfono"),
    ):
        print(f"  {nombre + '/':<12} {len(list((CARPETA / nombre).glob(patron)))} {que}")
    if not con_imagen:
        marco = "!" * 100
        print(f"\n{marco}\nSIN NAVEGADOR: la historia se contó por HTTP, SIN CAPTURAS y sin JavaScript.")
        print(f"Para tenerlas: sudo apt-get install chromium\n{marco}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
