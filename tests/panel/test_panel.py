"""The SEC's first page: graphs, their numbers, and where a click leads."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import reloj
from solicitudes import conteo
from solicitudes.conteo import contar, plegar
from solicitudes.models import Estado
from tests.factories import SolicitudFactory
from tests.solicitudes.puerta import Pagina

pytestmark = pytest.mark.django_db


def sembrar(empresa, cuantas: int, estado: Estado = Estado.PENDIENTE_RESPUESTA, **campos) -> None:
    for _ in range(cuantas):
        contar(SolicitudFactory(distribuidora=empresa, estado=estado, **campos), antes=None)


def barras(pagina: str) -> dict[str, int]:
    """What the graph draws: words → number, for bars that have one."""
    titulos = lxml.html.fromstring(pagina).xpath("//*[local-name()='svg']//*[local-name()='a']/*[local-name()='title']")
    pares = (t.text.rsplit(": ", 1) for t in titulos)
    return {que: int(n) for que, n in pares if n != "0"}


def tabla(pagina: str, nombre: str) -> dict[str, str]:
    """A table of two figures: first cell → last cell."""
    filas = lxml.html.fromstring(pagina).xpath(f"//table[caption[contains(., '{nombre}')]]/tbody/tr")
    return {
        f.xpath("string(td[1])").strip(): (f.xpath("string(td[last()]/a/text())") or f.xpath("string(td[last()])"))
        for f in filas
    }


def enlaces(pagina: str, nombre: str) -> list[str]:
    return lxml.html.fromstring(pagina).xpath(f"//table[caption[contains(., '{nombre}')]]/tbody//td[last()]/a/@href")


def test_por_dia_y_por_estado_con_sus_numeros(todo, detenido, entrar, auditora, distribuidora, otra_distribuidora):
    """R-02: received per day and the nine states, each graph with its table, exact before and after folding."""
    sembrar(distribuidora, 3, enviado=detenido)
    sembrar(distribuidora, 2, Estado.RESPONDIDO, enviado=detenido - timedelta(days=1))
    sembrar(otra_distribuidora, 4, Estado.ANULADO, enviado=detenido - timedelta(days=29))
    sembrar(otra_distribuidora, 9, Estado.ANULADO, enviado=detenido - timedelta(days=30))
    for _ in range(2):
        pagina = entrar(auditora).get("/").text
        assert barras(pagina) == {"18-11-2026": 3, "17-11-2026": 2, "20-10-2026": 4}
        por_dia = tabla(pagina, "recibidas por día")
        assert len(por_dia) == 30
        assert {dia: n for dia, n in por_dia.items() if n != "0"} == {
            "18-11-2026": "3", "17-11-2026": "2", "20-10-2026": "4",
        }  # fmt: skip
        assert tabla(pagina, "por estado") == {
            **dict.fromkeys(Estado.labels, "0"),
            "Pendiente de Respuesta": "3",
            "Respondido": "2",
            "Anulado": "13",
        }
        assert "9 recibidas del 20-10-2026 al 18-11-2026. El máximo, 4: 20-10-2026." in pagina
        plegar()


def test_un_clic_filtra_la_lista(todo, detenido, entrar, auditora, distribuidora, otra_distribuidora):
    """R-02: each number leads to the tray that shows just those, also with a company and a form chosen."""
    sembrar(distribuidora, 3, enviado=detenido)
    sembrar(distribuidora, 1, Estado.ENVIADO, enviado=detenido)
    sembrar(otra_distribuidora, 2, enviado=detenido)
    navegador = entrar(auditora)
    pedido = f"/?empresa={distribuidora.pk}&formulario=SC&desde=2026-11-01&hasta=2026-11-30"
    pagina = navegador.get(pedido).text
    assert tabla(pagina, "recibidas por día")["18-11-2026"] == "3"
    for direccion in (*enlaces(pagina, "recibidas por día"), enlaces(pagina, "por estado")[1]):
        partes = parse_qs(urlsplit(direccion).query)
        assert (partes["empresa"], partes["formulario"]) == ([str(distribuidora.pk)], ["SC"])
        assert "[1 - 3] de 3 ítems" in Pagina(navegador.get(direccion)).texto.replace("<strong>", "")


def test_el_dia_es_el_de_la_sec(todo, detenido, entrar, auditora, distribuidora):
    """R-02: at 22:30 in Santiago it is still that day there, whatever day it is in UTC: the tray says the same."""
    sembrar(distribuidora, 1, enviado=datetime(2026, 11, 17, 1, 30, tzinfo=UTC))
    navegador = entrar(auditora)
    (direccion,) = enlaces(navegador.get("/").text, "recibidas por día")
    assert "desde=2026-11-16&hasta=2026-11-16" in direccion
    assert "[1 - 1] de 1 ítem" in navegador.get(direccion).text


@pytest.mark.parametrize(
    ("desde", "cada", "cuantas"), [("2026-08-20", "día", 91), ("2026-01-01", "semana", 47), ("2024-01-01", "mes", 35)]
)
def test_rangos_largos_se_juntan(todo, detenido, entrar, auditora, distribuidora, desde, cada, cuantas):
    """R-02: a year has weeks and several have months; together they are all that was received, each day once."""
    for dia in ("2026-01-01", "2026-01-04", "2026-01-05", "2026-09-30", "2026-10-01"):
        sembrar(distribuidora, 1, enviado=datetime.fromisoformat(f"{dia}T15:00:00+00:00"))
    plegar()
    pagina = entrar(auditora).get("/", {"desde": desde}).text
    por_tramo = tabla(pagina, f"recibidas por {cada}")
    assert len(por_tramo) == cuantas
    assert sum(map(int, por_tramo.values())) == (2 if cada == "día" else 5)


@pytest.mark.parametrize(
    ("pedido", "error"),
    [
        ({"desde": "ayer"}, "Recibidas desde: Escribe una fecha que exista. Ejemplo: 30-11-2026."),
        ({"desde": "2026-05-02", "hasta": "2026-05-01"}, "Es anterior a «Recibidas desde»."),
        ({"desde": "2001-01-01"}, "Elige como máximo cinco años."),
        ({"empresa": "99999"}, "Esa empresa no existe. Elige de la lista."),
        ({"formulario": "ZZ"}, "Ese formulario no existe. Elige de la lista."),
    ],
)
def test_lo_que_no_se_entiende_se_dice(todo, detenido, entrar, auditora, pedido, error):
    """R-02, X-07: a wrong filter is said and left out; the page is there."""
    pagina = Pagina(entrar(auditora).get("/", pedido))
    assert pagina.codigo == 200
    assert error in " ".join(pagina.resumen)
    assert len(barras(pagina.texto)) == 0


def test_lo_no_verificado_se_dice_en_voz_alta(todo, detenido, entrar, auditora, regla):
    """R-07: the panel counts the terms in force that nobody verified, and only those."""
    assert "verificado" not in entrar(auditora).get("/").text
    suya = regla()
    regla(materia="solicitudes.SC.respuesta", vigente_desde=date(2027, 1, 1))
    assert "<strong>1 plazo no está verificado.</strong>" in entrar(auditora).get("/").text
    suya.norma, suya.verificado = "DS 71", True
    suya.save()
    assert "verificado" not in entrar(auditora).get("/").text


def test_las_consultas_no_crecen(todo, detenido, entrar, auditora, distribuidora, otra_distribuidora):
    """R-02, X-07: as many queries with one request as with thirty."""
    navegador = entrar(auditora)
    sembrar(distribuidora, 1, enviado=detenido)
    navegador.get("/")

    def cuantas() -> int:
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            navegador.get("/")
        return len(consultas)

    antes = cuantas()
    for dia in range(15):
        sembrar(otra_distribuidora, 2, enviado=detenido - timedelta(days=dia))
    assert cuantas() == antes


def test_quien_no_es_la_sec_tiene_otra_portada(todo, entrar, rosa, marcos, agente, distribuidora):
    """R-02, A-11: nobody else's first page shows another company's figures."""
    for perfil in (rosa, marcos, agente):
        assert "Panel de la SEC" not in entrar(perfil).get("/", follow=True).text


def test_recontar_da_el_mismo_dia(todo, detenido, distribuidora):
    """R-02: the cube made again from the rows counts by the same calendar, on either side of midnight."""
    for hora in ("02:59:59", "03:00:00"):  # 23:59:59 and 00:00 in Santiago
        sembrar(distribuidora, 1, enviado=datetime.fromisoformat(f"2026-11-17T{hora}+00:00"))
    leer = {"desde": date(2026, 11, 1), "hasta": reloj.hoy(), "distribuidora": None, "formulario": None}
    antes = conteo.recibidas_por_dia(**leer)
    assert antes == {date(2026, 11, 16): 1, date(2026, 11, 17): 1}
    conteo.recontar()
    assert conteo.recibidas_por_dia(**leer) == antes


@pytest.mark.parametrize("cuantas", [1, 4, 5, 8, 9, 10, 11, 13, 99])
def test_la_escala_alcanza(todo, detenido, entrar, auditora, distribuidora, cuantas):
    """R-02: whatever the highest day, the scale is above it and four lines divide it."""
    conteo.Delta.objects.create(
        distribuidora=distribuidora, formulario="SC", estado="anulado", dia=detenido.date(), n=cuantas
    )
    marcas = lxml.html.fromstring(entrar(auditora).get("/").text).xpath("//*[local-name()='text'][@text-anchor='end']")
    escala = [int(m.text) for m in marcas]
    assert escala[-1] >= cuantas
    assert escala == [escala[1] * i for i in range(5)]
