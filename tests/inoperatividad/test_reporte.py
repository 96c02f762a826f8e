"""**Reporte de Eventos de Inoperatividad de los Sistemas de Atención** (I-10)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from inoperatividad.actions import reporte as actions
from inoperatividad.formato_oficial import FORMATO, filas_de
from inoperatividad.models import Estado, EstadoReporte, Registro
from portal import reloj
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como
from portal.cuentas.models import Asignacion
from portal.documentos.models import TransicionInvalida
from portal.informes.registro import reporte as informe

pytestmark = pytest.mark.django_db


def test_only_what_is_to_be_reported_can_be_chosen(entrar, mesa):
    """I-10: error and test are left out, so is what was judged not to be reported."""
    si = mesa.evaluado()
    mesa.evaluado(reportar=False, tipo_tramite="altas")
    mesa.descartado(tipo_tramite="bajas")
    navegador = entrar(mesa.gente["control"])
    form = navegador.get("/inoperatividad/reportes/nuevo/").context["form"]
    assert [r.pk for r in form.fields["registros"].queryset] == [si.pk]
    otro = Registro._base_manager.exclude(pk=si.pk)[0]
    datos = {"registros": [si.pk, otro.pk]}
    assert "Elige registros de la lista" in navegador.post("/inoperatividad/reportes/nuevo/", datos).content.decode()
    assert navegador.post("/inoperatividad/reportes/nuevo/", {"registros": [si.pk]}).status_code == 302
    assert mesa.de_nuevo(si).reporte.numero == 1


def test_manager_and_director_approve_and_it_is_frozen(entrar, mesa, detenido):
    """I-10: both are recorded; once sent, what it says does not follow its records any more."""
    uno = mesa.evaluado()
    reporte = mesa.propuesto([uno])
    assert reporte.vence == uno.vence
    assert {a.para for a in Aviso.todos().filter(plantilla="inoperatividad_reporte_por_aprobar")} == {
        "gerente@operadora.example", "directora@operadora.example",
    }  # fmt: skip
    ruta = reporte.get_absolute_url()
    entrar(mesa.gente["gerente"]).post(f"{ruta}aprobar/")
    assert mesa.de_nuevo(reporte).estado == EstadoReporte.EN_APROBACION
    entrar(mesa.gente["directora"]).post(f"{ruta}aprobar/")
    reporte = mesa.de_nuevo(reporte)
    assert (reporte.estado, reporte.gerencia_por, reporte.direccion_por) == (
        EstadoReporte.APROBADO, mesa.gente["gerente"], mesa.gente["directora"],
    )  # fmt: skip
    assert mesa.de_nuevo(uno).estado == Estado.APROBADO
    entrar(mesa.gente["control"]).post(f"{ruta}enviar/")
    assert mesa.de_nuevo(uno).estado == Estado.REPORTADO
    enviado = mesa.de_nuevo(reporte).filas
    Registro._base_manager.filter(pk=uno.pk).update(origen="Otra cosa")
    with como(mesa.gente["control"]):
        assert filas_de(reporte) != enviado
        filas = list(informe("inoperatividad_reporte").filas(mesa.gente["control"], {"numero": "1"}))
    titulos = [c.columna.titulo for c in FORMATO]
    fila = dict(zip(titulos, filas[0], strict=True))
    assert (fila["Correlativo"], fila["Detalle del cierre"], fila["Tiempo afectado (min)"]) == (1, "Disco lleno.", 90)
    assert (fila["Inicio"], fila["Canal"]) == (uno.inicio, "presencial")
    for nombre in ("control", "gerente"):
        verbo = {"control": actions.enviar, "gerente": lambda r, por: actions.observar(r, por=por, motivo="No.")}[
            nombre
        ]
        with pytest.raises(TransicionInvalida):
            mesa.como(nombre, lambda por, v=verbo: v(reporte, por=por))


def test_nobody_approves_as_both(mesa):
    """I-10: who is manager and deputy of the director approves once; the other approval is another person's."""
    reporte = mesa.propuesto()
    gerente = mesa.gente["gerente"]
    de_la_directora = mesa.gente["directora"].asignaciones.get()
    Asignacion.objects.create(perfil=gerente, grupo=de_la_directora.grupo, suplente_de=mesa.gente["directora"])
    gerente = mesa.gente["gerente"] = type(gerente).objects.get(pk=gerente.pk)
    mesa.como("gerente", lambda por: actions.aprobar(reporte, por=por))
    with pytest.raises(ValidationError, match="la otra aprobación es de otra persona"):
        mesa.como("gerente", lambda por: actions.aprobar(reporte, por=por))
    with pytest.raises(IntegrityError), transaction.atomic():
        type(reporte)._base_manager.update(direccion_por=gerente, direccion=reporte.creado)
    with pytest.raises(PermissionDenied):
        mesa.como("control", lambda por: actions.aprobar(reporte, por=por))


def test_observed_it_goes_back(entrar, mesa):
    """I-10: with its reason; approvals are void, records can be judged again, the selection changed."""
    uno = mesa.evaluado()
    reporte = mesa.hasta_aprobado([uno])
    ruta = reporte.get_absolute_url()
    entrar(mesa.gente["gerente"]).post(f"{ruta}observar/", {"texto": "Falta un punto."})
    reporte = mesa.de_nuevo(reporte)
    assert (reporte.estado, reporte.gerencia, reporte.direccion) == (EstadoReporte.BORRADOR, None, None)
    assert mesa.de_nuevo(uno).estado == Estado.EVALUADO
    assert "Falta un punto." in Aviso.todos().get(plantilla="inoperatividad_reporte_observado").texto
    otro = mesa.evaluado(tipo_tramite="altas")
    entrar(mesa.gente["control"]).post(f"{ruta}cambiar/", {"registros": [otro.pk]})
    assert [mesa.de_nuevo(r).reporte_id for r in (uno, otro)] == [None, reporte.pk]


def test_late_is_said(entrar, mesa, detenido):
    """I-10: the clock of three business days, on the first page of who consolidates."""
    mesa.evaluado()
    with reloj.adelantar(days=9):
        pagina = entrar(mesa.gente["control"]).get("/").content.decode()
    assert "de atraso: venció el lunes 23 de noviembre" in pagina
