"""Who may ask for which spreadsheet."""

from portal.cuentas.models import Perfil
from portal.informes.registro import Reporte


def puede_pedir(perfil: Perfil, reporte: Reporte) -> bool:
    """Whoever holds what that kind of spreadsheet demands."""
    return not reporte.permiso or perfil.tiene(reporte.permiso)
