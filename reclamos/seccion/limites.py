"""How often the public follow-up may be asked in vain."""

from datetime import timedelta

from portal.acceso.limites import Tope

SEGUIR_POR_DIRECCION = Tope("seguir-direccion", 20, timedelta(hours=1))
