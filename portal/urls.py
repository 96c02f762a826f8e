"""The table of addresses; a domain adds one line."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from portal import metricas, muestrario, paginas, portada, salud

urlpatterns: list[URLPattern | URLResolver] = [
    path("", portada.inicio, name="inicio"),
    path("", include("portal.acceso.urls")),
    path("", include("portal.impresos.urls")),
    path("adjuntos/", include("portal.adjuntos.urls")),
    path("avisos/", include("portal.avisos.urls")),
    path("empresas/", include("portal.acceso.empresas.urls")),
    path("gestiones/", include("gestiones.urls")),
    path("historial/", include("portal.historial.urls")),
    path("informes/", include("portal.informes.urls")),
    path("inoperatividad/", include("inoperatividad.urls")),
    path("pagos/", include("pagos.urls")),
    path("plazos/", include("portal.normativa.urls")),
    path("reclamos/", include("reclamos.urls")),
    path("seccion/", include("reclamos.seccion.urls")),
    path("sgc/", include("portal.sgc.urls")),
    path("solicitudes/", include("solicitudes.urls")),
    path("usuarios/", include("portal.acceso.usuarios.urls")),
    path("accesibilidad/", paginas.accesibilidad, name="accesibilidad"),
    path("privacidad/", paginas.privacidad, name="privacidad"),
    path("apariencia/", paginas.apariencia, name="apariencia"),
    path("metricas", metricas.metricas, name="metricas"),
    path("salud/vivo", salud.vivo, name="salud_vivo"),
    path("salud/listo", salud.listo, name="salud_listo"),
    path("robots.txt", paginas.robots),
    path("favicon.ico", paginas.favicon),
    path(".well-known/security.txt", paginas.seguridad),
]
if not settings.EN_PRODUCCION:
    urlpatterns.append(path("muestrario/", muestrario.muestrario, name="muestrario"))

handler400 = "portal.errores.mal_formada"
handler500 = "portal.errores.fallo"
