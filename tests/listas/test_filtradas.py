"""Every list of a domain: what is asked in the address is what the page shows and what its spreadsheet holds (X-07)."""

import html
import io
import re
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from portal import reloj
from portal.avisos.models import Aviso
from portal.cuentas.funciones import Funcion
from portal.informes.models import Informe
from portal.plazos.models import Regla
from tests import factories
from tests.gestiones.ayuda import instante
from tests.sgc.test_importar import ENCABEZADO

pytestmark = pytest.mark.django_db
MASIVAS, REPORTES, CRITICAS = (f"/inoperatividad/{r}/" for r in ("masivas", "reportes", "criticas"))
FUNCIONARIOS, ESPEJO, AVISOS, PLAZOS = "/gestiones/funcionarios/", "/sgc/", "/avisos/", "/plazos/"


@pytest.fixture
def pedir(entrar, django_capture_on_commit_callbacks):
    """Look at a list and press its button: the page's text, and the rows of the spreadsheet (none without a button)."""

    def _pedir(perfil, direccion: str) -> tuple[str, list[tuple]]:
        navegador = entrar(perfil)
        respuesta = navegador.get(direccion)
        assert respuesta.status_code == 200
        pagina = respuesta.content.decode()
        boton = re.search(r'<form method="post" action="(/informes/[^"]+)"', pagina)
        if boton is None:
            return pagina, []
        with django_capture_on_commit_callbacks(execute=True):
            assert navegador.post(html.unescape(boton[1])).status_code == 302
        with Informe.todos().latest("creado").archivo.open() as archivo:
            hoja = load_workbook(io.BytesIO(archivo.read())).active
        return pagina, list(hoja.iter_rows(min_row=2, values_only=True))

    return _pedir


def enlaces(pagina: str, patron: str) -> list[str]:
    """What the rows of the page name, in order."""
    return re.findall(patron, pagina)


@pytest.fixture
def masivas(mesa):
    """One over, with its record; one in force; one only alerted. Their numbers."""
    terminada, vigente = mesa.terminada(), mesa.vigente("SISACT")
    alertada = mesa.alerta("SGA")
    return {"terminada": terminada.numero, "vigente": vigente.numero, "alertada": alertada.numero}


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("orden=numero", ["terminada", "vigente", "alertada"]),
        ("estado=vigente", ["vigente"]),
        ("numero=3", ["alertada"]),
        ("numero=77", []),
        ("desde=2030-01-01", []),
        ("hasta=2001-01-01", []),
    ],
)
def test_masivas(mesa, masivas, pedir, consulta, cuales):
    """I-05: by number, state and day."""
    pagina, filas = pedir(mesa.gente["fallas"], f"{MASIVAS}?{consulta}")
    esperados = [masivas[c] for c in cuales]
    assert [int(n) for n in enlaces(pagina, r">FM (\d+)</a>")] == esperados
    assert sorted(fila[0] for fila in filas) == sorted(esperados)


def test_masivas_by_application(mesa, masivas, pedir):
    """I-05: those of one application; the spreadsheet says minutes, applications and cause."""
    pagina, filas = pedir(mesa.gente["soporte"], f"{MASIVAS}?aplicativo={mesa.aplicativo('SIAC ÚNICO').pk}")
    assert enlaces(pagina, r">FM (\d+)</a>") == [str(masivas["terminada"])]
    assert [(f[3], f[4], f[5], f[6]) for f in filas] == [(170, "Terminada", "SIAC ÚNICO", "Disco lleno.")]


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [("", [2, 1]), ("orden=numero", [1, 2]), ("estado=enviado", [1]), ("numero=2", [2]), ("desde=2030-01-01", [])],
)
def test_reports(mesa, pedir, consulta, cuales):
    """I-10: by number, state and day of making."""
    mesa.enviado()
    mesa.borrador([mesa.evaluado(tipo_tramite="altas")])
    pagina, filas = pedir(mesa.gente["gerente"], f"{REPORTES}?{consulta}")
    assert [int(n) for n in enlaces(pagina, r'class="folio" href="/inoperatividad/reportes/(\d+)/"')] == cuales
    assert sorted(fila[0] for fila in filas) == sorted(cuales)
    assert all(fila[5] == 1 for fila in filas)


def test_the_report_that_holds_a_record(mesa, pedir):
    """I-10: found by the record's correlative; it still counts all of its records."""
    juntos = [mesa.evaluado(), mesa.evaluado(tipo_tramite="altas")]
    mesa.borrador(juntos)
    _, filas = pedir(mesa.gente["control"], f"{REPORTES}?registro={juntos[1].correlativo}")
    assert [(f[0], f[5]) for f in filas] == [(1, 2)]


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("", {"Línea 987"}),
        ("situacion=regularizadas", {"Línea 111"}),
        ("situacion=todas", {"Línea 987", "Línea 111"}),
        ("situacion=todas&cliente=línea 1", {"Línea 111"}),
        ("tipo=queja", set()),
        ("registro=1", {"Línea 987"}),
    ],
)
def test_to_be_regularised(mesa, pedir, consulta, cuales):
    """I-07: what is missing at first; what was regularised, and under which number, when asked."""
    una = mesa.critica(mesa.registro())
    otra = mesa.critica(mesa.registro(tipo_tramite="bajas"))
    type(otra)._base_manager.filter(pk=otra.pk).update(
        cliente="Línea 111", regularizada=reloj.ahora(), regularizada_por=una.anotada_por_id, referencia="SIAC-9"
    )
    pagina, filas = pedir(mesa.gente["responsable"], f"{CRITICAS}?{consulta}")
    assert set(enlaces(pagina, r'data-t="A quién"[^>]*>([^<]+)<')) == cuales
    assert {fila[4] for fila in filas} == cuales
    assert ("SIAC-9" in pagina) == ("Línea 111" in cuales)


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("", {"Benítez", "Rolón", "Vera"}),
        ("cuando=hoy", {"Benítez", "Rolón"}),
        ("cuando=futuras", {"Vera"}),
        ("cuando=terminadas", {"Ida"}),
        ("cuando=todas", {"Benítez", "Rolón", "Vera", "Ida"}),
        ("clase=apoyo", {"Vera"}),
        ("funcionario=nad", {"Benítez"}),
        ("funcionario=nadia ben", {"Benítez"}),
        ("funcionario=adi", set()),
    ],
)
def test_officers(ramon, nadia, teresa, atencion, designar, pedir, consulta, cuales):
    """G-06: who attends today or will; those of before when asked; by the beginning of a name."""
    with reloj.detener(instante(18, 10)):
        for cuerpo, apellido, desde, hasta in (
            (10_200_401, "Vera", date(2026, 12, 1), date(2026, 12, 31)),
            (10_200_402, "Ida", date(2026, 10, 1), date(2026, 10, 31)),
        ):
            usuario = factories.UsuarioFactory(identificador=factories.rut(cuerpo), nombres="Ana", apellidos=apellido)
            quien = factories.PerfilFactory(
                usuario=usuario, tipo="agente", distribuidora=atencion.distribuidora, unidad=atencion
            )
            designar(quien, atencion, "apoyo", desde=desde, hasta=hasta)
        pagina, filas = pedir(ramon, f"{FUNCIONARIOS}?{consulta}")
    nombrados = enlaces(pagina, r'data-t="Funcionario"[^>]*>\S+ (\S+?)[ <]')
    assert set(nombrados) == cuales
    assert len(filas) == len(nombrados)
    assert "Nadie está definido para hoy" not in pagina


def test_another_units_officers_are_out_of_sight(ramon, nadia, lejana, pedir):
    """G-06: whatever is asked."""
    pagina, filas = pedir(ramon, f"{FUNCIONARIOS}?cuando=todas")
    assert len(filas) == 1
    assert lejana.nombre not in "".join(enlaces(pagina, r'data-t="Funcionario"[^>]*>([^<]+)<'))


@pytest.fixture
def importaciones(paraguaya, tmp_path):
    """One applied, one rehearsed and one with an error."""
    for nombre, nis, mas in (("enero.csv", 1, []), ("febrero.csv", 2, ["--ensayo"]), ("marzo.csv", "", [])):
        ruta = tmp_path / nombre
        ruta.write_text(f"{ENCABEZADO}\r\n{nis};BT;Ytororó 845;Lambaré;C.I.;1.730.558;Eusebia Benítez;\r\n")
        with nullcontext() if nis else pytest.raises(CommandError):
            call_command("importar_sgc", paraguaya.codigo, str(ruta), *mas)


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("orden=cuando", ["enero.csv", "febrero.csv", "marzo.csv"]),
        ("resultado=aplicadas", ["enero.csv"]),
        ("resultado=ensayadas", ["febrero.csv"]),
        ("resultado=con_errores", ["marzo.csv"]),
        ("resultado=en_curso", []),
        ("archivo=brer", ["febrero.csv"]),
        ("contenido=expedientes", []),
        ("desde=2030-01-01", []),
    ],
)
def test_imports(importaciones, administradora_paraguaya, pedir, consulta, cuales):
    """X-05: by file, content, result and day."""
    pagina, filas = pedir(administradora_paraguaya, f"{ESPEJO}?{consulta}")
    assert enlaces(pagina, r'data-t="Archivo"[^>]*><a [^>]*>([^<]+)<') == cuales
    assert sorted(fila[0] for fila in filas) == sorted(cuales)


@pytest.fixture
def administradora_paraguaya(paraguaya):
    return factories.PerfilFactory(
        tipo="distribuidora", distribuidora=paraguaya, funciones=[Funcion.ADMINISTRADOR_EMPRESA]
    )


@pytest.mark.parametrize(
    ("consulta", "cuales"),
    [
        ("orden=para", ["ana@x.example", "beto@x.example"]),
        ("para=ana", ["ana@x.example"]),
        ("estado=hecho", []),
        ("estado=pendiente&orden=-para", ["beto@x.example", "ana@x.example"]),
        ("desde=2030-01-01", []),
        ("folio=zz", []),
    ],
)
def test_notices(jefa_sec, pedir, consulta, cuales):
    """X-02: by state, address, case and day."""
    Aviso._base_manager.bulk_create(
        Aviso(para=f"{quien}@x.example", asunto="Prueba", plantilla="prueba", creado=reloj.ahora())
        for quien in ("ana", "beto")
    )
    pagina, filas = pedir(jefa_sec, f"{AVISOS}?{consulta}")
    assert enlaces(pagina, r'data-t="Para"[^>]*>([^<]+)<') == cuales
    assert sorted(fila[1] for fila in filas) == sorted(cuales)


@pytest.mark.parametrize(("consulta", "cuantas"), [("", 1), ("vigencia=todas", 2), ("vigencia=pasadas", 1)])
def test_rules_of_terms(jefa_sec, pedir, consulta, cuantas):
    """R-07: what the page shows is what the spreadsheet holds, with norm and whether somebody verified it."""
    for desde, hasta in (("2015-01-01", "2019-12-31"), ("2020-01-01", None)):
        Regla.objects.create(
            materia="reclamos.respuesta", cantidad=15, unidad="habiles", vigente_desde=desde, vigente_hasta=hasta,
            norma="DS 1, artículo 2",
        )  # fmt: skip
    pagina, filas = pedir(jefa_sec, f"{PLAZOS}?materia=reclamos.respuesta&{consulta}")
    assert len(enlaces(pagina, r'data-t="Materia"')) == cuantas
    assert [fila[6:] for fila in filas] == [("DS 1, artículo 2", "No")] * cuantas


@pytest.mark.parametrize("ruta", [MASIVAS, REPORTES, CRITICAS, FUNCIONARIOS, ESPEJO, AVISOS, PLAZOS])
@pytest.mark.parametrize(
    ("consulta", "dicho"),
    [
        ("orden=x", "No se puede ordenar así"),
        ("p=0", "Esa página no existe"),
        ("tamano=7", "10, 25, 50 o 100"),
        (
            "desde=ayer&estado=x&cuando=x&situacion=x&resultado=x&numero=x&vigencia=x&funcionario=%00&archivo=%00",
            "no se entienden",
        ),
        ("desde=2026-02-02&hasta=2026-02-01&clase=x&empresa=x", "Hay filtros que no se entienden"),
    ],
)
def test_nonsense_is_said_and_left_out(mesa, ramon, administradora_paraguaya, jefa_sec, entrar, ruta, consulta, dicho):
    """X-07: never an error, never a silent nothing."""
    quien = {
        MASIVAS: mesa.gente["control"], REPORTES: mesa.gente["control"], CRITICAS: mesa.gente["responsable"],
        FUNCIONARIOS: ramon, ESPEJO: administradora_paraguaya, AVISOS: jefa_sec, PLAZOS: jefa_sec,
    }[ruta]  # fmt: skip
    respuesta = entrar(quien).get(f"{ruta}?{consulta}")
    assert respuesta.status_code == 200
    assert dicho in respuesta.content.decode()


def test_the_day_of_a_filter_is_the_companys(mesa, pedir):
    """X-07, X-08: a spreadsheet of a company in another time zone holds what its page shows."""
    mesa.empresa.zona_horaria = "Asia/Tokyo"
    mesa.empresa.save()
    ayer = reloj.ahora().replace(hour=20) - timedelta(days=1)  # in Tokyo it is the next day already
    with reloj.detener(ayer + timedelta(hours=3)):
        una = mesa.vigente(inicio=ayer)
    manana = (ayer + timedelta(days=1)).date()
    perfil = mesa.gente["fallas"]
    perfil.refresh_from_db()
    pagina, filas = pedir(perfil, f"{MASIVAS}?desde={manana}&hasta={manana}")
    assert f"FM {una.numero}</a>" in pagina
    assert [fila[0] for fila in filas] == [una.numero]


@pytest.mark.parametrize("ruta", [MASIVAS, CRITICAS])
def test_more_rows_ask_no_more(mesa, entrar, ruta):
    """X-07: queries at one row and at four."""
    navegador, cuentas = entrar(mesa.gente["responsable"]), []
    for aplicativos in (["SIAC ÚNICO"], ["SGA", "SISACT", "SISACT Prepago"]):
        for nombre in aplicativos:
            mesa.alerta(nombre)
            mesa.critica()
        with CaptureQueriesContext(connection) as consultas:
            navegador.get(ruta)
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]
