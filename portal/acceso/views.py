"""The pages of the door: in, out, register, activate, recover. What is signed in is in `views_perfil`."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, LogoutView, PasswordResetFromKeyView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from portal.acceso import actions, captcha, limites, navegador
from portal.acceso.adapter import error_de_limite
from portal.acceso.fichas import FichaInvalida
from portal.acceso.forms import ClaveNuevaForm, RegistroForm, RutConCaptchaForm
from portal.permisos import publica

DEMASIADAS = "Hubo demasiados pedidos."


def direccion_de(request: HttpRequest) -> str:
    """Where the request comes from, behind the proxies that the settings trust."""
    return get_adapter().get_client_ip(request)


def _limitado(form: Form) -> bool:
    return form.has_error("__all__", code="limitado")


class Ingreso(LoginView):
    """A-01."""

    acceso = publica

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if _limitado(form) else 200
        return response


class Salida(LogoutView):
    """**Cerrar Sesión**; the browser is asked to forget the pages that it keeps."""

    acceso = publica

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


@method_decorator(never_cache, name="dispatch")
class ClaveNueva(PasswordResetFromKeyView):
    """A-05, from the link in the mail; the link itself is kept out of the page's address."""

    acceso = publica
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.clave_cambiada(self.reset_user, por=None)
        navegador.recordar(self.request, response, self.reset_user.identificador)
        return response


@publica
@require_GET
@never_cache
def reto(request: HttpRequest) -> JsonResponse:
    """A new proof of work for the captcha's widget."""
    return JsonResponse(captcha.reto())


def _contado(form: Form, *sujetos: tuple[limites.Tope, str]) -> bool:
    """Whether this valid form may still be acted on; when not, it says until when."""
    try:
        with limites.intento(*sujetos):
            return True
    except limites.Limitado as limitado:
        form.add_error(None, error_de_limite(limitado, DEMASIADAS))
        return False


@publica
@never_cache
@sensitive_post_parameters("clave", "clave2")
@require_http_methods(["GET", "POST"])
def registrarse(request: HttpRequest) -> HttpResponse:
    """A-03; the answer is the same for a RUT that has an account."""
    if request.user.is_authenticated:
        return redirect("acceso:perfil")
    form = RegistroForm(request.POST or None)
    desde = direccion_de(request)
    if form.is_valid() and _contado(
        form,
        (limites.REGISTRO_POR_DIRECCION, limites.red(desde)),
        (limites.REGISTRO_POR_CUENTA, form.cleaned_data["rut"]),
    ):
        actions.registrarse(**form.cleaned_data)
        return redirect("acceso:registro_recibido")
    return render(request, "acceso/registrarse.html", {"form": form}, status=429 if _limitado(form) else 200)


def _por_rut(request: HttpRequest, plantilla: str, accion: Any, despues: str) -> HttpResponse:
    """A form of a RUT and a captcha, after which a mail goes out or does not."""
    form = RutConCaptchaForm(request.POST or None)
    if form.is_valid() and _contado(
        form,
        (limites.CORREO_POR_DIRECCION, limites.red(direccion_de(request))),
        (limites.CORREO_POR_CUENTA, form.cleaned_data["rut"]),
    ):
        accion(rut=form.cleaned_data["rut"])
        return redirect(despues)
    return render(request, plantilla, {"form": form}, status=429 if _limitado(form) else 200)


@publica
@never_cache
@require_http_methods(["GET", "POST"])
def recuperar(request: HttpRequest) -> HttpResponse:
    """A-05; the answer is the same for a RUT without account."""
    return _por_rut(request, "acceso/recuperar.html", actions.recuperar, "acceso:recuperar_recibido")


@publica
@never_cache
@require_http_methods(["GET", "POST"])
def reenviar(request: HttpRequest) -> HttpResponse:
    """A-04: the activation mail once more."""
    return _por_rut(request, "acceso/reenviar.html", actions.reenviar_activacion, "acceso:registro_recibido")


@publica
@require_GET
def registro_recibido(request: HttpRequest) -> HttpResponse:
    return render(request, "acceso/registro_recibido.html")


@publica
@require_GET
def recuperar_recibido(request: HttpRequest) -> HttpResponse:
    return render(request, "acceso/recuperar_recibido.html")


@publica
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def activar(request: HttpRequest, ficha: str) -> HttpResponse:
    """A-04, A-08: the link shows a button, and to who was invited the fields of a first password.

    Only pressing it activates, so that a mail scanner's visit uses nothing up.
    """
    form = None
    try:
        if invitado := actions.invitado(ficha=ficha):
            form = ClaveNuevaForm(request.POST or None, user=invitado)
        if request.method == "GET" or (form and not form.is_valid()):
            return render(request, "acceso/activar.html", {"form": form})
        actions.activar(ficha=ficha, clave=form.cleaned_data["password1"] if form else None)
    except FichaInvalida:
        if request.method == "GET":
            return render(request, "acceso/activar.html")
        return render(request, "acceso/enlace_vencido.html", {"form": RutConCaptchaForm()}, status=410)
    messages.success(request, "Tu cuenta está activa. Ya puedes ingresar.")
    return redirect("account_login")


@publica
@never_cache
@require_http_methods(["GET", "POST"])
def confirmar_correo(request: HttpRequest, ficha: str) -> HttpResponse:
    """A-06: the new address answers; with or without a session, since the mail may be read elsewhere."""
    if request.method == "GET":
        return render(request, "acceso/confirmar_correo.html")
    try:
        actions.confirmar_correo(ficha=ficha)
    except FichaInvalida:
        return render(request, "acceso/correo_vencido.html", status=410)
    messages.success(request, "Tu correo cambió. Desde ahora te escribimos a la dirección nueva.")
    return redirect("acceso:perfil" if request.user.is_authenticated else "account_login")
