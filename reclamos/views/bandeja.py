"""The lists: complaints, the board, advice given; and how an organisation handles complaints."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.listas.lista import Columna, Fuente, Lista
from portal.permisos import con_permiso
from reclamos.actions import ajustes
from reclamos.actions.orientacion import orientar
from reclamos.bandeja import Bandeja
from reclamos.forms.ajustes import AjustesForm, MateriaForm
from reclamos.forms.tramite import OrientarForm
from reclamos.models import AjusteReclamos, Materia, Orientacion
from reclamos.tablero import Tablero


@con_permiso("reclamos.ver_reclamos")
@require_safe
def bandeja(request: HttpRequest) -> HttpResponse:
    """The company's tray; the regulator's list of all; an applicant's own."""
    propia = Bandeja(request.GET, request.perfil)
    contexto = {
        "bandeja": propia,
        "cifras": [] if request.perfil.es_solicitante else propia.cifras(),
        "hay_errores": propia.filtro.errors,
    }
    return render(request, "reclamos/bandeja.html", contexto)


@con_permiso("reclamos.ver_tablero")
@require_safe
def tablero(request: HttpRequest) -> HttpResponse:
    """The complaint board (Q-17)."""
    propio = Tablero(request.GET)
    total = propio.total()
    cifras = [
        {"texto": "Reclamos", "valor": total.total, "icono": "inbox"},
        {"texto": "Abiertos", "valor": total.abiertos, "icono": "hourglass-split"},
        {"texto": "Vencidos", "valor": total.vencidos, "icono": "exclamation-octagon"},
        {"texto": "Respondidos en plazo", "valor": total.cumplimiento, "icono": "check-circle"},
        {"texto": "A favor de quien reclama", "valor": total.a_favor, "icono": "person"},
    ]
    tablas = [("Por materia", "Materia", propio.por_materia())]
    if request.perfil.distribuidora is None:
        tablas.append(("Por empresa", "Empresa", propio.por_empresa()))
    contexto = {"tablero": propio, "cifras": cifras, "tablas": tablas, "hay_errores": propio.filtro.errors}
    return render(request, "reclamos/tablero.html", contexto)


@con_permiso("reclamos.ingresar_reclamo")
@require_http_methods(["GET", "HEAD", "POST"])
def orientaciones(request: HttpRequest) -> HttpResponse:
    """Advice: the form, and what was given lately (Q-05)."""
    form = OrientarForm(request.POST or None, distribuidora=request.perfil.distribuidora)
    if form.is_valid():
        orientar(por=request.perfil, **form.cleaned_data)
        messages.success(request, "Anotamos la orientación.")
        return redirect("reclamos:orientaciones")
    fuente = Fuente(Orientacion.objects.select_related("materia", "por__usuario", "unidad"))
    lista = Lista(request.GET, fuente, [Columna("cuando", "Cuándo", ("cuando", "pk"))], "-cuando")
    return render(request, "reclamos/orientaciones.html", {"form": form, "lista": lista})


@con_permiso("reclamos.ajustar_reclamos")
@require_http_methods(["GET", "HEAD", "POST"])
def ajustar(request: HttpRequest) -> HttpResponse:
    """Silence, codes and the matters of one's own company (X-10)."""
    empresa = request.perfil.distribuidora
    inicial = AjusteReclamos.de(empresa)
    valores = {"silencio": inicial.silencio, "codigo_automatico": inicial.codigo_automatico}
    form = AjustesForm(request.POST if request.method == "POST" else None, initial=valores)
    if form.is_valid():
        ajustes.ajustar(por=request.perfil, **form.cleaned_data)
        messages.success(request, "Guardamos los ajustes.")
        return redirect("reclamos:ajustes")
    contexto = {"form": form, "materias": Materia.objects.de(empresa), "propias": _tiene_propias(request)}
    return render(request, "reclamos/ajustes.html", contexto)


def _tiene_propias(request: HttpRequest) -> bool:
    return Materia.objects.filter(distribuidora=request.perfil.distribuidora_id).exists()


@con_permiso("reclamos.ajustar_reclamos")
@require_http_methods(["GET", "HEAD", "POST"])
def materia(request: HttpRequest, codigo: str = "") -> HttpResponse:
    """Change one matter, or make a new one; the first change makes the list the company's own."""
    empresa = request.perfil.distribuidora
    actual: Any = get_object_or_404(Materia.objects.de(empresa), codigo=codigo) if codigo else None
    form = MateriaForm(request.POST or None, materia=actual, distribuidora=empresa)
    if form.is_valid():
        ajustes.guardar_materia(por=request.perfil, codigo=codigo or form.codigo(), datos=form.cleaned_data)
        messages.success(request, f"Guardamos la materia «{form.cleaned_data['nombre']}».")
        return redirect("reclamos:ajustes")
    return render(request, "reclamos/materia.html", {"form": form, "materia": actual})
