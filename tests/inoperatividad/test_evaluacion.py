"""The evaluation: its figures, its owners, its clock (I-09)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from inoperatividad.actions.tipificacion import importar
from inoperatividad.cifras import comparaciones, dias_de_comparacion
from inoperatividad.hojas import Fila
from inoperatividad.models import Estado
from inoperatividad.recordatorios import recordar
from portal import puertos, reloj
from portal.avisos.models import Aviso
from portal.cuentas.ambito import sin_ambito

pytestmark = pytest.mark.django_db
DIA = date(2026, 11, 18)


def _cargar(mesa, *filas):
    listas = [Fila(mesa.punto, tramite, dia, hora, n) for tramite, dia, hora, n in filas]
    mesa.como("control", lambda por: importar(listas, por=por, nombre="t.csv", datos=b"t"))


def _valores(mesa, uno):
    with sin_ambito():
        return {c.codigo: [cifra.texto for cifra in c.cifras] for c in comparaciones(uno)}


def test_the_days_compared_with():
    """I-09: the day before, and the same weekday of the four weeks before."""
    dias = [d for d, _ in dias_de_comparacion(DIA)]
    assert dias == [DIA, date(2026, 11, 17), *(DIA - timedelta(weeks=n) for n in (1, 2, 3, 4))]
    assert {d.weekday() for d in dias[2:]} == {DIA.weekday()}


def test_missing_data_is_said_and_never_zero(mesa, detenido):
    """I-09: 08:00 to 09:30 touches two hours; one of them missing is «sin datos», a zero that came is a zero."""
    uno = mesa.cerrado()
    semana = DIA - timedelta(weeks=1)
    _cargar(
        mesa,
        ("reclamos", DIA, 8, 3), ("reclamos", DIA, 9, 4), ("reclamos", DIA, 10, 90),
        ("reclamos", DIA - timedelta(days=1), 8, 5),
        ("reclamos", semana, 8, 0), ("reclamos", semana, 9, 0),
        ("ldr", DIA, 20, 2),
    )  # fmt: skip
    assert _valores(mesa, uno) == {
        "tipificaciones": ["7", "sin datos", "0", *["sin datos"] * 3],
        "reclamos": ["97", "5", "0", *["sin datos"] * 3],
        "ldr": ["2", *["sin datos"] * 5],
    }


def test_the_portals_own_complaints_count(mesa, monkeypatch, detenido):
    """I-09, I-11: through the port, where a domain fills it; None there falls back on what was imported."""
    uno = mesa.cerrado()
    _cargar(mesa, ("reclamos", DIA - timedelta(days=1), 8, 5))
    monkeypatch.setattr(puertos, "_contar_reclamos", [])
    puertos.registrar_conteo_de_reclamos(lambda empresa, dia: 11 if dia == DIA else None)
    assert _valores(mesa, uno)["reclamos"][:3] == ["11", "5", "sin datos"]


def test_the_page_shows_each_criterion_with_its_owner(entrar, mesa, detenido):
    """I-09: chart and table; the form asks for a count only where the portal has none."""
    mesa.vigente()
    uno = mesa.en_evaluacion()
    _cargar(mesa, ("reclamos", DIA, 8, 3), ("reclamos", DIA, 9, 4))
    respuesta = entrar(mesa.gente["control"]).get(f"/inoperatividad/registros/{uno.correlativo}/evaluacion/")
    pagina = respuesta.content.decode()
    for dicho in (
        "Dentro de Horario de falla masiva",
        "1 h 30 min, mayor a 1 hora",
        "sin datos",
        "Procesos",
        "C&amp;I",
    ):
        assert dicho in pagina
    assert list(respuesta.context["form"].fields) == ["ldr", "reportar", "razon"]


def test_mejora_answers_within_24_hours(entrar, mesa, detenido):
    """I-09: asked by mail with its hour; reminded when little is left; its answer goes to who asked."""
    uno = mesa.consultado()
    assert uno.evaluacion.opinion_vence == detenido + timedelta(hours=24)
    assert Aviso.todos().get(plantilla="inoperatividad_consulta").para == "mejora@operadora.example"
    navegador = entrar(mesa.gente["mejora"])
    assert "Quedan 24 horas" in navegador.get("/").content.decode()
    with reloj.adelantar(hours=20):
        assert recordar() == recordar() == 1
    assert Aviso.todos().get(plantilla="inoperatividad_recordatorio").para == "mejora@operadora.example"
    datos = {"horario": "fuera", "menciones": "", "procede": "no", "opinion": "Está fuera."}
    ruta = f"/inoperatividad/registros/{uno.correlativo}/opinar/"
    assert navegador.post(ruta, datos).status_code == 302
    evaluacion = mesa.de_nuevo(uno).evaluacion
    assert (evaluacion.procede, evaluacion.horario, evaluacion.menciones) == (False, "fuera", None)
    assert Aviso.todos().get(plantilla="inoperatividad_opinion").para == "control@operadora.example"


def test_the_verdict_keeps_its_figures(entrar, mesa, detenido):
    """I-09: with its reason; what is imported afterwards changes nothing of it."""
    uno = mesa.en_evaluacion()
    ruta = f"/inoperatividad/registros/{uno.correlativo}/evaluacion/"
    navegador = entrar(mesa.gente["control"])
    assert "Da la razón del veredicto" in navegador.post(ruta, {"reportar": "si"}).content.decode()
    assert navegador.post(ruta, {"reportar": "si", "razon": "Más de una hora.", "ldr": "4"}).status_code == 302
    uno = mesa.de_nuevo(uno)
    assert (uno.estado, uno.evaluacion.reportar, uno.evaluacion.ldr) == (Estado.EVALUADO, True, 4)
    _cargar(mesa, ("reclamos", DIA, 8, 33), ("reclamos", DIA, 9, 44))
    respuesta = navegador.get(ruta)
    assert respuesta.context["cifras"][0].cifras[0].texto == "sin datos"
    assert "Se debe reportar" in respuesta.content.decode()


def test_no_verdict_without_reason(mesa):
    """I-09: the database itself wants it."""
    uno = mesa.evaluado()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(uno.evaluacion)._base_manager.update(razon="")
