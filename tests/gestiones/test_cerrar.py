"""The month that is signed off, and its Planilla."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q
from openpyxl import load_workbook

from gestiones import actions
from gestiones.models import Cierre, Gestion, Renglon
from gestiones.planilla import TITULO
from portal import reloj
from portal.cuentas.ambito import como
from portal.informes.actions import pedir
from portal.informes.models import Informe
from tests.gestiones.ayuda import ahora, grabar, instante

OCTUBRE, NOVIEMBRE = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def mes(nadia, teresa, ramon) -> list[Gestion]:
    """Six of November, one out of hours; five validated, one observed."""
    hechas = [
        grabar(nadia, instante(9, 8)),
        grabar(nadia, instante(9, 18), tipo=2, preferencial="embarazada", observacion="=1+1"),
        grabar(nadia, instante(10, 9), tipo=4, clase="expediente", referencia="4417/2026"),
        grabar(teresa, instante(10, 9), tipo=1, referencia="9900031", tension="MT"),
        grabar(teresa, instante(11, 9)),
        grabar(teresa, instante(12, 9)),
    ]
    with reloj.detener(instante(13, 9)), como(ramon):
        actions.validar([g.numero for g in hechas[:5]], por=ramon)
        actions.observar([hechas[5].numero], por=ramon, motivo="Falta aclarar")
    return hechas


def cerrar(por, mes: date = NOVIEMBRE, cuando=None) -> Cierre:
    with reloj.detener(cuando or instante(30, 14)), como(por):
        return actions.cerrar(por.unidad, mes, por=por)


def libro_de(cierre: Cierre, por, trabajando):
    with como(por):
        with trabajando(execute=True):
            informe = pedir("planilla", {"cierre": str(cierre.pk)}, por=por)
        with Informe.objects.get(pk=informe.pk).archivo.open() as archivo:
            return load_workbook(io.BytesIO(archivo.read()))


def test_only_validated_ones_enter_and_the_figures_are_those_of_sql(
    mes, ramon, django_capture_on_commit_callbacks, atencion
):
    """G-08: officers × types, ordinary and extraordinary, in the workbook as in the database; the detail beside it."""
    cierre = cerrar(ramon)
    libro = libro_de(cierre, ramon, django_capture_on_commit_callbacks)
    hoja = libro["Planilla"]
    assert (hoja["A1"].value, hoja["A2"].value) == ("Luz Guaraní", TITULO)
    assert [hoja.cell(f, 3).value for f in (3, 4, 5)] == [atencion.nombre, "noviembre de 2026", ramon.nombre]
    filas = [[hoja.cell(f, c).value for c in range(2, 16)] for f in (9, 10, 11)]
    esperadas = []
    for nombre, agente in (
        ("Nadia Benítez Ortiz", mes[0].agente),
        ("Teresa Rolón Vera", mes[3].agente),
        ("Totales", 0),
    ):
        validadas = Gestion._base_manager.filter(estado="validada", **({"agente": agente} if agente else {}))
        pares = [
            validadas.filter(tipo=tipo).aggregate(
                o=Count("pk", Q(extraordinaria=False)), e=Count("pk", Q(extraordinaria=True))
            )
            for tipo in range(1, 6)
        ]
        sumas = [sum(p["o"] for p in pares), sum(p["e"] for p in pares)]
        esperadas.append([nombre, *(n for p in pares for n in (p["o"], p["e"])), *sumas, sum(sumas)])
    assert filas == esperadas
    assert filas[2][-1] == 5
    detalle = list(libro["Detalle"].iter_rows(min_row=2, values_only=True))
    assert [fila[0] for fila in detalle] == [g.numero for g in mes[:5]]
    assert detalle[1][7] == "Extraordinario"
    assert libro["Detalle"].cell(3, 11).value == "=1+1"
    assert libro["Detalle"].cell(3, 11).data_type == "s"


def test_after_closing_nothing_changes_it(mes, nadia, ramon):
    """G-08: what is validated later goes to the next month, as late; the signed lines stay."""
    cierre = cerrar(ramon)
    antes = list(Renglon.objects.filter(cierre=cierre).values_list())
    with reloj.detener(instante(1, 9, mes=12)):
        with como(mes[5].agente):
            datos = actions.Datos(**{c: getattr(mes[5], c) for c in actions.Datos.__dataclass_fields__})
            actions.corregir(mes[5], datos, por=mes[5].agente)
        with como(ramon):
            actions.validar([mes[5].numero], por=ramon)
    grabar(nadia, instante(30, 14, 59))
    assert list(Renglon.objects.filter(cierre=cierre).values_list()) == antes
    assert ahora(mes[5]).cierre is None
    siguiente = cerrar(ramon, date(2026, 12, 1), instante(31, 14, mes=12))
    assert ahora(mes[5]).cierre == siguiente
    assert list(siguiente.renglones.values_list("funcionario", "tipo", "ordinarias", "rezagadas")) == [
        ("Teresa Rolón Vera", 5, 1, 1)
    ]


def test_a_name_that_changes_does_not_change_the_sheet(mes, nadia, ramon, django_capture_on_commit_callbacks):
    """G-08: it says what was signed."""
    cierre = cerrar(ramon)
    nadia.usuario.apellidos = "Otra"
    nadia.usuario.save()
    libro = libro_de(cierre, ramon, django_capture_on_commit_callbacks)
    assert libro["Planilla"].cell(9, 2).value == "Nadia Benítez Ortiz"
    assert libro["Detalle"].cell(2, 3).value == "Nadia Benítez Ortiz"


def test_a_month_is_closed_once_and_in_order(mes, ramon):
    """G-08: not twice, not one before it, not one that has not begun."""
    cerrar(ramon)
    for otro in (NOVIEMBRE, OCTUBRE):
        with pytest.raises(ValidationError, match="11-2026 ya está cerrado"):
            cerrar(ramon, otro)
    with pytest.raises(ValidationError, match="todavía no empieza"):
        cerrar(ramon, date(2026, 12, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Cierre._base_manager.create(unidad=ramon.unidad, mes=NOVIEMBRE, jefe=ramon)


def test_the_database_keeps_what_is_closed(mes, ramon):
    """G-08: a closed entry is validated; a month begins on the first; late ones are part of the sum."""
    cierre = cerrar(ramon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gestion._base_manager.filter(cierre=cierre).update(estado="grabada")
    with pytest.raises(IntegrityError), transaction.atomic():
        Cierre._base_manager.filter(pk=cierre.pk).update(mes=date(2026, 11, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Renglon.objects.filter(cierre=cierre).update(rezagadas=99)
    renglon = cierre.renglones.first()
    renglon.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        renglon.save(force_insert=True)


def test_by_page(mes, ramon, entrar):
    """G-08: the head sees the figures, reads what closing means, closes; then the sheet can be downloaded."""
    with reloj.detener(instante(30, 14)):
        navegador = entrar(ramon)
        ruta = f"/gestiones/planilla/{ramon.unidad_id}/2026-11/cerrar/"
        antes = navegador.get("/gestiones/planilla/").content.decode()
        assert "Quedan 1 sin validar" in antes
        assert ruta in antes
        pregunta = navegador.get(ruta).content.decode()
        assert "Firmas 5 gestiones validadas: 4 en horario ordinario y 1 en horas extraordinarias" in pregunta
        hecho = navegador.post(ruta, follow=True).content.decode()
        assert "mes cerrado el 30-11-2026, 14:00 por Ramón Giménez Duarte" in hecho
        assert "Descargar la Planilla" in hecho
        assert "ya está cerrado" in navegador.post(ruta).content.decode()


def test_who_may(mes, nadia, jefe_lejano, lucia, ramon, entrar):
    """G-08: officers and company-wide functions do not close; another unit's head finds no such unit."""
    ruta = f"/gestiones/planilla/{ramon.unidad_id}/2026-11/cerrar/"
    assert [entrar(p).post(ruta).status_code for p in (nadia, lucia, jefe_lejano)] == [403, 403, 404]
    assert entrar(nadia).get("/gestiones/planilla/").status_code == 403
    for perfil in (lucia, jefe_lejano):
        with como(perfil), pytest.raises(PermissionDenied):
            actions.cerrar(ramon.unidad, NOVIEMBRE, por=perfil)


def test_another_units_sheet_cannot_be_had(mes, ramon, jefe_lejano, django_capture_on_commit_callbacks):
    """A-12: asked for by its key, the work fails in words and there is no file."""
    cierre = cerrar(ramon)
    for clave in (str(cierre.pk), "0", "x", "9" * 30):
        with como(jefe_lejano):
            with django_capture_on_commit_callbacks(execute=True):
                informe = pedir("planilla", {"cierre": clave}, por=jefe_lejano)
            informe = Informe.objects.get(pk=informe.pk)
        assert (informe.estado, bool(informe.archivo)) == ("fallido", False)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_closed_by_two_at_once(mes, ramon):
    """G-08: one sign-off, each entry in it once."""

    def intentar(_: int) -> int:
        try:
            return cerrar(ramon).pk
        except ValidationError:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as hilos:
        assert len([pk for pk in hilos.map(intentar, range(6)) if pk]) == 1
    assert Gestion._base_manager.exclude(cierre=None).count() == 5
    assert sum(r.ordinarias + r.extraordinarias for r in Renglon.objects.all()) == 5
