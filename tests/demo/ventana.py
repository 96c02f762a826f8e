"""What a person does at a page, in words: once in a real browser, once with a plain client that runs no scripts."""

import re
import urllib.error
import urllib.request
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as ErrorDeNavegador

from tests.demo.instalacion import Falla

NUMEROS = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
ESPERA = 30_000  # ms


def exigir(condicion: object, esperado: str, visto: object) -> None:
    """Falla with both unless `condicion` holds."""
    if not condicion:
        raise Falla(f"Se esperaba {esperado}; se vio: {visto}")


def respuesta_de(pregunta: str) -> str:
    """The sum that the captcha asks for in words."""
    a, b = re.search(r"¿Cuánto es (\w+) más (\w+)\?", pregunta).groups()  # type: ignore[union-attr]
    return str(NUMEROS.index(a) + NUMEROS.index(b))


def _etiqueta(texto: str) -> re.Pattern[str]:
    """A label, with or without the word that says that it need not be filled in."""
    return re.compile(rf"^\s*{re.escape(texto)}(\s*\(opcional\))?\s*$")


class Ventana(ABC):
    """A person's browser. Fields are named by their label, buttons and links by their words."""

    con_imagen = False

    def __init__(self, base: str) -> None:
        self.base = base

    @property
    @abstractmethod
    def url(self) -> str: ...
    @abstractmethod
    def abrir(self, ruta: str) -> None: ...
    @abstractmethod
    def escribir(self, etiqueta: str, texto: str) -> None: ...
    @abstractmethod
    def elegir(self, etiqueta: str, opcion: str) -> None: ...
    @abstractmethod
    def marcar(self, etiqueta: str) -> None: ...
    @abstractmethod
    def adjuntar(self, etiqueta: str, archivo: Path) -> None: ...
    @abstractmethod
    def presionar(self, boton: str) -> None: ...
    @abstractmethod
    def seguir(self, enlace: str) -> None: ...
    @abstractmethod
    def direccion_de(self, enlace: str) -> str: ...
    @abstractmethod
    def valor(self, etiqueta: str) -> str: ...
    @abstractmethod
    def texto(self) -> str: ...
    @abstractmethod
    def filas(self) -> list[list[str]]: ...
    @abstractmethod
    def pedir(self, ruta: str) -> tuple[int, bytes]: ...
    @abstractmethod
    def captcha(self) -> None: ...

    @abstractmethod
    def capturar(self, nombre: str) -> None: ...
    @abstractmethod
    def cerrar(self) -> None: ...

    def ve(self, *textos: str) -> None:
        """Each of `textos` stands on the page."""
        visto = " ".join(self.texto().split())
        for texto in textos:
            exigir(texto in visto, f"«{texto}» en {self.url}", visto[:1500])

    def no_ve(self, *textos: str) -> None:
        visto = " ".join(self.texto().split())
        for texto in textos:
            exigir(texto not in visto, f"que no dijera «{texto}» {self.url}", visto[:1500])

    def descargar(self, enlace: str) -> bytes:
        """The file behind a link."""
        ruta = self.direccion_de(enlace)
        estado, datos = self.pedir(ruta)
        exigir(estado == 200, f"200 al descargar {ruta}", estado)
        return datos


class VentanaDeNavegador(Ventana):
    """A real Chromium."""

    con_imagen = True

    def __init__(
        self, navegador: Browser, base: str, *, capturas: Path | None = None, js: bool = True, ancho: int = 1280
    ) -> None:
        super().__init__(base)
        self.quejas: list[str] = []
        self.capturas, self.js = capturas, js
        self.contexto: BrowserContext = navegador.new_context(
            locale="es-CL",
            timezone_id="America/Santiago",
            viewport={"width": ancho, "height": 900},
            java_script_enabled=js,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.contexto.set_default_timeout(ESPERA)
        self.pagina: Page = self.contexto.new_page()
        self.pagina.on("console", self._queja)
        self.pagina.on("pageerror", lambda e: self.quejas.append(f"{self.url}: {e}"))

    def _queja(self, mensaje: Any) -> None:
        # A refused form answers 200; a page that must not be there is asked for on purpose elsewhere.
        if mensaje.type == "error" or "Content Security Policy" in mensaje.text:
            self.quejas.append(f"{self.url}: {mensaje.text}")

    @property
    def url(self) -> str:
        return self.pagina.url

    def _hacer(self, que: str, accion: Callable[[], Any]) -> Any:
        try:
            return accion()
        except (ErrorDeNavegador, AssertionError) as error:
            with suppress(ErrorDeNavegador):
                visto = " ".join(self.texto().split())[:1500]
                raise Falla(f"Se esperaba {que} en {self.url}; se vio: {visto}\n{str(error)[:600]}") from None
            raise Falla(f"Se esperaba {que}: {error}") from None

    def abrir(self, ruta: str) -> None:
        self._hacer(f"abrir {ruta}", lambda: self.pagina.goto(urljoin(self.base, ruta)))

    def _campo(self, etiqueta: str) -> Any:
        return self.pagina.get_by_label(_etiqueta(etiqueta)).first

    def escribir(self, etiqueta: str, texto: str) -> None:
        self._hacer(f"el campo «{etiqueta}»", lambda: self._campo(etiqueta).fill(texto))

    def elegir(self, etiqueta: str, opcion: str) -> None:
        self._hacer(f"la opción «{opcion}» de «{etiqueta}»", lambda: self._campo(etiqueta).select_option(label=opcion))

    def marcar(self, etiqueta: str) -> None:
        self._hacer(f"la casilla «{etiqueta}»", lambda: self._campo(etiqueta).check())

    def adjuntar(self, etiqueta: str, archivo: Path) -> None:
        def _adjuntar() -> None:
            patron = re.compile(rf"^\s*(Elegir archivo: |Reemplazar: )?{re.escape(etiqueta)}(\s*\(opcional\))?\s*$")
            campo = self.pagina.get_by_label(patron).first
            fila = campo.get_attribute("id")
            if self.js and campo.get_attribute("data-subir"):  # sent at once, the row is drawn anew
                campo.set_input_files(archivo)
                nueva = self.pagina.locator(f"#{fila.replace('doc-', 'fila-')}")  # type: ignore[union-attr]
                expect(nueva.filter(has_text=archivo.name).first).to_be_visible(timeout=ESPERA)
                expect(nueva.locator("progress")).to_have_count(0, timeout=ESPERA)
            else:
                campo.set_input_files(archivo)

        self._hacer(f"el archivo «{etiqueta}»", _adjuntar)

    def presionar(self, boton: str) -> None:
        def _presionar() -> None:
            with self.pagina.expect_navigation():
                self.pagina.get_by_role("button", name=boton, exact=True).first.click()

        self._hacer(f"el botón «{boton}»", _presionar)

    def seguir(self, enlace: str) -> None:
        def _seguir() -> None:
            with self.pagina.expect_navigation():
                self.pagina.get_by_role("link", name=enlace, exact=True).first.click()

        self._hacer(f"el enlace «{enlace}»", _seguir)

    def direccion_de(self, enlace: str) -> str:
        patron = re.compile(re.escape(enlace))
        return self._hacer(
            f"el enlace «{enlace}»", lambda: self.pagina.get_by_role("link", name=patron).first.get_attribute("href")
        )

    def valor(self, etiqueta: str) -> str:
        return self._hacer(f"el campo «{etiqueta}»", lambda: self._campo(etiqueta).input_value())

    def texto(self) -> str:
        return self.pagina.locator("body").inner_text()

    def filas(self) -> list[list[str]]:
        return [
            [celda.strip() for celda in fila.locator("td").all_inner_texts()]
            for fila in self.pagina.locator("table.bandeja tbody tr").all()
        ]

    def pedir(self, ruta: str) -> tuple[int, bytes]:
        respuesta = self.contexto.request.get(urljoin(self.base, ruta))
        return respuesta.status, respuesta.body()

    def captcha(self) -> None:
        def _resolver() -> None:
            if self.js:  # the widget works by itself
                resuelto = self.pagina.locator("altcha-widget input[type=hidden][name=altcha]")
                expect(resuelto).to_have_value(re.compile(".{20}"), timeout=ESPERA)
            else:
                pregunta = self.pagina.get_by_label(re.compile("¿Cuánto es"))
                pregunta.fill(respuesta_de(self.texto()))

        self._hacer("resolver la verificación", _resolver)

    def capturar(self, nombre: str) -> None:
        if self.capturas is None:
            return
        for aparato, ancho, alto in (("telefono", 390, 844), ("escritorio", 1280, 900)):
            self.pagina.set_viewport_size({"width": ancho, "height": alto})
            self.pagina.screenshot(path=self.capturas / f"{nombre}-{aparato}.png", full_page=True)

    def cerrar(self) -> None:
        self.contexto.close()


class VentanaSencilla(Ventana):
    """A client that knows forms and cookies, and nothing else: what a page can do without scripts."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self._abridor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._url = base
        self._pagina: Any = html.document_fromstring("<html><body></body></html>")
        self._archivos: dict[str, Path] = {}

    @property
    def url(self) -> str:
        return self._url

    def _ir(self, peticion: urllib.request.Request | str) -> tuple[int, bytes, str]:
        try:
            with self._abridor.open(peticion, timeout=60) as respuesta:
                return respuesta.status, respuesta.read(), respuesta.url
        except urllib.error.HTTPError as error:
            return error.code, error.read(), error.url

    def _mostrar(self, peticion: urllib.request.Request | str) -> None:
        estado, datos, self._url = self._ir(peticion)
        self._pagina, self._archivos = html.document_fromstring(datos.decode()), {}
        exigir(estado < 400, f"una página en {self._url}", f"{estado} {self.texto()[:500]}")

    def abrir(self, ruta: str) -> None:
        self._mostrar(urljoin(self.base, ruta))

    @staticmethod
    def _dice(nodo: Any) -> str:
        return " ".join("".join(nodo.itertext()).split())

    def _campo(self, etiqueta: str, *antes: str) -> Any:
        patrones = [_etiqueta(f"{a}{etiqueta}") for a in ("", *antes)]
        for rotulo in self._pagina.iter("label"):
            if any(p.match(self._dice(rotulo)) for p in patrones):
                return self._pagina.get_element_by_id(rotulo.get("for"))
        raise Falla(f"Se esperaba el campo «{etiqueta}» en {self._url}; se vio: {self.texto()[:1500]}")

    def escribir(self, etiqueta: str, texto: str) -> None:
        self._campo(etiqueta).value = texto

    def elegir(self, etiqueta: str, opcion: str) -> None:
        campo = self._campo(etiqueta)
        valores = [o.get("value", o.text) for o in campo.iter("option") if self._dice(o) == opcion]
        exigir(valores, f"la opción «{opcion}» de «{etiqueta}»", [self._dice(o) for o in campo.iter("option")])
        campo.value = valores[0]

    def marcar(self, etiqueta: str) -> None:
        self._campo(etiqueta).checked = True

    def adjuntar(self, etiqueta: str, archivo: Path) -> None:
        self._archivos[self._campo(etiqueta, "Elegir archivo: ", "Reemplazar: ").get("name")] = archivo

    def presionar(self, boton: str) -> None:
        for nodo in self._pagina.iter("button"):
            if self._dice(nodo) == boton and nodo.get("type") != "button" and nodo.get("aria-hidden") != "true":
                self._enviar(nodo)
                return
        raise Falla(f"Se esperaba el botón «{boton}» en {self._url}; se vio: {self.texto()[:1500]}")

    def _enviar(self, boton: Any) -> None:
        formulario = next(a for a in boton.iterancestors("form"))
        campos = list(formulario.form_values())
        if boton.get("name"):
            campos.append((boton.get("name"), boton.get("value", "")))
        destino = urljoin(self._url, formulario.get("action") or self._url)
        if formulario.method == "GET":
            self._mostrar(f"{destino.split('?')[0]}?{urlencode(campos)}")
            return
        archivos = {n: a for n, a in self._archivos.items() if n in formulario.fields}
        cuerpo, tipo = _multiparte(campos, archivos)
        cabeceras = {"Content-Type": tipo, "Referer": self._url}
        self._mostrar(urllib.request.Request(destino, data=cuerpo, headers=cabeceras))  # noqa: S310 - our own server

    def _enlace(self, cumple: Callable[[str], bool], que: str) -> str:
        for nodo in self._pagina.iter("a"):
            if cumple(self._dice(nodo)):
                return nodo.get("href")
        raise Falla(f"Se esperaba el enlace «{que}» en {self._url}; se vio: {self.texto()[:1500]}")

    def seguir(self, enlace: str) -> None:
        self._mostrar(urljoin(self._url, self._enlace(lambda dicho: dicho == enlace, enlace)))

    def direccion_de(self, enlace: str) -> str:
        return self._enlace(lambda dicho: enlace in dicho, enlace)

    def valor(self, etiqueta: str) -> str:
        return self._campo(etiqueta).value or ""

    def texto(self) -> str:
        return self._dice(self._pagina.body)

    def filas(self) -> list[list[str]]:
        filas = self._pagina.xpath("//table[contains(@class,'bandeja')]/tbody/tr")
        return [[self._dice(celda) for celda in fila.iter("td")] for fila in filas]

    def pedir(self, ruta: str) -> tuple[int, bytes]:
        estado, datos, _ = self._ir(urljoin(self._url, ruta))
        return estado, datos

    def capturar(self, nombre: str) -> None:
        """It has no screen."""

    def cerrar(self) -> None:
        """It leaves nothing open."""

    def captcha(self) -> None:
        rotulo = next(r for r in self._pagina.iter("label") if "¿Cuánto es" in self._dice(r))
        self._pagina.get_element_by_id(rotulo.get("for")).value = respuesta_de(self._dice(rotulo))


def _multiparte(campos: list[tuple[str, str]], archivos: dict[str, Path]) -> tuple[bytes, str]:
    """The body of a form with files, and its content type."""
    corte = uuid.uuid4().hex
    partes = []
    for nombre, valor in campos:
        partes.append(f'--{corte}\r\nContent-Disposition: form-data; name="{nombre}"\r\n\r\n{valor}\r\n'.encode())
    for nombre, ruta in archivos.items():
        cabeza = f'--{corte}\r\nContent-Disposition: form-data; name="{nombre}"; filename="{ruta.name}"\r\n'
        partes.append(f"{cabeza}Content-Type: application/octet-stream\r\n\r\n".encode() + ruta.read_bytes() + b"\r\n")
    return b"".join(partes) + f"--{corte}--\r\n".encode(), f"multipart/form-data; boundary={corte}"
