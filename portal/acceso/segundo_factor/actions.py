"""What the holder did to the own second factor: in the history, and by mail to the holder (A-09)."""

from django.db import transaction

from portal.acceso import fichas
from portal.acceso.actions import escribir
from portal.cuentas.models import Perfil
from portal.historial.models import registrar


def _contar(por: Perfil, que_paso: str) -> None:
    enlace = fichas.direccion("account_reset_password")
    escribir(por.usuario, "cuenta_segundo_factor_cambiado", "Recuperar contraseña", enlace, que_paso=que_paso)


@transaction.atomic
def agregado(*, por: Perfil, cual: str) -> None:
    registrar(None, "segundo_factor_agregado", por=por, cual=cual)
    _contar(por, f"Agregaste un segundo factor: {cual}. Desde ahora se pide al ingresar.")


@transaction.atomic
def retirado(*, por: Perfil, cual: str) -> None:
    registrar(None, "segundo_factor_retirado", por=por, cual=cual)
    _contar(por, f"Quitaste un segundo factor: {cual}.")


@transaction.atomic
def codigos_generados(*, por: Perfil) -> None:
    registrar(None, "codigos_generados", por=por)
    _contar(por, "Hiciste códigos de recuperación nuevos; los anteriores ya no sirven.")


@transaction.atomic
def codigo_usado(*, por: Perfil, quedan: int) -> None:
    registrar(None, "codigo_usado", por=por, quedan=quedan)
    _contar(por, f"Alguien ingresó con uno de tus códigos de recuperación. Quedan {quedan}.")
