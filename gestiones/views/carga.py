"""**Carga de Gestión de Atención al Cliente** (G-01 to G-05, G-09), and the correcting of what was logged."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gestiones import actions, permissions, tablero
from gestiones.forms import GestionForm, de_gestion, intentar
from gestiones.models import Borrador, Gestion, Horario
from portal import reloj
from portal.cuentas.models import Perfil
from portal.permisos import con_permiso, exigir
from portal.sgc import puerto

_cargar = con_permiso("gestiones.cargar_gestion")
_formulario = require_http_methods(["GET", "HEAD", "POST"])
A_LA_VISTA = 10  # entries of today shown beside the form
PASOS = ("documento", "referencia", "grabar")


def inicio(request: HttpRequest) -> HttpResponse:
    """The officer's first page is the form."""
    return redirect("gestiones:cargar")


@_cargar
@_formulario
def cargar(request: HttpRequest) -> HttpResponse:
    """The form with today beside it. Each step is a POST here: `paso` says which one."""
    if request.method != "POST":
        return _pagina(request, _retomado(request.perfil), grabada=_recien(request))
    paso = request.POST.get("paso", "grabar")
    if paso == "limpiar":
        actions.descartar_borrador(por=request.perfil)
        return redirect("gestiones:cargar")
    form = GestionForm(request.POST, agente=request.perfil, paso=paso if paso in PASOS else "grabar")
    grabada: list[Gestion] = []
    if form.is_valid() and form.paso == "grabar":
        clave = form.cleaned_data["clave"]
        intentar(form, lambda: grabada.append(actions.grabar(form.datos(), por=request.perfil, clave=clave)))
    if not grabada:
        actions.guardar_borrador(form.escrito(), por=request.perfil)
        if paso == "referencia" and request.htmx:
            return render(request, "gestiones/_hallazgo.html", {"form": form})
        return _pagina(request, form)
    if request.htmx:
        return _pagina(request, GestionForm(agente=request.perfil), grabada=grabada[0])
    return redirect(f"{reverse('gestiones:cargar')}?grabada={grabada[0].numero}")


def _retomado(perfil: Perfil) -> GestionForm:
    """What was left half typed, as far as it was; an empty form else."""
    borrador = Borrador.objects.first()
    if borrador is None or not borrador.datos.get("documento"):
        return GestionForm(agente=perfil)
    form = GestionForm(borrador.datos, agente=perfil, paso="documento")
    form.retomado = borrador  # type: ignore[attr-defined]
    return form


def _recien(request: HttpRequest) -> Gestion | None:
    """The entry that was just logged, when the address names it."""
    numero = request.GET.get("grabada", "")
    if not numero.isdecimal() or len(numero) > 18:
        return None
    propias = Gestion.objects.select_related("unidad__distribuidora").filter(agente=request.perfil)
    return propias.filter(numero=int(numero)).first()


def _pagina(request: HttpRequest, form: GestionForm, grabada: Gestion | None = None) -> HttpResponse:
    """The whole page; to htmx the part that changes."""
    empresa, designacion = request.perfil.distribuidora, permissions.designacion_de_hoy(request.perfil)
    hoy = reloj.hoy(empresa.zona_horaria)
    de_hoy = Gestion.objects.filter(agente=request.perfil, dia=hoy).select_related("unidad__distribuidora")
    horario = Horario.de(designacion.unidad) if designacion else None
    contexto: dict[str, Any] = {
        "form": form,
        "grabada": grabada,
        "designacion": designacion,
        "sin_definir": actions.SIN_DEFINIR,
        "horario": horario,
        "ordinario": bool(horario and horario.es_ordinario(reloj.ahora())),
        "ahora": reloj.ahora(),
        "cifras": tablero.cifras(request.perfil),
        "de_hoy": list(de_hoy.order_by("-momento", "-caso")[:A_LA_VISTA]),
        "cuantas_hoy": de_hoy.count(),
        "hoy": hoy,
        "espejo": puerto.actualizado(empresa),
    }
    return render(request, "gestiones/_carga.html" if request.htmx else "gestiones/cargar.html", contexto)


@_cargar
@_formulario
def corregir(request: HttpRequest, numero: int) -> HttpResponse:
    """Correct an own entry; its moment stays."""
    consulta = Gestion.objects.select_related("caso", "unidad__distribuidora", "agente__usuario")
    gestion = get_object_or_404(consulta, numero=numero)
    exigir(permissions.puede_corregir(request.perfil, gestion))
    form = GestionForm(request.POST or None, agente=request.perfil, de=gestion, initial=de_gestion(gestion))
    if form.is_valid() and intentar(form, lambda: actions.corregir(gestion, form.datos(), por=request.perfil)):
        messages.success(request, f"Corregiste la gestión {numero}. Tu jefatura la revisará.")
        return redirect(gestion)
    return render(request, "gestiones/corregir.html", {"gestion": gestion, "form": form})
