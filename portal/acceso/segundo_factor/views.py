"""The second factor: adding and removing it in **Perfil**, and the second step at sign-in (A-09)."""

import json
import re
from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy

from portal.acceso.segundo_factor import actions
from portal.acceso.segundo_factor.obligacion import obligado
from portal.cuentas.models import Perfil
from portal.permisos import CLAVE_DE_SESION, con_sesion, publica

APLICACION = "aplicación de códigos"
_INICIO = reverse_lazy("mfa_index")


class Inicio(IndexView):
    """What the account has, and what it may add."""

    acceso = con_sesion
    template_name = "segundo_factor/inicio.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factores = {f.type: f for f in Authenticator.objects.filter(user=self.request.user).order_by("created_at")}
        llaves = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        codigos = factores.get(Authenticator.Type.RECOVERY_CODES)
        return {
            "view": self,
            "aplicacion": factores.get(Authenticator.Type.TOTP),
            "llaves": llaves.order_by("created_at"),
            "codigos": len(codigos.wrap().get_unused_codes()) if codigos else None,
            "obligado": obligado(self.request.perfil),
        }


class AgregarAplicacion(ActivateTOTPView):
    acceso = con_sesion
    template_name = "segundo_factor/aplicacion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        return contexto | {"clave": " ".join(re.findall(".{1,4}", contexto["form"].secret))}

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.agregado(por=self.request.perfil, cual=APLICACION)
        return response


class QuitarAplicacion(DeactivateTOTPView):
    acceso = con_sesion
    template_name = "segundo_factor/quitar.html"
    success_url = _INICIO
    extra_context = {"que": APLICACION}

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.retirado(por=self.request.perfil, cual=APLICACION)
        return response


class AgregarLlave(AddWebAuthnView):
    acceso = con_sesion
    template_name = "segundo_factor/llave.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        return contexto | {"opciones": json.dumps(contexto["js_data"]["creation_options"])}

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.agregado(por=self.request.perfil, cual="llave de acceso")
        return response


class QuitarLlave(RemoveWebAuthnView):
    acceso = con_sesion
    template_name = "segundo_factor/quitar.html"
    success_url = _INICIO

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"que": f"llave «{self.object}»"}

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        response = super().form_valid(form)
        actions.retirado(por=self.request.perfil, cual="llave de acceso")
        return response


class VerCodigos(ViewRecoveryCodesView):
    acceso = con_sesion
    template_name = "segundo_factor/codigos.html"


class HacerCodigos(GenerateRecoveryCodesView):
    acceso = con_sesion
    template_name = "segundo_factor/hacer_codigos.html"

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        actions.codigos_generados(por=self.request.perfil)
        return response


class Confirmar(ReauthenticateView):
    """The password again, before the second factor is changed from a session left open."""

    acceso = con_sesion
    template_name = "segundo_factor/confirmar.html"

    def get_default_success_url(self) -> str:
        return reverse("mfa_index")


class SegundoPaso(AuthenticateView):
    """After the right password, before anything else."""

    acceso = publica
    template_name = "segundo_factor/segundo_paso.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexto = super().get_context_data(**kwargs)
        llaves = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        opciones = json.dumps(contexto["js_data"]["request_options"])
        return contexto | {"con_llave": llaves.exists(), "opciones": opciones}

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        usado = getattr(form, "authenticator", None)
        if usado and usado.type == Authenticator.Type.RECOVERY_CODES and self.request.user.is_authenticated:
            perfil = Perfil.objects.get(pk=self.request.session[CLAVE_DE_SESION])
            usado.refresh_from_db()  # allauth marked the code on another copy of the row
            actions.codigo_usado(por=perfil, quedan=len(usado.wrap().get_unused_codes()))
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if form.has_error("code", code="limitado") else 200
        return response
