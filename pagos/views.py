"""How a company is paid, seen and changed by who administers it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pagos import actions
from pagos.forms import MediosForm
from pagos.models import MedioDePago
from portal.permisos import con_permiso


@con_permiso("pagos.configurar_medios")
@require_http_methods(["GET", "HEAD", "POST"])
def medios(request: HttpRequest) -> HttpResponse:
    """**Medios de pago** of the own company."""
    empresa = request.perfil.distribuidora
    inicial = MediosForm.inicial(list(MedioDePago.objects.filter(distribuidora=empresa)))
    form = MediosForm(request.POST if request.method == "POST" else None, initial=inicial)
    if form.is_valid():
        actions.ofrecer(empresa, por=request.perfil, **form.datos())
        messages.success(request, "Guardamos los medios de pago de tu empresa.")
        return redirect("pagos:medios")
    return render(request, "pagos/medios.html", {"form": form, "empresa": empresa})
