"""Pages of the installation itself: accessibility, privacy, appearance, and what machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from portal import reloj
from portal.contexto import APARIENCIAS
from portal.permisos import publica

UN_ANO = 365 * 24 * 3600


@publica
@require_safe
def accesibilidad(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accesibilidad.html")


@publica
@require_safe
def privacidad(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacidad.html")


@publica
def apariencia(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system says; kept in a cookie, so that it also holds before signing in."""
    origen = request.POST.get("volver") or request.META.get("HTTP_REFERER", "")
    segura = url_has_allowed_host_and_scheme(origen, {request.get_host()}, require_https=request.is_secure())
    volver = origen if segura and origen.startswith(("/", "http")) else "/"
    if request.method != "POST":
        elegida = request.COOKIES.get(settings.COOKIE_APARIENCIA)
        return render(
            request,
            "portal/apariencia.html",
            {"volver": volver, "elegida": elegida if elegida in APARIENCIAS else "automatica"},
        )
    respuesta = HttpResponseRedirect(volver)
    elegida = request.POST.get("apariencia")
    if elegida in APARIENCIAS:
        respuesta.set_cookie(
            settings.COOKIE_APARIENCIA,
            elegida,
            max_age=UN_ANO,
            secure=settings.EN_PRODUCCION,
            httponly=True,
            samesite="Lax",
        )
    else:
        respuesta.delete_cookie(settings.COOKIE_APARIENCIA)
    return respuesta


@publica
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines index what says something to everybody; the rest is people's business."""
    return HttpResponse(
        "User-agent: *\nAllow: /$\nAllow: /accesibilidad/\nAllow: /privacidad/\nAllow: /static/\nDisallow: /\n",
        content_type="text/plain",
    )


@publica
@require_safe
def seguridad(request: HttpRequest) -> HttpResponse:
    """Where to tell of a vulnerability (RFC 9116)."""
    caduca = reloj.ahora() + timedelta(days=180)
    return HttpResponse(
        f"Contact: mailto:{settings.CORREO_CONTACTO}\nExpires: {caduca:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: es\nCanonical: {settings.DIRECCION_PUBLICA}/.well-known/security.txt\n",
        content_type="text/plain; charset=utf-8",
    )


@publica
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask without reading the page."""
    return redirect(static("favicon.svg"), permanent=False)
