"""What happens to an account. Nothing here tells whether a RUT is known: all that differs goes by mail."""

from collections.abc import Callable

from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from portal import reloj
from portal.acceso import fichas
from portal.avisos.actions import avisar
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.identificador import presentar
from portal.cuentas.models import Asignacion, Perfil, Usuario
from portal.historial.models import registrar


def escribir(usuario: Usuario, plantilla: str, boton: str, enlace: str, *, a: str = "", **mas: str) -> None:
    """A mail to the person, or to the address `a`, with one button; `mas` are values of the template's own."""
    contexto = {
        "saludo": usuario.get_short_name(),
        "identificador": settings.IDENTIFICADOR_NOMBRE,
        "rut": presentar(usuario.identificador),
        "email": usuario.email,
        "horas_de_activacion": settings.HORAS_DE_ACTIVACION,
        "horas_de_recuperacion": settings.PASSWORD_RESET_TIMEOUT // 3600,
        **mas,
        "boton": (boton, enlace),
        "motivo": f"porque tu {settings.IDENTIFICADOR_NOMBRE} está en una cuenta del portal",
    }
    avisar(None, plantilla, para=[(a or usuario.email, None)], contexto=contexto)


@transaction.atomic
def _escribir_o_fingir(
    usuario: Usuario | None, rut: str, plantilla: str, boton: str, enlace: Callable[[Usuario], str]
) -> None:
    """A mail to the person; without one the same work, undone, so that the time tells nothing."""
    make_password(rut)  # drowns what little is left of a difference
    with transaction.atomic():
        alguien = usuario or Usuario(pk=0, identificador=rut, email="nadie@portal.invalid")
        escribir(alguien, plantilla, boton, enlace(alguien))
        transaction.set_rollback(usuario is None)


@transaction.atomic
def registrarse(*, rut: str, nombres: str, apellidos: str, email: str, clave: str, instalador_sec: bool) -> None:
    """A new Solicitante, who must still activate the account; whoever holds the RUT already gets a mail instead (A-03).

    Registering again before activating writes over what was written, and the earlier link dies.
    """
    cifrada = make_password(clave)  # also when it is thrown away: the same time for a known RUT
    Usuario.objects.bulk_create(
        [Usuario(identificador=rut, is_active=False, activado=None, password=cifrada)], ignore_conflicts=True
    )
    usuario = Usuario.objects.select_for_update().get(identificador=rut)
    if usuario.activado:
        escribir(usuario, "cuenta_ya_existe", "Recuperar contraseña", fichas.direccion("account_reset_password"))
        return
    usuario.nombres, usuario.apellidos, usuario.email = nombres, apellidos, email
    usuario.password, usuario.instalador_sec = cifrada, instalador_sec
    usuario.save()
    perfil, _ = Perfil.objects.get_or_create(usuario=usuario, tipo=TipoPerfil.SOLICITANTE)
    registrar(None, "cuenta_registrada", por=perfil)
    escribir(usuario, "cuenta_activar", "Activar mi cuenta", fichas.para_activar(usuario))


def reenviar_activacion(*, rut: str) -> None:
    """The activation mail once more, to whoever still waits for it; nothing to anybody else."""
    usuario = Usuario.objects.filter(identificador=rut, activado=None).first()
    _escribir_o_fingir(usuario, rut, "cuenta_activar", "Activar mi cuenta", fichas.para_activar)


def invitado(*, ficha: str) -> Usuario | None:
    """Whom the link of an activation still asks for a first password; None: it has one. Raises FichaInvalida."""
    with transaction.atomic():
        usuario = fichas.abrir_activacion(ficha)
    return None if usuario.has_usable_password() else usuario


@transaction.atomic
def activar(*, ficha: str, clave: str | None = None) -> Usuario:
    """The mail was received: the account works; who was invited sets its first password. Raises FichaInvalida."""
    usuario = fichas.abrir_activacion(ficha)
    if not usuario.has_usable_password():
        if clave is None:
            raise fichas.FichaInvalida
        usuario.set_password(clave)
    usuario.activado, usuario.is_active = reloj.ahora(), True
    usuario.save(update_fields=["activado", "is_active", "password"])
    registrar(None, "cuenta_activada", por=usuario.perfiles.first())
    return usuario


def recuperar(*, rut: str) -> None:
    """A link to set a new password, by mail, to the active account of this RUT if there is one (A-05)."""
    usuario = Usuario.objects.filter(identificador=rut).exclude(activado__isnull=False, is_active=False).first()
    if usuario and not usuario.activado:
        _escribir_o_fingir(usuario, rut, "cuenta_activar", "Activar mi cuenta", fichas.para_activar)
    else:
        _escribir_o_fingir(usuario, rut, "cuenta_recuperar", "Poner una contraseña nueva", enlace_de_clave)


def enlace_de_clave(usuario: Usuario) -> str:
    """The address where the person sets a password; works once, and not for long."""
    return fichas.direccion(
        "account_reset_password_from_key", user_pk_to_url_str(usuario), default_token_generator.make_token(usuario)
    )


@transaction.atomic
def clave_cambiada(usuario: Usuario, *, por: Perfil | None) -> None:
    """Tell the person and the history that the password is another one."""
    registrar(None, "clave_cambiada", por=por, usuario=usuario.pk)
    escribir(usuario, "cuenta_clave_cambiada", "Recuperar contraseña", fichas.direccion("account_reset_password"))


@transaction.atomic
def sesion_iniciada(*, por: Perfil, factores: list[str]) -> None:
    """`factores`: the kinds of second factor that were asked for."""
    registrar(None, "sesion_iniciada", por=por, **({"factor": factores[-1]} if factores else {}))


@transaction.atomic
def perfil_cambiado(*, por: Perfil) -> None:
    registrar(None, "perfil_cambiado", por=por)


@transaction.atomic
def pedir_cambio_de_correo(*, nuevo: str, por: Perfil) -> None:
    """Ask the new address to confirm; until it does, nothing changes."""
    registrar(None, "correo_pedido", por=por)
    escribir(
        por.usuario, "cuenta_correo_nuevo", "Confirmar este correo", fichas.para_correo(por.usuario, nuevo), a=nuevo
    )


@transaction.atomic
def confirmar_correo(*, ficha: str) -> Usuario:
    """The new address answered: it is the account's, and the old one is told. Raises FichaInvalida."""
    usuario, nuevo = fichas.abrir_correo(ficha)
    anterior, usuario.email = usuario.email, nuevo
    usuario.save(update_fields=["email"])
    registrar(None, "correo_cambiado", por=usuario.perfiles.filter(activo=True).first())
    escribir(
        usuario,
        "cuenta_correo_cambiado",
        "Recuperar contraseña",
        fichas.direccion("account_reset_password"),
        a=anterior,
    )
    return usuario


@transaction.atomic
def activar_solicitante(*, por: Perfil) -> Perfil:
    """Who has another profile is a citizen too; one that was taken away stays taken away."""
    perfil, nuevo = Perfil.objects.get_or_create(usuario=por.usuario, tipo=TipoPerfil.SOLICITANTE)
    if nuevo:
        registrar(None, "perfil_activado", por=perfil)
    return perfil


@transaction.atomic
def cerrar_sesiones(*, por: Perfil, actual: str, una: int | None = None) -> int:
    """End the person's other sessions, or just `una`; how many ended. `actual` is left alone."""
    otras = UserSession.objects.filter(user=por.usuario).exclude(session_key=actual)
    elegidas = list(otras if una is None else otras.filter(pk=una))
    for sesion in elegidas:
        sesion.end()
    if elegidas:
        registrar(None, "sesiones_cerradas", por=por, cuantas=len(elegidas))
    return len(elegidas)


@transaction.atomic
def hacer_administrador(
    *, rut: str, clave: str | None = None, nombres: str = "", apellidos: str = "", email: str = ""
) -> Usuario:
    """Make the person of this RUT an SEC administrator in force; the other data serve when there is no account yet."""
    usuario = Usuario.objects.filter(identificador=rut).first() or Usuario.objects.create_user(
        rut, clave, nombres=nombres, apellidos=apellidos, email=email
    )
    usuario.is_active, usuario.activado = True, usuario.activado or reloj.ahora()
    usuario.save(update_fields=["is_active", "activado"])
    perfil, _ = Perfil.objects.update_or_create(usuario=usuario, tipo=TipoPerfil.SEC, defaults={"activo": True})
    if Funcion.ADMINISTRADOR_SEC not in perfil.funciones:
        Asignacion.objects.create(perfil=perfil, grupo=Group.objects.get(name=Funcion.ADMINISTRADOR_SEC.value))
    registrar(None, "administrador_creado", por=None, perfil_nombrado=perfil.pk)
    return usuario
