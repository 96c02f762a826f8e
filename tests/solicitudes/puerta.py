"""The user's door: pages read as a person reads them, and the operations of one request asked as anybody."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import muestras
from portal.avisos.models import Aviso
from portal.cuentas.models import Perfil
from solicitudes.formularios import MIB
from solicitudes.models import Solicitud

MALOS = {
    "un programa llamado PDF": ("informe.pdf", b"MZ\x90\x00" + b"\x00" * 200),
    "una página llamada PDF": ("informe.pdf", b"<html><script>alert(1)</script></html>"),
    "un texto": ("notas.txt", "Respuesta: sí".encode()),
    "un zip": ("todo.zip", muestras.comprimir({"a.txt": b"a"})),
    "nada": ("vacio.pdf", b""),
}
"""Files that no operation takes: what they are → name and bytes."""


def pdf(nombre: str = "documento.pdf", *, tamano: int | None = None) -> SimpleUploadedFile:
    """A good PDF as a browser sends it."""
    return SimpleUploadedFile(nombre, muestras.pdf(nombre, tamano=tamano))


def malo(cual: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(*MALOS[cual])


DE_5_MIB, DE_1_MIB = 5 * MIB, 1 * MIB


def _clase(nombre: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {nombre} ')"


def _texto(nodo: Any) -> str:
    return re.sub(r"\s+", " ", nodo.text_content()).strip()


class Pagina:
    """An answer as its reader sees it."""

    def __init__(self, respuesta: Any) -> None:
        self.codigo: int = respuesta.status_code
        self.texto: str = respuesta.text
        self.camino: list[str] = [direccion for direccion, _ in getattr(respuesta, "redirect_chain", [])]
        self.arbol = lxml.html.fromstring(self.texto)

    def _todos(self, xpath: str) -> list[str]:
        return [_texto(nodo) for nodo in self.arbol.xpath(xpath)]

    @property
    def titulo(self) -> str:
        return self._todos("//title")[0]

    @property
    def mensajes(self) -> list[str]:
        """What the last action says."""
        return self._todos(f"//div[{_clase('mensajes')}]//p")

    @property
    def errores(self) -> list[str]:
        """The sentences beside the fields."""
        return self._todos(f"//*[{_clase('invalid-feedback')}]")

    @property
    def resumen(self) -> list[str]:
        """The error summary, on a page whose title says that there are errors."""
        resumen = self._todos(f"//div[{_clase('resumen-errores')}]//li")
        assert bool(resumen) == self.titulo.startswith("Error: "), self.titulo
        return resumen

    @property
    def enlaces_del_resumen(self) -> list[str]:
        return list(self.arbol.xpath(f"//div[{_clase('resumen-errores')}]//a/@href"))

    @property
    def botones(self) -> dict[str, str]:
        """The actions of the page: words → address."""
        return {_texto(a): a.get("href") for a in self.arbol.xpath("//section[@aria-labelledby='acciones']//a")}

    @property
    def historial(self) -> list[str]:
        return self._todos(f"//ol[{_clase('historial')}]/li/p[1]")

    @property
    def notas(self) -> list[str]:
        return self._todos(f"//ol[{_clase('historial')}]//blockquote")

    @property
    def descargables(self) -> set[str]:
        """Addresses of files and zips that are offered anywhere on the page."""
        return {h for h in self.arbol.xpath("//a/@href") if h.startswith("/adjuntos/") or h.endswith(".zip")}

    def campo(self, nombre: str) -> str:
        """What the field holds."""
        (nodo,) = self.arbol.xpath(f"//*[@name='{nombre}']")
        return nodo.text_content().removeprefix("\n") if nodo.tag == "textarea" else nodo.get("value", "")

    @property
    def guardados(self) -> dict[str, str]:
        """The files that the form carries along, as it would send them: field → key."""
        return {n.get("name"): n.get("value") for n in self.arbol.xpath("//input[contains(@name, '-guardado')]")}


class Puerta:
    """The pages of one request."""

    def __init__(self, entrar: Callable[[Perfil], Client], solicitud: Solicitud) -> None:
        self.entrar, self.solicitud = entrar, solicitud

    def direccion(self, nombre: str, folio: str | None = None) -> str:
        return reverse(f"solicitudes:{nombre}", args=[folio or self.solicitud.folio])

    def abrir(self, nombre: str, perfil: Perfil) -> Pagina:
        return Pagina(self.entrar(perfil).get(self.direccion(nombre)))

    def ver(self, perfil: Perfil) -> Pagina:
        return self.abrir("ver", perfil)

    def enviar(self, nombre: str, perfil: Perfil, **datos: Any) -> Pagina:
        """Send the form of `nombre` and follow to where it leads."""
        return Pagina(self.entrar(perfil).post(self.direccion(nombre), datos, follow=True))

    def releer(self) -> Solicitud:
        """The request as it is now."""
        return Solicitud.objects.get(pk=self.solicitud.pk)

    def hecho(self, pagina: Pagina, mensaje: str) -> Solicitud:
        """Assert that it went well, led to the request's page and said so once; the request as it is now."""
        assert (pagina.codigo, pagina.camino) == (200, [self.direccion("ver")]), pagina.errores or pagina.resumen
        assert mensaje in pagina.mensajes
        return self.releer()

    def negado(self, pagina: Pagina, frase: str) -> None:
        """Assert that nothing happened and the page says why, also in its summary."""
        assert (pagina.codigo, pagina.camino) == (200, [])
        assert any(linea == frase or linea.endswith(f": {frase}") for linea in pagina.resumen), pagina.resumen
        despues = self.releer()
        for campo in ("estado", "respondido", "liberado", "numero_solicitud"):
            assert getattr(despues, campo) == getattr(self.solicitud, campo)
        assert not Aviso.todos().exists()

    def acceso(self, nombre: str, esperado: dict[Perfil, int]) -> None:
        """Assert who gets which status, reading and sending; where it is 404, an unknown folio answers the same."""
        for perfil, codigo in esperado.items():
            navegador = self.entrar(perfil)
            for metodo in (navegador.get, navegador.post):
                respuesta = metodo(self.direccion(nombre))
                assert (nombre, str(perfil), respuesta.status_code) == (nombre, str(perfil), codigo)
                if codigo == 404:
                    ajena = metodo(self.direccion(nombre, "YN987654321"))
                    assert ajena.status_code == 404
                    assert sin_lo_propio(self.solicitud.folio, respuesta.text) == sin_lo_propio(
                        "YN987654321", ajena.text
                    )
        assert self.releer().estado == self.solicitud.estado
        assert not Aviso.todos().exists()


def sin_lo_propio(folio: str, texto: str) -> str:
    """A page without its folio and without what differs from one answer to the next by itself."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", texto.replace(folio, "FOLIO"))


def avisados(solicitud: Solicitud) -> list[tuple[str, str, str]]:
    """The notices of a case: address, template, subject; in the order in which they were written."""
    return list(Aviso.todos().filter(caso=solicitud.caso).order_by("pk").values_list("para", "plantilla", "asunto"))


def de_la_solicitud(solicitud: Solicitud, tipo: str) -> list[str]:
    """The names of its files of a kind."""
    return list(solicitud.caso.adjuntos.filter(tipo=tipo).values_list("nombre", flat=True))
