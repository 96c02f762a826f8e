"""Addresses of issued documents."""

from django.urls import path

from portal.impresos import views

app_name = "impresos"
urlpatterns = [
    path("verificar/", views.verificar, name="verificar"),
    path("verificar/<str:codigo>/", views.comprobar, name="comprobar"),
    path("documentos/<uuid:pk>/", views.ver, name="ver"),
    path("documentos/<uuid:pk>/reintentar/", views.reintentar, name="reintentar"),
]
