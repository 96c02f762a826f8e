"""A real Chromium against the live server, people at it, and what none of its pages may do."""

import os
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.cuentas.models import Perfil
from tests import chromium
from tests.demo.ventana import VentanaDeNavegador
from tests.solicitudes.conftest import en_estado, medios

__all__ = ["en_estado", "medios"]  # fixtures of the requests, used here too
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
REGLAS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    with sync_playwright() as p:
        abierto = chromium.lanzar(p)
        yield abierto
        abierto.close()


@pytest.fixture
def ventana(navegador, live_server, settings) -> Iterator[Callable[..., VentanaDeNavegador]]:
    """Open a person's browser; what its pages complain about fails the test."""
    settings.DIRECCION_PUBLICA = live_server.url
    abiertas: list[VentanaDeNavegador] = []

    def _ventana(**opciones) -> VentanaDeNavegador:
        abiertas.append(VentanaDeNavegador(navegador, live_server.url, **opciones))
        return abiertas[-1]

    yield _ventana
    for una in abiertas:
        una.cerrar()
    assert [queja for una in abiertas for queja in una.quejas] == []


@pytest.fixture
def _sesion(entrar, live_server) -> Callable[[BrowserContext, Perfil], None]:
    def _poner(contexto: BrowserContext, perfil: Perfil) -> None:
        sesion = entrar(perfil).cookies["sesion"].value
        contexto.add_cookies([{"name": "sesion", "value": sesion, "url": live_server.url}])

    return _poner


@pytest.fixture
def como(ventana, _sesion) -> Callable[..., VentanaDeNavegador]:
    """A browser in which this profile has signed in; nobody when None."""

    def _como(perfil: Perfil | None, **opciones) -> VentanaDeNavegador:
        nueva = ventana(**opciones)
        if perfil is not None:
            _sesion(nueva.contexto, perfil)
        return nueva

    return _como


@pytest.fixture
def abrir(ventana, _sesion) -> Callable[..., Page]:
    """Open an address of the portal, signed in as a profile or not; what the page complains about fails the test."""

    def _abrir(
        ruta: str, *, ancho: int = 1280, colores: str = "light", js: bool = True, como: Perfil | None = None
    ) -> Page:
        nueva = ventana(ancho=ancho, js=js)
        if como:
            _sesion(nueva.contexto, como)
        nueva.pagina.emulate_media(color_scheme=colores)
        nueva.abrir(ruta)
        return nueva.pagina

    return _abrir


def violaciones(pagina: Page) -> list[str]:
    """What axe-core finds, each with the elements that it found it in."""
    hallado = Axe().run(pagina, options=REGLAS)
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in hallado.response["violations"]]


@pytest.fixture
def barreras() -> Callable[[Page], list[str]]:
    """What axe finds on a page, and whether it sticks out to the side; an empty list when all is well."""

    def _barreras(pagina: Page) -> list[str]:
        sobra = pagina.evaluate("document.documentElement.scrollWidth") - pagina.viewport_size["width"]
        return violaciones(pagina) + ([f"sobresale {sobra} px"] if sobra > 0 else [])

    return _barreras


class Buzon:
    """The mails of a test, asked for as in the demonstration."""

    def __init__(self) -> None:
        self.vistos: set[int] = set()

    def para(self, direccion: str, asunto: str) -> EmailMessage:
        for numero, correo in enumerate(mail.outbox):
            if numero not in self.vistos and direccion in str(correo.to) and asunto in correo.subject:
                self.vistos.add(numero)
                return message_from_bytes(correo.message().as_bytes(), policy=policy.default)
        raise AssertionError(f"Ningún correo a {direccion} con «{asunto}»: {[(c.to, c.subject) for c in mail.outbox]}")


@pytest.fixture
def buzon() -> Buzon:
    return Buzon()
