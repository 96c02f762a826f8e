"""Addresses of payments; a charge itself lives on its document's page."""

from django.urls import path

from pagos import views

app_name = "pagos"
urlpatterns = [path("medios/", views.medios, name="medios")]
