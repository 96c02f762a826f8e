"""Made-up requests in bulk: coherent, repeatable, and refused where real ones are."""

from io import StringIO
from itertools import count
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Q

from pagos.models import Cobro, Comprobante
from portal.adjuntos.models import Adjunto
from portal.documentos.models import Caso, Contador
from portal.historial.models import Evento
from portal.plazos.actions import vencimiento
from solicitudes import conteo
from solicitudes.generador import Claves, Generador
from solicitudes.management.commands.generar_datos import _reparto
from solicitudes.models import Estado, Solicitud
from tests.aplicacion import ROL, como_la_aplicacion
from tests.factories import ComunaFactory, DistribuidoraFactory, PerfilFactory

CUANTAS = 400


def generar(**opciones) -> str:
    salida = StringIO()
    call_command("generar_datos", **{"solicitudes": CUANTAS, "semilla": 3, "stdout": salida, **opciones})
    return salida.getvalue()


@pytest.fixture
def lugares(todo, db, monkeypatch):
    """Two companies and a place; few applicants, which are slow to make."""
    monkeypatch.setattr("solicitudes.management.commands.generar_datos.SOLICITANTES", 5)
    ComunaFactory()
    return [DistribuidoraFactory(prefijo="AA"), DistribuidoraFactory(prefijo="B+")]


@pytest.mark.postgres
def test_a_quien_detiene_la_pared_inserta(lugares) -> None:
    """A-12: the owner of the tables, or whoever may move their sequences, makes them too; only COPY is not for them."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO {ROL}")
    with como_la_aplicacion():
        generar(solicitudes=20)
    assert Solicitud.objects.count() == Caso.objects.count() == 20


def test_son_coherentes(lugares, detenido):
    """S-14: states, dates, charges, proofs, files and history agree, as the actions would have left them."""
    generar()
    assert Solicitud.objects.count() == Caso.objects.count() == CUANTAS
    assert Contador.objects.get(serie="solicitudes.folio").ultimo == CUANTAS
    assert list(Solicitud.objects.order_by("enviado", "caso").values_list("folio_numero", flat=True)) == list(
        range(1, CUANTAS + 1)
    )
    assert not Solicitud.objects.exclude(caso__numero=F("folio"), caso__titular=F("solicitante")).exists()
    assert not Evento.objects.filter(cuando__gt=detenido).exists()
    assert Evento.objects.filter(hecho="enviada").count() == CUANTAS
    respondidas = Solicitud.objects.exclude(respondido=None)
    assert Adjunto.objects.filter(tipo="respuesta").count() == respondidas.count() > CUANTAS // 2
    assert not Solicitud.objects.filter(Q(liberado__lt=F("respondido")) | Q(respondido__lt=F("enviado"))).exists()
    for estado, cobro in {
        Estado.PENDIENTE_PAGO: Cobro.Estado.ABIERTO,
        Estado.PENDIENTE_VALIDACION: Cobro.Estado.EN_VALIDACION,
        Estado.PAGO_RECHAZADO: Cobro.Estado.RECHAZADO,
        Estado.PAGO_VALIDADO: Cobro.Estado.VALIDADO,
    }.items():
        casos = Solicitud.objects.filter(estado=estado).values("pk")
        assert set(Cobro.objects.filter(caso__in=casos).values_list("estado", flat=True)) <= {cobro}
    assert Comprobante.objects.filter(cobro__estado="validado", estado="validado").count() == (
        Cobro.objects.filter(estado="validado").count()
    )


def test_plazos_como_los_de_las_acciones(lugares, detenido):
    """X-01: terms are those that filing would have given."""
    call_command("cargar_datos", "--demostracion", stdout=StringIO())
    generar()
    con_plazo = Solicitud.objects.exclude(vence=None).select_related("distribuidora", "regla")
    assert con_plazo.count() > CUANTAS // 2
    for una in con_plazo[:25]:
        materia = f"solicitudes.{una.formulario}.respuesta"
        assert (una.vence, una.regla) == vencimiento(materia, distribuidora=una.distribuidora, desde=una.enviado)


def test_conteos(lugares, detenido):
    """S-02: the counts are those of the requests."""
    generar()
    contadas = sum(conteo.por_formulario_y_estado(None).values())
    assert contadas == CUANTAS
    assert conteo.Delta.objects.count() == 0
    empresa = lugares[0]
    assert sum(conteo.por_formulario_y_estado(empresa.pk).values()) == (
        Solicitud.objects.filter(distribuidora=empresa).count()
    )


def test_la_misma_semilla_da_las_mismas(lugares, detenido):
    """S-02: the same seed and moment give the same rows; another seed gives others."""
    reparto = _reparto(Random(1))

    def filas(semilla):
        claves = Claves(*(count(1) for _ in range(5)))
        (lote,) = Generador(reparto, claves, cuantas=60, semilla=semilla, ahora=detenido).lotes()
        return lote

    assert filas("a") == filas("a")
    assert filas("a") != filas("b")


def test_no_toca_datos_de_verdad(lugares, detenido, settings):
    """S-02: where there are requests, or in production, it refuses; with --forzar it adds, and the folios go on."""
    generar(solicitudes=5)
    with pytest.raises(CommandError, match="Ya hay solicitudes"):
        generar(solicitudes=5)
    assert Solicitud.objects.count() == 5
    generar(solicitudes=5, forzar=True)
    assert sorted(Solicitud.objects.values_list("folio_numero", flat=True)) == list(range(1, 11))
    settings.EN_PRODUCCION = True
    with pytest.raises(CommandError, match="producción"):
        generar(solicitudes=5)


@pytest.mark.parametrize("n", [0, -1, 10_000_001])
def test_cantidad_imposible(db, n):
    """S-02: a number that makes no sense is refused in words."""
    with pytest.raises(CommandError, match="--solicitudes"):
        generar(solicitudes=n)


def test_sin_empresas(todo, db):
    """S-02: without reference data it says what to do first."""
    PerfilFactory()
    with pytest.raises(CommandError, match="cargar_datos"):
        generar()
