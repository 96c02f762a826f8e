"""Every page for everyone who may open it: accessible, within the screen, silent, in each width and light."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.http import int_to_base36
from playwright.sync_api import Page

from portal.acceso import fichas
from portal.cuentas.ambito import como as en_nombre_de
from portal.cuentas.models import Perfil
from portal.informes.actions import pedir
from solicitudes import conteo
from solicitudes.formularios import Formulario
from solicitudes.models import Estado, Solicitud
from tests.factories import AdjuntoFactory, BorradorFactory, UsuarioFactory
from tests.navegador.conftest import violaciones
from tests.seguridad.direcciones import de_las_apps

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]

SIN_PAGINA = {  # asked for by scripts, machines or buttons, or a file
    "acceso:reto", "acceso:cambiar_perfil", "acceso:activar_solicitante", "acceso:cerrar_sesiones",
    "adjuntos:descargar",
    "avisos:reenviar", "avisos:reenviar_fallidos", "informes:pedir", "informes:descargar", "informes:cancelar",
    "metricas", "salud_vivo", "salud_listo", "solicitudes:subir", "solicitudes:pagar", "solicitudes:descargar",
}  # fmt: skip
OTRA_PRUEBA = {"muestrario", "acceso:elegir_perfil"}
# Below, a path; with « ! » after it, the page is looked at again after its form was sent as it stands.


@pytest.fixture
def casos(rosa, marcos, en_estado, medios, todo) -> dict[str, Solicitud]:
    """Rosa's requests to company 1, one in each state, and one with an answer that waits for its payment."""
    hechos = {estado.value: en_estado(estado) for estado in Estado}
    for caso in hechos.values():
        AdjuntoFactory(caso=caso.caso)
    conteo.recontar()
    return hechos


def _ver(caso: Solicitud, nombre: str = "ver") -> str:
    return reverse(f"solicitudes:{nombre}", args=[caso.folio])


def de_nadie(rosa: Perfil) -> list[str]:
    sin_activar = UsuarioFactory(activado=None, is_active=False)
    clave = f"/recuperar/{int_to_base36(rosa.usuario.pk)}-{default_token_generator.make_token(rosa.usuario)}/"
    return [
        "/ingresar/ !", "/registrarse/ !", "/registrarse/recibido/", "/recuperar/ !", "/recuperar/recibido/",
        "/activar/reenviar/ !", urlsplit(fichas.para_activar(sin_activar)).path, "/activar/no-sirve/",
        urlsplit(fichas.para_correo(rosa.usuario, "otro@correo.example")).path, "/correo/no-sirve/",
        clave, "/recuperar/1-no-sirve/", "/accesibilidad/", "/privacidad/", "/apariencia/", "/no-existe/",
    ]  # fmt: skip


def del_solicitante(rosa: Perfil, casos: dict[str, Solicitud]) -> list[str]:
    borrador = BorradorFactory(solicitante=rosa)
    with en_nombre_de(rosa):
        informe = pedir("solicitudes", {}, por=rosa)
    return [
        "/", "/?folio=ZZ", "/?desde=ayer", "/solicitudes/nuevo/", "/solicitudes/enlaces/",
        *(f"/solicitudes/nuevo/{f.ruta}/ !" for f in Formulario), borrador.get_absolute_url(),
        borrador.get_absolute_url() + "descartar/", *(_ver(c) for c in casos.values()),
        _ver(casos["respondido"], "imprimir"), _ver(casos["pendiente_respuesta"], "desistir") + " !",
        _ver(casos["pendiente_respuesta"], "responder"), "/solicitudes/reporte/", "/informes/",
        informe.get_absolute_url(), "/perfil/", "/perfil/clave/ !", "/perfil/correo/ !", "/salir/",
    ]  # fmt: skip


def de_la_empresa(casos: dict[str, Solicitud]) -> list[str]:
    return [
        "/", "/solicitudes/", "/solicitudes/?folio=ZZ", "/solicitudes/?desde=ayer", "/solicitudes/?orden=-folio",
        *(_ver(c) for c in casos.values()),
        _ver(casos["pendiente_respuesta"], "responder") + " !", _ver(casos["pendiente_respuesta"], "cobrar") + " !",
        _ver(casos["respondido"], "complementar") + " !", _ver(casos["respondido"], "numerar"),
        _ver(casos["pendiente_pago"], "retirar_cobro") + " !", "/solicitudes/comunicacion/ !",
        f"/solicitudes/comunicacion/?folio={casos['respondido'].folio}", "/solicitudes/reporte/",
        "/solicitudes/reporte/?folio=ZZ", "/informes/", "/perfil/",
    ]  # fmt: skip


DE_QUIEN_ADMINISTRA = ["/", "/pagos/medios/"]


def del_validador(casos: dict[str, Solicitud]) -> list[str]:
    por_validar = casos["pendiente_validacion"]
    return ["/", _ver(por_validar), _ver(por_validar, "validar_pago"), _ver(por_validar, "rechazar_pago") + " !"]


def de_la_sec(casos: dict[str, Solicitud]) -> list[str]:
    return [
        "/", "/solicitudes/", "/solicitudes/?folio=ZZ", "/solicitudes/?vencidas=on", *(_ver(c) for c in casos.values()),
        _ver(casos["respondido"], "anular") + " !", "/solicitudes/reporte/", "/informes/", "/avisos/", "/perfil/",
    ]  # fmt: skip


def mirar(pagina: Page) -> Iterator[str]:
    """What is wrong with the page that is open."""
    for ancho, colores in ((1280, "light"), (390, "dark")):
        pagina.set_viewport_size({"width": ancho, "height": 900})
        # Without motion a change of colours is there at once.
        pagina.emulate_media(color_scheme=colores, reduced_motion="reduce")
        yield from (f"{ancho} {colores}: {v}" for v in violaciones(pagina))
    for ancho in (390, 320):
        pagina.set_viewport_size({"width": ancho, "height": 900})
        if (real := pagina.evaluate("document.documentElement.scrollWidth")) > ancho:
            yield f"a {ancho} px hay que correrse al lado: {real} px"
    pagina.set_viewport_size({"width": 1280, "height": 900})
    letra = pagina.context.new_cdp_session(pagina)
    letra.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})  # twice the browser's own
    if (real := pagina.evaluate("document.documentElement.scrollWidth")) > 1280:
        yield f"con la letra al doble hay que correrse al lado: {real} px"
    letra.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    letra.detach()


def recorrer(ventana, rutas: list[str]) -> str:
    """Open each page, send its empty form where a « ! » says so; everything that is wrong, a line each."""
    males: list[str] = []
    for ruta in rutas:
        direccion, con_error, _ = ruta.partition(" !")
        ventana.quejas.clear()
        ventana.abrir(direccion)
        males += [f"{direccion}: {mal}" for mal in mirar(ventana.pagina)]
        if con_error:
            with ventana.pagina.expect_navigation():
                ventana.pagina.locator("main form[method=post] .acciones button").first.click()
            titulo = ventana.pagina.title()
            males += [] if titulo.startswith("Error:") else [f"{direccion}: sin «Error:» en «{titulo}»"]
            males += [f"{direccion} con error: {mal}" for mal in mirar(ventana.pagina)]
        # The browser itself says that a page answered 403 or 404, which some of these do on purpose.
        males += [f"{direccion}: {q}" for q in ventana.quejas if "responded with a status of 40" not in q]
        ventana.quejas.clear()
    return "\n".join(males)


def test_sin_sesion(ventana, rosa):
    """X-09: the door, its errors, its dead links, the pages of the foot."""
    assert recorrer(ventana(), de_nadie(rosa)) == ""


def test_solicitante(como, rosa, pedro, casos):
    """X-09: the applicant's pages, full and empty, in every state of a request."""
    assert recorrer(como(rosa), del_solicitante(rosa, casos)) == ""
    assert recorrer(como(pedro), ["/", "/solicitudes/nuevo/", "/informes/"]) == ""


def test_distribuidora(como, marcos, valentina, admin_dx, otra_dx, casos):
    """X-09: the company's pages, also of one that has nothing."""
    assert recorrer(como(marcos), de_la_empresa(casos)) == ""
    assert recorrer(como(valentina), del_validador(casos)) == ""
    assert recorrer(como(admin_dx), DE_QUIEN_ADMINISTRA) == ""
    assert recorrer(como(otra_dx), ["/"]) == ""


def test_sec_y_agente(como, jefa_sec, agente, casos):
    """X-09: the regulator's pages and the desk's."""
    assert recorrer(como(jefa_sec), de_la_sec(casos)) == ""
    assert recorrer(como(agente), ["/", "/perfil/"]) == ""


CON_RECORRIDO = [modulo for modulo in de_las_apps() if hasattr(modulo, "recorrido")]


@pytest.mark.parametrize("app", CON_RECORRIDO, ids=lambda modulo: modulo.__name__.split(".")[1])
def test_de_cada_app(app, como, todo, request):
    """X-09: the pages that an app says it has, for whom it says."""
    males = [recorrer(como(perfil), rutas) for perfil, rutas in app.recorrido(request.getfixturevalue)]
    assert "\n".join(filter(None, males)) == ""


def nombres(resolver: URLResolver, antes: str = "") -> Iterator[str]:
    """The names of all addresses below."""
    for patron in resolver.url_patterns:
        if isinstance(patron, URLResolver):
            yield from nombres(patron, f"{antes}{patron.namespace}:" if patron.namespace else antes)
        elif isinstance(patron, URLPattern) and patron.name:
            yield antes + patron.name


def test_no_falta_ninguna(rosa, casos, request):
    """X-09: a page that is added later is looked at too, or this fails."""
    rutas = [*de_nadie(rosa), *del_solicitante(rosa, casos), *de_la_empresa(casos), *del_validador(casos)]
    rutas += [*de_la_sec(casos), *DE_QUIEN_ADMINISTRA]
    rutas += [ruta for app in CON_RECORRIDO for _, de_uno in app.recorrido(request.getfixturevalue) for ruta in de_uno]
    sin_pagina = SIN_PAGINA.union(*(getattr(modulo, "SIN_PAGINA", ()) for modulo in de_las_apps()))
    vistas = {resolve(urlsplit(r.partition(" !")[0]).path).view_name for r in rutas if r != "/no-existe/"}
    assert set(nombres(get_resolver())) - sin_pagina - OTRA_PRUEBA - vistas == set()
