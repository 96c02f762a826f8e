"""What Prometheus reads: by key alone, in its own format, of all processes together."""

import os
import re
import time
from datetime import timedelta

import pytest

from portal import metricas, reloj
from portal.avisos.models import Aviso
from portal.metricas import Contadores, MetricasMiddleware

pytestmark = pytest.mark.django_db
CLAVE = "una-clave-de-prometheus"
LINEA = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.]+(e-?\d+)?')


@pytest.fixture
def pedir(client, settings, tmp_path):
    """The lines of the page, by what stands before the figure."""
    settings.CLAVE_METRICAS, settings.VAR_DIR = CLAVE, tmp_path

    def _pedir() -> dict[str, float]:
        respuesta = client.get("/metricas", headers={"Authorization": f"Bearer {CLAVE}"})
        assert respuesta.status_code == 200
        assert respuesta["Content-Type"].startswith("text/plain; version=0.0.4")
        lineas = [linea for linea in respuesta.text.splitlines() if not linea.startswith("# TYPE ")]
        assert [linea for linea in lineas if not LINEA.fullmatch(linea)] == []
        pares = [linea.rsplit(" ", 1) for linea in lineas]
        assert len({nombre for nombre, _ in pares}) == len(pares)
        return {nombre: float(cifra) for nombre, cifra in pares}

    return _pedir


@pytest.mark.parametrize(("configurada", "dada"), [(CLAVE, ""), (CLAVE, "otra"), ("", ""), (CLAVE, "ñandú")])
def test_nothing_without_the_key(client, settings, configurada, dada):
    """A-11: without the key, with another one, or where none is set, there is no such page."""
    settings.CLAVE_METRICAS = configurada
    respuesta = client.get("/metricas", headers={"Authorization": f"Bearer {dada}"})
    assert respuesta.status_code == 404
    assert "ventanilla_" not in respuesta.text


def test_what_waits_and_what_failed(pedir, todo):
    """X-02: depth and age of the outbox and how many notices failed are figures."""
    hace = reloj.ahora() - timedelta(minutes=7)
    for estado in ("pendiente", "pendiente", "en_curso", "fallido", "hecho"):
        Aviso.objects.create(para="a@b.example", asunto="a", texto="b", estado=estado, creado=hace)
    cifras = pedir()
    por_estado = [
        cifras[f'ventanilla_encargos{{tipo="aviso",estado="{e}"}}'] for e in ("pendiente", "en_curso", "fallido")
    ]
    assert por_estado == [2, 1, 1]
    assert 415 <= cifras['ventanilla_encargo_mas_antiguo_segundos{tipo="aviso"}'] <= 450
    assert cifras['ventanilla_encargos{tipo="informe",estado="pendiente"}'] == 0
    assert cifras["ventanilla_base_responde"] == 1


def test_answers_are_counted_by_status_and_time(rf, settings, tmp_path, pedir):
    """X-07: what was answered by two processes is all there, each under its own name; health is not counted."""
    from django.http import HttpResponse

    for proceso, veces in (("uno", 3), ("dos", 1)):
        medida = MetricasMiddleware(lambda _: HttpResponse(status=201))
        medida.contadores._nombre = proceso
        for _ in range(veces):
            medida(rf.get("/"))
        medida(rf.generic("BREW", "/"))
        medida(rf.get("/salud/vivo"))
        medida.contadores._escrito = 0
        medida(rf.get("/salud/vivo"))
    cifras = pedir()
    assert cifras['ventanilla_peticiones_total{proceso="uno",metodo="GET",estado="201"}'] == 3
    assert cifras['ventanilla_peticiones_total{proceso="dos",metodo="otro",estado="201"}'] == 1
    assert cifras['ventanilla_peticion_segundos_count{proceso="uno"}'] == 4
    assert cifras['ventanilla_peticion_segundos_bucket{proceso="uno",le="+Inf"}'] == 4


def test_classes_of_time_add_up(settings, tmp_path, pedir):
    """X-07: a class of the histogram holds all that were as fast or faster."""
    contadores = Contadores()
    for segundos in (0.01, 0.025, 0.3, 99):
        contadores.anotar("GET", 200, segundos)
    contadores.guardar()
    clases = {n: v for n, v in pedir().items() if contadores._nombre in n and "_bucket" in n}
    assert list(clases.values()) == [2, 2, 2, 2, 3, 3, 3, 3, 3, 4]


def test_a_process_that_ended_is_forgotten(settings, tmp_path, pedir):
    """X-07: its file goes after a quarter of an hour of silence."""
    contadores = Contadores()
    contadores.anotar("GET", 200, 0.1)
    contadores.guardar()
    (archivo,) = (tmp_path / "metricas").iterdir()
    assert any(contadores._nombre in nombre for nombre in pedir())
    viejo = time.time() - metricas.OLVIDO - 1
    os.utime(archivo, (viejo, viejo))
    assert not any(contadores._nombre in nombre for nombre in pedir())
    assert not archivo.exists()


def test_a_full_disk_costs_figures_alone(settings, tmp_path):
    """X-07: what cannot be written is not written, and the page is answered."""
    (tmp_path / "metricas").write_text("no es una carpeta")
    settings.VAR_DIR = tmp_path
    contadores = Contadores()
    contadores.anotar("GET", 200, 0.1)
    contadores.guardar()


def test_a_silent_queue_is_said(pedir, settings):
    """X-02: where the broker does not answer, the page says so and tells the rest."""
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    cifras = pedir()
    assert cifras["ventanilla_cola_responde"] == 0
    assert "ventanilla_cola_mensajes" not in cifras
    assert cifras["ventanilla_base_responde"] == 1
