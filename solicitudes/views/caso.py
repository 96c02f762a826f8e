"""One request: its page, its paper, its documents as one zip (S-09)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pagos.models import Cobro, MedioDePago
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.adjuntos.zip import tamano_zip, zip_de
from portal.historial.relato import relato
from portal.permisos import con_permiso
from solicitudes import permissions
from solicitudes.acciones import acciones
from solicitudes.formularios import DOCUMENTOS, Formulario, nombre_de_documento
from solicitudes.models import Solicitud, Suceso
from solicitudes.turno import turno_de

_ver = con_permiso("solicitudes.ver_bandeja")


def cargar(folio: str) -> Solicitud:
    """The request with that folio, if it exists for whoever looks; 404 otherwise."""
    return get_object_or_404(
        Solicitud.objects.select_related(
            "caso", "distribuidora", "solicitante__usuario", "comuna__region", "regla"
        ).prefetch_related("caso__cobros__comprobantes__adjunto", "caso__cobros__cupon"),
        folio=folio,
    )


def documentos(request: HttpRequest, solicitud: Solicitud) -> list[dict[str, Any]]:
    """All files of the case, as the form orders them, then by time; `legible`: whether this profile may read it now."""
    formulario = Formulario(solicitud.formulario)
    del_formulario = [tipo.codigo for tipo in DOCUMENTOS[formulario]]
    adjuntos = sorted(
        solicitud.caso.adjuntos.order_by("subido", "pk"),
        key=lambda a: del_formulario.index(a.tipo) if a.tipo in del_formulario else len(del_formulario),
    )
    return [
        {
            "adjunto": adjunto,
            "titulo": nombre_de_documento(formulario, adjunto.tipo),
            "legible": solicitud.puede_leer(request.perfil, adjunto),
        }
        for adjunto in adjuntos
    ]


def legibles(filas: list[dict[str, Any]]) -> list[Adjunto]:
    """Those files that this profile may read and that are still kept."""
    return [fila["adjunto"] for fila in filas if fila["legible"] and not fila["adjunto"].borrado]


def _respuesta(request: HttpRequest, filas: list[dict[str, Any]]) -> Adjunto | None:
    """The answer that the applicant came for, once it may be read."""
    if not request.perfil.es_solicitante:
        return None
    return next((a for a in legibles(filas) if a.tipo == "respuesta"), None)


def contexto(request: HttpRequest, solicitud: Solicitud) -> dict[str, Any]:
    """What the page and the paper show."""
    filas = documentos(request, solicitud)
    paga = permissions.puede_pagar(request.perfil, solicitud) and solicitud.admite(Suceso.ENVIAR_COMPROBANTE)
    return {
        "solicitud": solicitud,
        "respuesta": _respuesta(request, filas),
        "turno": turno_de(solicitud, request.perfil),
        "cobro": solicitud.cobro,
        "cobros_retirados": [c for c in solicitud.caso.cobros.all() if c.estado == Cobro.Estado.RETIRADO],
        "documentos": filas,
        "tamano_zip": tamano_zip(propios) if (propios := legibles(filas)) else 0,
        "historia": relato(solicitud, request.perfil),
        "acciones": acciones(request.perfil, solicitud),
        "medios": MedioDePago.objects.filter(distribuidora=solicitud.distribuidora_id) if paga else [],
        "puede_numerar": permissions.puede_tramitar(request.perfil, solicitud),
    }


@_ver
@require_safe
def ver(request: HttpRequest, folio: str) -> HttpResponse:
    """The page of a request."""
    return render(request, "solicitudes/ver.html", contexto(request, cargar(folio)))


@_ver
@require_safe
def imprimir(request: HttpRequest, folio: str) -> HttpResponse:
    """The same on paper, nothing else."""
    return render(request, "solicitudes/imprimir.html", contexto(request, cargar(folio)) | {"ahora": reloj.ahora()})


@_ver
@require_safe
def descargar(request: HttpRequest, folio: str) -> HttpResponseBase:
    """**Descargar**: all documents that this profile may read, as one zip."""
    solicitud = cargar(folio)
    adjuntos = legibles(documentos(request, solicitud))
    if not adjuntos:
        raise Http404
    return zip_de(adjuntos, f"{solicitud.folio}.zip")
