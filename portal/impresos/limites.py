"""How often a code may be wrong."""

from datetime import timedelta

from portal.acceso.limites import Tope

VERIFICAR_POR_DIRECCION = Tope("verificar-direccion", 30, timedelta(hours=1))
