"""The parts of the demonstration, in their order."""

from tests.demo.administracion import Administracion
from tests.demo.gestiones import Gestiones
from tests.demo.historia import Historia
from tests.demo.inoperatividad import CaidaMasiva
from tests.demo.panel import Panel
from tests.demo.reclamos import Reclamos
from tests.demo.relato import Relato
from tests.demo.seccion import Seccion

PARTES: list[type[Relato]] = [Historia, Panel, Administracion, Gestiones, CaidaMasiva, Reclamos, Seccion]
