"""**Plazos**: the rules of terms as data, seen by the SEC and written by its administrator (R-07)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal import reloj
from portal.historial.cambios import cambios
from portal.listas.filtrada import ListaFiltrada
from portal.listas.lista import Columna
from portal.normativa import actions
from portal.normativa.forms import CorregirForm, FiltroReglas, ReglaForm
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


def _intentar(form: Any, hacer: Any) -> bool:
    """Do it; what the rule itself refuses is said on the form."""
    try:
        hacer()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
