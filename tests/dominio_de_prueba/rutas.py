from django.urls import include, path

from portal.urls import urlpatterns as del_portal

urlpatterns = [*del_portal, path("podas/", include("tests.dominio_de_prueba.urls"))]
