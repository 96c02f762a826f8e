"""Numbers of a series, asked for by several processes of the embedded database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.documentos.models import Contador, siguiente_numero

_PROCESO = """
import sys
import django
django.setup()
from django.db import connection, transaction
from portal.documentos.models import Contador, siguiente_numero
if sys.argv[1] == "tabla":
    with connection.schema_editor() as editor:
        editor.create_model(Contador)
    sys.exit()
sys.stdin.readline()  # all start together
for i in range(60):
    try:
        with transaction.atomic():
            numero = siguiente_numero("prueba")
            if i % 10 == 3:
                raise ZeroDivisionError
        print(numero)
    except ZeroDivisionError:
        pass
"""


def _proceso(carpeta: Path, que: str) -> subprocess.Popen:
    entorno = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")}
    entorno |= {"VAR_DIR": str(carpeta), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", _PROCESO, que],
        env=entorno,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_con_seis_procesos_en_sqlite_ni_huecos_ni_repetidos(tmp_path) -> None:
    """S-08: six processes, one transaction in ten rolled back: 1, 2, 3… each once, and nobody waits in vain."""
    tabla = _proceso(tmp_path, "tabla")
    tabla.communicate()
    assert tabla.returncode == 0
    procesos = [_proceso(tmp_path, "numeros") for _ in range(6)]
    for proceso in procesos:
        proceso.stdin.write("ya\n")
        proceso.stdin.flush()
    numeros = [int(linea) for proceso in procesos for linea in proceso.communicate()[0].split()]
    assert [p.returncode for p in procesos] == [0] * 6
    assert sorted(numeros) == list(range(1, 6 * 54 + 1))


@pytest.mark.django_db
def test_cada_serie_cuenta_por_su_lado() -> None:
    """S-08: 1, 2, 3… within a series."""
    assert [siguiente_numero("a"), siguiente_numero("a"), siguiente_numero("b"), siguiente_numero("a")] == [1, 2, 1, 3]
    assert Contador.objects.get(serie="a").ultimo == 3


@pytest.mark.django_db(transaction=True)
def test_fuera_de_una_transaccion_se_niega() -> None:
    """S-08: a number that could not be given back is not given."""
    with pytest.raises(RuntimeError):
        siguiente_numero("a")
