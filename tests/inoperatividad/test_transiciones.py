"""The procedure's table, written again by hand here and tried cell by cell: event × state × role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from inoperatividad.actions import evaluacion, registro
from inoperatividad.models import Estado, Registro
from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from tests.inoperatividad.elenco import PERSONAS, Mesa

pytestmark = pytest.mark.django_db
A, C, E, V, P, R, D = "abierto", "cerrado", "en_evaluacion", "evaluado", "aprobado", "reportado", "descartado"

# event → who, and from which state to which (I-04 to I-10; the record is a masiva's)
ESPERADO: dict[str, tuple[set[str], dict[str, str]]] = {
    "anotar_critica": ({"responsable"}, {A: A, C: C}),
    "cerrar": ({"soporte"}, {A: C}),
    "cerrar_por_error": ({"responsable", "soporte"}, {A: D}),
    "evaluar": ({"control"}, {C: E}),
    "consultar": ({"control"}, {E: E}),
    "concluir": ({"control"}, {E: V}),
    "reabrir": ({"control"}, {V: E}),
}


def hacer(mesa: Mesa, suceso: str, uno: Registro, por: Perfil) -> Any:
    """Each event as its action, with what it needs."""
    ahora = reloj.ahora()
    acciones: dict[str, Callable[[], Any]] = {
        "anotar_critica": lambda: registro.anotar_critica(
            uno, por=por, tipo="queja", cliente="Ana", detalle="A mano.", atendida=uno.inicio
        ),
        "cerrar": lambda: registro.cerrar(uno, por=por, fin=ahora, motivo=mesa.motivo(), origen="Disco."),
        "cerrar_por_error": lambda: registro.cerrar_por_error(
            uno, por=por, fin=ahora, origen="Prueba.",
            sustento=mesa.guardado("responsable") if por == mesa.gente["responsable"] else None,
        ),
        "evaluar": lambda: evaluacion.evaluar(uno, por=por),
        "consultar": lambda: evaluacion.consultar(uno, por=por),
        "concluir": lambda: evaluacion.concluir(uno, por=por, reportar=True, razon="Sí."),
        "reabrir": lambda: evaluacion.reabrir(uno, por=por, motivo="Faltó algo."),
    }  # fmt: skip
    return acciones[suceso]()


def en_estado(mesa: Mesa, estado: str) -> Registro:
    """A masiva's record in that state, by the real actions."""
    return {
        A: mesa.registro, C: mesa.cerrado, E: mesa.en_evaluacion, V: mesa.evaluado, P: mesa.aprobado, R: mesa.reportado,
        D: mesa.descartado,
    }[estado]()  # fmt: skip


@pytest.mark.parametrize("estado", Estado.values)
def test_every_event_in_every_state_by_every_role(mesa, estado):
    """I-04, I-06, I-09: who may not gets a refusal, the wrong moment a sentence, and only the table's cells move."""
    uno = en_estado(mesa, estado)
    visto, esperado = {}, {}
    for suceso, (quienes, pasos) in ESPERADO.items():
        for nombre in PERSONAS:
            por = mesa.gente[nombre]
            esperado[suceso, nombre] = pasos.get(estado, "momento") if nombre in quienes else "nadie"
            punto = transaction.savepoint()
            with como(por):
                try:
                    hacer(mesa, suceso, uno, por)
                    visto[suceso, nombre] = mesa.de_nuevo(uno).estado
                except (PermissionDenied, Registro.DoesNotExist):
                    visto[suceso, nombre] = "nadie"
                except TransicionInvalida:
                    visto[suceso, nombre] = "momento"
            transaction.savepoint_rollback(punto)
    assert visto == esperado


def test_the_opinion_only_once_and_only_when_asked(mesa):
    """I-09: Mejora answers what it was asked, once; before its answer there is no verdict."""
    uno = mesa.en_evaluacion()

    def opinar(por: Perfil) -> Any:
        return evaluacion.opinar(uno, por=por, procede=True, horario="dentro", opinion="Sí.", menciones=None)

    with pytest.raises(TransicionInvalida, match="Nadie ha pedido"):
        mesa.como("mejora", opinar)
    mesa.como("control", lambda por: evaluacion.consultar(uno, por=por))
    with pytest.raises(PermissionDenied):
        mesa.como("control", opinar)
    with pytest.raises(ValidationError, match="todavía no responde"):
        mesa.como("control", lambda por: evaluacion.concluir(uno, por=por, reportar=True, razon="Sí."))
    mesa.como("mejora", opinar)
    with pytest.raises(TransicionInvalida, match="Ya se opinó"):
        mesa.como("mejora", opinar)
    mesa.como("control", lambda por: evaluacion.concluir(uno, por=por, reportar=False, razon="No."))
    assert mesa.de_nuevo(uno).estado == Estado.EVALUADO


def test_what_is_in_a_report_is_not_judged_again(mesa):
    """I-10: a verdict is not taken back while its record is in a report."""
    uno = mesa.evaluado()
    mesa.borrador([uno])
    with pytest.raises(TransicionInvalida, match="está en un reporte"):
        mesa.como("control", lambda por: evaluacion.reabrir(uno, por=por, motivo="Ups."))
