"""What the SEC's administrator does to people, their profiles and their functions (A-08, A-11).

The history keeps references; a person's own data (name, mail) go into the comment, which can be erased.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from portal import reloj
from portal.acceso import cambios, fichas
from portal.acceso.actions import escribir
from portal.acceso.permissions import puede_administrar_usuarios
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Unidad, Usuario
from portal.historial.models import registrar
from portal.permisos import exigir

ULTIMO = "Es el último administrador de la SEC sin fecha de término. Nombra a otro antes de hacer esto."
PROPIA = "No puedes hacer esto con tu propia cuenta: pídeselo a otro administrador."


# --- what is asked of every change ----------------------------------------------------------------------------------
@contextmanager
def _queda_administrador() -> Iterator[None]:
    """Whatever happens inside, an SEC administrator without end date is left; one change after another."""
    grupo = Group.objects.select_for_update().get(name=Funcion.ADMINISTRADOR_SEC)
    firmes = Asignacion.objects.vigentes().filter(
        grupo=grupo, hasta=None, perfil__tipo=TipoPerfil.SEC, perfil__activo=True, perfil__usuario__is_active=True
    )
    habia = firmes.exists()
    yield
    if habia and not firmes.exists():
        raise ValidationError(ULTIMO)


def _otra(usuario: Usuario, por: Perfil) -> None:
    if usuario.pk == por.usuario_id:
        raise ValidationError(PROPIA)


def _bloquear(usuario: Usuario) -> Usuario:
    return Usuario.objects.select_for_update().get(pk=usuario.pk)


def _cerrar_sesiones(usuario: Usuario) -> None:
    for sesion in UserSession.objects.filter(user=usuario):
        sesion.end()


# --- people ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def crear(
    *,
    por: Perfil,
    rut: str,
    tipo: str,
    nombres: str,
    apellidos: str,
    email: str,
    distribuidora: Distribuidora | None = None,
    unidad: Unidad | None = None,
    funciones: Iterable[str] = (),
    desde: date | None = None,
    hasta: date | None = None,
) -> Perfil:
    """A profile for the person of this RUT. Who had no account gets one and an invitation to set a password; who had
    one keeps name, mail and password, and is told."""
    exigir(puede_administrar_usuarios(por))
    Usuario.objects.bulk_create(
        [Usuario(identificador=rut, is_active=False, activado=None, password=make_password(None))],
        ignore_conflicts=True,
    )
    usuario = Usuario.objects.select_for_update().get(identificador=rut)
    nuevo = usuario.activado is None
    if usuario.perfiles.filter(tipo=tipo).exists():
        raise ValidationError({"rut": f"Esa persona ya tiene un perfil {TipoPerfil(tipo).label}. Búscala en la lista."})
    if nuevo:  # also one that somebody registered and nobody activated: those data and that password are not proven
        usuario.nombres, usuario.apellidos, usuario.email = nombres, apellidos, email
        usuario.password = make_password(None)
        usuario.save()
    perfil = Perfil.objects.create(usuario=usuario, tipo=tipo, distribuidora=distribuidora, unidad=unidad)
    registrar(None, "usuario_creado" if nuevo else "perfil_agregado", por=por, **_de(perfil))
    for funcion in funciones:
        asignar(perfil, por=por, funcion=funcion, desde=desde, hasta=hasta)
    if nuevo:
        _invitar(usuario)
    else:
        escribir(
            usuario, "cuenta_perfil_nuevo", "Ingresar", fichas.direccion("account_login"), tipo=TipoPerfil(tipo).label
        )
    return perfil


def _de(perfil: Perfil) -> dict[str, Any]:
    """What an event says of the profile it is about."""
    return {
        "usuario": perfil.usuario_id,
        "perfil_afectado": perfil.pk,
        "tipo": perfil.tipo,
        "empresa": perfil.distribuidora.codigo if perfil.distribuidora else "",
        "unidad": perfil.unidad_id,
    }


def _invitar(usuario: Usuario) -> None:
    escribir(usuario, "cuenta_invitacion", "Poner mi contraseña", fichas.para_activar(usuario))


@transaction.atomic
def invitar(usuario: Usuario, *, por: Perfil) -> None:
    """The invitation once more; the link of the earlier one dies when the first is used."""
    exigir(puede_administrar_usuarios(por))
    usuario = _bloquear(usuario)
    if usuario.activado:
        raise ValidationError("Esa cuenta ya fue activada: no hace falta invitarla.")
    registrar(None, "usuario_invitado", por=por, usuario=usuario.pk)
    _invitar(usuario)


@transaction.atomic
def editar(usuario: Usuario, *, por: Perfil, nombres: str, apellidos: str, email: str, instalador_sec: bool) -> Usuario:
    """Other personal data. A new mail is told to the old one too."""
    exigir(puede_administrar_usuarios(por))
    usuario = _bloquear(usuario)
    antes = usuario.email
    datos = {"nombres": nombres, "apellidos": apellidos, "email": email, "instalador_sec": instalador_sec}
    if hechos := cambios.aplicar(usuario, datos):
        usuario.save(update_fields=list(datos))
        palabras = cambios.en_palabras(Usuario, hechos)
        registrar(None, "usuario_editado", por=por, comentario=palabras, usuario=usuario.pk, campos=sorted(hechos))
    if "email" in hechos and usuario.activado:
        enlace = fichas.direccion("account_reset_password")
        escribir(usuario, "cuenta_correo_cambiado", "Recuperar contraseña", enlace, a=antes)
    return usuario


@transaction.atomic
def desactivar(usuario: Usuario, *, por: Perfil) -> None:
    """Nobody signs in with the account any more, and whoever is in is out; its history stays."""
    exigir(puede_administrar_usuarios(por))
    _otra(usuario, por)
    with _queda_administrador():
        usuario = _bloquear(usuario)
        if usuario.activado and not usuario.is_active:
            raise ValidationError("Esa cuenta ya está desactivada.")
        usuario.is_active, usuario.activado = False, usuario.activado or reloj.ahora()  # an open invitation dies
        usuario.save(update_fields=["is_active", "activado"])
        _cerrar_sesiones(usuario)
        registrar(None, "usuario_desactivado", por=por, usuario=usuario.pk)


@transaction.atomic
def reactivar(usuario: Usuario, *, por: Perfil) -> None:
    """The account works again; who never set a password is invited to."""
    exigir(puede_administrar_usuarios(por))
    usuario = _bloquear(usuario)
    if usuario.is_active or usuario.activado is None:
        raise ValidationError("Esa cuenta no está desactivada.")
    if usuario.has_usable_password():
        usuario.is_active = True
    else:
        usuario.activado = None
    usuario.save(update_fields=["is_active", "activado"])
    registrar(None, "usuario_reactivado", por=por, usuario=usuario.pk)
    if usuario.activado is None:
        _invitar(usuario)


@transaction.atomic
def eliminar(usuario: Usuario, *, por: Perfil) -> None:
    """As if it had never been: only an account of which nothing is written anywhere."""
    exigir(puede_administrar_usuarios(por))
    _otra(usuario, por)
    with _queda_administrador():
        usuario = _bloquear(usuario)
        pk = usuario.pk
        _cerrar_sesiones(usuario)
        try:
            usuario.perfiles.all().delete()
            usuario.delete()
        except ProtectedError:
            raise ValidationError("Esa persona ya hizo algo en el portal: se puede desactivar, no eliminar.") from None
        registrar(None, "usuario_eliminado", por=por, usuario=pk)


@transaction.atomic
def quitar_segundo_factor(usuario: Usuario, *, por: Perfil | None) -> None:
    """The holder lost the device (A-09): the password alone signs in again. `por` None: from the server's console."""
    exigir(por is None or puede_administrar_usuarios(por))
    if por:
        _otra(usuario, por)
    if not Authenticator.objects.filter(user=usuario).delete()[0]:
        raise ValidationError("Esa cuenta no tiene segundo factor.")
    _cerrar_sesiones(usuario)
    registrar(None, "segundo_factor_quitado", por=por, usuario=usuario.pk)
    escribir(usuario, "cuenta_segundo_factor_quitado", "Ingresar", fichas.direccion("account_login"))


# --- profiles -------------------------------------------------------------------------------------------------------
@transaction.atomic
def editar_perfil(perfil: Perfil, *, por: Perfil, distribuidora: Distribuidora | None, unidad: Unidad | None) -> None:
    """Another company or unit; of another company, the open sessions end."""
    exigir(puede_administrar_usuarios(por))
    perfil = Perfil.objects.select_for_update().get(pk=perfil.pk)
    hechos = cambios.aplicar(perfil, {"distribuidora": distribuidora, "unidad": unidad})
    if not hechos:
        return
    perfil.save(update_fields=["distribuidora", "unidad"])
    registrar(None, "perfil_editado", por=por, cambios=hechos, **_de(perfil))
    if "distribuidora" in hechos:
        _cerrar_sesiones(perfil.usuario)


@transaction.atomic
def desactivar_perfil(perfil: Perfil, *, por: Perfil) -> None:
    """Nobody acts as this profile any more; the person keeps the others."""
    exigir(puede_administrar_usuarios(por))
    _otra(perfil.usuario, por)
    with _queda_administrador():
        perfil = Perfil.objects.select_for_update().get(pk=perfil.pk)
        if not perfil.activo:
            raise ValidationError("Ese perfil ya está desactivado.")
        perfil.activo = False
        perfil.save(update_fields=["activo"])
        _cerrar_sesiones(perfil.usuario)
        registrar(None, "perfil_desactivado", por=por, **_de(perfil))


@transaction.atomic
def reactivar_perfil(perfil: Perfil, *, por: Perfil) -> None:
    """The profile can be chosen again."""
    exigir(puede_administrar_usuarios(por))
    perfil = Perfil.objects.select_for_update().get(pk=perfil.pk)
    if perfil.activo:
        raise ValidationError("Ese perfil no está desactivado.")
    perfil.activo = True
    perfil.save(update_fields=["activo"])
    registrar(None, "perfil_reactivado", por=por, **_de(perfil))


# --- functions ------------------------------------------------------------------------------------------------------
@transaction.atomic
def asignar(
    perfil: Perfil,
    *,
    por: Perfil,
    funcion: str,
    desde: date | None = None,
    hasta: date | None = None,
    suplente_de: Perfil | None = None,
) -> Asignacion:
    """A function, from–to, its own or as somebody's deputy; never twice for the same day."""
    exigir(puede_administrar_usuarios(por))
    perfil = Perfil.objects.select_for_update().get(pk=perfil.pk)
    if Funcion(funcion).tipo != perfil.tipo:
        raise ValidationError({"funcion": f"Esa función no es de un perfil {perfil.get_tipo_display()}."})
    _que_pueda_suplir(perfil, funcion, suplente_de)
    for otra in perfil.asignaciones.filter(grupo__name=funcion, suplente_de=suplente_de):
        if (otra.hasta is None or desde is None or otra.hasta >= desde) and (
            hasta is None or otra.desde is None or otra.desde <= hasta
        ):
            raise ValidationError({"funcion": "Ya tiene esa función en alguno de esos días."})
    asignacion = Asignacion.objects.create(
        perfil=perfil, grupo=Group.objects.get(name=funcion), desde=desde, hasta=hasta, suplente_de=suplente_de
    )
    registrar(None, "funcion_asignada", por=por, **_de(perfil), **_de_funcion(asignacion))
    return asignacion


def _que_pueda_suplir(perfil: Perfil, funcion: str, titular: Perfil | None) -> None:
    if titular is None:
        return
    if titular.usuario_id == perfil.usuario_id:
        raise ValidationError({"suplente_de": "Nadie es suplente de sí mismo."})
    if titular.distribuidora_id != perfil.distribuidora_id or not titular.asignaciones.filter(grupo__name=funcion):
        raise ValidationError({"suplente_de": "Esa persona no tiene esa función en la misma empresa."})


def _de_funcion(asignacion: Asignacion) -> dict[str, Any]:
    funcion = Funcion(asignacion.grupo.name)
    return {
        "funcion": funcion.value,
        "nombre_funcion": funcion.label,
        "desde_el": str(asignacion.desde or ""),
        "hasta_el": str(asignacion.hasta or ""),
        "suplente_de": asignacion.suplente_de_id,
    }


@transaction.atomic
def retirar(asignacion: Asignacion, *, por: Perfil) -> None:
    """The function no longer counts, from the next request on."""
    exigir(puede_administrar_usuarios(por))
    with _queda_administrador():
        registrar(None, "funcion_retirada", por=por, **_de(asignacion.perfil), **_de_funcion(asignacion))
        asignacion.delete()
