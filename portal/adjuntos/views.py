"""The only door by which a file leaves."""

import uuid

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django_sendfile import sendfile

from portal.adjuntos.models import Adjunto, Archivo
from portal.adjuntos.permissions import puede_descargar
from portal.adjuntos.reservados import anotar_descarga
from portal.permisos import con_sesion

TIPOS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def cabeceras(nombre: str, tipo: str, largo: int) -> dict[str, str]:
    """Headers of whatever people uploaded: to be saved, never to be shown as a page of ours, never to be cached."""
    return {
        "Content-Type": tipo,
        "Content-Length": str(largo),
        "Content-Disposition": str(content_disposition_header(True, nombre)),
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


@con_sesion
@require_safe
def descargar(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """One file of a case. Who may not see the case learns nothing (404); what is kept back is said so (403)."""
    adjunto = get_object_or_404(Adjunto.objects.select_related("caso"), pk=pk)
    try:
        permitido = puede_descargar(request.perfil, adjunto)  # type: ignore[attr-defined]
    except ObjectDoesNotExist:
        raise Http404 from None
    if not permitido:
        raise PermissionDenied("Este archivo todavía no está disponible para ti. Mira en tu solicitud qué falta.")
    return servir(request, adjunto)


def servir(request: HttpRequest, adjunto: Archivo) -> HttpResponseBase:
    """The file itself, to somebody who may have it; a case's identity documents are noted when they go out (R-08)."""
    if adjunto.borrado:
        raise Http404
    propias = cabeceras(adjunto.nombre, TIPOS[adjunto.formato], adjunto.bytes)
    if request.method == "HEAD":
        return HttpResponse(headers=propias)
    if isinstance(adjunto, Adjunto):
        anotar_descarga([adjunto])
    try:
        en_disco = isinstance(adjunto.archivo.storage, FileSystemStorage)
        if settings.SENDFILE_BACKEND.endswith(".nginx") and en_disco and not adjunto.llave:
            return _por_nginx(request, adjunto, propias)
        return FileResponse(adjunto.abrir(), as_attachment=True, filename=adjunto.nombre, headers=propias)
    except FileNotFoundError:
        raise Http404 from None


def _por_nginx(request: HttpRequest, adjunto: Archivo, propias: dict[str, str]) -> HttpResponse:
    """An answer without body that tells nginx which file to send, at the length that it finds."""
    respuesta = sendfile(request, adjunto.archivo.path)
    for nombre, valor in propias.items():
        respuesta[nombre] = valor
    del respuesta["Content-Length"]
    return respuesta
