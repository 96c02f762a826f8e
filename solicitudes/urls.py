"""Addresses of the requests; a folio may hold any two characters, so it stands between slashes and is quoted."""

from django.urls import path, register_converter

from portal.documentos.direcciones import FolioConverter
from solicitudes.views import automaticas, bandeja, caso, enlaces, envio, pago, panel, tramite

register_converter(FolioConverter, "folio")
app_name = "solicitudes"
urlpatterns = [
    path("", bandeja.bandeja, name="bandeja"),
    path("reporte/", bandeja.reporte, name="reporte"),
    path("sabana/", bandeja.sabana, name="sabana"),
    path("cumplimiento/", panel.cumplimiento, name="cumplimiento"),
    path("automaticas/", automaticas.lista, name="automaticas"),
    path("automaticas/<slug:ruta>/", automaticas.editar, name="automatica"),
    path("automaticas/<slug:ruta>/archivo/", automaticas.archivo, name="automatica_archivo"),
    path("enlaces/", enlaces.enlaces, name="enlaces"),
    path("enlaces/<int:pk>/archivo/", enlaces.archivo, name="enlace_archivo"),
    path("enlaces/editar/", enlaces.lista, name="enlaces_lista"),
    path("enlaces/editar/nuevo/", enlaces.nuevo, name="enlace_nuevo"),
    path("enlaces/editar/<int:pk>/", enlaces.editar, name="enlace_editar"),
    path("enlaces/editar/<int:pk>/borrar/", enlaces.borrar, name="enlace_borrar"),
    path("nuevo/", envio.nuevo, name="nuevo"),
    path("nuevo/<slug:ruta>/", envio.nueva, name="nueva"),
    path("nuevo/<slug:ruta>/<uuid:clave>/", envio.borrador, name="borrador"),
    path("nuevo/<slug:ruta>/<uuid:clave>/subir/<slug:codigo>/", envio.subir, name="subir"),
    path("nuevo/<slug:ruta>/<uuid:clave>/descartar/", envio.descartar, name="descartar"),
    path("comunicacion/", tramite.comunicacion, name="comunicacion"),
    path("folio/<folio:folio>/", caso.ver, name="ver"),
    path("folio/<folio:folio>/imprimir/", caso.imprimir, name="imprimir"),
    path("folio/<folio:folio>/documentos.zip", caso.descargar, name="descargar"),
    path("folio/<folio:folio>/pagar/", pago.pagar, name="pagar"),
    path("folio/<folio:folio>/responder/", tramite.responder, name="responder"),
    path("folio/<folio:folio>/cobrar/", tramite.cobrar, name="cobrar"),
    path("folio/<folio:folio>/complementar/", tramite.complementar, name="complementar"),
    path("folio/<folio:folio>/numero/", tramite.numerar, name="numerar"),
    path("folio/<folio:folio>/validar-pago/", tramite.validar_pago, name="validar_pago"),
    path("folio/<folio:folio>/rechazar-pago/", tramite.rechazar_pago, name="rechazar_pago"),
    path("folio/<folio:folio>/retirar-cobro/", tramite.retirar_cobro, name="retirar_cobro"),
    path("folio/<folio:folio>/anular/", tramite.anular, name="anular"),
    path("folio/<folio:folio>/desistir/", tramite.desistir, name="desistir"),
]
