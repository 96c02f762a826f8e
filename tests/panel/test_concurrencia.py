"""The portal answers once, whoever else acts at the same moment."""

from collections import Counter
from datetime import timedelta

import pytest

from portal import reloj
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como, sin_ambito
from solicitudes import actions, automaticas, conteo
from solicitudes.formularios import Formulario
from solicitudes.models import CeldaAtencion, Estado, Solicitud
from tests.solicitudes.test_concurrencia import _conexiones, a_la_vez

__all__ = ["_conexiones"]
pytestmark = [
    pytest.mark.usefixtures("_conexiones"),
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def test_veinte_barridos_a_la_vez(todo, en_estado, preparada):
    """S-15: twenty tasks find the same five lapsed requests: each is answered once, with one notice."""
    ahora = reloj.ahora()
    preparada(al_vencer_desde=ahora - timedelta(days=9), formulario=Formulario.SC)
    suyas = [en_estado(vence=ahora - timedelta(days=1)) for _ in range(5)]
    respondidas = a_la_vez(20, lambda i: automaticas.responder_vencidas())
    assert sum(respondidas) == 5
    assert Counter(Solicitud.objects.values_list("estado", flat=True)) == {Estado.RESPONDIDO_AUTOMATICO: 5}
    assert Counter(Aviso.todos().values_list("caso", flat=True)) == {s.pk: 1 for s in suyas}
    assert Counter(e for s in suyas for e in s.caso.eventos.values_list("hecho", flat=True)) == {
        "respondida_por_lapso": 5
    }
    assert sum(CeldaAtencion.objects.values_list("n", flat=True)) == 5
    assert sum(n for (_, estado), n in conteo.por_formulario_y_estado(None).items() if "automatico" in estado) == 5


def test_la_empresa_y_el_portal_a_la_vez(todo, marcos, en_estado, guardado, preparada):
    """S-15: a person and the portal answer at once: one of them does, and nobody answers twice."""
    ahora = reloj.ahora()
    preparada(al_vencer_desde=ahora - timedelta(days=9), formulario=Formulario.SC)
    solicitud = en_estado(vence=ahora - timedelta(days=1))
    archivos = [guardado(marcos, f"{i}.pdf") for i in range(4)]

    def hacer(i: int) -> object:
        if i % 2:
            with sin_ambito():
                return automaticas.responder_vencidas()
        with como(marcos):
            return actions.responder(solicitud, por=marcos, respuesta=archivos[i // 2])

    hechos = a_la_vez(8, hacer)
    por_personas = [h for h in hechos if isinstance(h, Solicitud)]
    assert len(por_personas) + sum(h for h in hechos if isinstance(h, int)) == 1
    assert solicitud.caso.adjuntos.filter(tipo="respuesta").count() == 1
    assert sum(CeldaAtencion.objects.values_list("n", flat=True)) == 1
