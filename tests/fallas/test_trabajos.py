"""Mail and spreadsheets while worker, scheduler or mail server fail: nothing is lost, nothing is said twice."""

import time
from collections import Counter

import pytest

from tests.fallas.planta import CIFRAS, Planta, esperar_a

pytestmark = pytest.mark.fallas
PEDIR_INFORME = """
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil
from portal.informes.actions import pedir
perfil = Perfil.objects.get(tipo="sec", usuario__nombres="Daniela")
with como(perfil):
    print(pedir("solicitudes", {}, por=perfil).pk)
"""


@pytest.fixture(autouse=True)
def _limpio(planta):
    planta.correo.humor = "bien"
    esperar_a("que saliera lo de la prueba anterior", lambda: planta.abiertos() == 0, 90)
    planta.vaciar_avisos()


def _esperar_que_salgan(planta: Planta, segundos: float = 60) -> float:
    """Seconds until no notice waits."""
    inicio = time.monotonic()
    esperar_a("que salieran los avisos", lambda: planta.abiertos() == 0, segundos)
    return time.monotonic() - inicio


def test_the_worker_is_killed_again_and_again(planta):
    """X-02: 30 kill -9 in 3,000 notices: none lost; none twice but those in the hands of a process that was killed."""
    kills, cuantos = 30, 3000
    planta.sembrar_avisos(cuantos)
    for n in range(1, kills + 1):
        esperar_a("más correos", lambda meta=n * 90: len(planta.correo.recibidos) >= meta)
        planta.matar("tareas")
        planta.envejecer()  # nobody is alive who holds one
        planta.empezar("tareas")
    esperar_a("que el resto saliera", lambda: planta.abiertos() == 0, 180)
    veces = Counter(planta.correo.identificadores())
    repetidos = sum(veces.values()) - len(veces)
    CIFRAS.append(f"{kills} kill -9 en {cuantos} avisos: perdidos {cuantos - len(veces)}, repetidos {repetidos}")
    assert len(veces) == cuantos
    assert repetidos <= 2 * kills  # each kill takes two hands at most, between the server's yes and our note
    assert planta.avisos_por("hecho") == cuantos


def test_the_mail_server_is_down(planta):
    """X-02: filing goes on; when the server is back everything leaves, once, within five minutes."""
    planta.correo.terminar()
    quien = planta.solicitante()
    envios = [planta.enviar(quien) for _ in range(3)]
    assert [envio.estado for envio in envios] == [302] * 3
    esperar_a("que se intentara", lambda: planta.filas("SELECT 1 FROM avisos_aviso WHERE error <> ''"))
    planta.correo.empezar()
    CIFRAS.append(f"correo caído: todo salió {_esperar_que_salgan(planta, 120):.0f} s después de volver")
    assert set(Counter(planta.correo.identificadores()).values()) == {1}


def test_a_mail_server_that_does_not_answer_holds_nobody_up(planta):
    """X-02: it takes the message and says nothing: people file meanwhile, and every notice leaves when it speaks."""
    planta.correo.humor = "callar"
    quien = planta.solicitante()
    assert [planta.enviar(quien).estado for _ in range(3)] == [302] * 3
    assert planta.avisos_por("hecho") == 0
    planta.correo.humor = "bien"
    _esperar_que_salgan(planta, 120)
    assert len(set(planta.correo.identificadores())) == planta.avisos_por("hecho") == 3


def test_refused_for_now_and_for_good(planta):
    """X-02: 451 is tried again and arrives; 550 is shown with the server's words, and others are not held up by it."""
    planta.correo.humor = "451"
    planta.sembrar_avisos(3)
    esperar_a("que se negara", lambda: planta.filas("SELECT 1 FROM avisos_aviso WHERE error LIKE %s", "%451%"))
    planta.correo.humor = "bien"
    _esperar_que_salgan(planta)
    assert len(planta.correo.recibidos) == planta.avisos_por("hecho") == 3
    planta.correo.humor = "550"
    planta.sembrar_avisos(1)
    esperar_a("que fallara", lambda: planta.avisos_por("fallido") == 1)
    assert planta.filas("SELECT intentos, error FROM avisos_aviso WHERE estado = 'fallido'") == [
        (1, "El servidor de correo contestó 550: 5.1.1 No existe esa casilla")
    ]


def test_cut_after_the_message(planta):
    """X-02: the one window that SMTP leaves: taken and not acknowledged, it is sent again under the same Message-ID."""
    planta.correo.humor = "cortar"
    planta.sembrar_avisos(2)
    esperar_a("que se cortara", lambda: len(planta.correo.recibidos) >= 2)
    planta.correo.humor = "bien"
    _esperar_que_salgan(planta)
    assert sorted(Counter(planta.correo.identificadores()).values()) == [2, 2]


def test_the_scheduler_is_killed(planta):
    """X-02: without it mail still leaves at once; what the broker lost waits for it and leaves when it is back."""
    planta.matar("agenda")
    assert planta.enviar(planta.solicitante()).estado == 302
    _esperar_que_salgan(planta)
    planta.sembrar_avisos(2)  # as if the broker had lost their messages
    planta.empezar("agenda")
    _esperar_que_salgan(planta)
    assert set(Counter(planta.correo.identificadores()).values()) == {1}


def test_a_report_whose_worker_is_killed(planta):
    """X-04: kill -9 in the middle of a spreadsheet: another worker makes it whole, and says so once."""
    planta.manage("generar_datos", "--forzar", "--solicitudes", "30000")
    clave = planta.manage("shell", "-v0", "-c", PEDIR_INFORME).strip()
    fila = "SELECT estado, filas, total, archivo FROM informes_informe WHERE id = %s"
    esperar_a("que empezara", lambda: planta.filas(fila, clave)[0][0] == "en_curso")
    with planta.deteniendo("informes_informe", clave):  # it writes on until it wants to tell how far it is
        planta.matar("tareas")
    assert planta.filas(fila, clave)[0][0] == "en_curso"
    planta.envejecer()
    planta.empezar("tareas")
    esperar_a("que terminara", lambda: planta.filas(fila, clave)[0][0] == "hecho", 90)
    _estado, filas, total, archivo = planta.filas(fila, clave)[0]
    assert filas == total >= 30_000
    assert [r.name for r in (planta.var / "informes").iterdir()] == [archivo]
    _esperar_que_salgan(planta)
    assert len([c for c in planta.correo.recibidos if "informe" in str(c["Subject"]).lower()]) == 1
