"""Every shared part in a real Chromium: accessible, within the screen, and its scripts at work."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("colores", ["light", "dark"])
@pytest.mark.parametrize("ancho", [1280, 390])
@pytest.mark.parametrize("ruta", ["/muestrario/?errores=1", "/apariencia/", "/privacidad/"])
def test_accesible(abrir, barreras, ruta, ancho, colores):
    """X-09: axe finds nothing, and nothing sticks out to the side."""
    assert barreras(abrir(ruta, ancho=ancho, colores=colores)) == []


def test_el_resumen_toma_el_foco(abrir):
    """S-04: after an error the summary has the focus, and its links lead to the fields."""
    pagina = abrir("/muestrario/?errores=1")
    expect(pagina.locator(".resumen-errores")).to_be_focused()
    pagina.get_by_role("link", name="Comuna: Completa este campo.").click()
    expect(pagina.locator("#id_comuna")).to_be_focused()


def test_la_comuna_sigue_a_la_region(abrir):
    """S-03: choosing a region leaves its comunas only."""
    pagina = abrir("/muestrario/")
    comunas = pagina.locator("#id_comuna option")
    expect(comunas).to_have_text(["Elige una", "Limache", "Olmué"])
    pagina.locator("#id_region").select_option("13")
    expect(comunas).to_have_text(["Elige una", "Puente Alto", "Santiago"])


def test_un_campo_que_depende_de_otro(abrir):
    """S-03: «Número de Factibilidad» is there when «No tengo Nro. de Cliente» is ticked; without scripts, always."""
    pagina = abrir("/muestrario/")
    expect(pagina.locator("#id_factibilidad")).to_be_hidden()
    pagina.locator("#id_sin_cliente").check()
    expect(pagina.locator("#id_factibilidad")).to_be_visible()
    expect(abrir("/muestrario/", js=False).locator("#id_factibilidad")).to_be_visible()


def test_la_cuenta_de_caracteres_no_corta(abrir):
    """S-04: too long a text is said, not cut."""
    pagina = abrir("/muestrario/")
    pagina.locator("#id_comentario").fill("á" * 502)
    expect(pagina.get_by_text("Sobran 2 caracteres").first).to_be_visible()
    assert len(pagina.locator("#id_comentario").input_value()) == 502


def test_copiar(abrir):
    """S-11: a folio is copied with a button that only exists with scripts."""
    pagina = abrir("/muestrario/")
    pagina.get_by_role("button", name="Copiar el folio").click()
    expect(pagina.get_by_text("Copiado")).to_be_visible()
    assert pagina.evaluate("navigator.clipboard.readText()") == "YN194"
    expect(abrir("/muestrario/", js=False).get_by_role("button", name="Copiar el folio")).to_be_hidden()


FILA = """<li class="archivo bien"><div class="archivo-que"><strong class="archivo-titulo">Copia de la cédula</strong>
<p class="menor mt-1"><strong>cedula.pdf</strong> · 12 B · guardado</p></div><div class="archivo-accion">
<button class="btn btn-link btn-menor" type="button">Quitar</button></div></li>"""


def _elegir_archivo(pagina: Page, responder) -> list[str]:
    """Choose a file in the row of the identity card; what was sent, as the server would see it."""
    enviados: list[str] = []

    def _responder(ruta) -> None:
        enviados.append(ruta.request.post_data or "")
        responder(ruta)

    pagina.route("**/subida/", _responder)
    cedula = pagina.locator("#m-cedula")
    cedula.evaluate("e => (e.dataset.subir = '/subida/')")
    cedula.set_input_files({"name": "cedula.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hola"})
    return enviados


def test_subir_un_archivo_al_elegirlo(abrir):
    """S-05: the chosen file is sent at once, with the form's token, and the server's row takes the place of the old."""
    pagina = abrir("/muestrario/")
    enviados = _elegir_archivo(pagina, lambda ruta: ruta.fulfill(status=200, content_type="text/html", body=FILA))
    expect(pagina.get_by_text("cedula.pdf")).to_be_visible()
    expect(pagina.locator("#m-cedula")).to_have_count(0)
    expect(pagina.get_by_role("button", name="Quitar")).to_be_focused()
    assert len(enviados) == 1
    assert [parte in enviados[0] for parte in ('name="cedula"', "csrfmiddlewaretoken", "%PDF-1.7 hola")] == [True] * 3


def test_cancelar_una_subida(abrir):
    """S-05: an upload can be called off; the field is there again, empty."""
    pagina = abrir("/muestrario/")
    _elegir_archivo(pagina, lambda ruta: None)
    pagina.get_by_role("button", name="Cancelar subida").click()
    expect(pagina.get_by_text("Cancelaste la subida.")).to_be_visible()
    expect(pagina.locator("#m-cedula")).to_be_focused()
    assert pagina.locator("#m-cedula").input_value() == ""
