"""kill -9 in the middle of a long spreadsheet: nothing half is offered, and another worker makes it whole."""

import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from django.db import connection

from portal.avisos.models import Aviso
from portal.informes.models import Informe
from solicitudes.models import Estado
from tests.encargos.test_muerte import LAPSO, LIMITE, trabajador
from tests.factories import SolicitudFactory

PASADO = LAPSO.replace("portal.avisos.models import Aviso", "portal.informes.models import Informe as Aviso")


@pytest.fixture
def pagos_cerrados(transactional_db) -> Iterator:
    """Nobody reads the proofs of payment until the connection is rolled back."""
    otra = connection.copy()
    otra.set_autocommit(False)
    with otra.cursor() as cursor:
        cursor.execute("LOCK TABLE pagos_comprobante IN ACCESS EXCLUSIVE MODE")
    yield otra
    otra.rollback()
    otra.close()


def _esperar(que, dicho: str) -> None:
    limite = time.monotonic() + LIMITE
    while not que():
        assert time.monotonic() < limite, dicho


@pytest.mark.postgres
def test_muere_en_plena_sabana(entorno, ejecutar, auditora, entrar, pagos_cerrados):
    """R-03, X-04: killed with -9 while it writes; no half file is offered, and the next worker finishes it, once."""
    folios = {SolicitudFactory(estado=Estado.RESPONDIDO).folio for _ in range(3)}
    variables = entorno(CELERY_BROKER_URL="filesystem://", EMAIL_URL="smtp://127.0.0.1:9")
    enviado = f"""
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.informes.actions import pedir
with sin_ambito():
    print(pedir("sabana", {{}}, por=Perfil.objects.get(pk={auditora.pk})).pk)
"""
    clave = ejecutar(enviado, variables)
    taller, hechos = (Path(variables["VAR_DIR"], carpeta) for carpeta in ("informes-en-curso", "informes"))
    with trabajador(variables) as matar:
        _esperar(lambda: list(taller.glob("*.xlsx")), "el trabajador no empezó")
        matar()
    informe = Informe.todos().get(pk=clave)
    assert (informe.estado, informe.archivo.name, list(hechos.glob("*.xlsx"))) == ("en_curso", "", [])
    assert entrar(auditora).get(f"/informes/{clave}/descargar/").status_code == 404
    pagos_cerrados.rollback()
    assert ejecutar(PASADO, variables) == "1"
    with trabajador(variables):
        _esperar(lambda: Informe.todos().get(pk=clave).estado == "hecho", "nadie la terminó")
    informe.refresh_from_db()
    assert (informe.intentos, informe.filas) == (2, 3)
    assert Aviso.todos().filter(plantilla="informe_listo").count() == 1
    (archivo,) = hechos.glob("*.xlsx")
    assert {fila[3].value for fila in openpyxl.load_workbook(archivo).active.iter_rows(min_row=2)} == folios
