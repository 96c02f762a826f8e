"""What the head decides on entries, singly and in bulk (G-07)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gestiones import actions
from gestiones.forms import MotivoForm, intentar
from gestiones.models import Gestion
from portal.permisos import con_permiso

A_LA_VEZ = 500


def inicio(request: HttpRequest) -> HttpResponse:
    """The head's first page is the board."""
    return redirect("gestiones:tablero")


@con_permiso("gestiones.validar_gestion")
@require_POST
def revisar(request: HttpRequest) -> HttpResponse:
    """**Validar** or **Observar** the entries that were ticked; observing asks why first."""
    numeros = _numeros(request)
    volver = _volver(request)
    if not numeros:
        messages.warning(request, "Marca al menos una gestión.")
        return redirect(volver)
    if request.POST.get("accion") != "observar":
        _decir(request, len(actions.validar(numeros, por=request.perfil)), len(numeros), "Validaste")
        return redirect(volver)
    form = MotivoForm(request.POST if "motivo" in request.POST else None)
    hechas: list[Gestion] = []
    if form.is_valid() and intentar(
        form, lambda: hechas.extend(actions.observar(numeros, por=request.perfil, motivo=form.cleaned_data["motivo"]))
    ):
        _decir(request, len(hechas), len(numeros), "Observaste")
        return redirect(volver)
    return render(request, "gestiones/observar.html", {"form": form, "numeros": numeros, "volver": volver})


def _numeros(request: HttpRequest) -> list[int]:
    """The entries ticked that whoever looks can see."""
    pedidos = [int(n) for n in request.POST.getlist("numero")[:A_LA_VEZ] if n.isdecimal() and len(n) <= 18]
    return list(Gestion.objects.filter(numero__in=pedidos).order_by("numero").values_list("numero", flat=True))


def _volver(request: HttpRequest) -> str:
    destino = request.POST.get("volver", "")
    segura = url_has_allowed_host_and_scheme(destino, {request.get_host()}, require_https=request.is_secure())
    return destino if segura and destino.startswith("/") else reverse("gestiones:lista")


def _decir(request: HttpRequest, hechas: int, pedidas: int, verbo: str) -> None:
    if hechas:
        messages.success(request, f"{verbo} {hechas} {'gestión' if hechas == 1 else 'gestiones'}.")
    if quedaron := pedidas - hechas:
        cuantas = "1 ya no esperaba" if quedaron == 1 else f"{quedaron} ya no esperaban"
        messages.warning(request, f"{cuantas} revisión: alguien decidió antes o el funcionario la tiene observada.")
