"""Own spreadsheets: asking, watching, downloading, giving up."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.informes import actions
from portal.informes.models import Informe
from portal.informes.rangos import enviar
from portal.informes.registro import TIPOS
from portal.permisos import con_sesion

_NO_SON_FILTRO = ("p", "tamano", "csrfmiddlewaretoken")


@con_sesion
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """One's own spreadsheets, newest first."""
    tamano = request.GET.get("tamano", "")
    paginador = Paginator(Informe.objects.all(), int(tamano) if tamano in ("10", "25", "50", "100") else 10)
    return render(request, "informes/lista.html", {"pagina": paginador.get_page(request.GET.get("p"))})


@con_sesion
@require_POST
def pedir(request: HttpRequest, tipo: str) -> HttpResponse:
    """Ask for the spreadsheet of a list; its filter stands in this page's address."""
    parametros = {k: str(v).replace("\0", "")[:200] for k, v in request.GET.items() if v and k not in _NO_SON_FILTRO}
    try:
        informe = actions.pedir(tipo, parametros, por=request.perfil)
    except actions.TipoDesconocido as error:
        raise Http404 from error
    except actions.DemasiadosInformes as error:
        messages.error(request, str(error))
        return redirect("informes:lista")
    return redirect(informe)


@con_sesion
@require_safe
def ver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One spreadsheet; the part that changes is what htmx asks for again and again."""
    informe = get_object_or_404(Informe, pk=pk)
    plantilla = "informes/_avance.html" if request.htmx else "informes/ver.html"
    return render(request, plantilla, {"informe": informe, "vivo": bool(request.htmx)})


@con_sesion  # type: ignore[arg-type]
@require_safe
def descargar(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, whole or from where a download broke."""
    informe = get_object_or_404(Informe.objects.disponibles(), pk=pk)
    try:
        archivo = informe.archivo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    tipo = TIPOS[informe.nombre.rpartition(".")[2]]
    respuesta = enviar(
        request, archivo, nombre=informe.nombre, tipo=tipo, largo=informe.bytes, etiqueta=informe.archivo.name
    )
    if request.method == "GET" and respuesta.status_code < 400:
        actions.anotar_descarga(informe, por=request.perfil)
    return respuesta


@con_sesion
@require_POST
def cancelar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up one that is not ready."""
    informe = get_object_or_404(Informe, pk=pk)
    if actions.cancelar(informe, por=request.perfil):
        messages.success(request, f"Cancelaste el informe «{informe.titulo}».")
    else:
        messages.info(request, "El informe ya había terminado: no se canceló.")
    return redirect(informe)
