"""The desk's form in a real browser: how few keys and requests it takes, and that nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from gestiones.models import Gestion
from tests.factories import CLAVE

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
TECLAS_DE_MAS, PEDIDOS = 12, 3


def cliente(pagina, documento: str, nis: str, tipo: str) -> int:
    """Log a client with the keyboard alone; how many keys beyond the data."""
    expect(pagina.locator("#id_documento")).to_be_focused()
    teclas = 0

    def tecla(nombre: str) -> None:
        nonlocal teclas
        teclas += 1
        pagina.keyboard.press(nombre)

    pagina.keyboard.type(documento)
    tecla("Tab")
    expect(pagina.locator("#id_referencia")).to_be_focused()
    pagina.keyboard.type(nis)
    tecla("Tab")
    expect(pagina.locator("#hallazgo .ficha")).to_be_visible()
    tecla(tipo)
    tecla("Enter")
    return teclas


def test_few_keys_few_requests_and_back_to_the_document(como, nadia):
    """G-04: at most 12 keys beyond the data and 3 requests for each client; ready for the next one at once."""
    ventana = como(nadia)
    ventana.abrir("/gestiones/cargar/")
    pagina, pedidos = ventana.pagina, []
    # the browser asks for the icon whenever it likes
    pagina.on("request", lambda pedido: "/static/" in pedido.url or pedidos.append(f"{pedido.method} {pedido.url}"))
    for cuantas, documento in enumerate(("1730558", "2450077"), start=1):
        pedidos.clear()
        teclas = cliente(pagina, documento, "2210733", "5")
        expect(pagina.locator(".tabla tbody tr")).to_have_count(cuantas)
        assert teclas <= TECLAS_DE_MAS
        assert len(pedidos) <= PEDIDOS, pedidos
    expect(pagina.locator("#id_documento")).to_be_focused()
    assert list(Gestion._base_manager.order_by("numero").values_list("documento", flat=True)) == ["1730558", "2450077"]


def test_a_session_that_ends_loses_nothing(como, nadia):
    """G-04: the door opens; signed in again, document, reference, type and observation are there."""
    ventana = como(nadia)
    ventana.abrir("/gestiones/cargar/")
    pagina = ventana.pagina
    pagina.keyboard.type("1730558")
    pagina.keyboard.press("Tab")
    expect(pagina.locator("#id_referencia")).to_be_focused()
    pagina.keyboard.type("2210733")
    pagina.keyboard.press("Tab")
    expect(pagina.locator("#hallazgo .ficha")).to_be_visible()
    pagina.keyboard.press("3")
    pagina.fill("#id_observacion", "Acuerdo a doce cuotas")
    ventana.contexto.clear_cookies(name="sesion")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/ingresar/**")
    ventana.elegir("Perfil", "Agente")
    ventana.escribir("RUT", nadia.usuario.identificador)
    ventana.escribir("Contraseña", CLAVE)
    ventana.presionar("Ingresar")
    expect(pagina.locator("#id_documento")).to_have_value("1730558")
    expect(pagina.locator("#id_referencia")).to_have_value("2210733")
    expect(pagina.locator("#id_tipo_2")).to_be_checked()
    expect(pagina.locator("#id_observacion")).to_have_value("Acuerdo a doce cuotas")
    with pagina.expect_response(lambda r: r.request.method == "POST"):
        pagina.get_by_role("button", name="Grabar").click()
    expect(pagina.locator("[data-grabada]")).to_be_visible()
    assert Gestion._base_manager.get().observacion == "Acuerdo a doce cuotas"
