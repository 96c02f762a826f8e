"""The lists: the tray, its spreadsheet, the board, and how an organisation handles complaints."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import reloj
from portal.cuentas.ambito import como
from portal.informes.registro import reporte
from reclamos.models import AjusteReclamos, Estado, Materia

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ["rosa", "marcos", "auditora", "seguimiento"])
def test_queries_do_not_grow_with_rows(actor, reclamo_en, entrar, rosa, request):
    """X-07: one complaint or many, the same number of queries."""
    quien = request.getfixturevalue(actor)
    navegador = entrar(quien)
    reclamo_en(Estado.EN_APELACION, por=rosa)
    navegador.get("/reclamos/")
    with CaptureQueriesContext(
        connection,
    ) as una:
        navegador.get("/reclamos/")
    for estado in Estado:
        reclamo_en(estado, por=rosa)
    with CaptureQueriesContext(connection) as varias:
        pagina = navegador.get("/reclamos/").content.decode()
    assert len(varias) == len(una)
    assert "de 8 ítems" in pagina


def test_filters_stand_in_the_address(reclamo_en, entrar, marcos, rosa, detenido):
    """X-07, Q-02: by state, code, what is overdue, what has no code since how many minutes."""
    en_tramite = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    sin_codigo = reclamo_en(Estado.INGRESADO)
    apelado = reclamo_en(Estado.EN_APELACION, por=rosa)
    navegador = entrar(marcos)

    def hay(consulta):
        pagina = navegador.get(f"/reclamos/?{consulta}").content.decode()
        return {r for r in (en_tramite, sin_codigo, apelado) if f"/caso/{r.ingreso}/" in pagina}

    assert hay("") == {en_tramite, sin_codigo, apelado}
    assert hay("estado=en_tramite") == {en_tramite}
    assert hay(f"codigo={apelado.codigo.lower()}") == {apelado}
    assert hay("sin_codigo=on") == {sin_codigo}
    assert hay("con_recurso=on") == {apelado}
    assert hay("vencidos=on") == set()
    assert hay("canal=telefono") == set()
    with reloj.adelantar(minutes=7):
        assert "7 min" in entrar(marcos).get("/reclamos/").content.decode()
    with reloj.adelantar(days=60):
        navegador = entrar(marcos)
        assert hay("vencidos=on") == {en_tramite, sin_codigo}
    quejas = navegador.get("/reclamos/?desde=mañana&estado=nada&orden=nada").content.decode()
    for dicho in ("Escribe una fecha que exista", "Ese estado no existe", "No se puede ordenar así"):
        assert dicho in quejas


def test_only_ones_own(reclamo_en, entrar, rosa, pedro, marcos, otra_dx, agente, seguimiento, auditora):
    """A-12: the applicant's own, the company's, an agent's unit's; the regulator's all."""
    reclamo = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    ven = {q for q in (rosa, pedro, marcos, otra_dx, agente, seguimiento, auditora) if reclamo.codigo in
           entrar(q).get("/reclamos/").content.decode()}  # fmt: skip
    assert ven == {rosa, marcos, seguimiento, auditora}


def test_the_spreadsheet_is_what_is_shown(reclamo_en, rosa, marcos, otra_dx, detenido):
    """X-07, X-04: the same filter, the same rows, amounts as numbers and moments as such."""
    reclamo = reclamo_en(Estado.RESPONDIDO, por=rosa, materia="facturacion", monto=38_500)
    reclamo_en(Estado.EN_TRAMITE, por=rosa)
    informe = reporte("reclamos")
    with como(marcos):
        filas = list(informe.filas(marcos, {"estado": "respondido"}))
    assert [(f[0], f[7], f[9], f[12]) for f in filas] == [(reclamo.codigo, 38_500.0, detenido, "Infundado")]
    with como(otra_dx):
        assert list(informe.filas(otra_dx, {})) == []


def test_the_board(reclamo_en, entrar, rosa, marcos, auditora, distribuidora, detenido):
    """Q-17: by matter and company; terms kept are judged on what was answered, and no data is said so."""
    reclamo_en(Estado.INGRESADO, por=rosa)
    vacio = entrar(marcos).get("/reclamos/tablero/").content.decode()
    assert "sin datos" in vacio
    assert "Por empresa" not in vacio
    reclamo_en(Estado.RESPONDIDO, por=rosa)
    reclamo_en(Estado.POR_SILENCIO, por=rosa)
    pagina = entrar(auditora).get("/reclamos/tablero/").content.decode()
    for dicho in ("50 %", "Por empresa", "Yungay Norte"):
        assert dicho in pagina
    assert (
        "Ninguno ingresó en esas fechas" in entrar(marcos).get("/reclamos/tablero/?hasta=2020-01-01").content.decode()
    )


def test_an_organisation_has_its_own_matters(
    entrar, admin_dx, otra_dx, materias, distribuidora, rosa, otra_distribuidora
):
    """X-10: the first change copies the country's list; other companies keep theirs; mistakes have their sentence."""
    navegador = entrar(admin_dx)
    datos = {"nombre": "Cortes de luz", "orden": "1", "reclamable": "on", "activa": "on"}
    mala = navegador.post("/reclamos/ajustes/materia/suministro/", {"nombre": "Cortes", "orden": "1", "activa": "on"})
    assert "por qué no se reclama" in mala.content.decode()
    assert navegador.post("/reclamos/ajustes/materia/suministro/", datos).status_code == 302
    assert {m.nombre for m in Materia.objects.de(distribuidora)} == {
        "Cortes de luz",
        "Facturación y cobro",
        "Que se suspenda",
    }
    assert "Cortes y calidad" in {m.nombre for m in Materia.objects.de(otra_distribuidora)}
    assert (
        "Ya hay una materia"
        in navegador.post("/reclamos/ajustes/materia/", datos | {"nombre": "Suministro"}).content.decode()
    )
    assert navegador.post("/reclamos/ajustes/", {"silencio": "on"}).status_code == 302
    assert [AjusteReclamos.de(d).silencio for d in (distribuidora, otra_distribuidora)] == [True, False]
