"""What the applicant does about a charge (P-02)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.permisos import con_permiso, exigir
from solicitudes import actions, permissions
from solicitudes.forms import ComprobanteForm
from solicitudes.views.caso import cargar, contexto
from solicitudes.views.tramite import intentar


@con_permiso("solicitudes.enviar_solicitud")
@require_http_methods(["GET", "HEAD", "POST"])
def pagar(request: HttpRequest, folio: str) -> HttpResponse:
    """Send a proof of payment; its form stands on the request's page."""
    solicitud = cargar(folio)
    exigir(permissions.puede_pagar(request.perfil, solicitud))
    if request.method != "POST":
        return redirect(solicitud)
    form = ComprobanteForm(request.POST, request.FILES)
    if form.is_valid() and intentar(
        form, lambda: actions.enviar_comprobante(solicitud, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"Recibimos tu comprobante de {folio}. Te avisaremos cuando lo revisen.")
        return redirect(solicitud)
    return render(request, "solicitudes/ver.html", contexto(request, solicitud) | {"form": form})
