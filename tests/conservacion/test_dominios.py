"""What each domain lets go of: who it was and what they wrote go, the facts that the procedure needs stay."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from gestiones import actions as gestiones
from gestiones.models import Gestion
from portal import reloj
from portal.conservacion.clases import BORRADO
from portal.conservacion.models import Pasada
from portal.cuentas.ambito import como
from portal.documentos.models import Caso
from reclamos.models import Estado, Orientacion, Reclamo, Recurso
from reclamos.seccion.models import Asunto
from tests.gestiones.ayuda import grabar, instante

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo", "detenido")]


def correr() -> dict[str, int]:
    """Apply the rules; what went, by kind."""
    call_command("conservacion")
    return {p.regla.clase: p.borradas for p in Pasada.objects.filter(dia=reloj.hoy()) if p.borradas}


@pytest.mark.parametrize("estado", [Estado.RESPONDIDO, Estado.POR_SILENCIO, Estado.RESUELTO])
def test_un_reclamo_terminado(conserva, reclamo_en, estado):
    """Q-10: five years after its last step nothing tells who complained, and the figures stand."""
    reclamo = reclamo_en(estado)
    conserva("reclamos.personas", activa=True)
    with reloj.adelantar(days=365):
        correr()
        assert Reclamo.objects.get(pk=reclamo.pk).nombre == reclamo.nombre
    with reloj.adelantar(days=1900):
        assert correr()["reclamos.personas"] == 1
    despues = Reclamo.objects.get(pk=reclamo.pk)
    assert (despues.nombre, despues.documento, despues.correo, despues.suministro) == (BORRADO, "", "", "")
    assert (despues.que_paso, despues.que_pide) == (BORRADO, BORRADO)
    assert set(Recurso.objects.values_list("motivo", flat=True)) <= {BORRADO}
    assert (despues.estado, despues.resultado, despues.ingreso) == (estado, reclamo.resultado, reclamo.ingreso)


@pytest.mark.parametrize("estado", [Estado.INGRESADO, Estado.EN_TRAMITE, Estado.POR_COMPLETAR, Estado.EN_APELACION])
def test_un_reclamo_abierto(conserva, reclamo_en, estado):
    """Q-10: under way or appealed, whatever its age, it is not touched."""
    reclamo = reclamo_en(estado)
    conserva("reclamos.personas", activa=True)
    with reloj.adelantar(days=4000):
        assert "reclamos.personas" not in correr()
    assert Reclamo.objects.get(pk=reclamo.pk).nombre == reclamo.nombre


def test_una_queja_abierta(conserva, reclamo_en):
    """Q-10: a complaint that ended by silence with a queja still open is not touched."""
    reclamo = reclamo_en(Estado.POR_SILENCIO)
    Recurso.objects.create(
        caso=Caso.objects.create(tipo="reclamos.recurso"),
        reclamo=reclamo,
        clase=Recurso.Clase.QUEJA,
        numero="Q1",
        motivo="Nadie respondió",
        presentado=reloj.ahora(),
    )
    conserva("reclamos.personas", activa=True)
    with reloj.adelantar(days=4000):
        assert "reclamos.personas" not in correr()


def test_las_orientaciones(conserva, unidad, agente):
    """Q-11: what was asked and answered goes; that somebody was advised stays."""
    orientacion = Orientacion.objects.create(
        distribuidora=unidad.distribuidora, unidad=unidad, por=agente, canal="mostrador", documento="123",
        consulta="¿Dónde pago?", respuesta="Aquí.", cuando=reloj.ahora() - timedelta(days=800),
    )  # fmt: skip
    conserva("reclamos.orientaciones", activa=True)
    assert correr()["reclamos.orientaciones"] == 1
    orientacion.refresh_from_db()
    assert (orientacion.documento, orientacion.consulta, orientacion.respuesta) == ("", BORRADO, BORRADO)
    with reloj.adelantar(days=1):
        assert "reclamos.orientaciones" not in correr()


def test_las_gestiones_de_un_mes_cerrado(conserva, nadia, ramon):
    """G-08: who was attended goes; the entry counts in its month. One that no closed month has stays."""
    cerrada, suelta = grabar(nadia, instante(9, 8), observacion="Vino con Rosa"), grabar(nadia, instante(10, 8))
    with reloj.detener(instante(13, 9)), como(ramon):
        gestiones.validar([cerrada.numero], por=ramon)
    with reloj.detener(instante(30, 14)), como(ramon):
        gestiones.cerrar(ramon.unidad, date(2026, 11, 1), por=ramon)
    conserva("gestiones.personas", activa=True)
    with reloj.adelantar(days=2000):
        assert correr()["gestiones.personas"] == 1
    despues = Gestion.objects.get(pk=cerrada.pk)
    assert (despues.documento, despues.titular, despues.observacion) == ("borrado", "", BORRADO)
    assert Gestion.objects.get(pk=suelta.pk).documento == "1730558"


@pytest.mark.parametrize(("estado", "borrados"), [("archivado", 1), ("en_analisis", 0)])
def test_los_asuntos_de_la_seccion(conserva, distribuidora, seguidora, estado, borrados):
    """Q-08: the person interested in a closed case goes; in an open one, not."""
    caso = Caso.objects.create(tipo="seccion.asunto", distribuidora=distribuidora)
    asunto = Asunto.objects.create(
        caso=caso, clase="archivo", estado=estado, distribuidora=distribuidora, anio=2026, correlativo=1,
        creado_por=seguidora, interesado="Rosa Soto", documento="123", correo="rosa@correo.example",
    )  # fmt: skip
    conserva("seccion.personas", activa=True)
    with reloj.adelantar(days=2000):
        assert correr().get("seccion.personas", 0) == borrados
    asunto.refresh_from_db()
    assert asunto.interesado == ("" if borrados else "Rosa Soto")
