"""The public check of a document, and its page for those who work with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.acceso.limites import Limitado, intento, red
from portal.acceso.views import direccion_de
from portal.impresos import actions
from portal.impresos.forms import ArchivoForm, CodigoForm
from portal.impresos.limites import VERIFICAR_POR_DIRECCION
from portal.impresos.models import Impreso
from portal.permisos import con_sesion, publica

NO_EXISTE = "No hay un documento con ese código. Compáralo letra por letra con el que está al pie del documento"
DEMASIADOS = "Hubo demasiados códigos equivocados desde tu conexión. Espera una hora e inténtalo otra vez"


@publica
@require_safe
@never_cache
def verificar(request: HttpRequest) -> HttpResponse:
    """Type the code of a document."""
    if "codigo" not in request.GET:
        return render(request, "impresos/verificar.html", {"form": CodigoForm()})
    form = CodigoForm(request.GET)
    if form.is_valid():
        return _con_codigo(request, form)
    return render(request, "impresos/verificar.html", {"form": form})


def _con_codigo(request: HttpRequest, form: CodigoForm) -> HttpResponse:
    try:
        impreso = _buscar(request, form.cleaned_data["codigo"])
    except Limitado:
        form.add_error("codigo", DEMASIADOS)
        return render(request, "impresos/verificar.html", {"form": form}, status=429)
    if impreso is None:
        form.add_error("codigo", NO_EXISTE)
        return render(request, "impresos/verificar.html", {"form": form})
    return redirect("impresos:comprobar", impreso.codigo)


def _buscar(request: HttpRequest, codigo: str) -> Impreso | None:
    """The document with this code; only wrong codes count. Limitado."""
    with intento((VERIFICAR_POR_DIRECCION, red(direccion_de(request)))) as este:
        impreso = Impreso.de_codigo(codigo)
        if impreso is not None:
            este.perdonar()
    return impreso


@publica
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def comprobar(request: HttpRequest, codigo: str) -> HttpResponse:
    """What the document with this code is, where its QR leads; a file can be compared with it."""
    try:
        impreso = _buscar(request, codigo)
    except Limitado:
        impreso, queja, estado = None, DEMASIADOS, 429
    else:
        queja, estado = NO_EXISTE, 404
    if impreso is None:
        buscado = CodigoForm({"codigo": codigo[:40]})
        buscado.add_error("codigo", queja)
        return render(request, "impresos/verificar.html", {"form": buscado}, status=estado)
    form = ArchivoForm(request.POST, request.FILES) if request.method == "POST" else ArchivoForm()
    igual = impreso.es_igual(form.cleaned_data["archivo"]) if form.is_valid() else None
    return render(request, "impresos/comprobar.html", {"impreso": impreso, "form": form, "igual": igual})


@con_sesion
@require_safe
def ver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One document; the part that changes is what htmx asks for again and again."""
    impreso = get_object_or_404(Impreso.objects.select_related("caso", "adjunto", "distribuidora"), pk=pk)
    plantilla = "impresos/_avance.html" if request.htmx else "impresos/ver.html"
    return render(request, plantilla, {"impreso": impreso})


@con_sesion
@require_POST
def reintentar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a file that failed."""
    impreso = get_object_or_404(Impreso, pk=pk)
    if actions.reintentar(impreso, por=request.perfil):
        messages.success(request, "El documento se está preparando otra vez.")
    else:
        messages.info(request, "El documento no había fallado.")
    return redirect(impreso)
