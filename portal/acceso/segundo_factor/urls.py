"""Addresses of the second factor, by the names that allauth looks for; its other pages are not routed."""

from django.urls import path

from portal.acceso.segundo_factor import views

urlpatterns = [
    path("ingresar/segundo-paso/", views.SegundoPaso.as_view(), name="mfa_authenticate"),
    path("perfil/confirmar/", views.Confirmar.as_view(), name="account_reauthenticate"),
    path("perfil/segundo-factor/", views.Inicio.as_view(), name="mfa_index"),
    path("perfil/segundo-factor/aplicacion/", views.AgregarAplicacion.as_view(), name="mfa_activate_totp"),
    path("perfil/segundo-factor/aplicacion/quitar/", views.QuitarAplicacion.as_view(), name="mfa_deactivate_totp"),
    path("perfil/segundo-factor/llave/", views.AgregarLlave.as_view(), name="mfa_add_webauthn"),
    path("perfil/segundo-factor/llave/<int:pk>/quitar/", views.QuitarLlave.as_view(), name="mfa_remove_webauthn"),
    path("perfil/segundo-factor/codigos/", views.VerCodigos.as_view(), name="mfa_view_recovery_codes"),
    path("perfil/segundo-factor/codigos/nuevos/", views.HacerCodigos.as_view(), name="mfa_generate_recovery_codes"),
]
