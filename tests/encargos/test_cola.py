"""A broker that refuses, or says nothing at all, neither fails a request nor keeps it waiting."""

import socket
from collections.abc import Iterator

import pytest

from portal.avisos.models import Aviso
from portal.encargos import reparto
from portal.encargos.reparto import barrer

AVISAR = """
import time
import kombu.transport.redis
from django.db import transaction
from portal.avisos.models import Aviso
from portal.avisos.tasks import enviar_aviso
from portal.encargos.reparto import repartir

def tres_avisos():
    inicio = time.monotonic()
    with transaction.atomic():
        for n in range(3):
            aviso = Aviso(plantilla="prueba", para=f"persona{n}@correo.example", asunto="Hola", texto="Hola")
            aviso.save()
            repartir(aviso)
    return time.monotonic() - inicio

primera, segunda = tres_avisos(), tres_avisos()  # the second one no longer asks the broker: that is the normal time
print(Aviso.todos().filter(estado="pendiente").count(), primera - segunda, segunda)
"""


def medir(salida: str) -> tuple[int, float, float]:
    """Rows written, seconds that the broker cost the first transaction, seconds of the second."""
    cuantos, demas, normal = salida.split()[-3:]
    return int(cuantos), float(demas), float(normal)


@pytest.fixture
def mudo() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.socket() as servidor:
        servidor.bind(("127.0.0.1", 0))
        servidor.listen(50)
        yield servidor.getsockname()[1]


def test_cola_muda(entorno, ejecutar, mudo):
    """X-02: a black-holed broker costs a request with three notices less than 1.5 s, and the rows are there."""
    cuantos, demas, normal = medir(ejecutar(AVISAR, entorno(CELERY_BROKER_URL=f"redis://127.0.0.1:{mudo}/0")))
    assert cuantos == 6
    assert demas < 1.5
    assert normal < 1.0


def test_cola_que_rechaza(entorno, ejecutar):
    """X-02: a broker that refuses costs next to nothing."""
    cuantos, demas, normal = medir(ejecutar(AVISAR, entorno(CELERY_BROKER_URL="redis://127.0.0.1:1/0")))
    assert cuantos == 6
    assert demas < 1.5
    assert normal < 1.0


def test_carpeta_de_la_cola_perdida(entorno, ejecutar, tmp_path):
    """X-02: the embedded queue without its folder fails nothing."""
    quitar = "import shutil; from django.conf import settings; shutil.rmtree(settings.VAR_DIR / 'cola')\n"
    cuantos, demas, normal = medir(ejecutar(quitar + AVISAR, entorno()))
    assert cuantos == 6
    assert demas < 1.5
    assert normal < 1.0


def test_el_barrido_no_llena_la_cola_de_copias(transactional_db, monkeypatch, detenido):
    """X-02: what the sweep has handed over it leaves alone for two minutes, also when nobody works."""
    entregados: list[str] = []
    monkeypatch.setattr(reparto, "entregar", lambda modelo, pk: entregados.append(pk) or True)
    for n in range(3):
        Aviso(plantilla="prueba", para=f"persona{n}@correo.example", asunto="Hola", texto="Hola").save()
    assert [barrer() for _ in range(5)] == [3, 0, 0, 0, 0]
    from portal import reloj

    with reloj.adelantar(seconds=121):
        assert barrer() == 3
