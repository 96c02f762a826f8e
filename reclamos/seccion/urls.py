"""Addresses of the section."""

from django.urls import path

from reclamos.seccion.red import views as eventos
from reclamos.seccion.views import asuntos, lotes, seguimiento

app_name = "seccion"
urlpatterns = [
    path("", asuntos.inicio, name="inicio"),
    path("asuntos/", asuntos.lista, name="lista"),
    path("nuevo/", asuntos.nuevo, name="nuevo"),
    path("nuevo/<slug:ruta>/", asuntos.registrar, name="registrar"),
    path("asuntos/<int:pk>/", asuntos.ver, name="ver"),
    path("asuntos/<int:pk>/<slug:suceso>/", asuntos.paso, name="paso"),
    path("lotes/", lotes.lotes, name="lotes"),
    path("lotes/exportar/", lotes.exportar, name="exportar"),
    path("lotes/<int:pk>/", lotes.lote, name="lote"),
    path("lotes/<int:pk>/cargar/", lotes.cargar, name="lote_cargar"),
    path("lotes/<int:pk>/csv/", lotes.lote_csv, name="lote_csv"),
    path("eventos/", eventos.lista, name="eventos"),
    path("eventos/nuevo/", eventos.nuevo, name="evento_nuevo"),
    path("eventos/<int:pk>/", eventos.ver, name="evento"),
    path("eventos/<int:pk>/corregir/", eventos.corregir, name="evento_corregir"),
    path("eventos/<int:pk>/anular/", eventos.anular, name="evento_anular"),
    path("seguimiento/", seguimiento.seguir, name="seguir"),
]
