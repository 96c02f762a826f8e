"""`make capturas`: the pictures of the README and the manuals, from the demonstration's year of cases."""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("NIVEL_DE_REGISTRO", "ERROR")
import django

django.setup()

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from portal import muestras  # noqa: E402
from portal.cuentas.demo import CLAVE, CUENTAS  # noqa: E402
from portal.cuentas.identificador import presentar  # noqa: E402
from tests import chromium  # noqa: E402
from tests.demo.instalacion import RAIZ, Falla, Instalacion  # noqa: E402
from tests.demo.ventana import VentanaDeNavegador  # noqa: E402

DESTINO = RAIZ / "docs/capturas"
MAXIMO = 6 * 1024 * 1024  # bytes of all pictures together
ALTO = 2400  # what is longer is cut: the manuals show where things are, not every line
TELEFONO = ("inicio", "pagar", "conexion", "inoperatividad-registrar", "reclamo-nuevo")  # also as a phone shows them


class Fotografo:
    """Goes through the pages of each profile and keeps a small picture of each."""

    def __init__(self, navegador: Browser, base: str, carpeta: Path) -> None:
        self.navegador, self.base, self.carpeta = navegador, base, carpeta
        (carpeta / "grande.pdf").write_bytes(muestras.pdf("Escaneado a 1200 puntos", tamano=6 * 1024 * 1024))

    def ventana(self, nombre: str = "") -> VentanaDeNavegador:
        """A browser, signed in as the person of the demonstration with that first name."""
        ventana = VentanaDeNavegador(self.navegador, self.base)
        if nombre:
            cuenta = next(c for c in CUENTAS if c.nombres == nombre)
            ventana.abrir("/ingresar/")
            ventana.elegir("Perfil", cuenta.tipo.label)
            ventana.escribir("RUT", presentar(cuenta.rut))
            ventana.escribir("Contraseña", CLAVE)
            ventana.presionar("Ingresar")
        return ventana

    def foto(self, ventana: VentanaDeNavegador, nombre: str, ruta: str = "") -> None:
        if ruta:
            ventana.abrir(ruta)
        tamanos = [("", 1280), ("-telefono", 390)] if nombre in TELEFONO else [("", 1280)]
        for sufijo, ancho in tamanos:
            ventana.pagina.set_viewport_size({"width": ancho, "height": 900})
            imagen = Image.open(io.BytesIO(ventana.pagina.screenshot(full_page=True))).convert("RGB")
            imagen = imagen.crop((0, 0, imagen.width, min(imagen.height, ALTO)))
            imagen.quantize(200, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
                DESTINO / f"{nombre}{sufijo}.png", optimize=True
            )
        ventana.pagina.set_viewport_size({"width": 1280, "height": 900})

    def caso(self, ventana: VentanaDeNavegador, estado: str) -> str:
        """Open the newest request in that state; its address."""
        ventana.abrir(f"/solicitudes/?estado={estado}")
        ventana.seguir(ventana.filas()[0][1])
        return ventana.url

    def todo(self) -> None:
        self._puerta()
        self._solicitante()
        self._distribuidora()
        self._sec()
        self._agente()
        self._inoperatividad()
        self._reclamos()
        self._seccion()

    def _puerta(self) -> None:
        nadie = self.ventana()
        self.foto(nadie, "ingresar", "/ingresar/")
        for nombre in ("registrarse", "recuperar"):
            nadie.abrir(f"/{nombre}/")
            nadie.captcha()
            self.foto(nadie, nombre)

    def _solicitante(self) -> None:
        # Whose turn it is differs from person to person: who has something to pay in time is the best example.
        for nombre in (c.nombres for c in CUENTAS if c.tipo == "solicitante"):
            persona = self.ventana(nombre)
            persona.abrir("/?estado=pendiente_pago")
            if persona.filas() and self.caso(persona, "pendiente_pago") and "Atraso" not in persona.texto():
                break
        self.foto(persona, "inicio", "/")
        self.caso(persona, "pendiente_pago")
        self.foto(persona, "pagar")
        self.caso(persona, "respondido")
        self.foto(persona, "respondida")
        self.foto(persona, "imprimir", persona.url + "imprimir/")
        for nombre, ruta in (
            ("nuevo-envio", "/solicitudes/nuevo/"),
            ("informacion", "/solicitudes/nuevo/informacion/"),
            ("conexion", "/solicitudes/nuevo/conexion/"),
            ("conformidad", "/solicitudes/nuevo/conformidad/"),
            ("notificacion", "/solicitudes/nuevo/notificacion/"),
            ("perfil", "/perfil/"),
            ("cambio-de-clave", "/perfil/clave/"),
        ):
            self.foto(persona, nombre, ruta)
        persona.seguir("Enlaces de Interés")
        self.foto(persona, "enlaces")
        persona.abrir("/solicitudes/nuevo/conexion/")
        persona.adjuntar("Copia cédula de identidad", self.carpeta / "grande.pdf")
        self.foto(persona, "archivo-rechazado")

    def _distribuidora(self) -> None:
        marcos = self.ventana("Marcos")
        self.foto(marcos, "bandeja", "/solicitudes/")
        caso = self.caso(marcos, "pendiente_respuesta")
        self.foto(marcos, "solicitud-por-responder")
        self.foto(marcos, "responder", caso + "responder/")
        self.foto(marcos, "gestion-de-pago", caso + "cobrar/")
        self.foto(marcos, "numero-de-solicitud", caso + "numero/")
        self.foto(marcos, "comunicacion", f"/solicitudes/comunicacion/?folio={caso.rstrip('/').rsplit('/', 1)[1]}")
        self.foto(marcos, "reporte", "/solicitudes/reporte/")
        self.foto(marcos, "perfil-distribuidora", "/perfil/")
        valentina = self.ventana("Valentina")
        caso = self.caso(valentina, "pendiente_validacion")
        self.foto(valentina, "solicitud-por-validar")
        self.foto(valentina, "rechazar-pago", caso + "rechazar-pago/")

    def _sec(self) -> None:
        jorge = self.ventana("Jorge")
        self.foto(jorge, "sec-solicitudes", "/solicitudes/")
        caso = self.caso(jorge, "respondido")
        self.foto(jorge, "sec-solicitud")
        self.foto(jorge, "anular", caso + "anular/")
        for nombre, ruta in (
            ("panel", "/?desde=2026-01-01"),
            ("cumplimiento", "/solicitudes/cumplimiento/?periodo=todo"),
            ("plazos", "/plazos/"),
            ("mensaje", "/avisos/mensajes/solicitud_respondida/"),
            ("sabana", "/solicitudes/sabana/"),
            ("avisos", "/avisos/"),
            ("usuarios", "/usuarios/"),
            ("historial", "/historial/"),
        ):
            self.foto(jorge, nombre, ruta)

    def _agente(self) -> None:
        nadia = self.ventana("Nadia")
        self.foto(nadia, "agente-inicio", "/")
        self.foto(nadia, "agente-perfil", "/perfil/")
        ramon = self.ventana("Ramón")
        self.foto(ramon, "gestiones-revisar", "/gestiones/")
        self.foto(ramon, "gestiones-planilla", "/gestiones/planilla/")

    def _inoperatividad(self) -> None:
        milagros = self.ventana("Milagros")
        self.foto(milagros, "inoperatividad-ahora", "/inoperatividad/")
        self.foto(milagros, "inoperatividad-registrar", "/inoperatividad/registros/nuevo/")
        diego = self.ventana("Diego")
        self.foto(diego, "inoperatividad-registros", "/inoperatividad/registros/")
        self.foto(diego, "inoperatividad-linea", "/inoperatividad/linea/")

    def _reclamos(self) -> None:
        nadie = self.ventana()
        nadie.abrir("/reclamos/nuevo/")
        nadie.elegir("¿A qué empresa?", "Enel Distribución")
        nadie.presionar("Seguir")
        self.foto(nadie, "reclamo-nuevo")
        self.foto(nadie, "reclamo-estado", "/reclamos/estado/")
        marcos = self.ventana("Marcos")
        self.foto(marcos, "reclamos", "/reclamos/")

    def _seccion(self) -> None:
        lucia = self.ventana("Lucía")
        self.foto(lucia, "seccion", "/")
        self.foto(lucia, "seccion-asuntos", "/seccion/asuntos/")
        self.foto(lucia, "seccion-registrar", "/seccion/nuevo/artefactos/")


def main() -> int:
    shutil.rmtree(DESTINO, ignore_errors=True)
    DESTINO.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="ventanilla-capturas-") as temporal, sync_playwright() as p:
        carpeta = Path(temporal)
        print("Preparando un portal con un año de casos…", flush=True)
        with (
            chromium.lanzar(p) as navegador,
            Instalacion(carpeta / "portal", correos=carpeta / "correos", con_casos=True) as portal,
        ):
            Fotografo(navegador, portal.direccion, carpeta).todo()
    hechas = list(DESTINO.glob("*.png"))
    peso = sum(a.stat().st_size for a in hechas)
    print(f"{len(hechas)} capturas en {DESTINO.relative_to(RAIZ)}, {peso / 1024:.0f} KiB")
    if peso > MAXIMO:
        raise Falla(f"Las capturas pesan más de {MAXIMO // 1024 // 1024} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
