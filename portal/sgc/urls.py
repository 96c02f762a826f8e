from django.urls import path

from portal.sgc import views

app_name = "sgc"
urlpatterns = [
    path("", views.espejo, name="espejo"),
    path("ajustar/", views.ajustar, name="ajustar"),
    path("importar/", views.importar, name="importar"),
    path("importar/<uuid:pk>/", views.importacion, name="importacion"),
    path("importar/<uuid:pk>/aplicar/", views.aplicar, name="aplicar"),
]
