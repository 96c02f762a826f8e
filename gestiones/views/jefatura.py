"""What the head sets: who attends, at which hours, and the month that is signed off (G-05, G-06, G-08)."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gestiones import actions, designados, permissions
from gestiones import planilla as hoja
from gestiones.forms import FuncionarioForm, HastaForm, HorarioForm, intentar, unidades_de
from gestiones.models import Cierre, Designacion, Gestion, Horario, Tipo
from gestiones.views.consulta import mes_pedido, meses_junto_a
from portal import reloj
from portal.cuentas.models import Unidad
from portal.permisos import con_permiso, exigir

_dirigir = con_permiso("gestiones.validar_gestion")
_formulario = require_http_methods(["GET", "HEAD", "POST"])


def _unidad(request: HttpRequest, pk: int) -> Unidad:
    """A unit in sight; 404 otherwise."""
    return get_object_or_404(unidades_de(request.perfil), pk=pk)


@_dirigir
@_formulario
def funcionarios(request: HttpRequest) -> HttpResponse:
    """Who attends, and the form that adds one."""
    form = FuncionarioForm(request.POST or None, jefe=request.perfil)
    if form.is_valid() and intentar(form, lambda: actions.definir_funcionario(por=request.perfil, **form.cleaned_data)):
        messages.success(
            request, f"{form.cleaned_data['funcionario'].nombre} ya puede cargar gestiones en esas fechas."
        )
        return redirect("gestiones:funcionarios")
    hoy = reloj.hoy(request.perfil.zona_horaria)
    lista = designados.funcionarios(request.GET, request.perfil)
    contexto = {
        "form": form,
        "lista": lista,
        "hay_errores": lista.filtro.errors,
        "filas": [(d, designados.situacion(d, hoy)) for d in lista.pagina.object_list],
        "nadie": not Designacion.objects.vigentes(hoy).exists(),
        "horarios": [(unidad, Horario.de(unidad)) for unidad in unidades_de(request.perfil)],
    }
    return render(request, "gestiones/funcionarios.html", contexto)


@_dirigir
@_formulario
def terminar(request: HttpRequest, pk: int) -> HttpResponse:
    """Until which day an officer attends."""
    designacion = get_object_or_404(Designacion.objects.select_related("funcionario__usuario", "unidad"), pk=pk)
    exigir(permissions.dirige(request.perfil, designacion.unidad))
    form = HastaForm(request.POST or None, initial={"hasta": reloj.hoy(request.perfil.zona_horaria)})
    if form.is_valid() and intentar(
        form, lambda: actions.terminar_designacion(designacion, por=request.perfil, **form.cleaned_data)
    ):
        hasta = form.cleaned_data["hasta"]
        messages.success(request, f"{designacion.funcionario.nombre} atiende hasta el {hasta:%d-%m-%Y}.")
        return redirect("gestiones:funcionarios")
    return render(request, "gestiones/terminar.html", {"designacion": designacion, "form": form})


@_dirigir
@_formulario
def horario(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's ordinary hours."""
    unidad = _unidad(request, pk)
    form = HorarioForm(request.POST or None, initial=HorarioForm.de(Horario.de(unidad)))
    if form.is_valid() and intentar(
        form, lambda: actions.fijar_horario(unidad, por=request.perfil, **form.cleaned_data)
    ):
        messages.success(request, f"El horario de {unidad} cuenta así desde ahora.")
        return redirect("gestiones:funcionarios")
    return render(request, "gestiones/horario.html", {"unidad": unidad, "form": form})


@con_permiso("gestiones.ver_planilla")
@require_safe
def planilla(request: HttpRequest) -> HttpResponse:
    """The sheet of a month and unit: as it was signed, or as it stands."""
    unidades = list(unidades_de(request.perfil))
    elegida = request.GET.get("unidad", "")
    unidad = next((u for u in unidades if str(u.pk) == elegida), None) or next(
        (u for u in unidades if u.pk == request.perfil.unidad_id), unidades[0] if unidades else None
    )
    mes = mes_pedido(request)
    contexto = {"unidades": unidades, "unidad": unidad, "tipos": Tipo, **meses_junto_a(request, mes)}
    if unidad is not None:
        cierre = Cierre.objects.select_related("jefe__usuario").filter(unidad=unidad, mes=mes).first()
        lineas = hoja.de_cierre(cierre) if cierre else hoja.por_cerrar(unidad, mes)
        del_mes = Gestion.objects.filter(unidad=unidad).del_mes(mes)
        contexto |= {
            "cierre": cierre,
            "lineas": lineas,
            "total": hoja.total(lineas),
            "nombre_mes": hoja.nombre_del_mes(mes),
            "sin_validar": del_mes.exclude(pk__in=del_mes.validadas()).count(),
            "cerrable": permissions.dirige(request.perfil, unidad) and not _cerrado_despues(unidad, mes),
            "excel": f"{reverse('informes:pedir', args=['planilla'])}?cierre={cierre.pk}" if cierre else "",
        }
    return render(request, "gestiones/planilla.html", contexto)


def _cerrado_despues(unidad: Unidad, mes: date) -> bool:
    return Cierre.objects.filter(unidad=unidad, mes__gte=mes).exists()


@_dirigir
@_formulario
def cerrar(request: HttpRequest, pk: int, mes: date) -> HttpResponse:
    """Sign off a month, once what it means was read."""
    unidad = _unidad(request, pk)
    exigir(permissions.dirige(request.perfil, unidad))
    form = forms.Form(request.POST if request.method == "POST" else None)
    de_vuelta = f"{reverse('gestiones:planilla')}?unidad={unidad.pk}&mes={mes:%Y-%m}"
    if form.is_valid() and intentar(form, lambda: actions.cerrar(unidad, mes, por=request.perfil)):
        messages.success(request, f"Cerraste {hoja.nombre_del_mes(mes)} en {unidad}. Descarga la Planilla.")
        return redirect(de_vuelta)
    lineas = hoja.por_cerrar(unidad, mes)
    del_mes = Gestion.objects.filter(unidad=unidad).del_mes(mes)
    contexto = {
        "form": form,
        "unidad": unidad,
        "total": hoja.total(lineas),
        "nombre_mes": hoja.nombre_del_mes(mes),
        "sin_validar": del_mes.exclude(pk__in=del_mes.validadas()).count(),
        "volver": de_vuelta,
    }
    return render(request, "gestiones/cerrar.html", contexto)
