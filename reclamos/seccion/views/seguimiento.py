"""The public follow-up: whoever knows the number and the document, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from portal.acceso.limites import Limitado, intento, red
from portal.acceso.views import direccion_de
from portal.permisos import publica
from reclamos.seccion.forms import SeguirForm
from reclamos.seccion.limites import SEGUIR_POR_DIRECCION
from reclamos.seccion.models import Asunto

NO_ESTA = "No encontramos un trámite con ese número y ese documento. Revisa los dos"
DEMASIADOS = "Hubo demasiados intentos desde tu conexión. Espera una hora"


@publica
@never_cache
def seguir(request: HttpRequest) -> HttpResponse:
    """The person concerned looks at the state with number and document, without an account."""
    if request.method != "POST":
        numero = request.GET.get("numero", "").replace("\0", "")[:30]
        return render(request, "seccion/seguir.html", {"form": SeguirForm(initial={"numero": numero})})
    form, asunto, estado = SeguirForm(request.POST), None, 200
    if form.is_valid():
        try:
            with intento((SEGUIR_POR_DIRECCION, red(direccion_de(request)))) as este:
                asunto = Asunto.seguido(form.cleaned_data["numero"], form.cleaned_data["documento"])
                if asunto is not None:
                    este.perdonar()
                else:
                    form.add_error(None, NO_ESTA)
        except Limitado:
            form.add_error(None, DEMASIADOS)
            estado = 429
    return render(request, "seccion/seguir.html", {"form": form, "asunto": asunto}, status=estado)
