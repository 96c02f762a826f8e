"""What the database itself refuses about complaints, and what only many at once show."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from portal.documentos.models import Caso
from reclamos.actions import presentacion, tramite
from reclamos.models import AjusteReclamos, Estado, Materia, Reclamo, Recurso, Resultado

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("estado", "cambios", "restriccion"),
    [
        (Estado.EN_TRAMITE, {"codigo": ""}, "reclamo_codigo_con_su_fecha"),
        (Estado.EN_TRAMITE, {"estado": "ingresado"}, "reclamo_ingresado_no_tiene_codigo"),
        (Estado.EN_TRAMITE, {"resultado": "fundado"}, "reclamo_cerrado_tiene_resultado"),
        (Estado.RESPONDIDO, {"resultado": ""}, "reclamo_cerrado_tiene_resultado"),
        (Estado.POR_SILENCIO, {"resultado": "infundado"}, "reclamo_por_silencio_es_fundado"),
        (Estado.EN_TRAMITE, {"atencion": "Una"}, "reclamo_atencion_o_sin_respuesta"),
        (Estado.EN_TRAMITE, {"monto": -1}, "reclamo_monto_positivo"),
        (Estado.EN_TRAMITE, {"canal": "telefono"}, "reclamo_de_mostrador_dice_quien"),
        (Estado.POR_COMPLETAR, {"completar_hasta": None}, "reclamo_por_completar_tiene_plazo"),
    ],
)
def test_complaints(estado, cambios, restriccion, reclamo_en, rosa, todo):
    """Q-04: each state has what it requires, whatever the code does."""
    reclamo = reclamo_en(estado, por=rosa)
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        Reclamo.objects.filter(pk=reclamo.pk).update(**cambios)


def test_one_code_in_a_company(reclamo_en, rosa, todo):
    """Q-02: the same code twice in a company is refused."""
    uno, dos = (reclamo_en(Estado.EN_TRAMITE, por=rosa) for _ in range(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reclamo.objects.filter(pk=dos.pk).update(codigo=uno.codigo)


@pytest.mark.parametrize(
    ("cambios", "restriccion"),
    [
        ({"estado": "elevado"}, "recurso_elevado_tiene_fecha"),
        ({"decision": "fundado"}, "recurso_decidido_tiene_decision"),
    ],
)
def test_appeals(cambios, restriccion, reclamo_en, rosa, todo):
    """Q-04: what goes up has its date, what is decided its decision."""
    recurso = reclamo_en(Estado.EN_APELACION, por=rosa).recursos.get()
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        Recurso.objects.filter(pk=recurso.pk).update(**cambios)


def test_one_appeal_and_one_open_queja(reclamo_en, rosa, todo):
    """Q-04: one appeal for each complaint, one queja at a time."""
    reclamo = reclamo_en(Estado.EN_APELACION, por=rosa)

    def otro(clase, numero):
        caso = Caso.objects.create(tipo="reclamos.recurso", distribuidora=reclamo.distribuidora)
        return Recurso.objects.create(
            caso=caso, reclamo=reclamo, clase=clase, numero=numero, motivo="No.", presentado=reloj.ahora()
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        otro("apelacion", "A9")
    otro("queja", "Q8")
    with pytest.raises(IntegrityError), transaction.atomic():
        otro("queja", "Q9")


@pytest.mark.parametrize(
    ("cambios", "restriccion"),
    [
        ({"reclamable": False}, "materia_no_reclamable_se_explica"),
        ({"umbral": 5}, "materia_con_umbral_pide_monto"),
        ({"codigo": "facturacion"}, "UNIQUE|materia_unica"),
    ],
)
def test_matters(cambios, restriccion, materias):
    """X-10: what is not complainable is explained; a threshold needs the amount; a code is one matter."""
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        Materia.objects.filter(codigo="suministro").update(**cambios)


def _a_la_vez(tareas):
    """Each in a thread of its own, all at once; what each gave or raised."""
    salida, barrera = [], threading.Barrier(len(tareas))

    def correr(tarea):
        barrera.wait()
        try:
            with sin_ambito():
                salida.append(tarea())
        except Exception as error:
            salida.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=[t]) for t in tareas]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return salida


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_codes_answers_and_silence_at_once(presentar, marcos, guardado, distribuidora):
    """Q-02, Q-04: ten codes at once have no gap; of an answer and silence at once one happens; of ten silences one."""
    reclamos = [presentar() for _ in range(10)]
    _a_la_vez([lambda r=r: presentacion.codificar(r, por=marcos) for r in reclamos])
    with sin_ambito():
        numeros = sorted(int(c[-6:]) for c in Reclamo.objects.values_list("codigo", flat=True))
        assert numeros == list(range(1, 11))
        AjusteReclamos.objects.create(distribuidora=distribuidora, silencio=True)
        Reclamo.objects.update(vence=reclamos[0].ingresado)
    uno = reclamos[0]
    hubo = _a_la_vez([lambda: tramite.callar(uno)] * 10)
    assert hubo.count(True) == 1
    archivo = guardado(marcos)
    dos = reclamos[1]

    def responder():
        tramite.responder(dos, por=marcos, resultado=Resultado.INFUNDADO, resolucion=archivo)
        return True

    assert _a_la_vez([responder, lambda: tramite.callar(dos)]).count(True) == 1
    with sin_ambito():
        assert dos.caso.eventos.filter(hecho__in=["reclamo_respondido", "reclamo_por_silencio"]).count() == 1
