"""Addresses of the section."""

from django.urls import path

from reclamos.seccion import views

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
    path("seguimiento/", views.seguir, name="seguir"),
]
