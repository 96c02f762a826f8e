"""A page that goes round its manager, for the second wall."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.permisos import con_sesion
from portal.urls import urlpatterns as las_del_portal
from solicitudes.models import Solicitud


@con_sesion
def sin_gestor(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(s.folio for s in Solicitud._base_manager.all()))


urlpatterns = [*las_del_portal, path("sin-gestor/", sin_gestor)]
