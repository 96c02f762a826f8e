"""The trays, and the applicant's first page (S-01, S-02, R-01)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import reloj
from portal.informes.models import Informe
from portal.permisos import con_permiso
from solicitudes.bandeja import Bandeja, FiltroSabana, FuenteBandeja
from solicitudes.formularios import Formulario
from solicitudes.pendientes import cifras, pendientes

_ver = con_permiso("solicitudes.ver_bandeja")


@_ver
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """What waits for the applicant, and all that the applicant sent."""
    contexto = {
        "bandeja": Bandeja(request.GET, request.perfil),
        "pendientes": pendientes(request.perfil),
        "formularios": Formulario,
        "hoy": reloj.hoy(),
    }
    contexto["hay_errores"] = contexto["bandeja"].filtro.errors
    return render(request, "solicitudes/inicio.html", contexto)


@_ver
@require_safe
def bandeja(request: HttpRequest) -> HttpResponse:
    """The company's tray; the regulator's list of all. An applicant's tray stands on the first page."""
    if request.perfil.es_solicitante:
        return a_la_bandeja(request, "inicio")
    propia = Bandeja(request.GET, request.perfil)
    contexto = {"bandeja": propia, "cifras": cifras(propia), "hay_errores": propia.filtro.errors}
    return render(request, "solicitudes/bandeja.html", contexto)


@con_permiso("solicitudes.pedir_reporte")
@require_safe
def reporte(request: HttpRequest) -> HttpResponse:
    """**Reporte** (S-13): choose what goes into the spreadsheet."""
    propia = Bandeja(request.GET, request.perfil)
    return render(request, "solicitudes/reporte.html", {"bandeja": propia, "hay_errores": propia.filtro.errors})


@con_permiso("solicitudes.pedir_sabana")
@require_safe
def sabana(request: HttpRequest) -> HttpResponse:
    """**Data – Sábana de Solicitudes** (R-03): choose what goes into it, see those already made."""
    filtro = FiltroSabana(request.GET, perfil=request.perfil)
    contexto = {
        "filtro": filtro,
        "total": FuenteBandeja(filtro, request.perfil).total,
        "formatos": [(texto, _pedir(request, f)) for f, texto in (("xlsx", "Excel"), ("csv", "CSV"))],
        "hechas": Informe.objects.filter(tipo="sabana")[:5],
        "hay_errores": filtro.errors,
    }
    return render(request, "solicitudes/sabana.html", contexto)


def _pedir(request: HttpRequest, formato: str) -> str:
    """The address that asks for the sábana of this page's filter."""
    consulta = request.GET.copy()
    consulta["formato"] = formato
    return f"{reverse('informes:pedir', args=['sabana'])}?{consulta.urlencode()}"


def a_la_bandeja(request: HttpRequest, nombre: str = "solicitudes:bandeja") -> HttpResponse:
    """The same question, asked where this profile's tray stands."""
    consulta = request.GET.urlencode()
    return redirect(f"{reverse(nombre)}{'?' if consulta else ''}{consulta}")
