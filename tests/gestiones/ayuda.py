"""The desk's form as a browser sends it, and entries made by the real actions."""

from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client

from gestiones import actions
from gestiones.actions import Datos
from gestiones.models import Gestion
from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil

CARGAR = "/gestiones/cargar/"


def instante(dia: int, hora: int, minuto: int = 0, *, mes: int = 11) -> datetime:
    """A moment of 2026 on the clocks of Asunción (three hours behind)."""
    return datetime(2026, mes, dia, hora + 3, minuto, tzinfo=UTC)


def campos(**cambios: str) -> dict[str, str]:
    """A good form; None leaves a field out."""
    bueno = {
        "clave": str(uuid4()),
        "tipo_documento": "ci",
        "documento": "1.730.558",
        "referencia": "2210733",
        "tipo": "5",
        "observacion": "",
        "paso": "grabar",
    }
    return {campo: valor for campo, valor in (bueno | cambios).items() if valor is not None}


def pagina(navegador: Client, **cambios: str) -> str:
    """The page after sending the form."""
    return navegador.post(CARGAR, campos(**cambios), follow=True).content.decode()


DATOS = Datos(
    tipo_documento="ci",
    documento="1730558",
    clase="nis",
    referencia="2210733",
    titular="Eusebia Benítez de Cáceres",
    tension="BT",
    verificada=True,
    tipo=5,
)


def grabar(por: Perfil, cuando: datetime | None = None, **cambios) -> Gestion:
    """An entry made as its officer, at a moment."""
    with reloj.detener(cuando or reloj.ahora()), como(por):
        return actions.grabar(Datos(**(DATOS.__dict__ | cambios)), por=por, clave=uuid4())


def ahora(gestion: Gestion) -> Gestion:
    """The row as it is now."""
    return Gestion._base_manager.get(pk=gestion.pk)
