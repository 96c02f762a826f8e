from django.urls import path

from portal.avisos.views import envios, mensajes

app_name = "avisos"
urlpatterns = [
    path("", envios.lista, name="lista"),
    path("mensajes/", mensajes.lista, name="mensajes"),
    path("mensajes/<slug:plantilla>/", mensajes.mensaje, name="mensaje"),
    path("mensajes/<slug:plantilla>/restaurar/", mensajes.restaurar, name="mensaje_restaurar"),
    path("reenviar/", envios.reenviar_fallidos, name="reenviar_fallidos"),
    path("<int:pk>/reenviar/", envios.reenviar, name="reenviar"),
]
