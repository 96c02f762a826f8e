"""The history of the whole portal, for the SEC (R-08)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.historial import firma, resumenes
from portal.historial.lista import Registro
from portal.historial.models import Resumen
from portal.permisos import con_permiso

POR_PAGINA = 10
"""Days that are checked for one page."""
_ver = con_permiso("historial.ver_historial")


@_ver
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Who did what, from where, when."""
    registro = Registro(request.GET, request.perfil)
    contexto = {"registro": registro, "hasta": resumenes.cubierto_hasta(), "hay_errores": registro.filtro.errors}
    return render(request, "historial/lista.html", contexto)


@_ver
@require_safe
def resumidos(request: HttpRequest) -> HttpResponse:
    """The signed days, newest first, those of the page checked against their events now."""
    pagina = Paginator(Resumen.objects.order_by("-dia"), POR_PAGINA).get_page(request.GET.get("p"))
    dias = [(resumen, list(resumenes.comprobar(resumen, _anterior(resumen)))) for resumen in pagina]
    contexto = {"pagina": pagina, "dias": dias, "llave": firma.publica()}
    return render(request, "historial/resumidos.html", contexto)


def _anterior(resumen: Resumen) -> Resumen | None:
    return Resumen.objects.filter(dia__lt=resumen.dia).order_by("-dia").first()
