"""Addresses of complaints; most of what is about one is open to who holds its key."""

from django.urls import path

from reclamos.views import bandeja, caso, presentar, tramite

app_name = "reclamos"
urlpatterns = [
    path("", bandeja.bandeja, name="bandeja"),
    path("tablero/", bandeja.tablero, name="tablero"),
    path("orientaciones/", bandeja.orientaciones, name="orientaciones"),
    path("ajustes/", bandeja.ajustar, name="ajustes"),
    path("ajustes/materia/", bandeja.materia, name="materia_nueva"),
    path("ajustes/materia/<slug:codigo>/", bandeja.materia, name="materia"),
    path("nuevo/", presentar.nuevo, name="nuevo"),
    path("nuevo/<slug:empresa>/", presentar.nueva, name="nueva"),
    path("nuevo/<slug:empresa>/<uuid:clave>/", presentar.borrador, name="borrador"),
    path("nuevo/<slug:empresa>/<uuid:clave>/subir/", presentar.subir, name="subir"),
    path("nuevo/<slug:empresa>/<uuid:clave>/descartar/", presentar.descartar, name="descartar"),
    path("estado/", caso.consulta, name="consulta"),
    path("recurso/<slug:numero>/elevar/", tramite.elevar, name="elevar"),
    path("recurso/<slug:numero>/decidir/", tramite.decidir, name="decidir"),
    path("caso/<slug:ingreso>/", caso.ver, name="ver"),
    path("caso/<slug:ingreso>/imprimir/", caso.imprimir, name="imprimir"),
    path("caso/<slug:ingreso>/archivo/<uuid:pk>/", caso.descargar, name="descargar"),
    path("caso/<slug:ingreso>/codigo/", tramite.codificar, name="codificar"),
    path("caso/<slug:ingreso>/pedir-completar/", tramite.pedir_completar, name="pedir_completar"),
    path("caso/<slug:ingreso>/completar/", tramite.completar, name="completar"),
    path("caso/<slug:ingreso>/responder/", tramite.responder, name="responder"),
    path("caso/<slug:ingreso>/apelar/", tramite.apelar, name="apelar"),
    path("caso/<slug:ingreso>/queja/", tramite.quejarse, name="quejarse"),
]
