"""The duties of the Sección Control y Seguimiento; another one is another declaration here, and nothing else."""

from reclamos.seccion.deberes.artefactos import ARTEFACTOS, SESION
from reclamos.seccion.deberes.atencion import BONIFICACION, CERTIFICADO, DEVOLUCION, EXPEDIENTE, INFORME, VERIFICACION
from reclamos.seccion.deberes.contratos import ACUERDO, CONTRATO, FACTURAR, MODIFICACION
from reclamos.seccion.deberes.ordenes import ORDEN
from reclamos.seccion.deberes.papeles import ARCHIVO, CONTROL, REMISION, ROBO
from reclamos.seccion.declaracion import Deber

DEBERES: tuple[Deber, ...] = (
    ORDEN, VERIFICACION, MODIFICACION, CERTIFICADO, EXPEDIENTE, DEVOLUCION, CONTRATO, ACUERDO, INFORME, FACTURAR,
    BONIFICACION, ARTEFACTOS, SESION, ROBO, REMISION, CONTROL, ARCHIVO,
)  # fmt: skip
_POR_RUTA = {deber.ruta: deber for deber in DEBERES}


def de_ruta(ruta: str) -> Deber:
    """The duty of that route; KeyError."""
    return _POR_RUTA[ruta]
