"""The terms of the section's cases: by rule, or by the day that somebody says (X-01)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal import reloj
from portal.avisos.models import Aviso
from portal.plazos.models import Regla
from reclamos.seccion import recordatorios
from tests.seccion.puerta import andar, registrar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


@pytest.fixture
def regla() -> Regla:
    """Files are resolved in five business days in Chile."""
    return Regla.objects.create(materia="seccion.expediente", cantidad=5, vigente_desde=date(2020, 1, 1))


def test_la_regla_pone_el_dia(entrar, seguidora, regla, detenido):
    """X-01: the day after registering is the first; the case keeps its rule and its day when another rule comes."""
    navegador = entrar(seguidora)  # Wednesday 18 November 2026
    expediente = registrar(navegador, "expediente", vence="")
    assert (expediente.vence, expediente.regla) == (date(2026, 11, 25), regla)
    Regla.objects.create(materia="seccion.expediente", cantidad=9, vigente_desde=date(2026, 11, 1))
    assert registrar(navegador, "expediente", vence="").vence == date(2026, 12, 1)
    expediente.refresh_from_db()
    assert expediente.vence == date(2026, 11, 25)
    assert "5 días hábiles" in navegador.get(reverse("seccion:lista")).text


def test_el_dia_escrito_vale_mas(entrar, seguidora, regla, detenido):
    """X-01: a day that somebody wrote is not changed by the rule."""
    expediente = registrar(entrar(seguidora), "expediente", vence="2026-11-20")
    assert (expediente.vence, expediente.regla) == (date(2026, 11, 20), None)


def test_sin_regla_no_hay_dia(entrar, seguidora, detenido):
    """X-01: no rule, no invented term; a rule of another matter says nothing."""
    Regla.objects.create(materia="seccion.informe", cantidad=5, vigente_desde=date(2020, 1, 1))
    assert registrar(entrar(seguidora), "expediente", vence="").vence is None


def test_la_sec_ve_la_regla_con_sus_palabras(entrar, jefa_sec, regla):
    """R-07: the term is one more line of the list of rules, under the duty's own name."""
    assert "Resolver: Expediente" in entrar(jefa_sec).get(reverse("normativa:plazos")).text


def test_recordatorio_de_cada_manana(
    entrar, seguidora, otra_seguidora, seguidora_ajena, jefe_de_ot, miembro_comite, regla, detenido
):
    """X-01: to each who follows up, once a day: what is overdue, about to be, and waits for a second person."""
    navegador = entrar(seguidora)
    registrar(navegador, "expediente", vence="2026-11-17")
    registrar(navegador, "expediente", vence="2026-11-20")
    registrar(navegador, "expediente", vence="")
    andar(entrar, registrar(navegador, "modificacion"), ("proponer", seguidora))
    assert [recordatorios.recordar(), recordatorios.recordar()] == [2, 0]
    avisos = {a.para: a.texto for a in Aviso.todos().filter(plantilla="recordatorio_seccion")}
    assert set(avisos) == {seguidora.usuario.email, otra_seguidora.usuario.email}
    for texto in avisos.values():
        assert "Vencidos: 1" in texto
        assert "Vencen en 2 días hábiles: 1" in texto
    assert "Por aprobar por ti: 1" in avisos[otra_seguidora.usuario.email]
    assert "Por aprobar" not in avisos[seguidora.usuario.email]
    with reloj.adelantar(days=4):  # Sunday
        assert recordatorios.recordar() == 0
    with reloj.adelantar(days=5):
        assert recordatorios.recordar() == 2


def test_sin_nada_que_decir_no_se_escribe(entrar, seguidora, detenido):
    """X-01: no message without a figure."""
    registrar(entrar(seguidora), "expediente", vence=(reloj.hoy() + timedelta(days=60)).isoformat())
    assert recordatorios.recordar() == 0
