"""What is not yours does not exist: a foreign identifier is answered exactly like one that nobody has."""

import re
from itertools import count
from urllib.parse import quote, quote_plus
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import sin_ambito
from portal.informes.models import Informe
from portal.permisos import CLAVE_DE_SESION
from solicitudes.models import Borrador, Estado, Solicitud
from tests.acceso.ayuda import sin_fichas
from tests.seguridad.casos import deshecho, diferencias, foto, leida
from tests.seguridad.direcciones import direcciones

CON_FOLIO = (
    "ver", "imprimir", "descargar", "pagar", "responder", "cobrar", "complementar", "numerar", "validar_pago",
    "rechazar_pago", "retirar_cobro", "anular", "desistir",
)  # fmt: skip
AJENOS = {  # actor → whose requests that actor must not see: Rosa's to company 1, or Pedro's to company 2
    "anonimo": "rosa",
    "otro_solicitante": "rosa",
    "otra_dx": "rosa",
    "agente": "rosa",
    "solicitante": "pedro",
    "tramitador": "pedro",
    "validador": "pedro",
    "administrador_dx": "pedro",
}
_intentos = count()


def _patron(*secretos):
    """Finds an identifier in all its spellings; a bare number only where it is a value."""
    formas = {
        forma
        for s in secretos
        for t in (s, s.upper(), s.lower())
        for forma in (t, quote(t, safe=""), quote(t), quote(quote(t, safe="")), quote_plus(t))
    }
    return re.compile(
        "|".join(
            rf'(?:(?:empresa|perfil|sesion)=|value="|/){f}(?=["&/]|$)' if f.isdecimal() else re.escape(f)
            for f in sorted(formas, key=len, reverse=True)
        )
    )


def _respuesta(navegador, metodo, ruta, datos, *secretos):
    """What can be learnt from an answer: status, headers, cookies' names, body; without the identifier itself."""
    next(_intentos)
    respuesta = leida(navegador.post(ruta, datos) if metodo == "POST" else navegador.get(ruta, datos))
    patron = _patron(*map(str, secretos))
    cabeceras = {
        nombre: patron.sub("X", valor) for nombre, valor in respuesta.headers.items() if nombre != "Content-Length"
    }
    if "Content-Security-Policy" in cabeceras:
        cabeceras["Content-Security-Policy"] = sorted(cabeceras["Content-Security-Policy"].split("; "))
    return respuesta.status_code, cabeceras, sorted(respuesta.cookies), patron.sub("X", sin_fichas(respuesta.cuerpo))


def _iguales(navegador, metodo, ruta, ajeno, nadie, datos=None):
    """Whether `ajeno`, that exists, and `nadie`, that does not, get the same answer; its status."""
    vistas = []
    for quien in (ajeno, nadie):
        llenos = {k: str(v).replace("{}", str(quien)) for k, v in (datos or {}).items()}
        with deshecho():
            vistas.append(_respuesta(navegador, metodo, ruta(quien), llenos, quien))
    assert vistas[0][:3] == vistas[1][:3]
    assert vistas[0][3].splitlines() == vistas[1][3].splitlines()
    return vistas[0][0]


def test_every_folio_address_is_tried():
    """A-12: an address with a folio that a later hand adds is tried too."""
    sin_folio = {
        "bandeja", "reporte", "sabana", "enlaces", "nuevo", "nueva", "borrador", "subir", "descartar", "comunicacion",
        "cumplimiento", "automaticas", "automatica", "automatica_archivo",
        "enlaces_lista", "enlace_nuevo", "enlace_editar", "enlace_borrar", "enlace_archivo",
    }  # fmt: skip
    propias = {d.partition(":")[2] for d in direcciones() if d.startswith("solicitudes:")}
    assert propias - sin_folio == set(CON_FOLIO)


@pytest.mark.parametrize("actor", AJENOS)
def test_folios(actor, mundo, navegador_de):
    """A-12: each address of each request of others, in each state, by looking and by sending: as if there were none."""
    ajenas = [mundo.en_estado(estado) if AJENOS[actor] == "rosa" else mundo.ajena(estado) for estado in Estado]
    for solicitud in ajenas:
        mundo.adjunto(solicitud)
    navegador = navegador_de(actor)
    navegador.get("/perfil/")  # the session is written once a minute
    antes = foto()
    quien = mundo.actores[actor] or mundo.rosa
    estados = set()
    prefijo = ajenas[0].distribuidora.prefijo
    for corto in CON_FOLIO:
        with deshecho():
            datos = {"GET": {}, "POST": mundo.formulario(corto, quien)}
            for metodo in ("GET", "POST"):
                ruta = _ruta(f"solicitudes:{corto}")
                nadie = _respuesta(navegador, metodo, ruta(f"{prefijo}99999"), datos[metodo], f"{prefijo}99999")
                estados.add(nadie[0])
                for solicitud in ajenas:
                    vista = _respuesta(navegador, metodo, ruta(solicitud.folio), datos[metodo], solicitud.folio)
                    assert vista == nadie, (corto, metodo, solicitud.estado)
    assert diferencias(antes, foto()) == {}
    assert estados <= ({302} if actor == "anonimo" else {403, 404, 405})


def _ruta(nombre, *antes, despues=()):
    return lambda clave: reverse(nombre, args=[*antes, clave, *despues])


@pytest.mark.parametrize("actor", AJENOS)
def test_files_and_spreadsheets(actor, mundo, navegador_de):
    """A-12, X-03, X-04: files of cases, of drafts, waiting ones, and spreadsheets of others: as if there were none."""
    navegador = navegador_de(actor)
    de_rosa = AJENOS[actor] == "rosa"
    ajena = mundo.en_estado() if de_rosa else mundo.ajena()
    retenida = mundo.en_estado(Estado.PENDIENTE_PAGO, respondido=reloj.ahora()) if de_rosa else mundo.ajena()
    otro = mundo.actores["solicitante" if de_rosa else "otro_solicitante"]
    borrador = mundo.borrador(otro)
    with sin_ambito():
        del_borrador = Adjunto.objects.get(caso=borrador.caso)
    archivos = [
        mundo.adjunto(ajena).pk, mundo.adjunto(retenida, "respuesta").pk, del_borrador.pk, mundo.guardado(otro).pk,
        mundo.informe(otro).pk, ajena.caso.clave,
    ]  # fmt: skip
    informes = [mundo.informe(otro, estado).pk for estado in Informe.Estado.values] + [archivos[0]]
    for metodo in ("GET", "POST"):
        for pk in archivos:
            _iguales(navegador, metodo, _ruta("adjuntos:descargar"), pk, uuid4())
        for corto in ("ver", "descargar", "cancelar"):
            for pk in informes:
                _iguales(navegador, metodo, _ruta(f"informes:{corto}"), pk, uuid4())


@pytest.mark.parametrize("actor", [a for a in AJENOS if a != "solicitante"])
def test_drafts(actor, mundo, navegador_de):
    """S-08, A-12: another's draft is not there, for nobody but its owner; and nothing of it changes."""
    navegador = navegador_de(actor)
    borrador = mundo.borrador(mundo.rosa, datos={"numero_cliente": "secreto-77"})
    antes = foto("documentos.caso", "solicitudes.borrador")
    for ruta in ("conexion", "informacion"):
        for metodo, corto in (("GET", "borrador"), ("GET", "descartar"), ("POST", "descartar")):
            _iguales(navegador, metodo, _ruta(f"solicitudes:{corto}", ruta), borrador.caso.clave, uuid4())
        for corto, despues in (("borrador", []), ("subir", ["otros"])):  # an unknown key begins a draft of one's own
            destino = reverse(f"solicitudes:{corto}", args=[ruta, borrador.caso.clave, *despues])
            respuesta = navegador.post(destino, {"numero_cliente": "1", "accion": "guardar"})
            assert respuesta.status_code == {"anonimo": 302, "otro_solicitante": 404}.get(actor, 403)
    with sin_ambito():
        assert Borrador.objects.get().datos == {"numero_cliente": "secreto-77"}
    assert diferencias(antes, foto("documentos.caso", "solicitudes.borrador")) == {}


@pytest.mark.parametrize(
    ("corto", "campo"),
    [
        ("responder", "respuesta-guardado"),
        ("complementar", "respuesta-guardado"),
        ("cobrar", "cupon-guardado"),
        ("pagar", "comprobante-guardado"),
    ],
)
def test_files_kept_by_others(corto, campo, mundo, navegador_de):
    """S-07, A-12: the key of a file that somebody else left is the key of nothing."""
    actor = "solicitante" if corto == "pagar" else "tramitador"
    pedido = mundo.pedido(f"solicitudes:{corto}", actor)
    colega = mundo.actores["administrador_dx"]
    propio = mundo.guardado(mundo.actores[actor])
    navegador = navegador_de(actor)
    for otro in (mundo.actores["otra_dx"], colega, mundo.actores["otro_solicitante"], None):
        ajeno = mundo.guardado(otro).pk
        estado = _iguales(navegador, "POST", lambda _: pedido.ruta, ajeno, uuid4(), pedido.datos | {campo: "{}"})
        assert estado == 200  # the form again: the file is missing
    with deshecho():
        assert navegador.post(pedido.ruta, pedido.datos | {campo: propio.pk}).status_code == 302


def test_a_kept_file_is_judged_by_the_field_that_names_it(mundo, navegador_de):
    """S-07: a file that passed elsewhere is no way around this field's kinds and size."""
    pedido = mundo.pedido("solicitudes:pagar", "solicitante")
    navegador = navegador_de("solicitante")
    word = mundo.guardado(mundo.rosa, formato="docx")
    grande = mundo.guardado(mundo.rosa)
    type(grande)._base_manager.filter(pk=grande.pk).update(bytes=1024 * 1024 + 1)
    for guardado in (word, grande):
        respuesta = navegador.post(pedido.ruta, pedido.datos | {"comprobante-guardado": guardado.pk})
        assert respuesta.status_code == 200
        assert respuesta.context["form"].errors["comprobante"]


@pytest.mark.parametrize("actor", [a for a in AJENOS if a not in ("anonimo", "agente")])
def test_filters(actor, mundo, navegador_de):
    """S-02, A-12: a filter with what is another's finds what a filter with nothing of anybody finds."""
    navegador = navegador_de(actor)
    ajena = mundo.en_estado(numero_cliente="AJENO-77", numero_solicitud="REF-77") if AJENOS[actor] == "rosa" else None
    if ajena is None:
        ajena = mundo.ajena()
        Solicitud._base_manager.filter(pk=ajena.pk).update(numero_cliente="AJENO-77", numero_solicitud="REF-77")
        ajena = Solicitud._base_manager.get(pk=ajena.pk)
    for pagina in ("inicio", "solicitudes:bandeja", "solicitudes:reporte"):
        for campo, valor, nadie in (
            ("folio", ajena.folio, f"{ajena.folio[:2]}9999"[: len(ajena.folio)]),
            ("cliente", "AJENO-77", "AJENO-99"),
            ("solicitud", "REF-77", "REF-99"),
        ):
            estado = _iguales(navegador, "GET", lambda _, p=pagina: reverse(p), valor, nadie, {campo: "{}"})
            assert estado in (200, 302)
    if mundo.actores[actor].es_distribuidora:
        otra = mundo.actores["otra_dx"] if actor != "otra_dx" else mundo.actores["tramitador"]
        pagina = reverse("solicitudes:bandeja")
        _iguales(navegador, "GET", lambda _: pagina, otra.distribuidora_id, 9_999_999, {"empresa": "{}"})


def test_the_folio_of_a_message(mundo, navegador_de):
    """S-12, A-12: the folio of another company's customer names nobody, typed or in the address."""
    ajena = mundo.ajena()
    navegador = navegador_de("tramitador")
    ruta = reverse("solicitudes:comunicacion")
    nadie = f"{ajena.folio[:2]}99999"
    assert _iguales(navegador, "GET", lambda _: ruta, ajena.folio, nadie, {"folio": "{}"}) == 200
    datos = {"folio": "{}", "comentario": "Hola", "confirmado": "{}"}
    assert _iguales(navegador, "POST", lambda _: ruta, ajena.folio, nadie, datos) == 200
    assert _iguales(navegador, "POST", lambda _: ruta, ajena.folio.lower(), nadie.lower(), datos) == 200


def test_notices_profiles_and_sessions(mundo, navegador_de):
    """A-02, A-10, X-02: notices, profiles to act as and sessions to end, of others: as if there were none."""
    aviso = mundo.aviso(mundo.rosa)
    pedido = mundo.pedido("account_login", "solicitante")
    Client().post(pedido.ruta, pedido.datos)
    ajena = UserSession.objects.get(user=mundo.rosa.usuario)
    for actor in ("anonimo", "otro_solicitante", "tramitador", "otra_dx", "auditor", "agente"):
        navegador = navegador_de(actor)
        _iguales(navegador, "POST", _ruta("avisos:reenviar"), aviso.pk, 99_999)
        for perfil in mundo.actores.values():
            if perfil and perfil != mundo.actores[actor]:
                ruta = reverse("acceso:cambiar_perfil")
                _iguales(navegador, "POST", lambda _, r=ruta: r, perfil.pk, 99_999, {"perfil": "{}"})
        ruta = reverse("acceso:cerrar_sesiones")
        _iguales(navegador, "POST", lambda _, r=ruta: r, ajena.pk, 99_999, {"sesion": "{}"})
        if actor != "anonimo":
            assert navegador.session[CLAVE_DE_SESION] == mundo.actores[actor].pk
    assert UserSession.objects.filter(pk=ajena.pk).exists()


def test_enough_is_tried(mundo):
    """A-12: these tests try more than two thousand foreign identifiers."""
    por_actor = len(CON_FOLIO) * 2 * len(Estado) + 2 * (6 + 3 * 6)
    assert len(AJENOS) * por_actor >= 2000
