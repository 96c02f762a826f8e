"""The counts under concurrency."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.cuentas.ambito import sin_ambito
from solicitudes import conteo
from solicitudes.conteo import contar, plegar
from solicitudes.models import Estado
from tests.factories import SolicitudFactory

HILOS, VECES = 6, 15


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_escribir_y_plegar_a_la_vez():
    """S-02: filing in several threads while two fold: the total is exact at every moment, nothing counted twice."""
    with sin_ambito():
        una = SolicitudFactory(estado=Estado.PENDIENTE_RESPUESTA)

    def escribir(_):
        for _ in range(VECES):
            contar(una, antes=None)
        connection.close()

    def doblar(_):
        for _ in range(VECES):
            plegar()
        connection.close()

    with ThreadPoolExecutor(HILOS + 2) as hilos:
        trabajos = [hilos.submit(escribir, i) for i in range(HILOS)] + [hilos.submit(doblar, i) for i in range(2)]
        vistos = []
        while not all(t.done() for t in trabajos):
            vistos.append(sum(conteo.por_formulario_y_estado(None).values()))
        for trabajo in trabajos:
            trabajo.result()
    assert vistos == sorted(vistos)
    assert sum(conteo.por_formulario_y_estado(None).values()) == HILOS * VECES
    plegar()
    assert conteo.Delta.objects.count() == 0
    assert conteo.Celda.objects.get().n == HILOS * VECES
