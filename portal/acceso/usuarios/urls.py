from django.urls import path

from portal.acceso.importacion import views as importacion
from portal.acceso.usuarios import views

app_name = "usuarios"
urlpatterns = [
    path("", views.lista, name="lista"),
    path("nuevo/", views.nuevo, name="nuevo"),
    path("nuevo/<str:tipo>/", views.crear, name="crear"),
    path("importar/", importacion.importar, name="importar"),
    path("importar/grabar/", importacion.grabar, name="grabar_importacion"),
    path("importar/plantilla/", importacion.plantilla, name="plantilla"),
    path("<int:pk>/", views.ver, name="ver"),
    path("<int:pk>/editar/", views.editar, name="editar"),
    path("<int:pk>/invitar/", views.invitar, name="invitar"),
    *(
        path(f"<int:pk>/{que.replace('_', '-')}/", views.cuenta, {"que": que}, name=que)
        for que in ("desactivar", "reactivar", "eliminar", "quitar_segundo_factor")
    ),
    path("perfiles/<int:pk>/", views.editar_perfil, name="editar_perfil"),
    path("perfiles/<int:pk>/funcion/", views.asignar, name="asignar"),
    path("perfiles/<int:pk>/desactivar/", views.perfil, {"que": "desactivar_perfil"}, name="desactivar_perfil"),
    path("perfiles/<int:pk>/reactivar/", views.perfil, {"que": "reactivar_perfil"}, name="reactivar_perfil"),
    path("funciones/<int:pk>/retirar/", views.retirar, name="retirar"),
]
