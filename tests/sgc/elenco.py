"""A company of Paraguay with a mirror of its commercial system."""

import pytest

from portal.cuentas.models import Distribuidora
from portal.sgc.models import Cliente, Expediente, Suministro
from tests import factories


@pytest.fixture
def paraguaya(db) -> Distribuidora:
    """A company of Paraguay: C.I. and RUC, the holidays and the clock of Asunción."""
    return factories.DistribuidoraFactory(
        codigo="prueba-py",
        nombre="Electricidad del Paraguay de Prueba",
        nombre_fantasia="Luz Guaraní",
        prefijo="LG",
        pais="PY",
        zona_horaria="America/Asuncion",
    )


@pytest.fixture
def espejo(paraguaya: Distribuidora) -> Distribuidora:
    """The same company, with a supply in BT (NIS 2210733), one in MT (9900031), a file and a complaint."""
    eusebia = Cliente._base_manager.create(
        distribuidora=paraguaya, tipo_documento="ci", documento="1730558", nombre="Eusebia Benítez de Cáceres"
    )
    fabrica = Cliente._base_manager.create(
        distribuidora=paraguaya, tipo_documento="ruc", documento="80012345-0", nombre="Textil Ypacaraí S.A."
    )
    casa = Suministro._base_manager.create(
        distribuidora=paraguaya,
        nis="2210733",
        tension="BT",
        titular=eusebia,
        direccion="Ytororó 845",
        zona="Lambaré",
    )
    Suministro._base_manager.create(
        distribuidora=paraguaya, nis="9900031", tension="MT", titular=fabrica, direccion="Ruta 2, km 38"
    )
    Expediente._base_manager.create(
        distribuidora=paraguaya, clase="expediente", numero="4417/2026", asunto="Suministro nuevo"
    )
    Expediente._base_manager.create(distribuidora=paraguaya, clase="reclamo", numero="R-20931", suministro=casa)
    return paraguaya
