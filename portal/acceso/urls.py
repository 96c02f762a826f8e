"""Addresses of the door. Names without prefix are those that allauth looks for; its other pages are not routed."""

from django.urls import include, path, re_path

from portal.acceso import views, views_perfil

_propias = [
    path("captcha/", views.reto, name="reto"),
    path("registrarse/recibido/", views.registro_recibido, name="registro_recibido"),
    path("activar/reenviar/", views.reenviar, name="reenviar"),
    path("activar/<str:ficha>/", views.activar, name="activar"),
    path("recuperar/recibido/", views.recuperar_recibido, name="recuperar_recibido"),
    path("perfil/", views_perfil.perfil, name="perfil"),
    path("perfil/cambiar/", views_perfil.cambiar_perfil, name="cambiar_perfil"),
    path("perfil/elegir/", views_perfil.elegir_perfil, name="elegir_perfil"),
    path("perfil/solicitante/", views_perfil.activar_solicitante, name="activar_solicitante"),
    path("perfil/sesiones/", views_perfil.cerrar_sesiones, name="cerrar_sesiones"),
    path("perfil/correo/", views_perfil.cambiar_correo, name="cambiar_correo"),
    path("correo/<str:ficha>/", views.confirmar_correo, name="confirmar_correo"),
]

urlpatterns = [
    path("ingresar/", views.Ingreso.as_view(), name="account_login"),
    path("salir/", views.Salida.as_view(), name="account_logout"),
    path("registrarse/", views.registrarse, name="account_signup"),
    path("recuperar/", views.recuperar, name="account_reset_password"),
    re_path(
        r"^recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ClaveNueva.as_view(),
        name="account_reset_password_from_key",
    ),
    path("perfil/clave/", views_perfil.CambioDeClave.as_view(), name="account_change_password"),
    path("", include("portal.acceso.segundo_factor.urls")),
    path("", include((_propias, "acceso"))),
]
