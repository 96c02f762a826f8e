from django.urls import path

from portal.normativa import views

app_name = "normativa"
urlpatterns = [
    path("", views.plazos, name="plazos"),
    path("conservacion/", views.conservaciones, name="conservaciones"),
    path("conservacion/<int:pk>/", views.conservacion, name="conservacion"),
    path("nuevo/", views.plazo_nuevo, name="plazo_nuevo"),
    path("<int:pk>/", views.plazo, name="plazo"),
]
