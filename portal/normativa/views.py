"""**Plazos** and **Conservación**: rules as data, written by the SEC's administrator (R-07)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal import reloj
from portal.conservacion import actions as conservar
from portal.conservacion import clases
from portal.conservacion.models import Pasada, ReglaDeConservacion
from portal.historial.cambios import cambios
from portal.listas.filtrada import ListaFiltrada
from portal.listas.lista import Columna
from portal.normativa import actions
from portal.normativa.forms import ConservacionForm, CorregirForm, FiltroConservacion, FiltroReglas, ReglaForm
from portal.normativa.materias import nombre
from portal.permisos import con_permiso
from portal.plazos.models import Regla

_formulario = require_http_methods(["GET", "HEAD", "POST"])
_COLUMNAS = [
    Columna("materia", "Materia", ("materia", "pk")),
    Columna("empresa", "Rige para", ("distribuidora__nombre_fantasia", "pais", "pk")),
    Columna("cantidad", "Plazo", ("unidad", "cantidad", "pk")),
    Columna("desde", "Vigente desde", ("vigente_desde", "pk")),
    Columna("hasta", "Hasta", ("vigente_hasta", "pk")),
    Columna("norma", "Norma", ("norma", "pk")),
    Columna("verificado", "Verificado", ("verificado", "pk")),
]


@con_permiso("plazos.view_regla")
@require_safe
def plazos(request: HttpRequest) -> HttpResponse:
    """All rules; those of today when nothing else is asked."""
    filtro = FiltroReglas(request.GET)
    consulta = filtro.aplicar(Regla.objects.select_related("distribuidora"))
    lista = ListaFiltrada(request.GET, filtro, consulta, _COLUMNAS, "materia", informe="plazos")
    contexto = {
        "lista": lista,
        "filas": [(regla, nombre(regla.materia)) for regla in lista.pagina.object_list],
        "sin_verificar": Regla.objects.vigentes(reloj.hoy()).filter(verificado=False).count(),
        "puede_editar": actions.puede_editar(request.perfil),
        "hay_errores": filtro.errors,
    }
    return render(request, "normativa/plazos.html", contexto)


@con_permiso("plazos.change_regla")
@_formulario
def plazo_nuevo(request: HttpRequest) -> HttpResponse:
    """A new rule, or the one that follows another (`?como=`)."""
    form = ReglaForm(request.POST or None, initial=_como(request.GET.get("como", "")))
    if form.is_valid() and _intentar(form, lambda: actions.crear(form.regla(), por=request.perfil)):
        messages.success(request, f"La regla rige desde el {form.cleaned_data['vigente_desde']:%d-%m-%Y}.")
        return redirect("normativa:plazos")
    return render(request, "normativa/plazo_nuevo.html", {"form": form})


def _como(clave: str) -> dict[str, Any]:
    """What the rule with that key says, to begin with."""
    regla = Regla.objects.filter(pk=clave).first() if clave.isascii() and clave.isdigit() and len(clave) < 10 else None
    campos = ("materia", "pais", "distribuidora", "cantidad", "unidad", "desde_suceso", "norma")
    return {campo: getattr(regla, campo) for campo in campos} if regla else {}


@con_permiso("plazos.view_regla")
@_formulario
def plazo(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: what it says, its norm, its changes."""
    regla = get_object_or_404(Regla.objects.select_related("distribuidora"), pk=pk)
    campos = ("norma", "verificado", "nota", "vigente_hasta")
    inicial = {campo: getattr(regla, campo) for campo in campos}
    form = CorregirForm(request.POST or None, regla=regla, initial=inicial)
    if request.method == "POST":
        actions.exigir(actions.puede_editar(request.perfil))
        if form.is_valid() and _intentar(
            form, lambda: actions.corregir(regla, por=request.perfil, **form.cleaned_data)
        ):
            messages.success(request, "Guardamos la regla.")
            return redirect("normativa:plazos")
    contexto = {
        "regla": regla,
        "materia": nombre(regla.materia),
        "datos": list(actions.como_esta(regla).items()),
        "form": form,
        "puede_editar": actions.puede_editar(request.perfil),
        "historia": cambios(actions.objeto(regla), para=request.perfil),
    }
    return render(request, "normativa/plazo.html", contexto)


def _columnas_de_conservacion() -> list[Columna]:
    nombre = (clases.por_nombre(), "pk")
    return [
        Columna("clase", "Datos", nombre),
        Columna("plazo", "Se conservan", ("unidad", "cantidad", "pk")),
        Columna("activa", "Estado", ("-activa", *nombre)),
        Columna("norma", "Norma", ("norma", *nombre)),
        Columna("verificado", "Verificado", ("verificado", *nombre)),
    ]


PASADAS_A_LA_VISTA = 10


@con_permiso("conservacion.change_regladeconservacion")
@require_safe
def conservaciones(request: HttpRequest) -> HttpResponse:
    """What is kept for how long, and how much each rule would erase today."""
    filtro = FiltroConservacion(request.GET)
    consulta = filtro.aplicar(ReglaDeConservacion.objects.con_ultima_pasada())
    lista = ListaFiltrada(request.GET, filtro, consulta, _columnas_de_conservacion(), "clase", informe="conservacion")
    reglas = lista.pagina.object_list
    cuantas = conservar.contar(reglas)
    pasadas = Pasada.todos().in_bulk([r.ultima for r in reglas if r.ultima])
    contexto = {
        "lista": lista,
        "filas": [
            (regla, clases.de(regla.clase), conservar.en_palabras(cuantas[regla.pk]), pasadas.get(regla.ultima))
            for regla in reglas
        ],
        "sin_verificar": ReglaDeConservacion.objects.filter(activa=True, verificado=False).count(),
        "apagadas": ReglaDeConservacion.objects.filter(activa=False).count(),
        "hay_errores": filtro.errors,
    }
    return render(request, "normativa/conservaciones.html", contexto)


@con_permiso("conservacion.change_regladeconservacion")
@_formulario
def conservacion(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule of retention: what it erases, how long it waits, its norm, its changes and its last nights."""
    regla = get_object_or_404(ReglaDeConservacion, pk=pk)
    campos = ("cantidad", "unidad", "activa", "norma", "verificado", "nota")
    inicial = {campo: getattr(regla, campo) for campo in campos}
    form = ConservacionForm(request.POST or None, regla=regla, initial=inicial)
    if form.is_valid() and _intentar(form, lambda: conservar.cambiar(regla, por=request.perfil, **form.cambios)):
        messages.success(request, "Guardamos la regla.")
        return redirect("normativa:conservaciones")
    contexto = {
        "regla": regla,
        "clase": clases.de(regla.clase),
        "borraria": conservar.en_palabras(conservar.contar([regla])[regla.pk]),
        "form": form,
        "pasadas": regla.pasadas.order_by("-dia")[:PASADAS_A_LA_VISTA],
        "historia": cambios(conservar.objeto(regla), para=request.perfil),
    }
    return render(request, "normativa/conservacion.html", contexto)


def _intentar(form: Any, hacer: Any) -> bool:
    """Do it; what the rule itself refuses is said on the form."""
    try:
        hacer()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
