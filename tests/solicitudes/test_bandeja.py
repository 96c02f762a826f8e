"""The trays: what each profile sees, how it filters, sorts and turns pages."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from solicitudes import conteo
from solicitudes.conteo import contar, plegar
from solicitudes.formularios import Formulario
from solicitudes.models import Estado
from tests.factories import BorradorFactory, PerfilFactory, SolicitudFactory

BANDEJA = "/solicitudes/"


def sembrar(distribuidora, solicitante, *estados, **campos):
    """One filed form in each of `estados`, an hour apart, the first the oldest, and counted."""
    hechas = []
    for i, estado in enumerate(estados):
        campos_de_esta = {"enviado": reloj.ahora() - timedelta(hours=len(estados) - i), **campos}
        una = SolicitudFactory(distribuidora=distribuidora, solicitante=solicitante, estado=estado, **campos_de_esta)
        contar(una, antes=None)
        hechas.append(una)
    return hechas


def celdas(pagina, titulo):
    """The texts of a column, top to bottom."""
    encontradas = re.findall(rf'data-t="{re.escape(titulo)}"[^>]*>(.*?)</td>', pagina.content.decode(), re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", c)).split()) for c in encontradas]


def folios(pagina):
    return celdas(pagina, "N° Folio")


def pie(pagina):
    """«[1 - 10] de 156 ítems»."""
    encontrado = re.search(r"\[\d.*?ítems", pagina.content.decode())
    return encontrado.group(0) if encontrado else ""


def titulos(pagina):
    return re.findall(r'columnheader" scope="col"[^>]*><a[^>]*>([^<]+)', pagina.content.decode())


# --- columns, order, pages -------------------------------------------------------------------------------------------
COLUMNAS = ["N° Solicitud", "N° Folio", "N° Cliente", "Formulario", "Envío", "Respuesta", "Estado"]


def test_columnas_de_cada_perfil(todo, detenido, entrar, rosa, marcos, auditora, distribuidora):
    """S-02: the columns by name and order; the company's own tray does without its name."""
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA)
    con_empresa = [*COLUMNAS[:4], "Empresa Distribuidora", *COLUMNAS[4:]]
    assert titulos(entrar(rosa).get("/")) == [*con_empresa, "¿Quién actúa ahora?"]
    assert titulos(entrar(marcos).get(BANDEJA)) == [*COLUMNAS, "Plazo"]
    assert titulos(entrar(auditora).get(BANDEJA)) == [*con_empresa, "Plazo"]


def test_cada_perfil_ve_lo_suyo(
    todo, detenido, entrar, rosa, pedro, marcos, otra_dx, auditora, distribuidora, otra_distribuidora
):
    """S-02, R-01, A-12: the applicant's own, the company's own, all of them; and each total agrees."""
    (una,) = sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA)
    (otra,) = sembrar(otra_distribuidora, pedro, Estado.RESPONDIDO)
    (mia,) = sembrar(otra_distribuidora, rosa, Estado.ANULADO, enviado=reloj.ahora())
    assert folios(entrar(rosa).get("/")) == [mia.folio, una.folio]
    assert folios(entrar(pedro).get("/")) == [otra.folio]
    assert folios(entrar(marcos).get(BANDEJA)) == [una.folio]
    assert sorted(folios(entrar(otra_dx).get(BANDEJA))) == sorted([otra.folio, mia.folio])
    de_sec = entrar(auditora).get(BANDEJA)
    assert sorted(folios(de_sec)) == sorted([una.folio, otra.folio, mia.folio])
    assert pie(de_sec) == "[1 - 3] de 3 ítems"


def test_paginas_y_tamano(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-02: newest first; «[1 - 10] de 156 ítems»; 10, 25, 50 or 100 at a time."""
    hechas = sembrar(distribuidora, rosa, *[Estado.PENDIENTE_RESPUESTA] * 30)
    esperados = [s.folio for s in reversed(hechas)]
    navegador = entrar(marcos)
    primera, tercera = navegador.get(BANDEJA), navegador.get(BANDEJA, {"p": 3})
    assert folios(primera) == esperados[:10]
    assert pie(primera) == "[1 - 10] de 30 ítems"
    assert folios(tercera) == esperados[20:]
    assert pie(tercera) == "[21 - 30] de 30 ítems"
    assert folios(navegador.get(BANDEJA, {"tamano": 25})) == esperados[:25]
    assert (
        'href="?estado=pendiente_respuesta&amp;p=2"'
        in navegador.get(BANDEJA, {"estado": "pendiente_respuesta"}).content.decode()
    )


@pytest.mark.parametrize(
    "clave", ["solicitud", "folio", "cliente", "formulario", "empresa", "envio", "respuesta", "estado", "plazo"]
)
def test_cada_columna_ordena_en_los_dos_sentidos(
    todo, detenido, entrar, rosa, auditora, distribuidora, otra_distribuidora, clave
):
    """S-02: every column sorts, up and down."""
    base = datetime(2026, 11, 3, 12, tzinfo=UTC)
    for i, (empresa, estado, formulario) in enumerate(
        [
            (distribuidora, Estado.RESPONDIDO, Formulario.SC),
            (otra_distribuidora, Estado.PAGO_VALIDADO, Formulario.SI),
            (distribuidora, Estado.PENDIENTE_RESPUESTA, Formulario.NC),
            (otra_distribuidora, Estado.ENVIADO, Formulario.MC),
            (distribuidora, Estado.ANULADO, Formulario.SI),
        ]
    ):
        sembrar(
            empresa,
            rosa,
            estado,
            formulario=formulario,
            enviado=base + timedelta(days=i),
            numero_solicitud=f"S{(i * 3) % 5}",
            numero_cliente=f"C{(i * 2) % 5}",
            vence=base + timedelta(days=20 - i),
        )
    navegador = entrar(auditora)
    titulo = {"solicitud": "N° Solicitud", "folio": "N° Folio", "cliente": "N° Cliente", "formulario": "Formulario"}
    titulo |= {"empresa": "Empresa Distribuidora", "envio": "Envío", "respuesta": "Respuesta", "estado": "Estado"}
    titulo |= {"plazo": "Envío"}
    subiendo = celdas(navegador.get(BANDEJA, {"orden": clave}), titulo[clave])
    bajando = celdas(navegador.get(BANDEJA, {"orden": f"-{clave}"}), titulo[clave])
    assert len(subiendo) == 5
    assert bajando == subiendo[::-1]
    llave = {"folio": lambda t: int(re.sub(r"\D", "", t)), "respuesta": lambda t: t.replace("—", "")}
    assert subiendo == sorted(subiendo, key=llave.get(clave, str), reverse=clave == "plazo")


# --- filters ----------------------------------------------------------------------------------------------------------
def test_filtros(todo, detenido, entrar, rosa, auditora, distribuidora, otra_distribuidora):
    """S-02: each filter alone and all together; the folio by its beginning, small letters and `+` too."""
    (a,) = sembrar(
        distribuidora,
        rosa,
        Estado.PENDIENTE_RESPUESTA,
        numero_solicitud="2026001",
        numero_cliente="5000000-K",
        vence=reloj.ahora() - timedelta(days=1),
    )
    (b,) = sembrar(
        otra_distribuidora,
        rosa,
        Estado.RESPONDIDO,
        formulario=Formulario.NC,
        numero_cliente="zx",
        enviado=datetime(2026, 10, 5, 15, tzinfo=UTC),
    )
    navegador = entrar(auditora)

    def hallados(**filtro):
        return folios(navegador.get(BANDEJA, filtro))

    assert hallados(folio="yn") == [a.folio]
    assert folios(navegador.get(f"{BANDEJA}?folio={quote('V+', safe='')}")) == [b.folio]
    assert hallados(folio=b.folio) == [b.folio]
    assert hallados(solicitud="2026") == [a.folio]
    assert hallados(cliente="5000000-k") == [a.folio]
    assert hallados(cliente="ZX") == [b.folio]
    assert hallados(formulario="NC") == [b.folio]
    assert hallados(estado="respondido") == [b.folio]
    assert hallados(estado="por_responder") == [a.folio]
    assert hallados(empresa=otra_distribuidora.pk) == [b.folio]
    assert hallados(desde="2026-10-06") == [a.folio]
    assert hallados(desde="05-10-2026", hasta="05-10-2026") == [b.folio]
    assert hallados(vencidas="on") == [a.folio]
    assert hallados(folio="V", formulario="NC", estado="respondido", empresa=otra_distribuidora.pk) == [b.folio]
    assert hallados(folio="V", formulario="SC") == []


def test_por_folio_se_ordena_por_su_numero(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-02: filtered by folio, by its number, the highest first, whatever its length."""
    for numero in (9, 101, 11):
        sembrar(
            distribuidora,
            rosa,
            Estado.RESPONDIDO,
            folio_numero=numero,
            enviado=reloj.ahora() - timedelta(days=numero),
        )
    assert folios(entrar(marcos).get(BANDEJA, {"folio": "YN"})) == ["YN101", "YN11", "YN9"]


def test_dia_local(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-02, X-08: the dates of the filter are days of the calendar on the wall: 23:30 in Santiago is still the 9th."""
    (una,) = sembrar(distribuidora, rosa, Estado.RESPONDIDO, enviado=datetime(2026, 11, 10, 2, 30, tzinfo=UTC))
    navegador = entrar(marcos)
    assert folios(navegador.get(BANDEJA, {"desde": "2026-11-09", "hasta": "2026-11-09"})) == [una.folio]
    assert folios(navegador.get(BANDEJA, {"desde": "2026-11-10"})) == []


def test_vacia_y_sin_resultado(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-02: «No existen solicitudes»; «No se encontró ningún resultado», what was looked for, and the way out."""
    navegador = entrar(marcos)
    vacia = navegador.get(BANDEJA).content.decode()
    assert "No existen solicitudes" in vacia
    assert "No existen solicitudes" in entrar(rosa).get("/").content.decode()
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA)
    nada = navegador.get(BANDEJA, {"folio": "ov", "estado": "anulado"}).content.decode()
    assert "No se encontró ningún resultado" in nada
    assert "Buscaste N° Folio que empieza con OV, Estado: Anulado." in nada
    assert f'href="{BANDEJA}">Limpiar filtro</a>' in nada
    assert "No existen solicitudes" not in nada


@pytest.mark.parametrize(
    ("filtro", "dicho"),
    [
        ({"desde": "31-31-2020"}, "Escribe una fecha que exista. Ejemplo: 30-11-2026."),
        ({"hasta": "0001-01-01"}, "Escribe una fecha entre los años 2000 y 2100."),
        ({"desde": "2026-11-02", "hasta": "2026-11-01"}, "Es anterior a «Envío desde». Cambia una de las dos fechas."),
        ({"estado": "nada"}, "Ese estado no existe. Elige de la lista."),
        ({"formulario": "ZZ"}, "Ese formulario no existe. Elige de la lista."),
        ({"folio": "Y\x00N"}, "Tiene caracteres que no se pueden buscar. Bórralos."),
        ({"cliente": "9" * 41}, "Escribe como máximo 40 caracteres."),
    ],
)
def test_filtro_sin_sentido(todo, detenido, entrar, rosa, marcos, distribuidora, filtro, dicho):
    """S-02: a filter that makes no sense is said beside its field and left out; never an error page."""
    (una,) = sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA)
    pagina = entrar(marcos).get(BANDEJA, filtro)
    assert pagina.status_code == 200
    assert pagina.content.decode().count(dicho) == 2  # in the summary and beside the field
    assert "<title>Error: " in pagina.content.decode()
    assert folios(pagina) == [una.folio]


def test_empresa_ajena_no_se_filtra(todo, detenido, entrar, rosa, marcos, distribuidora, otra_distribuidora):
    """A-12: a company has no filter by company; one that is typed in the address shows nothing of another."""
    (una,) = sembrar(distribuidora, rosa, Estado.RESPONDIDO)
    sembrar(otra_distribuidora, rosa, Estado.RESPONDIDO)
    pagina = entrar(marcos).get(BANDEJA, {"empresa": otra_distribuidora.pk})
    assert folios(pagina) == [una.folio]
    assert 'name="empresa"' not in pagina.content.decode()


# --- counts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("plegado", [False, True])
def test_totales_exactos(todo, detenido, entrar, rosa, auditora, distribuidora, otra_distribuidora, plegado):
    """S-02: the total is exact for any company, form and state, before and after the deltas are folded."""
    hechas = sembrar(distribuidora, rosa, *[Estado.PENDIENTE_RESPUESTA] * 12)
    sembrar(otra_distribuidora, rosa, *[Estado.RESPONDIDO] * 3)
    hechas[0].estado = Estado.ANULADO
    hechas[0].save()
    contar(hechas[0], antes=Estado.PENDIENTE_RESPUESTA)
    contar(hechas[1], antes=hechas[1].estado)  # nothing moved
    if plegado:
        assert plegar() == 17
        assert plegar() == 0
    navegador = entrar(auditora)

    def total(**filtro):
        return pie(navegador.get(BANDEJA, filtro))

    assert total() == "[1 - 10] de 15 ítems"
    assert total(estado="pendiente_respuesta") == "[1 - 10] de 11 ítems"
    assert total(estado="anulado") == "[1 - 1] de 1 ítems"
    assert total(empresa=otra_distribuidora.pk) == "[1 - 3] de 3 ítems"
    assert total(formulario="SC", estado="respondido", empresa=otra_distribuidora.pk) == "[1 - 3] de 3 ítems"
    assert total(empresa=distribuidora.pk, orden="empresa", p=2) == "[11 - 12] de 12 ítems"


@pytest.mark.parametrize("filtro", [{}, {"estado": "respondido"}, {"formulario": "SC"}, {"orden": "envio"}])
@pytest.mark.parametrize("perfil", ["marcos", "auditora"])
def test_paginas_lejanas_por_dia(todo, detenido, entrar, rosa, distribuidora, request, monkeypatch, filtro, perfil):
    """S-02: a far page, found through the daily counts, holds the very rows that stand there."""
    monkeypatch.setattr("solicitudes.bandeja.CERCA", 0)
    hechas = []
    for dia in range(30):
        hechas += sembrar(distribuidora, rosa, Estado.RESPONDIDO, enviado=reloj.ahora() - timedelta(hours=13 * dia))
    plegar()
    hechas.sort(key=lambda s: (s.enviado, s.pk), reverse=filtro.get("orden") != "envio")
    navegador = entrar(request.getfixturevalue(perfil))
    for pagina in (1, 2, 3):
        assert folios(navegador.get(BANDEJA, {**filtro, "p": pagina})) == [
            s.folio for s in hechas[(pagina - 1) * 10 : pagina * 10]
        ]


def test_recontar_da_lo_mismo(todo, detenido, rosa, distribuidora, otra_distribuidora):
    """S-02: the cube made again from the requests is the one that the deltas gave."""
    sembrar(distribuidora, rosa, Estado.RESPONDIDO, Estado.ANULADO, Estado.RESPONDIDO)
    sembrar(otra_distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, enviado=datetime(2026, 10, 1, 2, tzinfo=UTC))
    plegar()

    def todo_lo_contado():
        return (
            sorted(conteo.Celda.objects.values_list("distribuidora", "formulario", "estado", "n")),
            sorted(conteo.CeldaDiaria.objects.values_list("clave", "formulario", "estado", "dia", "n")),
        )

    por_deltas = todo_lo_contado()
    conteo.recontar()
    assert todo_lo_contado() == por_deltas


# --- speed ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("perfil", "ruta"), [("rosa", "/"), ("marcos", BANDEJA), ("auditora", BANDEJA)])
def test_consultas_no_crecen(todo, detenido, entrar, rosa, distribuidora, request, perfil, ruta):
    """X-07: a page of 30 rows, charged ones among them, asks no more than a page of one."""
    navegador = entrar(request.getfixturevalue(perfil))
    sembrar(distribuidora, rosa, Estado.PENDIENTE_PAGO)
    navegador.get(ruta)  # the catalogues are in memory

    def consultas():
        with CaptureQueriesContext(connection) as capturadas:
            assert navegador.get(ruta, {"tamano": 50}).status_code == 200
        return len(capturadas)

    con_una = consultas()
    sembrar(distribuidora, rosa, *[Estado.PENDIENTE_PAGO, Estado.PENDIENTE_VALIDACION, Estado.RESPONDIDO] * 10)
    assert consultas() == con_una
    assert con_una <= 12


# --- access -----------------------------------------------------------------------------------------------------------
def test_acceso(client, todo, entrar, rosa, agente, marcos):
    """A-12: without a session, to the door; an agent handles no requests; an applicant's tray is on the first page."""
    assert client.get(BANDEJA).headers["Location"] == f"{reverse('account_login')}?next={BANDEJA}"
    assert entrar(agente).get(BANDEJA).status_code == 403
    assert entrar(agente).get("/").headers["Location"] == reverse("gestiones:cargar")
    assert entrar(rosa).get(BANDEJA, {"folio": "V+"}).headers["Location"] == "/?folio=V%2B"
    assert entrar(marcos).get("/").headers["Location"] == BANDEJA
    assert entrar(marcos).post(BANDEJA).status_code == 405


def test_perfil_retirado_deja_de_ver(todo, entrar, marcos):
    """A-02: a profile taken away stops at the next request, a function too."""
    navegador = entrar(marcos)
    assert navegador.get(BANDEJA).status_code == 200
    assert navegador.get(reverse("solicitudes:comunicacion")).status_code == 200
    marcos.asignaciones.all().delete()
    assert navegador.get(reverse("solicitudes:comunicacion")).status_code == 403
    marcos.activo = False
    marcos.save()
    assert navegador.get(BANDEJA).status_code in (302, 403)


# --- S-01: the applicant's first page ---------------------------------------------------------------------------------
def test_inicio_del_solicitante(todo, detenido, entrar, rosa, distribuidora):
    """S-01, S-22: greeting, what waits for the applicant, the four forms, the tray."""
    (pago,) = sembrar(distribuidora, rosa, Estado.PENDIENTE_PAGO)
    BorradorFactory(solicitante=rosa, datos={"distribuidora": str(distribuidora.pk)})
    pagina = entrar(rosa).get("/").content.decode()
    assert "Hola, Rosa" in pagina
    assert "Miércoles 18 de noviembre de 2026" in pagina
    assert "Te toca a ti: 2 cosas pendientes" in pagina
    assert "Pagar $ 38.500: Estudio de conexión" in pagina
    assert "Terminar tu Solicitud de Conexión" in pagina
    assert "Yungay Norte. Guardado hoy a las 10:00. Faltan 2 documentos." in pagina
    for formulario in Formulario:
        assert f'href="{reverse("solicitudes:nueva", args=[formulario.ruta])}">{formulario.label}</a>' in pagina
    assert f'href="{reverse("solicitudes:pagar", args=[pago.folio])}"' in pagina


def test_inicio_sin_pendientes(todo, detenido, entrar, rosa, pedro, distribuidora):
    """S-01: no amber light when nothing waits; another's draft is not mine."""
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA)
    BorradorFactory(solicitante=pedro)
    assert "Te toca a ti" not in entrar(rosa).get("/").content.decode()


# --- S-22: whose turn, in the tray ------------------------------------------------------------------------------------
def test_quien_actua_ahora(todo, detenido, entrar, rosa, distribuidora):
    """S-22: the applicant reads who acts, and until when."""
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, vence=datetime(2026, 12, 3, 2, 59, 59, tzinfo=UTC))
    sembrar(distribuidora, rosa, Estado.PENDIENTE_PAGO, cobro_de_su_estado__vence="2026-12-08", enviado=reloj.ahora())
    sembrar(distribuidora, rosa, Estado.RESPONDIDO, enviado=reloj.ahora() + timedelta(seconds=1))
    assert celdas(entrar(rosa).get("/"), "¿Quién actúa ahora?") == [
        "—",
        "Tú : pagar hasta el 08-12",
        "Yungay Norte, hasta el 02-12",
    ]


def test_plazo_en_la_bandeja(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-22: the company reads the clock: overdue in red, about to lapse, the applicant's; and the marks of the rows."""
    fin = datetime(2026, 11, 21, 2, 59, 59, tzinfo=UTC)  # the end of Friday 20 in Santiago
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, vence=fin, enviado=reloj.ahora() - timedelta(days=3))
    sembrar(
        distribuidora,
        rosa,
        Estado.PENDIENTE_RESPUESTA,
        vence=fin - timedelta(days=4),
        enviado=reloj.ahora() - timedelta(days=2),
    )
    sembrar(
        distribuidora,
        rosa,
        Estado.PENDIENTE_PAGO,
        vence=fin + timedelta(days=14),
        cobro_de_su_estado__vence="2026-11-25",
        enviado=reloj.ahora() - timedelta(days=1),
    )
    pagina = entrar(marcos).get(BANDEJA)
    assert [
        t.split(" Solicitante:")[0].split(" Quedan 2 días")[0].split(" 2 días")[0] for t in celdas(pagina, "Plazo")
    ] == [
        "Solicitante, 5 d",
        "2 d de atraso",
        "Quedan 2 d",
    ]
    assert "Respuesta: Quedan 12 d" in celdas(pagina, "Plazo")[0]
    assert re.findall(r'<tr role="row"( class="\w+")?>', pagina.content.decode())[1:] == [
        "",
        ' class="vencida"',
        ' class="mia"',
    ]


def test_cifras_de_la_distribuidora(todo, detenido, entrar, rosa, marcos, auditora, distribuidora, otra_distribuidora):
    """S-22: five figures, each with the filter that shows just those rows."""
    ahora = reloj.ahora()
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, vence=ahora - timedelta(days=3))
    sembrar(distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, vence=ahora + timedelta(days=2))
    sembrar(distribuidora, rosa, Estado.PAGO_VALIDADO, Estado.PENDIENTE_VALIDACION, vence=ahora + timedelta(days=30))
    sembrar(distribuidora, rosa, Estado.PAGO_RECHAZADO, Estado.PENDIENTE_PAGO, Estado.RESPONDIDO)
    sembrar(otra_distribuidora, rosa, Estado.PENDIENTE_RESPUESTA, vence=ahora - timedelta(days=3))
    navegador = entrar(marcos)
    pagina = navegador.get(BANDEJA).content.decode()
    cifras = re.findall(r"<dt>.*?</svg>\s*([^<]+)</dt><dd><a href=\"([^\"]+)\"[^>]*>(\d+)</a>", pagina)
    assert [(texto, int(n)) for texto, _, n in cifras] == [
        ("Vencidas", 1),
        ("Vencen en 2 días hábiles", 1),
        ("Pagos por validar", 1),
        ("Por responder", 3),
        ("Esperan al solicitante", 2),
    ]
    for _, url, n in cifras:
        assert len(folios(navegador.get(unescape(url)))) == int(n)
    assert 'class="cifras"' not in entrar(auditora).get(BANDEJA).content.decode()


def test_solicitudes_de_otra_persona_no_aparecen_por_filtro(todo, detenido, entrar, rosa, pedro, distribuidora):
    """A-12: no filter opens what is not one's own."""
    (ajena,) = sembrar(distribuidora, pedro, Estado.RESPONDIDO, numero_cliente="777")
    for filtro in ({"folio": ajena.folio}, {"cliente": "777"}, {"empresa": distribuidora.pk}, {"estado": "respondido"}):
        assert folios(entrar(rosa).get("/", filtro)) == []


def test_nombre_de_empresa_nuevo_se_ve_enseguida(todo, detenido, entrar, rosa, distribuidora):
    """S-02: names come from memory, and a change of them is seen at the next page."""
    sembrar(distribuidora, rosa, Estado.RESPONDIDO)
    navegador = entrar(rosa)
    assert celdas(navegador.get("/"), "Empresa Distribuidora") == ["Yungay Norte"]
    distribuidora.nombre_fantasia = "Yungay y Aysén"
    distribuidora.save()
    assert celdas(navegador.get("/"), "Empresa Distribuidora") == ["Yungay y Aysén"]


def test_texto_hostil_se_muestra_como_texto(todo, detenido, entrar, rosa, marcos, distribuidora):
    """S-11: what people typed is shown as text."""
    sembrar(distribuidora, rosa, Estado.RESPONDIDO, numero_cliente="<script>alert(1)</script>"[:40])
    assert "<script>alert" not in entrar(marcos).get(BANDEJA).content.decode()
    assert "<script>alert" not in entrar(marcos).get(BANDEJA, {"folio": "<script>alert"}).content.decode()


def test_instalador_con_muchas(todo, detenido, entrar, distribuidora):
    """S-02: an applicant's total is exact, whatever the filter."""
    instalador = PerfilFactory()
    sembrar(distribuidora, instalador, *[Estado.RESPONDIDO] * 12)
    assert pie(entrar(instalador).get("/", {"cliente": "5"})) == "[1 - 10] de 12 ítems"
