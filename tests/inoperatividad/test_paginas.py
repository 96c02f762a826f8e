"""What is down now, the timeline, the list, contingency, catalogues: pages to look at and edit (I-08, I-12, X-10)."""

import io
import sys
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inoperatividad.linea import minutos
from inoperatividad.models import Buzon, Masiva, Motivo
from portal import reloj
from portal.avisos.models import Aviso

pytestmark = pytest.mark.django_db


def test_what_is_down_now(entrar, mesa, detenido):
    """I-12: declared or only alerted, since when, how many points; what works; htmx gets that part alone."""
    mesa.vigente(inicio=detenido - timedelta(minutes=62))
    mesa.registro(inicio=detenido - timedelta(minutes=60))
    mesa.alerta("SGA")
    pagina = entrar(mesa.gente["otro_responsable"]).get("/inoperatividad/").content.decode()
    for dicho in ("SIAC ÚNICO", "1 h 02 min", "Falla Masiva declarada", "Afecta Reclamos en 1 punto", "Sin declarar"):
        assert dicho in pagina
    assert "Tu punto tiene" not in pagina
    propia = entrar(mesa.gente["responsable"]).get("/inoperatividad/", headers={"HX-Request": "true"}).content.decode()
    assert "Tu punto tiene 1 registro" in propia
    assert "<html" not in propia


def test_nothing_is_down(entrar, mesa):
    """I-12: said as such."""
    assert "Nada está caído." in entrar(mesa.gente["responsable"]).get("/inoperatividad/").content.decode()


def test_an_alert_is_declared_or_discarded(entrar, mesa):
    """I-05: Fallas makes it formal for all points, or says why not to who alerted; one application, one masiva."""
    una, otra = mesa.alerta("SGA"), mesa.alerta("SISACT")
    navegador = entrar(mesa.gente["fallas"])
    assert "Declarar o descartar: SGA" in navegador.get("/").content.decode()
    datos = {"aplicativos": [mesa.aplicativo("SGA").pk], "inicio": "2026-01-05T10:00", "causa": "En revisión."}
    navegador.post(f"/inoperatividad/masivas/{una.numero}/confirmar/", datos)
    navegador.post(f"/inoperatividad/masivas/{otra.numero}/descartar/", {"texto": "Es un enlace local."})
    assert list(Masiva._base_manager.order_by("pk").values_list("estado", flat=True)) == ["vigente", "descartada"]
    declarada = set(Aviso.todos().filter(plantilla="inoperatividad_masiva_declarada").values_list("para", flat=True))
    assert declarada == {f"{n}@operadora.example" for n in ("responsable", "otro_responsable", "soporte")}
    assert "Es un enlace local." in Aviso.todos().get(plantilla="inoperatividad_masiva_descartada").texto
    repetida = navegador.post("/inoperatividad/masivas/declarar/", datos).content.decode()
    assert "ya está vigente" in repetida


def test_the_first_page_of_each_function(entrar, mesa):
    """I-09, I-10: what waits for each, with its button; nobody else's."""
    mesa.terminada()
    mesa.consultado(tipo_tramite="altas")
    mesa.propuesto([mesa.evaluado(tipo_tramite="bajas")])
    esperado = {
        "responsable": None, "soporte": "Cerrar sus registros", "mejora": "Opinar si procede: Altas",
        "gerente": "Aprobar u observar", "directora": "Aprobar u observar", "fallas": None,
    }  # fmt: skip
    for nombre, dicho in esperado.items():
        pagina = entrar(mesa.gente[nombre]).get("/").content.decode()
        assert (dicho or "No tienes nada pendiente") in pagina, nombre


def test_overlapping_outages_count_once():
    """I-12: minutes without service are those of the union."""
    a = reloj.ahora()
    m = timedelta(minutes=1)
    assert minutos([(a, a + 30 * m), (a + 10 * m, a + 40 * m), (a + 60 * m, a + 70 * m)]) == 50
    assert minutos([]) == 0


def test_the_timeline_of_a_month(entrar, mesa, detenido):
    """I-12: by application and point; errors do not count; a month without any says so."""
    mesa.cerrado()
    mesa.cerrado(tipo_tramite="altas", inicio=detenido - timedelta(hours=2) + timedelta(minutes=15))
    mesa.descartado(tipo_tramite="bajas")
    respuesta = entrar(mesa.gente["control"]).get("/inoperatividad/linea/")
    renglon = respuesta.context["renglones"][0]
    assert (renglon.aplicativo, renglon.punto, renglon.minutos) == ("SIAC ÚNICO", "CAC Central", 105)
    assert (renglon.registros, renglon.tramites) == (2, "Reclamos, Altas")
    assert (
        "Sin caídas registradas"
        in entrar(mesa.gente["control"]).get("/inoperatividad/linea/?mes=2026-10").content.decode()
    )


def _consultas(navegador, ruta):
    with CaptureQueriesContext(connection) as hechas:
        assert navegador.get(ruta).status_code == 200
    return len(hechas)


@pytest.mark.parametrize("ruta", ["/inoperatividad/registros/", "/inoperatividad/", "/inoperatividad/linea/"])
def test_queries_do_not_grow(entrar, mesa, ruta):
    """X-07: as many for one record as for four."""
    navegador = entrar(mesa.gente["responsable"])
    mesa.registro()
    navegador.get(ruta)
    una = _consultas(navegador, ruta)
    for tramite in ("altas", "bajas"):
        mesa.registro(tipo_tramite=tramite)
    assert _consultas(navegador, ruta) == una


def test_the_list_is_filtered_by_its_address(entrar, mesa):
    """X-07, A-12: filter, sort, only what is within reach."""
    mesa.registro()
    mesa.registro(tipo_tramite="altas")
    navegador = entrar(mesa.gente["responsable"])

    def filas(consulta):
        lista = navegador.get(f"/inoperatividad/registros/?{consulta}").context["lista"]
        return [r.correlativo for r in lista.pagina.object_list]

    assert [filas(c) for c in ("", "tramite=altas", "orden=correlativo", "estado=cerrado", "correlativo=1")] == [
        [2, 1], [2], [1, 2], [], [1],
    ]  # fmt: skip
    assert entrar(mesa.gente["otro_responsable"]).get("/inoperatividad/registros/").context["lista"].fuente.total.n == 0


def test_the_blank_form_is_a_pdf(entrar, mesa):
    """I-08: one page of A4 with its title; the page of contingency names the mailbox and its copies."""
    navegador = entrar(mesa.gente["responsable"])
    respuesta = navegador.get("/inoperatividad/contingencia/formato.pdf")
    assert respuesta["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(respuesta.content)) as documento:
        assert len(documento.pages) == 1
        assert str(documento.docinfo["/Title"]) == "Formato Manual de Registro de Inoperatividad"
    pagina = navegador.get("/inoperatividad/contingencia/").content.decode()
    assert "mailto:buzon-fallas@operadora.example?cc=buzon-copia1@operadora.example,buzon-copia2@" in pagina


def test_without_the_library_the_page_prints(entrar, mesa, monkeypatch):
    """I-08: a server without libpango says so, and the browser prints the same form."""

    class Sin:
        def find_spec(self, nombre, *resto):
            if nombre.startswith("weasyprint"):
                raise OSError("cannot load library 'libpango-1.0-0'")

    for modulo in [m for m in sys.modules if m.startswith("weasyprint")]:
        monkeypatch.delitem(sys.modules, modulo)
    monkeypatch.setattr(sys, "meta_path", [Sin(), *sys.meta_path])
    pagina = entrar(mesa.gente["responsable"]).get("/inoperatividad/contingencia/formato.pdf", follow=True)
    assert "le falta la biblioteca libpango" in pagina.content.decode()
    assert "☐ SIAC ÚNICO" in pagina.content.decode()


def test_catalogues_are_edited_on_screen(entrar, mesa):
    """X-10: shipped filled; a row is added, changed, put aside; two alike are refused."""
    navegador = entrar(mesa.gente["control"])
    assert Motivo._base_manager.count() == 7
    datos = {"nombre": "Huelga", "escenario": "no_previsto", "al_abrir": "on", "activo": "on"}
    assert navegador.post("/inoperatividad/catalogos/motivos/nuevo/", datos).status_code == 302
    assert (
        "Ya hay uno con ese nombre"
        in navegador.post("/inoperatividad/catalogos/motivos/nuevo/", datos | {"nombre": "huelga"}).content.decode()
    )
    nuevo = Motivo._base_manager.get(nombre="Huelga")
    sin_momento = {"nombre": "Huelga", "escenario": "no_previsto"}
    ruta = f"/inoperatividad/catalogos/motivos/{nuevo.pk}/"
    assert "Marca si se elige" in navegador.post(ruta, sin_momento).content.decode()
    assert navegador.post(ruta, {**datos, "activo": ""}).status_code == 302
    assert not Motivo._base_manager.get(pk=nuevo.pk).activo
    assert navegador.get("/inoperatividad/catalogos/nada/").status_code == 404
    navegador.post("/inoperatividad/catalogos/llenar/")
    assert Motivo._base_manager.count() == 8


def test_an_inactive_mailbox_gets_nothing(mesa):
    """I-05, X-10: addresses are data."""
    Buzon._base_manager.update(activo=False)
    uno = mesa.registro()
    assert not Aviso.todos().filter(caso=uno.caso).exists()
