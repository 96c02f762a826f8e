"""One complaint: its page, its paper, its files; for who follows it without an account too (Q-17)."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import reloj
from portal.acceso import limites
from portal.acceso.adapter import error_de_limite
from portal.acceso.views import direccion_de
from portal.adjuntos.models import Adjunto
from portal.adjuntos.views import servir
from portal.cuentas.models import Perfil
from portal.historial.relato import Hecho, relato
from portal.permisos import exigir, publica
from reclamos import puerta
from reclamos.acciones import acciones
from reclamos.documentos import NOMBRES, compacto
from reclamos.forms.tramite import ConsultaForm
from reclamos.models import Reclamo, Recurso
from reclamos.turno import plazo_de_recurso, plazo_de_respuesta, turno_de

NO_ESTA = "No encontramos un reclamo con ese código y ese documento. Revisa los dos: están en nuestro correo."
DEMASIADAS = "Hubo demasiadas consultas."


def cargar(ingreso: str) -> Reclamo:
    """The complaint with that number, if it exists for whoever looks; 404 otherwise."""
    return get_object_or_404(
        Reclamo.objects.select_related("caso", "distribuidora", "materia", "solicitante__usuario", "regla"),
        ingreso=ingreso,
    )


def _historia(reclamo: Reclamo, recursos: list[Recurso], quien: Perfil | None) -> list[Hecho]:
    """What happened to the complaint and to what followed it, newest first; files stand in their own list."""
    juntos = [hecho for documento in (reclamo, *recursos) for hecho in relato(documento, quien)]
    ordenados = sorted(juntos, key=lambda hecho: hecho.cuando, reverse=True)
    return [replace(hecho, adjuntos=[]) for hecho in ordenados]


def _documentos(reclamo: Reclamo, recursos: list[Recurso]) -> list[dict[str, Any]]:
    """All files, in the order in which they came."""
    casos = [reclamo.pk, *(r.pk for r in recursos)]
    adjuntos = Adjunto.objects.filter(caso__in=casos).order_by("subido", "pk")
    return [{"adjunto": a, "titulo": NOMBRES.get(a.tipo, "Formulario de reclamo")} for a in adjuntos]


def contexto(reclamo: Reclamo, quien: Perfil | None) -> dict[str, Any]:
    """What the page and the paper show."""
    recursos = list(reclamo.recursos.select_related("caso"))
    for recurso in recursos:
        recurso.reclamo = reclamo
    documentos = _documentos(reclamo, recursos)
    return {
        "reclamo": reclamo,
        "quien": quien,
        "turno": turno_de(reclamo, quien, recursos),
        "plazo": plazo_de_respuesta(reclamo),
        "recursos": [{"recurso": r, "plazo": plazo_de_recurso(reclamo, r)} for r in recursos],
        "documentos": documentos,
        "resolucion": next((d["adjunto"] for d in documentos if d["adjunto"].tipo == "resolucion"), None),
        "historia": _historia(reclamo, recursos, quien),
        "acciones": acciones(quien, reclamo, recursos),
        "ahora": reloj.ahora(),
    }


def _pagina(request: HttpRequest, ingreso: str, plantilla: str) -> HttpResponse:
    if request.perfil is not None:
        exigir(request.perfil.tiene("reclamos.ver_reclamos"))
    with puerta.mirando(request) as quien:
        try:
            reclamo = cargar(ingreso)
        except Http404:
            if quien is None:  # the same for what exists and what does not
                return redirect("reclamos:consulta")
            raise
        return render(request, plantilla, contexto(reclamo, quien))


@publica
@never_cache
@require_safe
def ver(request: HttpRequest, ingreso: str) -> HttpResponse:
    """The page of a complaint."""
    return _pagina(request, ingreso, "reclamos/ver.html")


@publica
@never_cache
@require_safe
def imprimir(request: HttpRequest, ingreso: str) -> HttpResponse:
    """The same on paper, nothing else."""
    return _pagina(request, ingreso, "reclamos/imprimir.html")


@publica
@require_safe
def descargar(request: HttpRequest, ingreso: str, pk: uuid.UUID) -> HttpResponseBase:
    """One file of a complaint, for whoever sees it."""
    with puerta.mirando(request):
        reclamo = cargar(ingreso)
        casos = [reclamo.pk, *reclamo.recursos.values_list("pk", flat=True)]
        adjunto = get_object_or_404(Adjunto.objects.select_related("caso"), pk=pk, caso__in=casos)
        return servir(request, adjunto)


@publica
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consulta(request: HttpRequest) -> HttpResponse:
    """**Estado de un reclamo**: code and document; the same answer whichever is wrong (Q-17)."""
    inicial = {"codigo": request.GET.get("codigo", "")[:40]}
    form = ConsultaForm(request.POST or None, initial=inicial)
    if form.is_valid() and (reclamo := _hallar(request, form)):
        if request.perfil is None:
            puerta.dar_llave(request.session, reclamo.caso.clave)
            return redirect(reclamo)
        messages.info(request, "Para ver este reclamo aquí, cierra tu sesión y consulta otra vez.")
        return redirect("reclamos:consulta")
    limitado = form.is_bound and form.has_error("__all__", code="limitado")
    return render(request, "reclamos/consulta.html", {"form": form}, status=429 if limitado else 200)


def _hallar(request: HttpRequest, form: ConsultaForm) -> Reclamo | None:
    datos = form.cleaned_data
    try:
        with limites.intento(
            (puerta.CONSULTA_POR_DIRECCION, limites.red(direccion_de(request))),
            (puerta.CONSULTA_POR_CODIGO, compacto(datos["codigo"])),
        ) as intento:
            reclamo = puerta.hallar(datos["codigo"], datos["documento"])
            if reclamo is not None:
                intento.perdonar()
            else:
                form.add_error(None, NO_ESTA)
            return reclamo
    except limites.Limitado as limitado:
        form.add_error(None, error_de_limite(limitado, DEMASIADAS))
        return None
