"""Addresses of files."""

from django.urls import path

from portal.adjuntos import views

app_name = "adjuntos"
urlpatterns = [path("<uuid:pk>/", views.descargar, name="descargar")]
