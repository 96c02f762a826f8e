"""The first page of each function, **Qué está caído ahora**, and the timeline (I-12)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inoperatividad.ahora import situacion
from inoperatividad.linea import linea
from inoperatividad.pendientes import pendientes
from inoperatividad.permissions import MASIVAS, REGISTRAR, VER
from inoperatividad.views.comun import pagina
from portal import reloj


def _contexto(request: HttpRequest) -> dict[str, object]:
    return {
        "situacion": situacion(request.perfil),
        "ahora": reloj.ahora(),
        "registra": request.perfil.tiene(REGISTRAR),
        "declara": request.perfil.tiene(MASIVAS),
    }


@pagina(VER)
def inicio(request: HttpRequest) -> HttpResponse:
    """What waits for whoever signed in, and by when."""
    contexto = {"pendientes": pendientes(request.perfil), **_contexto(request)}
    return render(request, "inoperatividad/inicio.html", contexto)


@pagina(VER)
def ahora(request: HttpRequest) -> HttpResponse:
    """What is down at this moment; htmx asks for the part that changes."""
    plantilla = "inoperatividad/_caidas.html" if request.htmx else "inoperatividad/ahora.html"
    return render(request, plantilla, _contexto(request))


@pagina(VER)
def linea_de_tiempo(request: HttpRequest) -> HttpResponse:
    """Minutes without service in a month."""
    filtro, renglones = linea(request.GET)
    consulta = request.GET.urlencode()
    ruta = reverse("informes:pedir", args=["inoperatividad_linea"])
    contexto = {
        "filtro": filtro,
        "renglones": renglones,
        "primero": filtro.primero(),
        "informe": f"{ruta}?{consulta}" if consulta else ruta,
        "hay_errores": filtro.errors,
    }
    return render(request, "inoperatividad/linea.html", contexto)
