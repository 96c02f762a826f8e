"""The sábana: everything in the system, as workbook and as CSV, made anew or from what was kept."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from pagos.models import Cobro
from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from portal.historial.models import Evento
from portal.informes import actions as informes
from portal.informes.models import Informe, Tramo
from portal.plazos.models import DiaDecretado, Regla
from solicitudes import actions
from solicitudes.conteo import recontar
from solicitudes.informes import SabanaSolicitudes
from solicitudes.models import Estado, Solicitud
from solicitudes.sabana import Memoria
from solicitudes.turno import plazo_de_respuesta
from tests.factories import ComunaFactory, DistribuidoraFactory, SolicitudFactory

# A second connection reads: it sees only what was committed.
pytestmark = pytest.mark.django_db(transaction=True)
AHORA = datetime(2026, 11, 18, 13, tzinfo=UTC)


class Contando:
    def __init__(self) -> None:
        self.filas = 0

    def __call__(self, filas):
        for fila in filas:
            self.filas += 1
            yield fila

    def sumar(self, filas: int) -> None:
        self.filas += filas


@pytest.fixture(autouse=True)
def taller(settings, tmp_path, detenido) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def hacer(auditora, tmp_path) -> Callable[..., Path]:
    """Make the file as the auditor, and count the rows that went by."""

    def _hacer(nombre: str = "sabana.xlsx", **parametros) -> Path:
        contando, ruta = Contando(), tmp_path / nombre
        recontar()
        with como(auditora):
            SabanaSolicitudes().escribir(ruta, auditora, parametros, contando)
            assert contando.filas == SabanaSolicitudes().total(auditora, parametros)
        return ruta

    return _hacer


@pytest.fixture
def muchas(monkeypatch, db, detenido) -> None:
    """Four hundred requests over three years, with their payments, of two companies; one term is in calendar days."""
    monkeypatch.setattr("solicitudes.management.commands.generar_datos.SOLICITANTES", 5)
    ComunaFactory()
    empresas = [DistribuidoraFactory(prefijo="AA"), DistribuidoraFactory(prefijo="B+")]
    comienzo = {"desde_suceso": "el envío", "vigente_desde": datetime(2020, 1, 1, tzinfo=UTC).date()}
    Regla.objects.create(materia="solicitudes.SC.respuesta", cantidad=20, **comienzo)
    Regla.objects.create(materia="solicitudes.SI.respuesta", cantidad=10, unidad="corridos", **comienzo)
    Regla.objects.create(
        materia="solicitudes.SI.respuesta", cantidad=36, unidad="horas", distribuidora=empresas[1], **comienzo
    )
    call_command("generar_datos", solicitudes=400, semilla=3, stdout=StringIO())
    for n, estado in enumerate(e for e in Estado if e not in (Estado.RESPONDIDO, Estado.ANULADO)):
        SolicitudFactory(estado=estado, distribuidora=empresas[0], folio_numero=9000 + n)


def filas_de(ruta: Path) -> list[list]:
    """All cells below the headings, of all sheets."""
    libro = openpyxl.load_workbook(ruta)
    return [[celda.value for celda in fila] for hoja in libro for fila in hoja.iter_rows(min_row=2)]


def _local(momento: datetime | None) -> datetime | None:
    return timezone.localtime(momento).replace(microsecond=0, tzinfo=None) if momento else None


def esperada(s: Solicitud) -> list:
    """A row as the models say it, one request at a time."""
    plazo, cobro, hasta = plazo_de_respuesta(s), s.cobro, s.respondido or reloj.ahora()
    tomados = atraso = None
    if plazo:
        en_horas = plazo.unidad == Regla.Unidad.HORAS
        dias = timedelta(days=1)
        tomados = round(_redondo(hasta - s.enviado) / dias, 2) if en_horas else plazo._entre(s.enviado, hasta)
        if s.vence:
            atraso = max(0, round(_redondo(hasta - s.vence) / dias, 2)) if en_horas else plazo.atraso
    ultimo = cobro.comprobantes.order_by("pk").last() if cobro else None
    return [
        f"{timezone.localtime(s.enviado):%Y-%m}", s.get_formulario_display(), s.get_estado_display(), s.folio,
        s.numero_solicitud or None, s.numero_cliente or None, s.factibilidad or None, s.distribuidora.nombre_fantasia,
        s.comuna.region.nombre, s.comuna.nombre, _local(s.enviado), _local(s.respondido), _local(s.liberado),
        str(s.regla).partition(": ")[2] or None if s.regla else None, _local(s.vence), tomados, atraso,
        cobro.concepto if cobro else None, cobro.monto if cobro else None, cobro.moneda if cobro else None,
        cobro.get_estado_display() if cobro else None, ultimo.get_medio_display() if ultimo else None,
        _local(cobro.resuelto) if cobro and cobro.estado == Cobro.Estado.VALIDADO else None,
    ]  # fmt: skip


def _redondo(lapso: timedelta) -> timedelta:
    return timedelta(seconds=round(lapso.total_seconds()))


def esperadas() -> list[list]:
    with sin_ambito():
        todas = list(Solicitud.objects.select_related("comuna__region", "distribuidora", "regla", "caso"))
        todas.sort(key=lambda s: (f"{timezone.localtime(s.enviado):%Y-%m}", s.formulario, s.estado, s.folio_numero))
        return [esperada(s) for s in todas]


def iguales(leidas: list[list], debidas: list[list]) -> None:
    """Cell by cell; a sheet's moment is a fraction of a day, exact to the second."""
    assert len(leidas) == len(debidas)
    for leida, debida in zip(leidas, debidas, strict=True):
        for valor, debido in zip(leida, debida, strict=True):
            if isinstance(debido, datetime):
                assert abs(valor - debido) < timedelta(seconds=1), (leida, debida)
            elif isinstance(debido, float):
                assert abs(valor - debido) < 0.011, (leida, debida)
            else:
                assert valor == debido, (leida, debida)


def test_dice_lo_mismo_que_la_base_celda_por_celda(muchas, hacer):
    """R-03: every request with its payment and its terms, ordered by period, type and state; read by two programs."""
    ruta, debidas = hacer(), esperadas()
    iguales(filas_de(ruta), debidas)
    de_calamine = CalamineWorkbook.from_path(str(ruta)).get_sheet_by_index(0).to_python()
    assert [fila[3] for fila in de_calamine[1:]] == [fila[3] for fila in debidas]
    assert [str(fila[18] or "") for fila in de_calamine[1:]] == [
        "" if f[18] is None else str(float(f[18])) for f in debidas
    ]
    assert {fila[15] is None for fila in debidas} == {True, False}
    assert len({fila[20] for fila in debidas}) > 3


def test_otra_vez_sale_igual_y_de_lo_guardado(muchas, hacer, monkeypatch):
    """R-03: whole months are kept; the next file is the same, byte by byte, without reading a single request."""
    primera = hacer("a.xlsx")
    guardados = dict(Tramo.objects.values_list("parte", "huella"))
    assert len(guardados) >= 36
    monkeypatch.setattr("solicitudes.sabana._leer", lambda *a: pytest.fail("se leyó otra vez"))
    assert hacer("b.xlsx").read_bytes() == primera.read_bytes()
    assert dict(Tramo.objects.values_list("parte", "huella")) == guardados


def _anular(solicitud, auditora, jefa_sec):
    actions.anular(solicitud, por=jefa_sec, comentario="Duplicada.")


def _catalogo(solicitud, *_):
    solicitud.distribuidora.nombre_fantasia = "Otro Nombre"
    solicitud.distribuidora.save()


def _decretar(solicitud, *_):
    DiaDecretado.objects.create(pais="CL", fecha=timezone.localdate(solicitud.enviado) + timedelta(days=1), nombre="x")


@pytest.mark.parametrize(("cambio", "cuantos"), [(_anular, 1), (_catalogo, None), (_decretar, None)])
def test_un_cambio_en_un_periodo_cerrado_lo_reabre(muchas, hacer, auditora, jefa_sec, cambio, cuantos):
    """R-03: an annulment remakes its form's month and no other; what all rows depend on remakes all; it is exact."""
    hacer("a.xlsx")
    antes = dict(Tramo.objects.values_list("parte", "huella"))
    with sin_ambito():
        una = Solicitud.objects.filter(estado=Estado.RESPONDIDO).order_by("enviado").first()
        cambio(una, auditora, jefa_sec)
    ruta = hacer("b.xlsx")
    iguales(filas_de(ruta), esperadas())
    despues = dict(Tramo.objects.values_list("parte", "huella"))
    otros = [parte for parte, huella in despues.items() if antes[parte] != huella]
    assert otros == ([f"{timezone.localtime(una.enviado):%Y-%m} {una.formulario}"] if cuantos else list(antes))
    Tramo.objects.all().delete()
    assert hacer("c.xlsx").read_bytes() == ruta.read_bytes()


def test_lo_abierto_depende_de_hoy(hacer, rosa, distribuidora):
    """R-03: days of an open case grow with the calendar, and its month is made again; a closed month stays kept."""
    SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, enviado=AHORA - timedelta(days=40),
                     vence=AHORA - timedelta(days=9))  # fmt: skip
    SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, enviado=AHORA - timedelta(days=2),
                     estado=Estado.RESPONDIDO)  # fmt: skip
    antes = filas_de(hacer())
    cerrado, huella = Tramo.objects.order_by("parte").values_list("parte", "huella").last()
    with reloj.adelantar(days=1):
        despues = filas_de(hacer())
        iguales(despues, esperadas())
    assert [fila[16] for fila in despues] == [antes[0][16] + 1, None]
    assert Tramo.objects.get(parte=cerrado).huella == huella


def test_las_reglas_de_otros_documentos_no_cuentan(hacer, en_estado):
    """R-03: a term in hours of another kind of document neither remakes a month with an open case nor is read."""
    en_estado(Estado.ENVIADO)
    hacer("a.xlsx")
    huella = Tramo.objects.get().huella
    Regla.objects.create(
        materia="inoperatividad.opinion",
        cantidad=24,
        unidad="horas",
        vigente_desde=datetime(2020, 1, 1, tzinfo=UTC).date(),
    )
    with reloj.adelantar(minutes=5):
        hacer("b.xlsx")
    assert Tramo.objects.get().huella == huella


def test_un_tramo_cuyo_archivo_falta_se_hace_de_nuevo(hacer, en_estado):
    """R-03: kept parts are a convenience: lost or cut short on the disk, they are made again."""
    en_estado()
    primera = hacer("a.xlsx").read_bytes()
    tramo = Tramo.objects.get()
    Path(tramo.archivo.path).write_bytes(b"corto")
    assert hacer("b.xlsx").read_bytes() == primera
    Path(Tramo.objects.get().archivo.path).unlink()
    assert hacer("c.xlsx").read_bytes() == primera


def test_filtros(muchas, hacer):
    """R-03: by period, company, form and state; a part of a month is never kept."""
    todas = esperadas()
    empresa = todas[0][7]
    with sin_ambito():
        clave = str(Solicitud.objects.filter(distribuidora__nombre_fantasia=empresa).first().distribuidora_id)
    iguales(
        filas_de(hacer(empresa=clave, formulario="SC", estado="respondido")),
        [f for f in todas if f[7] == empresa and f[1] == "Solicitud de Conexión" and f[2] == "Respondido"],
    )
    desde, hasta = datetime(2026, 3, 10), datetime(2026, 5, 5)  # noqa: DTZ001
    entre = [f for f in todas if desde <= f[10] < hasta + timedelta(days=1)]
    assert not Tramo.objects.exists()
    iguales(filas_de(hacer(desde="2026-03-10", hasta="05-05-2026")), entre)
    assert list(Tramo.objects.values_list("parte", flat=True).order_by("pk")) == [
        "2026-04 MC",
        "2026-04 NC",
        "2026-04 SC",
        "2026-04 SI",
    ]
    assert filas_de(hacer(desde="2001-01-01", hasta="2001-02-01")) == []


def test_mas_filas_que_una_hoja(muchas, hacer, monkeypatch):
    """R-03: further sheets by period: a month is not torn unless it is larger than a sheet; nothing is lost."""
    monkeypatch.setattr(SabanaSolicitudes, "filas_por_hoja", 41)
    ruta = hacer()
    hojas = [[fila[0].value for fila in hoja.iter_rows(min_row=2)] for hoja in openpyxl.load_workbook(ruta)]
    assert all(set(una).isdisjoint(otra) for una, otra in pairwise(hojas))
    assert max(map(len, hojas)) <= 40
    iguales(filas_de(ruta), esperadas())
    monkeypatch.setattr(SabanaSolicitudes, "filas_por_hoja", 4)
    iguales(filas_de(hacer()), esperadas())


def test_texto_hostil_y_cambio_de_hora(hacer, rosa, distribuidora):
    """R-03, X-04: no cell is a formula, texts come out as they went in; hours around a change of clocks are right."""
    hostiles = ["=1+1", "@SUM(A1)", "+1", "-1", "a\tb", "a\\tb\\N\\.", "<b>&amp;</b>", "línea\notra", " x ", "\\"]
    for n, texto in enumerate(hostiles):
        momento = datetime(2026, 9, 6, 3, 30, tzinfo=UTC) + timedelta(minutes=10 * n)  # clocks go forward at 4:00 UTC
        SolicitudFactory(solicitante=rosa, distribuidora=distribuidora, numero_cliente=texto, enviado=momento)
    ruta = hacer()
    hoja = openpyxl.load_workbook(ruta).active
    assert [fila[5].value for fila in hoja.iter_rows(min_row=2)] == hostiles
    assert "f" not in {celda.data_type for fila in hoja.iter_rows() for celda in fila}
    iguales(filas_de(ruta), esperadas())


def test_csv(muchas, hacer, en_estado):
    """R-03: the same rows for a spreadsheet set to Spanish: mark, semicolons, decimal commas, no formulas."""
    en_estado(numero_cliente='=1+1;"x"', folio_numero=9999)
    datos = hacer("sabana.csv", formato="csv").read_bytes()
    assert datos.startswith(b"\xef\xbb\xbf")
    filas = list(csv.reader(StringIO(datos.decode("utf-8-sig"), newline=""), delimiter=";"))
    debidas = esperadas()
    assert filas[0] == [columna.titulo for columna in SabanaSolicitudes.columnas]
    assert [[*fila[:5], fila[10]] for fila in filas[1:]] == [
        [*("" if v is None else v for v in f[:5]), f"{f[10]:%d-%m-%Y %H:%M:%S}"] for f in debidas
    ]
    assert '\'=1+1;"x"' in {fila[5] for fila in filas}
    assert [fila[18] for fila in filas[1:]] == ["" if f[18] is None else str(int(f[18])) for f in debidas]


@pytest.mark.postgres
def test_todo_es_de_un_mismo_instante(muchas, auditora, tmp_path):
    """R-03: what is committed while the file is being made is not in it, and the next file has it."""
    debidas = esperadas()

    class AlgoPasa(Contando):
        def sumar(self, filas: int) -> None:
            if not self.filas:
                with sin_ambito():
                    Solicitud.objects.update(numero_cliente="otro", factibilidad="", revision=9)
            super().sumar(filas)

    with como(auditora):
        for nombre in ("a.xlsx", "b.xlsx"):
            SabanaSolicitudes().escribir(tmp_path / nombre, auditora, {}, AlgoPasa())
    iguales(filas_de(tmp_path / "a.xlsx"), debidas)
    assert {fila[5] for fila in filas_de(tmp_path / "b.xlsx")} == {"otro"}


def test_se_pide_se_hace_se_avisa_y_se_anota(entrar, jefa_sec, en_estado, mailoutbox):
    """R-03, R-08: asked from its page, made in the background, announced, downloaded, the download recorded."""
    en_estado()
    recontar()
    navegador = entrar(jefa_sec)
    pagina = navegador.get("/solicitudes/sabana/?estado=pendiente_respuesta")
    assert "1 solicitud" in pagina.content.decode()
    for formato, tipo in (("xlsx", "application/vnd.openxml"), ("csv", "text/csv")):
        navegador.post(f"/informes/pedir/sabana/?estado=pendiente_respuesta&formato={formato}")
        informe = Informe.todos().get(parametros__formato=formato)
        assert (informe.estado, informe.filas, informe.total) == (Informe.Estado.HECHO, 1, 1)
        assert informe.nombre.endswith(f".{formato}")
        bajada = navegador.get(f"/informes/{informe.pk}/descargar/")
        assert bajada["Content-Type"].startswith(tipo)
        assert b"".join(bajada.streaming_content) == Path(informe.archivo.path).read_bytes()
        evento = Evento.objects.get(hecho="informe_descargado", datos__informe=str(informe.pk))
        assert (evento.perfil, evento.datos["tipo"]) == (jefa_sec, "sabana")
    assert len(mailoutbox) == 2
    assert "sabana" in navegador.get("/solicitudes/sabana/").content.decode()


def test_cancelada_no_deja_nada(auditora, en_estado, monkeypatch, mailoutbox):
    """R-03, X-04: cancelled while it is made, it stops; no file, no notice, no half segment."""
    monkeypatch.setattr(informes, "CADA", -1)
    en_estado()
    en_estado(enviado=AHORA - timedelta(days=70))
    recordar = Memoria.__missing__

    def cancelar(memoria, clave):
        informes.cancelar(Informe.todos().get(), por=auditora)
        return recordar(memoria, clave)

    monkeypatch.setattr(Memoria, "__missing__", cancelar)
    informes.pedir("sabana", {}, por=auditora)
    assert Informe.todos().get().estado == Informe.Estado.CANCELADO
    assert not Tramo.objects.exists()
    assert list(informes.taller().iterdir()) == []
    assert mailoutbox == []


@pytest.mark.parametrize("quien", ["rosa", "marcos", "admin_dx", "agente"])
def test_solo_la_sec(request, entrar, quien):
    """R-03, A-11: nobody else sees the page, asks for the file, or gets one by a request left over."""
    navegador = entrar(request.getfixturevalue(quien))
    assert navegador.get("/solicitudes/sabana/").status_code == 403
    assert navegador.post("/informes/pedir/sabana/").status_code == 403
    assert "Sábana" not in navegador.get("/perfil/").content.decode()


def test_consultas_no_crecen_con_las_filas(en_estado, entrar, jefa_sec):
    """R-03: the page asks as often for many as for one."""
    en_estado()
    navegador = entrar(jefa_sec)
    navegador.get("/solicitudes/sabana/")

    def cuantas() -> int:
        with CaptureQueriesContext(connection) as consultas:
            navegador.get("/solicitudes/sabana/")
        return len(consultas)

    una = cuantas()
    for _ in range(5):
        en_estado()
    assert cuantas() == una
