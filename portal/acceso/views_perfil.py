"""The person's own pages: account, password, mail, sessions, which profile to act as."""

from allauth.account.views import PasswordChangeView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.acceso import actions
from portal.acceso.forms import CorreoForm
from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.models import Perfil
from portal.permisos import CLAVE_DE_SESION, con_sesion, con_usuario


class CambioDeClave(PasswordChangeView):
    """A-06: **Cambio de clave**; the other sessions end, this one gets a new number."""

    acceso = con_sesion

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.clave_cambiada(self.request.user, por=self.request.perfil)
        return response


@con_sesion
@require_GET
def perfil(request: HttpRequest) -> HttpResponse:
    """A-06: what the portal knows of whoever looks, and where they are signed in."""
    sesiones = sorted(UserSession.objects.purge_and_list(request.user), key=lambda s: s.created_at, reverse=True)
    contexto = {
        "sesiones": sesiones,
        "esta_sesion": request.session.session_key,
        "es_solicitante_tambien": request.user.perfiles.filter(tipo=TipoPerfil.SOLICITANTE).exists(),
    }
    return render(request, "acceso/perfil.html", contexto)


@con_sesion
@sensitive_post_parameters("clave")
@require_http_methods(["GET", "POST"])
def cambiar_correo(request: HttpRequest) -> HttpResponse:
    """A-06: ask for another address; it confirms by its own mail."""
    form = CorreoForm(request.POST or None, usuario=request.user)
    if form.is_valid():
        nuevo = form.cleaned_data["nuevo"]
        actions.pedir_cambio_de_correo(nuevo=nuevo, por=request.perfil)
        messages.success(request, f"Enviamos un enlace a {nuevo}. Tu correo cambia cuando lo abras.")
        return redirect("acceso:perfil")
    return render(request, "acceso/cambiar_correo.html", {"form": form})


@con_sesion
@require_POST
def cerrar_sesiones(request: HttpRequest) -> HttpResponse:
    """A-10: end one other session, or all of them."""
    una = _entero(request.POST["sesion"]) if "sesion" in request.POST else None
    cuantas = actions.cerrar_sesiones(por=request.perfil, actual=request.session.session_key, una=una)
    messages.success(request, f"Sesiones cerradas: {cuantas}." if cuantas else "No había otras sesiones abiertas.")
    return redirect("acceso:perfil")


@con_sesion
@require_POST
def activar_solicitante(request: HttpRequest) -> HttpResponse:
    """Staff who are citizens too."""
    actions.activar_solicitante(por=request.perfil)
    messages.success(request, "Activamos tu perfil de Solicitante. Cámbiate a él en el menú de tu nombre.")
    return redirect("acceso:perfil")


@con_usuario
@require_GET
def elegir_perfil(request: HttpRequest) -> HttpResponse:
    """The active profile was taken away; which of the others now?"""
    quedan = _propios(request).select_related("distribuidora", "unidad").order_by("tipo")
    return render(request, "acceso/elegir_perfil.html", {"quedan": quedan})


@con_usuario
@require_POST
def cambiar_perfil(request: HttpRequest) -> HttpResponse:
    """A-02: act as another profile that one holds."""
    elegido = get_object_or_404(_propios(request), pk=_entero(request.POST.get("perfil")))
    request.session[CLAVE_DE_SESION] = elegido.pk
    actions.perfil_cambiado(por=elegido)
    messages.success(request, f"Ahora actúas como {elegido.get_tipo_display()}.")
    return redirect("inicio")


def _propios(request: HttpRequest) -> QuerySet[Perfil]:
    """The profiles that whoever asks may act as."""
    return Perfil.objects.filter(usuario=request.user, activo=True)


def _entero(texto: str | None) -> int:
    """A key that was sent; 0, which nothing has, when it is not one."""
    return int(texto) if texto and texto.isdecimal() and len(texto) < 19 else 0
