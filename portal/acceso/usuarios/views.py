"""**Administrador**: people, their profiles and functions (A-08)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.acceso.intentar import intentar
from portal.acceso.usuarios import actions
from portal.acceso.usuarios.forms import CON_EMPRESA, FuncionForm, LugarForm, PersonaForm, UsuarioForm
from portal.acceso.usuarios.lista import Usuarios
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.identificador import presentar
from portal.cuentas.models import Asignacion, Perfil, Usuario
from portal.historial.lista import contar
from portal.historial.models import Evento
from portal.permisos import con_permiso

_administrar = con_permiso("cuentas.administrar_usuarios")
_formulario = require_http_methods(["GET", "HEAD", "POST"])
ULTIMOS = 15
"""Facts of the history that a person's page shows."""
SOBRE_USUARIOS = (
    "usuario_creado",
    "usuario_invitado",
    "usuario_editado",
    "usuario_desactivado",
    "usuario_reactivado",
    "perfil_agregado",
    "perfil_editado",
    "perfil_desactivado",
    "perfil_reactivado",
    "funcion_asignada",
    "funcion_retirada",
    "segundo_factor_quitado",
)
TIPOS = {
    TipoPerfil.DISTRIBUIDORA: ("building", "Tramita, valida pagos o administra en una empresa."),
    TipoPerfil.AGENTE: ("telephone", "Atiende al público de una empresa, o trabaja con lo que se atendió."),
    TipoPerfil.SEC: ("shield-check", "Audita, administra o decide en segunda instancia."),
    TipoPerfil.SOLICITANTE: ("person", "Cliente o instalador. Por lo común se registra solo."),
}


@_administrar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account."""
    usuarios = Usuarios(request.GET)
    return render(request, "usuarios/lista.html", {"usuarios": usuarios, "hay_errores": usuarios.filtro.errors})


@_administrar
@require_safe
def nuevo(request: HttpRequest) -> HttpResponse:
    """Which type of profile?"""
    tipos = [(tipo, *TIPOS[tipo]) for tipo in TIPOS]
    return render(request, "usuarios/nuevo.html", {"tipos": tipos})


@_administrar
@_formulario
def crear(request: HttpRequest, tipo: str) -> HttpResponse:
    """A new user, or a new profile for somebody known."""
    if tipo not in TipoPerfil.values:
        raise Http404
    form = UsuarioForm(request.POST or None, tipo=tipo, initial={"rut": request.GET.get("rut", "")[:40]})
    hecho: list[Perfil] = []
    if form.is_valid() and intentar(
        form, lambda: hecho.append(actions.crear(por=request.perfil, tipo=tipo, **form.cleaned_data))
    ):
        usuario = hecho[0].usuario
        que = "Le agregamos el perfil y le avisamos" if form.ya_esta else "Le enviamos la invitación"
        messages.success(request, f"{usuario.get_full_name()}: {TipoPerfil(tipo).label}. {que} a {usuario.email}.")
        return redirect("usuarios:ver", usuario.pk)
    return render(request, "usuarios/crear.html", {"form": form, "tipo": TipoPerfil(tipo)})


def _cargar(pk: int) -> Usuario:
    return get_object_or_404(Usuario, pk=pk)


@_administrar
@require_safe
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: data, profiles with their functions, what can be done, what was done."""
    usuario = _cargar(pk)
    asignaciones = Asignacion.objects.select_related("grupo", "suplente_de__usuario").order_by("desde", "pk")
    perfiles = usuario.perfiles.select_related("distribuidora", "unidad").order_by("tipo")
    sobre = Evento.objects.filter(hecho__in=SOBRE_USUARIOS, datos__usuario=usuario.pk)
    eventos = sobre.select_related("caso", "perfil__usuario", "perfil__distribuidora", "comentario")
    tiene = set(usuario.perfiles.values_list("tipo", flat=True))
    contexto = {
        "usuario": usuario,
        "vigentes": set(Asignacion.objects.vigentes().filter(perfil__usuario=usuario).values_list("pk", flat=True)),
        "perfiles": perfiles.prefetch_related(Prefetch("asignaciones", asignaciones)),
        "factores": Authenticator.objects.filter(user=usuario).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        "historia": [contar(e, request.perfil) for e in eventos.order_by("-cuando", "-pk")[:ULTIMOS]],
        "otros_tipos": [tipo for tipo in TIPOS if tipo not in tiene],
        "propia": usuario.pk == request.user.pk,
    }
    return render(request, "usuarios/ver.html", contexto)


def _grabado(request: HttpRequest, usuario: Usuario, frase: str) -> HttpResponse:
    messages.success(request, frase)
    return redirect("usuarios:ver", usuario.pk)


def _pagina(request: HttpRequest, usuario: Usuario, form: forms.BaseForm, titulo: str, apoyo: str = "") -> HttpResponse:
    """A form about a person, with the way back to them."""
    contexto = {"form": form, "usuario": usuario, "titulo": titulo, "apoyo": apoyo}
    return render(request, "usuarios/formulario.html", contexto)


@_administrar
@_formulario
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """Personal data."""
    usuario = _cargar(pk)
    form = PersonaForm(request.POST or None, instance=_cargar(pk))
    if form.is_valid() and intentar(form, lambda: actions.editar(usuario, por=request.perfil, **form.cleaned_data)):
        return _grabado(request, usuario, "Grabamos los datos.")
    rut = f"El RUT, {presentar(usuario.identificador)}, no se edita: es quién es la persona."
    return _pagina(request, usuario, form, "Editar datos", rut)


@_administrar
@require_POST
def invitar(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation once more."""
    usuario = _cargar(pk)
    form = forms.Form(request.POST)
    if form.is_valid() and intentar(form, lambda: actions.invitar(usuario, por=request.perfil)):
        return _grabado(request, usuario, f"Enviamos otra invitación a {usuario.email}.")
    messages.error(request, form.non_field_errors()[0])
    return redirect("usuarios:ver", usuario.pk)


# --- what asks first ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Pregunta:
    """A page that says what will happen before it does; `{}` is the person or the profile."""

    titulo: str
    consecuencia: str
    boton: str
    hecho: str
    accion: Callable[..., Any]


PREGUNTAS = {
    "desactivar": Pregunta(
        "Desactivar la cuenta de {}",
        "No podrá ingresar con ningún perfil, y las sesiones que tenga abiertas se cierran ahora. Lo que hizo queda en "
        "el historial. Se puede reactivar.",
        "Desactivar",
        "Desactivamos la cuenta.",
        actions.desactivar,
    ),
    "reactivar": Pregunta(
        "Reactivar la cuenta de {}",
        "Podrá ingresar otra vez con su contraseña y sus perfiles. Si nunca puso contraseña, recibe otra invitación.",
        "Reactivar",
        "Reactivamos la cuenta.",
        actions.reactivar,
    ),
    "eliminar": Pregunta(
        "Eliminar la cuenta de {}",
        "Desaparece como si nunca hubiera existido. Solo se puede con una cuenta que no hizo nada en el portal; si "
        "hizo algo, desactívala. No se puede deshacer.",
        "Eliminar",
        "Eliminamos la cuenta.",
        actions.eliminar,
    ),
    "quitar_segundo_factor": Pregunta(
        "Quitar el segundo factor de {}",
        "Se borran su aplicación de códigos, sus llaves y sus códigos de recuperación, y se cierran sus sesiones: para "
        "ingresar bastará la contraseña hasta que agregue otro. Le avisamos por correo. Antes, asegúrate por "
        "otro medio de que es esa persona quien lo pide.",
        "Quitar",
        "Quitamos el segundo factor y le avisamos.",
        actions.quitar_segundo_factor,
    ),
    "desactivar_perfil": Pregunta(
        "Desactivar el perfil {}",
        "No podrá actuar con este perfil, y las sesiones que tenga abiertas se cierran ahora. Conserva los demás. Lo "
        "que hizo queda en el historial. Se puede reactivar.",
        "Desactivar",
        "Desactivamos el perfil.",
        actions.desactivar_perfil,
    ),
    "reactivar_perfil": Pregunta(
        "Reactivar el perfil {}",
        "Podrá elegirlo otra vez al ingresar, con las funciones que tenga vigentes.",
        "Reactivar",
        "Reactivamos el perfil.",
        actions.reactivar_perfil,
    ),
    "retirar": Pregunta(
        "Retirar la función {}",
        "Deja de valer en la próxima página que abra. Lo que hizo con ella queda en el historial.",
        "Retirar",
        "Retiramos la función.",
        actions.retirar,
    ),
}


def _preguntar(request: HttpRequest, que: str, usuario: Usuario, objeto: Any, nombre: str) -> HttpResponse:
    """Ask, then do it."""
    pregunta = PREGUNTAS[que]
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and intentar(form, lambda: pregunta.accion(objeto, por=request.perfil)):
        messages.success(request, pregunta.hecho)
        return redirect("usuarios:lista") if que == "eliminar" else redirect("usuarios:ver", usuario.pk)
    contexto = {
        "form": form,
        "titulo": pregunta.titulo.format(nombre),
        "consecuencia": pregunta.consecuencia,
        "grabar": pregunta.boton,
        "volver": reverse("usuarios:ver", args=[usuario.pk]),
    }
    return render(request, "usuarios/preguntar.html", contexto)


@_administrar
@_formulario
def cuenta(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Deactivate, reactivate, delete an account, or take its second factor away."""
    usuario = _cargar(pk)
    return _preguntar(request, que, usuario, usuario, usuario.get_full_name())


@_administrar
@_formulario
def perfil(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Deactivate or reactivate a profile."""
    de_quien = get_object_or_404(Perfil.objects.select_related("usuario"), pk=pk)
    nombre = f"{de_quien.get_tipo_display()} de {de_quien.nombre}"
    return _preguntar(request, que, de_quien.usuario, de_quien, nombre)


@_administrar
@_formulario
def retirar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a function away."""
    asignacion = get_object_or_404(Asignacion.objects.select_related("perfil__usuario", "grupo"), pk=pk)
    nombre = f"{asignacion.funcion.label} de {asignacion.perfil.nombre}"
    return _preguntar(request, "retirar", asignacion.perfil.usuario, asignacion, nombre)


# --- profiles and functions -----------------------------------------------------------------------------------------
@_administrar
@_formulario
def editar_perfil(request: HttpRequest, pk: int) -> HttpResponse:
    """Company and unit of a profile."""
    objeto = get_object_or_404(Perfil.objects.select_related("usuario"), pk=pk, tipo__in=CON_EMPRESA)
    inicial = {"distribuidora": objeto.distribuidora_id, "unidad": objeto.unidad_id}
    form = LugarForm(request.POST or None, initial=inicial)
    if form.is_valid() and intentar(
        form, lambda: actions.editar_perfil(objeto, por=request.perfil, **form.cleaned_data)
    ):
        return _grabado(request, objeto.usuario, "Grabamos el perfil.")
    apoyo = "Con otra empresa deja de ver los datos de la anterior, y sus sesiones abiertas se cierran."
    return _pagina(request, objeto.usuario, form, f"Perfil {objeto.get_tipo_display()}", apoyo)


@_administrar
@_formulario
def asignar(request: HttpRequest, pk: int) -> HttpResponse:
    """One more function, own or as a deputy."""
    objeto = get_object_or_404(Perfil.objects.select_related("usuario").exclude(tipo=TipoPerfil.SOLICITANTE), pk=pk)
    form = FuncionForm(request.POST or None, perfil=objeto)
    if form.is_valid() and intentar(form, lambda: actions.asignar(objeto, por=request.perfil, **form.cleaned_data)):
        return _grabado(request, objeto.usuario, "Asignamos la función.")
    return _pagina(request, objeto.usuario, form, f"Agregar función al perfil {objeto.get_tipo_display()}")
