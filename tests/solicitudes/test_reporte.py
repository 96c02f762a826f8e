"""The spreadsheet of what the tray shows."""

from datetime import UTC, datetime, timedelta

from portal.cuentas.ambito import como
from portal.informes.registro import reporte
from solicitudes.conteo import contar
from solicitudes.formularios import Formulario
from solicitudes.models import Estado
from tests.factories import SolicitudFactory

TITULOS = [
    "N° Folio",
    "N° Cliente",
    "N° Solicitud",
    "Tipo de Solicitud",
    "Empresa Dx",
    "Estado",
    "Fecha solicitud",
    "Fecha respuesta",
]


def _dos(rosa, distribuidora):
    ayer = datetime(2026, 11, 17, 15, tzinfo=UTC)
    campos = {"solicitante": rosa, "distribuidora": distribuidora, "numero_cliente": "5000000-7"}
    vieja = SolicitudFactory(**campos, estado=Estado.RESPONDIDO, enviado=ayer, numero_solicitud="2026001")
    nueva = SolicitudFactory(**campos, formulario=Formulario.SI, enviado=ayer + timedelta(hours=3))
    for una in (vieja, nueva):
        contar(una, antes=None)
    return vieja, nueva


def test_columnas_y_filas(todo, detenido, rosa, marcos, otra_dx, distribuidora, otra_distribuidora):
    """S-13: the eight columns, the company's own rows, newest first; moments as moments."""
    vieja, nueva = _dos(rosa, distribuidora)
    SolicitudFactory(solicitante=rosa, distribuidora=otra_distribuidora)
    clase = reporte("solicitudes")
    assert [columna.titulo for columna in clase.columnas] == TITULOS
    with como(marcos):
        filas = [list(fila) for fila in clase.filas(marcos, {})]
    cliente, empresa = "5000000-7", "Yungay Norte"
    assert filas == [
        [nueva.folio, cliente, "", "Solicitud de Información", empresa, "Pendiente de Respuesta", nueva.enviado, None],
        [vieja.folio, cliente, "2026001", "Solicitud de Conexión", empresa, "Respondido", vieja.enviado,
         vieja.enviado + timedelta(days=1)],
    ]  # fmt: skip


def test_honra_el_filtro(todo, detenido, rosa, marcos, distribuidora):
    """S-13: the filter in force chooses the rows; one that makes no sense is left out, as on the page."""
    vieja, nueva = _dos(rosa, distribuidora)
    clase = reporte("solicitudes")
    with como(marcos):
        for filtro, esperadas in (
            ({"estado": "respondido"}, [vieja.folio]),
            ({"formulario": "SI", "orden": "folio"}, [nueva.folio]),
            ({"desde": "31-31-2020"}, [nueva.folio, vieja.folio]),
            ({"folio": "ZZ"}, []),
        ):
            assert [fila[0] for fila in clase.filas(marcos, filtro)] == esperadas
            assert clase.total(marcos, filtro) == len(esperadas)


def test_boton_lleva_el_filtro(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-13: the button says how many rows and asks with the filter of the address; it makes the spreadsheet."""
    _dos(rosa, distribuidora)
    navegador = entrar(marcos)
    pagina = navegador.get("/solicitudes/", {"estado": "respondido"}).content.decode()
    assert "Reporte (Excel, 1)" in pagina
    destino = "/informes/pedir/solicitudes/?estado=respondido"
    assert f'action="{destino}"' in pagina
    hecho = navegador.post(destino)
    assert hecho.status_code == 302
    assert "Reporte de solicitudes" in navegador.get(hecho.headers["Location"]).content.decode()


def test_pagina_de_reporte(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-13: **Reporte** of the menu: filter first, then ask."""
    _dos(rosa, distribuidora)
    navegador = entrar(marcos)
    assert "Reporte (Excel, 2)" in navegador.get("/solicitudes/reporte/").content.decode()
    assert "Reporte (Excel" not in navegador.get("/solicitudes/reporte/?folio=zz").content.decode()


def test_quien_no_tramita_no_lo_pide(todo, entrar, agente):
    """S-13, A-11: an agent has no Reporte."""
    navegador = entrar(agente)
    assert navegador.get("/solicitudes/reporte/").status_code == 403
    assert navegador.post("/informes/pedir/solicitudes/").status_code == 403
