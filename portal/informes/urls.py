from django.urls import path

from portal.informes import views

app_name = "informes"
urlpatterns = [
    path("", views.lista, name="lista"),
    path("pedir/<slug:tipo>/", views.pedir, name="pedir"),
    path("<uuid:pk>/", views.ver, name="ver"),
    path("<uuid:pk>/descargar/", views.descargar, name="descargar"),
    path("<uuid:pk>/cancelar/", views.cancelar, name="cancelar"),
]
