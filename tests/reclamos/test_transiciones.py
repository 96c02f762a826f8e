"""The table of states: every event in every state, and who may cause it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from portal import reloj
from portal.documentos.models import TransicionInvalida
from reclamos.actions import presentacion, recursos, tramite
from reclamos.models import Estado, Reclamo, Recurso, Resultado, Suceso
from reclamos.models.recurso import Decision, EstadoRecurso

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo")]
TARDE = {"days": 90}
HACER = {
    Suceso.CODIFICAR: lambda r, q: presentacion.codificar(r, por=q["marcos"]),
    Suceso.PEDIR_COMPLETAR: lambda r, q: tramite.pedir_completar(r, por=q["marcos"], que_falta="La foto."),
    Suceso.COMPLETAR: lambda r, q: tramite.completar(r, por=q["rosa"], texto="Aquí va."),
    Suceso.RESPONDER: lambda r, q: tramite.responder(
        r, por=q["marcos"], resultado=Resultado.PARCIAL, resolucion=q["archivo"](q["marcos"])
    ),
    Suceso.APELAR: lambda r, q: recursos.apelar(r, por=q["rosa"], motivo="No revisaron."),
    Suceso.QUEJARSE: lambda r, q: recursos.quejarse(r, por=q["rosa"], motivo="No responden."),
}
EN_OTRO_MOMENTO = {Suceso.QUEJARSE: TARDE}


@pytest.fixture
def quienes(rosa, marcos, segunda, guardado):
    return {"rosa": rosa, "marcos": marcos, "segunda": segunda, "archivo": guardado}


@pytest.mark.parametrize("suceso", HACER)
@pytest.mark.parametrize("estado", Estado)
def test_each_event_in_each_state(estado, suceso, reclamo_en, quienes, rosa, detenido):
    """Q-04: what the table allows happens and leads where it says; anything else is a sentence and changes nothing."""
    reclamo = reclamo_en(estado, por=rosa)
    hasta = Reclamo.TRANSICIONES.get((estado, suceso))
    with reloj.adelantar(**EN_OTRO_MOMENTO.get(suceso, {"minutes": 5})):
        if hasta is None:
            eventos = reclamo.caso.eventos.count()
            with pytest.raises(TransicionInvalida):
                HACER[suceso](reclamo, quienes)
            assert reclamo.caso.eventos.count() == eventos
        else:
            HACER[suceso](reclamo, quienes)
    assert Reclamo.objects.get(pk=reclamo.pk).estado == (hasta or estado)


@pytest.mark.parametrize("estado", Estado)
def test_silence_in_each_state(estado, reclamo_en, rosa, detenido):
    """Q-04: silence upholds only what the company left unanswered, and only once."""
    from reclamos.models import AjusteReclamos

    reclamo = reclamo_en(estado, por=rosa)
    AjusteReclamos.objects.update_or_create(distribuidora=reclamo.distribuidora, defaults={"silencio": True})
    with reloj.adelantar(**TARDE):
        hubo = [tramite.callar(reclamo), tramite.callar(reclamo)]
    llega = (estado, Suceso.CALLAR) in Reclamo.TRANSICIONES
    assert hubo == [llega, False]
    assert Reclamo.objects.get(pk=reclamo.pk).estado == (Estado.POR_SILENCIO if llega else estado)


def test_an_incomplete_complaint_is_only_inadmissible_and_only_late(reclamo_en, marcos, rosa, guardado, detenido):
    """Q-04: three days to complete it; then, and not before, the company may close it as inadmissible."""
    reclamo = reclamo_en(Estado.POR_COMPLETAR, por=rosa)
    for resultado, dias in ((Resultado.INADMISIBLE, 1), (Resultado.INFUNDADO, 10)):
        with reloj.adelantar(days=dias), pytest.raises(TransicionInvalida):
            tramite.responder(reclamo, por=marcos, resultado=resultado, resolucion=guardado(marcos))
    with reloj.adelantar(days=10):
        with pytest.raises(TransicionInvalida, match="ya pasó"):
            tramite.completar(reclamo, por=rosa, texto="Tarde.")
        tramite.responder(reclamo, por=marcos, resultado=Resultado.INADMISIBLE, resolucion=guardado(marcos))
    assert Reclamo.objects.get(pk=reclamo.pk).estado == Estado.RESPONDIDO


@pytest.mark.parametrize("clase", Recurso.Clase)
def test_an_appeal_and_a_queja_go_up_and_are_decided(clase, reclamo_en, rosa, marcos, segunda, guardado, detenido):
    """Q-04: filed, forwarded, decided, in this order; only an appeal ends the complaint."""
    apela = clase == Recurso.Clase.APELACION
    reclamo = reclamo_en(Estado.RESPONDIDO if apela else Estado.EN_TRAMITE, por=rosa)
    with reloj.adelantar(days=2 if apela else 40):
        recurso = (recursos.apelar if apela else recursos.quejarse)(
            reclamo, por=rosa, motivo="No.", archivo=guardado(rosa)
        )
        with pytest.raises(TransicionInvalida):
            recursos.decidir(recurso, por=segunda, decision=Decision.FUNDADO, resolucion=guardado(segunda))
        for quien in (rosa, segunda):
            with pytest.raises(PermissionDenied):
                recursos.elevar(recurso, por=quien)
        recursos.elevar(recurso, por=marcos, comentario="Va el informe.", informe=guardado(marcos))
        with pytest.raises(TransicionInvalida):
            recursos.elevar(recurso, por=marcos)
        with pytest.raises(PermissionDenied):
            recursos.decidir(recurso, por=marcos, decision=Decision.FUNDADO, resolucion=guardado(marcos))
        recursos.decidir(recurso, por=segunda, decision=Decision.FUNDADO, resolucion=guardado(segunda))
        with pytest.raises(TransicionInvalida):
            recursos.decidir(recurso, por=segunda, decision=Decision.INFUNDADO, resolucion=guardado(segunda))
    recurso = Recurso.objects.get(pk=recurso.pk)
    assert (recurso.estado, recurso.decision) == (EstadoRecurso.DECIDIDO, Decision.FUNDADO)
    assert Reclamo.objects.get(pk=reclamo.pk).estado == (Estado.RESUELTO if apela else Estado.EN_TRAMITE)
    assert sorted(recurso.caso.adjuntos.values_list("tipo", flat=True)) == ["decision", "informe", "recurso"]


@pytest.mark.parametrize("actor", ["pedro", "valentina", "otra_dx", "auditora", "agente", None])
def test_outsiders_do_nothing(actor, reclamo_en, rosa, guardado, request, detenido):
    """Q-04, A-11: neither another person, nor another company, nor another function, nor somebody unknown."""
    quien = request.getfixturevalue(actor) if actor else None
    casos = {
        Estado.INGRESADO: lambda r: presentacion.codificar(r, por=quien),
        Estado.EN_TRAMITE: lambda r: tramite.responder(
            r, por=quien, resultado=Resultado.FUNDADO, resolucion=guardado(quien)
        ),
        Estado.RESPONDIDO: lambda r: recursos.apelar(r, por=quien, motivo="No."),
    }
    for estado, hacer in casos.items():
        reclamo = reclamo_en(estado, por=rosa)
        with pytest.raises(PermissionDenied):
            hacer(reclamo)


def test_the_appeal_has_a_last_day_and_a_fundado_none(reclamo_en, rosa, marcos, guardado, detenido):
    """Q-04: fifteen business days from the day after the answer; who was upheld has nothing to appeal."""
    reclamo = reclamo_en(Estado.RESPONDIDO, por=rosa)
    # 18-11-2026 is a Wednesday; 8 December is a holiday in Chile.
    assert reclamo.apelar_hasta.astimezone(ZoneInfo("America/Santiago")).date() == date(2026, 12, 10)
    with reloj.adelantar(days=30), pytest.raises(TransicionInvalida, match="terminó el"):
        recursos.apelar(reclamo, por=rosa, motivo="Tarde.")
    otro = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    tramite.responder(otro, por=marcos, resultado=Resultado.FUNDADO, resolucion=guardado(marcos))
    with pytest.raises(TransicionInvalida, match="fundado"):
        recursos.apelar(otro, por=rosa, motivo="Igual.")


def test_a_queja_waits_for_its_day_and_is_one_at_a_time(reclamo_en, rosa, detenido):
    """Q-04: not before the day that is shown; a second one only after the first was decided."""
    reclamo = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    with pytest.raises(TransicionInvalida, match="desde el"):
        recursos.quejarse(reclamo, por=rosa, motivo="Ya.")
    with reloj.detener(reclamo.queja_desde):
        recursos.quejarse(reclamo, por=rosa, motivo="No responden.")
        with pytest.raises(TransicionInvalida, match="en trámite"):
            recursos.quejarse(reclamo, por=rosa, motivo="Otra vez.")
