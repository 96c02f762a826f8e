"""Addresses of the attended clients."""

from django.urls import path, register_converter

from gestiones.views import carga, consulta, jefatura, revision
from gestiones.views.direcciones import MesConverter, NumeroConverter

register_converter(NumeroConverter, "numero")
register_converter(MesConverter, "mes")
app_name = "gestiones"
urlpatterns = [
    path("", consulta.lista, name="lista"),
    path("cargar/", carga.cargar, name="cargar"),
    path("tablero/", consulta.tablero, name="tablero"),
    path("revisar/", revision.revisar, name="revisar"),
    path("funcionarios/", jefatura.funcionarios, name="funcionarios"),
    path("funcionarios/<numero:pk>/terminar/", jefatura.terminar, name="terminar"),
    path("horario/<numero:pk>/", jefatura.horario, name="horario"),
    path("planilla/", jefatura.planilla, name="planilla"),
    path("planilla/<numero:pk>/<mes:mes>/cerrar/", jefatura.cerrar, name="cerrar"),
    path("<numero:numero>/", consulta.ver, name="ver"),
    path("<numero:numero>/corregir/", carga.corregir, name="corregir"),
]
