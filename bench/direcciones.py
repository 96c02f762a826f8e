"""The portal's addresses and the admin's changelist of requests."""

from django.contrib import admin
from django.urls import path

from portal.cuentas.ambito import sin_ambito
from portal.permisos import con_sesion
from portal.urls import handler400, handler500, urlpatterns  # noqa: F401
from solicitudes.models import Solicitud


class Sitio(admin.AdminSite):
    def has_permission(self, request):
        return True


class SolicitudAdmin(admin.ModelAdmin):
    list_display = ("numero_solicitud", "folio", "numero_cliente", "formulario", "distribuidora", "enviado", "estado")
    list_filter = ("formulario", "estado", "distribuidora")
    list_select_related = ("distribuidora",)
    list_per_page = 10
    search_fields = ("^folio",)
    ordering = ("-enviado",)

    def get_queryset(self, request):
        with sin_ambito():
            return Solicitud.objects.all()

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_change_permission = has_delete_permission = lambda *a, **k: False
    has_module_permission = has_view_permission


sitio = Sitio()
sitio.register(Solicitud, SolicitudAdmin)
lista = con_sesion(lambda request: SolicitudAdmin(Solicitud, sitio).changelist_view(request))
urlpatterns = [*urlpatterns, path("par/", lista), path("admin/", sitio.urls)]
