"""Who enters where: each role against each address, expected by a matrix that a person wrote from the manual."""

import csv
from collections import Counter

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import clear_url_caches, path

from portal import urls
from portal.permisos import publica
from tests.seguridad.casos import deshecho, mandar
from tests.seguridad.direcciones import ACTORES, MATRIZ, actores_de, base, direcciones, filas, juntar

CELDAS = {"entra", "ingreso", "403", "404", "405"}
FILAS = filas()


def _veredicto(respuesta) -> str:
    """The cell that this answer is."""
    if respuesta.status_code in (200, 302) and respuesta.headers.get("Location", "").startswith("/ingresar/"):
        return "ingreso"
    return "entra" if respuesta.status_code in (200, 302) else str(respuesta.status_code)


def test_every_address_has_its_rows():
    """A-11: an address without a row, or a row without an address, fails the build."""
    escritas = Counter((base(fila["direccion"]), fila["metodo"]) for fila in FILAS if "[" not in fila["direccion"])
    assert escritas == Counter((nombre, metodo) for nombre in direcciones() for metodo in ("GET", "POST"))


def test_every_cell_is_one_of_five():
    """A-11: nothing in the matrix is left open, and every row says from where it was taken."""
    conocidos = {*ACTORES, *juntar("ACTORES")}
    for parte in MATRIZ.glob("*.csv"):
        with parte.open(encoding="utf-8", newline="") as archivo:
            direccion, metodo, *actores, lugar = next(csv.reader(archivo))
        assert (direccion, metodo, lugar) == ("direccion", "metodo", "lugar")
        assert actores[: len(ACTORES)] == list(ACTORES)
        assert set(actores) <= conocidos
    assert {fila[actor] for fila in FILAS for actor in actores_de(fila)} == CELDAS
    assert [fila["direccion"] for fila in FILAS if not fila["lugar"]] == []


@pytest.mark.parametrize("fila", FILAS, ids=lambda fila: f"{fila['direccion']}-{fila['metodo']}")
def test_cells(fila, mundo, navegador_de):
    """A-11, A-12: each role at this address, with an object of its own company or its own; no cell is wrong."""
    visto = {}
    actores = {actor: mundo.actores[actor] for actor in actores_de(fila)}  # made here: below, all is undone
    for actor in actores:
        with deshecho():
            visto[actor] = _veredicto(
                mandar(navegador_de(actor), fila["metodo"], mundo.pedido(fila["direccion"], actor))
            )
    assert visto == {actor: fila[actor] for actor in actores}


METODOS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@pytest.mark.parametrize("actor", ["anonimo", "solicitante", "tramitador"])
def test_other_methods(actor, mundo, navegador_de):
    """A-11: another method is refused, or shows what looking shows; it never does anything nor breaks."""
    mundo.asentar()
    raros = {}
    for direccion in sorted(set(direcciones()) - {"muestrario"}):
        with deshecho():
            pedido = mundo.pedido(direccion, actor)
            navegador = navegador_de(actor)
            mirado = mandar(navegador, "GET", pedido).status_code
            estados = {metodo: mandar(navegador, metodo, pedido).status_code for metodo in METODOS}
            admitidos = {405, mirado}
            raros |= {
                (direccion, metodo): (estado, mirado)
                for metodo, estado in estados.items()
                if estado not in admitidos | ({200} if metodo == "OPTIONS" else set())
            }
    assert raros == {}


def _suelta(request):
    raise AssertionError("nadie debe llegar aquí")


@pytest.mark.parametrize("declarada", [False, True])
def test_an_undeclared_page_fails(declarada, monkeypatch, client, db):
    """A-11: a page that declares no access answers to nobody, and one without a row fails the matrix."""
    vista = publica(lambda request: _suelta(request)) if declarada else (lambda request: _suelta(request))
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("suelta/", vista, name="suelta")])
    clear_url_caches()
    try:
        if not declarada:
            with pytest.raises(ImproperlyConfigured, match="no declara quién puede entrar"):
                client.get("/suelta/")
        with pytest.raises(AssertionError):
            test_every_address_has_its_rows()
    finally:
        monkeypatch.undo()
        clear_url_caches()
