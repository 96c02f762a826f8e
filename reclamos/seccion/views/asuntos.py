"""The pages of the section's cases."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.documentos.models import TransicionInvalida
from portal.historial.relato import relato
from portal.permisos import con_permiso, exigir
from portal.sgc.puerto import buscar_suministro
from reclamos.models import Reclamo
from reclamos.seccion import actions, permissions
from reclamos.seccion.deberes import DEBERES
from reclamos.seccion.declaracion import Deber, Paso, Quien
from reclamos.seccion.forms import NINGUNO, DeclaradoForm, renglones
from reclamos.seccion.lista import ListaAsuntos, cifras, pendientes, plazo_de
from reclamos.seccion.models import Asunto

_ver = con_permiso("seccion.ver_seccion")
_tramitar = con_permiso("seccion.tramitar")
EN_EL_TALON = ("interesado", "documento", "nis", "monto", "unidad", "sesion", "evento")


@_ver
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """What waits, by duty and by when."""
    urgentes = (
        Asunto.objects.abiertos().filter(vence__isnull=False).select_related("distribuidora", "regla").order_by("vence")
    )
    contexto = {
        "cifras": cifras(request.perfil),
        "pendientes": pendientes(request.perfil),
        "urgentes": [(a, plazo_de(a)) for a in urgentes[:8]],
        "tramita": permissions.puede_registrar(request.perfil),
    }
    return render(request, "seccion/inicio.html", contexto)


@_ver
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """All cases, filtered by the address."""
    propia = ListaAsuntos(request.GET, request.perfil)
    filas = [(a, plazo_de(a)) for a in propia.lista.pagina.object_list]
    contexto = {"asuntos": propia, "filas": filas, "hay_errores": propia.filtro.errors}
    return render(request, "seccion/lista.html", contexto)


@_tramitar
@require_safe
def nuevo(request: HttpRequest) -> HttpResponse:
    """Choose what to register."""
    origen, reclamo = _origen(request), _reclamo(request)
    deberes = [d for d in DEBERES if origen is None or d.ruta in origen.deber.lleva_a]
    consulta = {"origen": origen.pk} if origen else {"reclamo": reclamo.ingreso} if reclamo else {}
    direcciones = [(d, reverse("seccion:registrar", args=[d.ruta], query=consulta)) for d in deberes]
    return render(request, "seccion/nuevo.html", {"direcciones": direcciones, "viene_de": origen or reclamo})


def _deber(ruta: str) -> Deber:
    deber = next((d for d in DEBERES if d.ruta == ruta), None)
    if deber is None:
        raise Http404
    return deber


def _origen(request: HttpRequest) -> Asunto | None:
    """The case that this one comes from, when the address names one that exists for whoever looks."""
    clave = request.GET.get("origen", "")
    return Asunto.objects.filter(pk=clave).first() if clave.isdecimal() and len(clave) < 19 else None


def _clave(request: HttpRequest) -> uuid.UUID:
    """The key of this form, so that sent twice it is one case."""
    try:
        return uuid.UUID(request.POST.get("clave", ""))
    except ValueError:
        return uuid.uuid4()


@_tramitar
def registrar(request: HttpRequest, ruta: str) -> HttpResponse:
    """Open a case of a duty, with its own fields, lines and files."""
    deber, perfil, origen, reclamo = _deber(ruta), request.perfil, _origen(request), _reclamo(request)
    datos = request.POST if request.method == "POST" else None
    inicial = _ya_escrito(origen, reclamo)
    form = DeclaradoForm(
        datos, request.FILES or None, campos=deber.campos, archivos=deber.archivos, empresa=perfil.distribuidora,
        initial=inicial,
    )  # fmt: skip
    lineas = _lineas(request, deber, datos)
    if datos is not None and datos.get("accion") == "lineas":
        form = form.sin_quejas()
    elif datos is not None and all([form.is_valid(), lineas is None or lineas.is_valid()]):
        try:
            asunto = actions.registrar_asunto(
                deber, por=perfil, clave=_clave(request), valores=form.valores, archivos=form.archivos,
                renglones=lineas.escritos() if lineas is not None else [], origen=origen, reclamo=reclamo,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, f"{deber.nombre}: {'registrada' if deber.femenino else 'registrado'} con el N° {asunto}."
            )
            return redirect(asunto)
    contexto = {"deber": deber, "form": form, "lineas": lineas, "clave": _clave(request), "viene_de": origen or reclamo}
    return render(request, "seccion/registrar.html", contexto)


def _ya_escrito(origen: Asunto | None, reclamo: Reclamo | None) -> dict[str, Any]:
    """What need not be typed again: of the case, or of the complaint, that this one comes from."""
    if origen:
        escrito = {campo: getattr(origen, campo) for campo in ("nis", "interesado", "documento", "correo")}
        return escrito | {"mesa": origen.datos.get("mesa", "")}
    if reclamo:
        return {
            "nis": reclamo.suministro,
            "interesado": reclamo.nombre,
            "documento": reclamo.documento_escrito,
            "correo": reclamo.correo,
            "telefono": reclamo.telefono,
            "ocurrio": reclamo.hecho_el,
            "relato": reclamo.que_paso,
        }
    return {}


def _reclamo(request: HttpRequest) -> Reclamo | None:
    """The complaint that gave rise to it, by its number in the address."""
    ingreso = request.GET.get("reclamo", "").replace("\0", "")
    return Reclamo.objects.filter(ingreso=ingreso).first() if ingreso else None


def _lineas(request: HttpRequest, deber: Deber, datos: Any) -> Any:
    """The formset of the duty's lines; «Agregar líneas» gives more, what was typed stays."""
    if deber.renglones is None:
        return None
    opciones: dict[str, Any] = {
        "empresa": request.perfil.distribuidora, "minimo": deber.renglones.minimo, "nombre": deber.renglones.uno,
    }  # fmt: skip
    conjunto = renglones(deber.renglones.campos, datos=datos, **opciones)
    if datos is not None and datos.get("accion") == "lineas":
        escritos = [{n: f[n].value() for n in f.fields} for f in conjunto.forms]
        llenos = [e for e in escritos if any(e.values())]
        return renglones(deber.renglones.campos, inicial=llenos, blancos=3, **opciones)
    return conjunto


def _cargar(pk: int) -> Asunto:
    relacionados = ("caso", "distribuidora", "unidad", "origen", "reclamo", "sesion", "evento__distribuidora", "lote",
                    "propuesto_por", "aprobado_por", "creado_por__usuario", "regla")  # fmt: skip
    return get_object_or_404(Asunto.objects.select_related(*relacionados), pk=pk)


@_ver
@require_safe
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: its data, lines, files, what can be done now, what happened."""
    asunto = _cargar(pk)
    return render(request, "seccion/ver.html", {"asunto": asunto, **_contexto(request, asunto)})


def _contexto(request: HttpRequest, asunto: Asunto) -> dict[str, Any]:
    deber, perfil = asunto.deber, request.perfil
    pasos = [p for p in asunto.pasos() if permissions.puede_dar(perfil, asunto, p)]
    tramita = permissions.puede_registrar(perfil)
    return {
        **_dicho(asunto),
        "deber": deber,
        "suministro": buscar_suministro(asunto.distribuidora, asunto.nis) if asunto.nis else None,
        "agenda": asunto.agenda.select_related("distribuidora").order_by("pk") if asunto.clase == "sesion" else (),
        "derivados": asunto.derivados.select_related("distribuidora").order_by("pk"),
        "impresos": asunto.caso.impresos.select_related("adjunto"),
        "adjuntos": [(a, deber.nombres_de_archivos.get(a.tipo, "")) for a in asunto.caso.adjuntos.filter(impreso=None)],
        "tramita": tramita,
        "pasos": pasos,
        "de_otros": [p for p in asunto.pasos() if p not in pasos and not p.destructivo],
        "es_propio": asunto.estado == "por_aprobar" and not permissions.es_otra_persona(perfil, asunto),
        "lleva_a": [d for d in DEBERES if d.ruta in deber.lleva_a] if tramita else [],
        "plazo": plazo_de(asunto),
        "historia": relato(asunto, perfil),
    }


def _dicho(asunto: Asunto) -> dict[str, Any]:
    """What a case says, beyond its head: fields and lines."""
    columnas = asunto.deber.columnas
    campos = [c for c in asunto.deber.todos_los_campos.values() if c.nombre not in EN_EL_TALON]
    datos = [(c.rotulo, asunto.valor(c), "doble" if c.clase == "parrafo" else "") for c in campos]
    return {
        "datos": [d for d in datos if d[1] not in ("", None)],
        "columnas": columnas,
        "filas": [
            list(zip((c.rotulo for c in columnas), r.valores(columnas), strict=True))
            for r in asunto.renglones.select_related("asunto__distribuidora")
        ],
    }


@_ver
def paso(request: HttpRequest, pk: int, suceso: str) -> HttpResponse:
    """Take a step of a case, with what it asks for."""
    asunto = _cargar(pk)
    este = asunto.deber.paso(suceso)
    if este is None:
        raise Http404
    exigir(permissions.puede_dar(request.perfil, asunto, este))
    datos = request.POST if request.method == "POST" else None
    form = DeclaradoForm(
        datos, request.FILES or None, campos=este.campos, archivos=este.archivos,
        empresa=asunto.distribuidora, asunto=asunto, initial=_inicial(asunto, este),
    )  # fmt: skip
    lineas = _de_renglones(asunto, este, datos)
    if datos is not None and all([form.is_valid(), lineas is None or lineas.is_valid()]):
        try:
            actions.dar_paso(
                asunto, suceso=suceso, por=request.perfil, valores=form.valores, archivos=form.archivos,
                renglones=[f.cleaned_data for f in lineas.forms] if lineas is not None else [],
            )  # fmt: skip
        except TransicionInvalida as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{asunto}: {este.texto.lower()}. Ahora está «{este.hasta.label}».")
            return redirect(asunto)
    momento = "" if asunto.admite(suceso) else f"{asunto} está en estado «{asunto.get_estado_display()}»."
    contexto = {
        "asunto": asunto, "paso": este, "form": form, "lineas": lineas, "momento": momento,
        "renglones": list(zip(_titulos(asunto), lineas.forms, strict=False)) if lineas is not None else [],
        **(_dicho(asunto) if este.quien == Quien.APROBADOR else {}),
    }  # fmt: skip
    return render(request, "seccion/paso.html", contexto)


def _inicial(asunto: Asunto, este: Paso) -> dict[str, Any]:
    """What the case holds already of the fields that the step asks for."""
    guardados = {c.nombre: asunto.datos.get(c.nombre) for c in este.campos}
    guardados["evento"] = asunto.evento_id or (NINGUNO if asunto.sin_evento else "")
    return {n: v for n, v in guardados.items() if v not in ("", None)}


def _titulos(asunto: Asunto) -> list[str]:
    """How each line is named on the page of a step: its first words."""
    campos = asunto.deber.renglones.campos[:2] if asunto.deber.renglones else ()
    lineas = asunto.renglones.select_related("asunto__distribuidora")
    return [", ".join(str(v) for v in r.valores(campos) if v != "") for r in lineas]


def _de_renglones(asunto: Asunto, este: Paso, datos: Any) -> Any:
    if not este.de_renglon:
        return None
    inicial = [{c.nombre: r.datos.get(c.nombre, "") for c in este.de_renglon} for r in asunto.renglones.all()]
    if datos is not None:  # as many as there are, whatever was sent
        datos = datos.copy()
        datos["r-TOTAL_FORMS"] = datos["r-INITIAL_FORMS"] = str(len(inicial))
    return renglones(este.de_renglon, empresa=asunto.distribuidora, datos=datos, inicial=inicial, fijos=True)
