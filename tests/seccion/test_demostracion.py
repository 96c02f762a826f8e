"""What the demonstration shows of the section: each kind of case, in states that differ, by the real actions."""

from collections import defaultdict
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from portal.cuentas.ambito import sin_ambito
from portal.cuentas.demo import sembrar_cuentas
from reclamos.seccion import demo
from reclamos.seccion.deberes import DEBERES
from reclamos.seccion.estados import CERRADOS
from reclamos.seccion.models import Asunto, Lote
from reclamos.seccion.red.models import EventoRed


def sembrada() -> list[tuple]:
    """The section's part alone; what its cases are, in the order of their registration."""
    perfiles = sembrar_cuentas()
    demo.preparar(perfiles)
    demo.sembrar(perfiles, Random(20_571))
    campos = ("clase", "correlativo", "creado", "cambiado", "estado", "vence", "monto", "caso__clave", "lote__numero")
    return list(Asunto.objects.order_by("creado", "pk").values_list(*campos))


@pytest.mark.django_db
@pytest.mark.usefixtures("carpetas", "detenido")
def test_hay_de_todo_y_siempre_lo_mismo():
    """Q-06 to Q-17: every duty; finished, late, waiting for a second person, in a batch; numbered by their days."""
    call_command("cargar_datos", demostracion=True, stdout=StringIO())
    with sin_ambito():
        vistos = sembrada()
        por_deber = defaultdict(list)
        for clase, correlativo, *_ in vistos:
            por_deber[clase].append(correlativo)
        assert set(por_deber) == {d.ruta for d in DEBERES}
        assert all(numeros == list(range(1, len(numeros) + 1)) for numeros in por_deber.values())
        por_aprobar = set(Asunto.objects.por_aprobar().values_list("clase", flat=True))
        assert por_aprobar == {"modificacion", "contrato", "facturar", "devolucion", "artefactos"}
        vencidos = set(Asunto.objects.vencidos().values_list("clase", flat=True))
        assert vencidos >= {"ot", "expediente", "informe", "robo", "control", "archivo", "remision"}
        cerrados = set(Asunto.objects.filter(estado__in=CERRADOS).values_list("clase", flat=True))
        assert cerrados >= {"contrato", "informe", "facturar", "bonificacion", "robo", "control", "expediente", "ot"}
        assert [bool(lote.cargado) for lote in Lote.objects.order_by("numero")] == [True, False]
        assert Asunto.objects.por_exportar().exists()
        assert EventoRed.objects.con_reclamos().filter(cuantos__gt=0).exists()
        assert not Asunto.objects.filter(creado__week_day__in=(1, 7)).exists()
