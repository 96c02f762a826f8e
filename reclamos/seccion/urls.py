"""Addresses of the section."""

from django.urls import path

from reclamos.seccion import views
from reclamos.seccion.red import views as eventos

app_name = "seccion"
urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("asuntos/", views.lista, name="lista"),
    path("nuevo/", views.nuevo, name="nuevo"),
    path("nuevo/<slug:ruta>/", views.registrar, name="registrar"),
    path("asuntos/<int:pk>/", views.ver, name="ver"),
    path("asuntos/<int:pk>/<slug:suceso>/", views.paso, name="paso"),
    path("lotes/", views.lotes, name="lotes"),
    path("lotes/exportar/", views.exportar, name="exportar"),
    path("lotes/<int:pk>/", views.lote, name="lote"),
    path("lotes/<int:pk>/csv/", views.lote_csv, name="lote_csv"),
    path("eventos/", eventos.lista, name="eventos"),
    path("eventos/nuevo/", eventos.nuevo, name="evento_nuevo"),
    path("eventos/<int:pk>/", eventos.ver, name="evento"),
    path("eventos/<int:pk>/corregir/", eventos.corregir, name="evento_corregir"),
    path("eventos/<int:pk>/anular/", eventos.anular, name="evento_anular"),
    path("seguimiento/", views.seguir, name="seguir"),
]
