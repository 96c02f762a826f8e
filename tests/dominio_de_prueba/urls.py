from django.urls import path

from tests.dominio_de_prueba import views

app_name = "podas"
urlpatterns = [
    path("pedir/", views.pedir, name="pedir"),
    path("<str:numero>/", views.ver, name="ver"),
]
