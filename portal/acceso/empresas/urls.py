from django.urls import path

from portal.acceso.empresas import views

app_name = "empresas"
urlpatterns = [
    path("", views.lista, name="lista"),
    path("<int:pk>/", views.editar, name="editar"),
    path("<int:pk>/unidad/", views.crear_unidad, name="crear_unidad"),
    path("unidades/<int:pk>/", views.editar_unidad, name="editar_unidad"),
]
