"""What the story leaves out, with scripts and without: the other forms, drafts, numbers, filters, keyboard, paper."""

import io
import re
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from playwright.sync_api import Page, expect

from portal import muestras
from solicitudes import conteo
from solicitudes.formularios import DOCUMENTOS, Cuando, Formulario
from solicitudes.models import Estado

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
ambos = pytest.mark.parametrize("js", [True, False], ids=["con-javascript", "sin-javascript"])


@pytest.fixture
def pdf(tmp_path) -> Path:
    ruta = tmp_path / "documento.pdf"
    ruta.write_bytes(muestras.pdf("Documento"))
    return ruta


def llenar(persona, *, cliente: str = "5000000-7") -> None:
    persona.elegir("Distribuidora", "Yungay Norte")
    if cliente:
        persona.escribir("Número de cliente", cliente)
    persona.elegir("Región", "Metropolitana de Santiago")
    persona.elegir("Comuna", "Santiago")


@ambos
@pytest.mark.parametrize("formulario", [Formulario.MC, Formulario.NC])
def test_enviar(como, rosa, distribuidora, comuna, pdf, js, formulario):
    """S-05, S-06: each form with its own documents; the meter opens three more."""
    persona = como(rosa, js=js)
    persona.abrir(f"/solicitudes/nuevo/{formulario.ruta}/")
    con_medidor = formulario is Formulario.NC
    llenar(persona, cliente="" if con_medidor else "zx")
    exigidos = {Cuando.SIEMPRE}
    if con_medidor:
        exigidos.add(Cuando.MEDIDOR_PROPIO)
        persona.marcar("No tengo Nro. de Cliente")
        persona.escribir("Número de Factibilidad", "asd")
        persona.marcar("Voy a aportar el medidor bidireccional")
    for tipo in DOCUMENTOS[formulario]:
        if tipo.obligatorio in exigidos:
            persona.adjuntar(tipo.nombre, pdf)
    persona.presionar("Grabar")
    persona.ve("Tu folio es YN", "N° de Factibilidad" if con_medidor else "N° Cliente")
    persona.ve("Pendiente de Respuesta" if con_medidor else "Enviado")


@ambos
def test_retomar_un_borrador(como, rosa, distribuidora, comuna, pdf, js):
    """S-08: what was left is found again, with its file, and can be filed."""
    persona = como(rosa, js=js)
    persona.abrir("/solicitudes/nuevo/informacion/")
    llenar(persona, cliente="1-9")
    persona.adjuntar("Formulario de Solicitud de Información", pdf)
    persona.presionar("Guardar borrador")
    persona.ve("Guardamos tu borrador", "Te toca a ti")
    otra = como(rosa, js=js)  # another day, another browser
    otra.abrir("/")
    otra.abrir(otra.direccion_de("Continuar"))
    assert otra.valor("Número de cliente") == "1-9"
    otra.ve("documento.pdf")
    otra.adjuntar("Copia cédula de identidad", pdf)
    otra.presionar("Grabar")
    otra.ve("Tu folio es YN")


@ambos
def test_la_empresa_numera_y_pide_su_reporte(como, marcos, en_estado, js):
    """S-11, S-13, S-02: Editar beside the number; the Excel honours the filter in force."""
    caso, otro = en_estado(Estado.PENDIENTE_RESPUESTA), en_estado(Estado.RESPONDIDO)
    conteo.recontar()
    persona = como(marcos, js=js)
    persona.abrir(f"/solicitudes/folio/{caso.folio}/")
    persona.seguir("Editar N° Solicitud")
    persona.escribir("N° Solicitud", "2017002")
    persona.presionar("Grabar")
    persona.ve("2017002")
    persona.abrir("/solicitudes/?estado=pendiente_respuesta")
    assert [fila[1] for fila in persona.filas()] == [caso.folio]
    persona.presionar("Reporte (Excel, 1)")
    hoja = openpyxl.load_workbook(io.BytesIO(persona.descargar("Descargar"))).active
    filas = [fila for fila in hoja.iter_rows(values_only=True) if fila[0] in (caso.folio, otro.folio)]
    assert [fila[:3] for fila in filas] == [(caso.folio, "5000000-7", "2017002")]


@ambos
def test_la_sec_filtra_y_ordena(como, jefa_sec, en_estado, js):
    """R-01, S-02: filters combine, stay in the address, and are cleared."""
    casos = [en_estado(Estado.PENDIENTE_RESPUESTA), en_estado(Estado.RESPONDIDO), en_estado(Estado.ANULADO)]
    persona = como(jefa_sec, js=js)
    persona.abrir("/solicitudes/")
    persona.elegir("Estado", "Anulado")
    persona.escribir("N° Folio", casos[2].folio[:3].lower())
    persona.presionar("Filtrar")
    assert [fila[1] for fila in persona.filas()] == [casos[2].folio]
    assert "estado=anulado" in persona.url
    persona.seguir("Limpiar filtro")
    assert len(persona.filas()) == 3
    persona.seguir("N° Folio")
    ascendente = [fila[1] for fila in persona.filas()]
    assert ascendente in (sorted(ascendente), sorted(ascendente, reverse=True))
    assert "folio" in persona.url


def _tabular(pagina: Page, hasta: str, *, veces: int = 60) -> None:
    """Press Tab until the element with that id or name has the focus, which must be seen each time."""
    for _ in range(veces):
        pagina.keyboard.press("Tab")
        foco = pagina.evaluate(
            """() => { const e = document.activeElement, c = getComputedStyle(e), r = e.getBoundingClientRect();
            const marco = e.matches(':focus-visible') && (c.outlineStyle !== 'none' || c.boxShadow !== 'none');
            const nombre = e.tagName === 'BUTTON' ? '' : e.id || e.name;
            return {quien: nombre || e.textContent.trim(), marco, ve: r.width > 0 && r.height > 0}; }"""
        )
        assert foco["marco"], f"el foco no se ve en {foco['quien']}"
        assert foco["ve"], f"el foco está en algo que no se ve: {foco['quien']}"
        if foco["quien"] == hasta:
            return
    raise AssertionError(f"Con Tab no se llega a {hasta}")


def test_enviar_con_el_teclado_solo(como, rosa, distribuidora, comuna, pdf):
    """X-09, S-04: the filing form from the first Tab to the folio without a mouse; only the file chooser is
    the system's."""
    persona = como(rosa)
    persona.abrir("/solicitudes/nuevo/conexion/")
    pagina = persona.pagina
    pagina.on("filechooser", lambda _: None)  # the browser hands choosers over from here on, not only once a key asks
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("link", name="Ir al contenido")).to_be_focused()
    pagina.keyboard.press("Enter")
    _tabular(pagina, "id_distribuidora")
    pagina.keyboard.type("Yungay")
    _tabular(pagina, "id_sin_cliente")
    pagina.keyboard.press("Space")
    _tabular(pagina, "id_factibilidad")
    pagina.keyboard.type("asd")
    _tabular(pagina, "id_region")
    pagina.keyboard.type("Metro")
    _tabular(pagina, "id_comuna")
    pagina.keyboard.type("Santiago")
    for codigo in ("formulario", "cedula"):
        _tabular(pagina, f"doc-{codigo}")
        with pagina.expect_file_chooser() as eleccion:
            pagina.keyboard.press("Space")
        eleccion.value.set_files(pdf)
        expect(pagina.locator(f"#fila-{codigo}").filter(has_text="guardado")).to_be_visible()
    _tabular(pagina, "Grabar")
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")
    persona.ve("Tu folio es YN")


def test_los_errores_con_el_teclado(como, rosa, distribuidora, comuna):
    """S-07, X-09: an empty form is refused; the summary has the focus, and each of its links leads to its field."""
    persona = como(rosa)
    persona.abrir("/solicitudes/nuevo/informacion/")
    persona.presionar("Grabar")
    pagina = persona.pagina
    resumen = pagina.locator(".resumen-errores")
    expect(resumen).to_be_focused()
    for enlace in resumen.get_by_role("link").all():
        destino = enlace.get_attribute("href")
        enlace.focus()
        pagina.keyboard.press("Enter")
        expect(pagina.locator(f"{destino}:focus, {destino} :focus")).to_have_count(1)


def test_en_papel(como, rosa, en_estado):
    """S-09, X-09: one clean sheet with folio, state and history; nothing to click."""
    caso = en_estado(Estado.RESPONDIDO)
    persona = como(rosa)
    persona.abrir(f"/solicitudes/folio/{caso.folio}/imprimir/")
    pagina = persona.pagina
    pagina.emulate_media(media="print")
    expect(pagina.get_by_text(caso.folio).first).to_be_visible()
    for fuera in (".cabecera", ".nav-principal", ".pie", "button", ".no-papel"):
        for elemento in pagina.locator(fuera).all():
            expect(elemento).to_be_hidden()
    with pikepdf.open(io.BytesIO(pagina.pdf(format="Letter"))) as papel:
        assert len(papel.pages) == 1
    assert re.search(r"Impreso el \d\d-\d\d-\d{4}", persona.texto())
