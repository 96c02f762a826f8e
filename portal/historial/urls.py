from django.urls import path

from portal.historial import views

app_name = "historial"
urlpatterns = [
    path("", views.lista, name="lista"),
    path("resumenes/", views.resumidos, name="resumidos"),
]
