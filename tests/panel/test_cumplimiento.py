"""The compliance board: exact by its definitions, and the same when it is counted again."""

from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import lxml.html
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal import reloj
from portal.cuentas.ambito import como
from portal.informes.models import Informe
from portal.plazos import calendario
from solicitudes import automaticas, conteo
from solicitudes.atencion import percentil
from solicitudes.formularios import Formulario
from solicitudes.models import CeldaAtencion
from tests.solicitudes.puerta import Pagina

pytestmark = pytest.mark.django_db
TABLERO = "/solicitudes/cumplimiento/"


def filas(texto: str) -> list[list[str]]:
    """The board's cells as they are read."""
    return [
        [" ".join((c.xpath("string(a/text())") or c.text_content()).split()) for c in f.xpath("td")]
        for f in lxml.html.fromstring(texto).xpath("//table[contains(@class, 'cumplimiento')]/tbody/tr")
    ]


@pytest.fixture
def historia(todo, detenido, regla, enviar, responder, marcos, preparada):
    """Ten business days; answered after 0, 4, 10 and 11 of them, by lapse, overdue, and still running."""
    regla()
    comienzo = detenido - timedelta(days=60)
    with reloj.detener(comienzo):
        suyas = [enviar() for _ in range(5)]
        vencida = enviar()
    for solicitud, dias in zip(suyas, (0, 4, 10, 11), strict=False):
        dia = calendario.sumar_habiles("CL", comienzo.date(), dias)
        with reloj.detener(comienzo.replace(year=dia.year, month=dia.month, day=dia.day)):
            responder(solicitud, marcos)
    preparada(al_vencer_desde=comienzo)
    vencida.refresh_from_db()
    with reloj.detener(suyas[4].vence + timedelta(hours=1)):
        vencida.caso  # noqa: B018 - left unanswered: the sweep sees the other one only
        automaticas._al_vencer(suyas[4].pk, preparada(al_vencer_desde=comienzo))
    en_plazo = enviar()
    return suyas, vencida, en_plazo


def test_cada_cifra_por_su_definicion(historia, entrar, auditora):
    """R-07: 3 in time of 6 decided (late, by lapse and overdue count against); days of the company's four answers."""
    assert filas(entrar(auditora).get(TABLERO).text) == [
        ["Yungay Norte", "Solicitud de Información", "7", "50,0 %", "4", "11", "1", "1"]
    ]


def test_contado_de_nuevo_da_lo_mismo(historia):
    """R-07: made again from the requests themselves, the histogram is the one that the answers left."""

    def todo():
        return sorted(CeldaAtencion.objects.values_list("distribuidora", "formulario", "mes", "resultado", "dias", "n"))

    antes = todo()
    assert [c[3:] for c in antes] == [
        ("en_plazo", 0, 1), ("en_plazo", 4, 1), ("en_plazo", 10, 1), ("fuera", 11, 1), ("lapso", antes[-1][4], 1),
    ]  # fmt: skip
    conteo.recontar()
    assert todo() == antes


def test_lo_vencido_lleva_a_la_lista(historia, entrar, auditora):
    """R-07: the number of overdue ones opens just those."""
    navegador = entrar(auditora)
    arbol = lxml.html.fromstring(navegador.get(TABLERO).text)
    (direccion,) = arbol.xpath("//table[contains(@class, 'cumplimiento')]//td[last()]/a/@href")
    lista = navegador.get(direccion).text
    assert historia[1].folio in lista
    assert "[1 - 1] de 1 ítem" in lista


def test_por_periodo_empresa_y_formulario(historia, entrar, auditora, otra_distribuidora):
    """R-07: a request belongs to the month of its filing; what is not asked for is not shown."""
    navegador = entrar(auditora)
    assert filas(navegador.get(TABLERO, {"periodo": "1"}).text) == [
        ["Yungay Norte", "Solicitud de Información", "1", "sin datos", "sin datos", "sin datos", "0", "0"]
    ]
    assert len(filas(navegador.get(TABLERO, {"periodo": "2026"}).text)) == 1
    for nada in ({"periodo": "2025"}, {"formulario": "SC"}, {"empresa": otra_distribuidora.pk}):
        pagina = Pagina(navegador.get(TABLERO, nada))
        assert filas(pagina.texto) == []
        assert "Sin datos" in pagina.texto
    assert "Ese periodo no existe. Elige de la lista." in Pagina(navegador.get(TABLERO, {"periodo": "9"})).resumen[0]


def test_una_anulacion_no_borra_la_respuesta(historia, entrar, auditora, jefa_sec):
    """R-07: what was answered in time stays so when it is annulled later; unanswered, it is not counted."""
    from solicitudes import actions

    (primera, *_), vencida, _ = historia
    with como(jefa_sec):
        for solicitud in (primera, vencida):
            actions.anular(solicitud, por=jefa_sec, comentario="Repetida.")
    assert filas(entrar(auditora).get(TABLERO).text) == [
        ["Yungay Norte", "Solicitud de Información", "7", "60,0 %", "4", "11", "1", "0"]
    ]


def test_sin_plazo_no_se_juzga(todo, detenido, entrar, auditora, marcos, enviar, responder):
    """R-07: without a rule there is nothing to be in time for; its days are days all the same."""
    responder(enviar(Formulario.SC), marcos)
    assert filas(entrar(auditora).get(TABLERO).text) == [
        ["Yungay Norte", "Solicitud de Conexión", "1", "sin datos", "0", "0", "0", "0"]
    ]


def test_se_ordena_y_lo_que_no_tiene_dato_va_al_final(historia, entrar, auditora, marcos, enviar, responder):
    """R-07, X-07: either way, what has no figure comes last; an unknown order is the first one."""
    enviar(Formulario.NC)
    navegador = entrar(auditora)
    for orden in ("plazo", "-plazo"):
        assert [f[3] for f in filas(navegador.get(TABLERO, {"orden": orden}).text)] == ["50,0 %", "sin datos"]
    assert [f[1] for f in filas(navegador.get(TABLERO, {"orden": "formulario"}).text)] == [
        "Notificación de Conexión", "Solicitud de Información",
    ]  # fmt: skip
    assert navegador.get(TABLERO, {"orden": "x'; --"}).status_code == 200


def test_el_excel_dice_lo_que_se_ve(historia, entrar, auditora, django_capture_on_commit_callbacks):
    """R-07: the same rows, figures as figures, «sin datos» where there are none."""
    navegador = entrar(auditora)
    with django_capture_on_commit_callbacks(execute=True):
        navegador.post("/informes/pedir/cumplimiento/?periodo=2026")
    with como(auditora):
        informe = Informe.objects.get()
    with informe.archivo.open("rb") as archivo:
        hoja = openpyxl.load_workbook(BytesIO(archivo.read())).active
    assert [list(f) for f in hoja.iter_rows(min_row=2, values_only=True)] == [
        ["Yungay Norte", "Solicitud de Información", 7, 3, 1, 1, 1, 50, 4, 11]
    ]


def test_nadie_mas_lo_ve(todo, entrar, rosa, marcos, admin_dx, agente):
    """R-07: not a company, not even its own figures here, nor as a spreadsheet."""
    for perfil in (rosa, marcos, admin_dx, agente):
        assert entrar(perfil).get(TABLERO).status_code == 403
        assert entrar(perfil).post("/informes/pedir/cumplimiento/").status_code == 403
    assert Informe.todos().count() == 0


def test_las_consultas_no_crecen(historia, entrar, auditora, marcos, enviar, responder, otra_distribuidora):
    """R-07, X-07: as many queries for one row as for four."""
    navegador = entrar(auditora)

    def cuantas() -> int:
        navegador.get(TABLERO)
        with CaptureQueriesContext(connection) as consultas:
            navegador.get(TABLERO)
        return len(consultas)

    antes = cuantas()
    for formulario in (Formulario.SC, Formulario.NC):
        responder(enviar(formulario), marcos)
    enviar(empresa=otra_distribuidora)
    assert len(filas(navegador.get(TABLERO).text)) == 4
    assert cuantas() == antes


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80), st.sampled_from([0.5, 0.95]))
def test_percentil(dias, cual):
    """R-07: the least number of days within which that share was answered."""
    hallado = percentil(Counter(dias), cual)
    assert sum(d <= hallado for d in dias) >= cual * len(dias)
    assert sum(d < hallado for d in dias) < cual * len(dias)
    assert percentil(Counter(), cual) is None


def test_el_mes_es_el_de_la_empresa(todo, regla, enviar, responder, marcos):
    """R-07: filed at 22:30 of the last day of October in Santiago, it belongs to October."""
    with reloj.detener(calendario.fin_del_dia(date(2026, 10, 31), "America/Santiago") - timedelta(hours=1)):
        responder(enviar(), marcos)
    assert CeldaAtencion.objects.get().mes == date(2026, 10, 1)
