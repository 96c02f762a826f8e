"""What every answer says to browsers, and what no request can do: forge, frame, redirect away, change by looking."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portal import permisos
from portal.informes.models import Informe
from tests.seguridad.casos import Pedido, deshecho, diferencias, foto, leida, mandar
from tests.seguridad.direcciones import direcciones, filas

RAIZ = Path(__file__).resolve().parents[2]
ARCHIVOS = (
    "adjuntos:descargar",
    "solicitudes:descargar",
    "solicitudes:enlace_archivo",
    "solicitudes:automatica_archivo",
    "reclamos:descargar",
)
ANOTAN = {"informes:descargar": "historial.evento", "impresos:comprobar": "acceso.limite"}  # who took it; wrong codes
MALAS = ("//malo.example/", "https://malo.example/", "/\\malo.example", "javascript:alert(7)", "http:///malo.example")


def _politica(respuesta) -> dict[str, str]:
    partes = (p.strip().partition(" ") for p in respuesta.headers["Content-Security-Policy"].split(";"))
    return {nombre: valor for nombre, _, valor in partes}


def _faltas(respuesta, *, archivo: bool = False) -> list[str]:
    """What the headers of an answer lack."""
    cabeceras, politica = respuesta.headers, _politica(respuesta)
    correctas = {
        "CSP desde none": politica.get("default-src") == "'none'",
        "CSP sin marcos": politica.get("frame-ancestors") == "'none'",
        "CSP nada inseguro": "unsafe" not in str(politica) and "*" not in str(politica) and "http" not in str(politica),
        "CSP formularios y base": archivo or (politica["form-action"], politica["base-uri"]) == ("'self'", "'none'"),
        "sin marcos": cabeceras.get("X-Frame-Options") == "DENY",
        "nosniff": cabeceras.get("X-Content-Type-Options") == "nosniff",
        "referrer": cabeceras.get("Referrer-Policy") == "same-origin",
        "permisos": "camera=()" in cabeceras.get("Permissions-Policy", ""),
        "COOP": cabeceras.get("Cross-Origin-Opener-Policy") == "same-origin",
        "tipo": respuesta.status_code in (204, 302, 304, 405) or bool(cabeceras.get("Content-Type")),
        "sin servidor": not {"Server", "X-Powered-By"} & set(cabeceras),
    }
    if archivo:
        correctas["como archivo"] = cabeceras["Content-Disposition"].startswith("attachment")
        correctas["en su caja"] = "sandbox" in politica
    return [que for que, bien in correctas.items() if not bien]


@pytest.mark.parametrize("actor", ["anonimo", "solicitante", "tramitador", "administrador_sec"])
def test_headers_everywhere(actor, mundo, navegador_de):
    """X-03, X-09: every page, error and file carries the policy; what is behind the sign-in is never stored."""
    mundo.asentar()
    faltas = {}
    navegador = navegador_de(actor)
    for direccion in sorted(set(direcciones())):
        for metodo in ("GET", "POST"):
            with deshecho():
                sigue = metodo == "GET" and not direccion.startswith("account")  # those sign out
                quien = navegador if sigue else navegador_de(actor)
                respuesta = mandar(quien, metodo, mundo.pedido(direccion, actor))
                archivo = direccion in ARCHIVOS and respuesta.status_code == 200
                if mal := _faltas(respuesta, archivo=archivo):
                    faltas[direccion, metodo] = mal
                if actor != "anonimo" and "account_logout" not in direccion:
                    assert "no-store" in respuesta.headers.get("Cache-Control", ""), (direccion, metodo)
    assert faltas == {}


@pytest.mark.parametrize(
    ("ruta", "extra", "estado"),
    [
        ("/no-existe/", {}, 404),
        ("/solicitudes/folio/", {}, 404),
        ("/", {"HTTP_HOST": "malo.example"}, 400),
        ("/solicitudes/folio/%00%001/", {}, 404),
        ("/static/no-existe.css", {}, 404),
    ],
)
def test_headers_of_errors(ruta, extra, estado, client, db):
    """X-07, X-09: pages for what went wrong carry the policy too, and tell nothing of the inside."""
    respuesta = client.get(ruta, **extra)
    assert respuesta.status_code == estado
    assert _faltas(respuesta) == []
    texto = respuesta.content.decode()
    assert not re.search(r"Traceback|django|Exception|DEBUG|settings|/portal/|urlpatterns|malo\.example", texto)
    assert "<h1" in texto


def test_a_failure_tells_nothing(client, db, monkeypatch):
    """X-07: a page that breaks answers 500 with a sentence and without its reason."""

    def romper(*args, **kwargs):
        raise RuntimeError("secreto-interno-77")

    monkeypatch.setattr(permisos.PermisosMiddleware, "_perfil", staticmethod(romper))
    client.raise_request_exception = False
    respuesta = client.get("/ingresar/")
    assert respuesta.status_code == 500
    assert _faltas(respuesta) == []
    assert "<h1" in respuesta.content.decode()
    assert not re.search(r"secreto-interno|Traceback|RuntimeError|django", respuesta.content.decode())


# --- forged requests ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("actor", ["anonimo", "solicitante", "tramitador", "validador", "administrador_sec"])
def test_a_form_without_its_token(actor, mundo, navegador_de):
    """X-07: no POST is taken without its token, by nobody, at no address; the page says what to do; nothing changes."""
    mundo.asentar()
    navegador = navegador_de(actor, enforce_csrf_checks=True)
    otras = {}
    for direccion in sorted(set(direcciones())):
        with deshecho():
            pedido = mundo.pedido(direccion, actor)
            antes = foto()
            respuesta = mandar(navegador, "POST", Pedido(pedido.ruta, pedido.datos))
            if (respuesta.status_code, diferencias(antes, foto())) != (403, {}):
                otras[direccion] = respuesta.status_code
            assert "Vuelve a enviar el formulario" in respuesta.content.decode()
    assert otras == {}


def test_a_token_of_another_browser(mundo, navegador_de):
    """X-07: a token taken elsewhere is none."""
    ajeno = Client(enforce_csrf_checks=True).get("/ingresar/").cookies["csrf"].value
    navegador = navegador_de("solicitante", enforce_csrf_checks=True)
    navegador.get("/perfil/")
    respuesta = navegador.post("/perfil/sesiones/", {"csrfmiddlewaretoken": ajeno})
    assert respuesta.status_code == 403


def test_a_foreign_origin(mundo, navegador_de):
    """X-07: the right token sent from another site is refused."""
    navegador = navegador_de("solicitante", enforce_csrf_checks=True)
    pagina = navegador.get("/perfil/").content.decode()
    ficha = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', pagina).group(1)
    for origen, estado in (("https://malo.example", 403), ("null", 403), ("http://testserver", 302)):
        respuesta = navegador.post("/perfil/sesiones/", {"csrfmiddlewaretoken": ficha}, HTTP_ORIGIN=origen)
        assert respuesta.status_code == estado, origen


CONSULTA = {
    "accion": "grabar",
    "comentario": "por ver",
    "estado": "anulado",
    "perfil": "1",
    "sesion": "1",
    "rut": "1-9",
}


@pytest.mark.parametrize("actor", ["anonimo", "solicitante", "tramitador", "validador", "administrador_sec"])
def test_looking_changes_nothing(actor, mundo, navegador_de):
    """X-07: no address changes anything by GET, whatever stands in the address; some are noted (X-04)."""
    mundo.asentar()
    cambios = {}
    dentro = navegador_de(actor)
    for direccion in sorted(set(direcciones()) - {"muestrario"}):
        with deshecho():
            navegador = navegador_de(actor) if direccion.startswith("account") else dentro  # those sign out
            pedido = mundo.pedido(direccion, actor)
            if pedido.antes:
                navegador.get(pedido.antes)
            antes = foto(ANOTAN.get(direccion, ""))
            leida(navegador.get(pedido.ruta, CONSULTA))
            mandar(navegador, "HEAD", pedido)
            if cambio := diferencias(antes, foto(ANOTAN.get(direccion, ""))):
                cambios[direccion] = cambio
    assert cambios == {}


# --- led astray -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mala", MALAS)
def test_nobody_is_led_away(mala, mundo, navegador_de):
    """A-01: `next`, `volver` and Referer never lead to another site."""
    for actor in ("anonimo", "solicitante"):
        for direccion in ("account_login", "account_logout", "account_change_password", "apariencia"):
            with deshecho():
                pedido = mundo.pedido(direccion, "solicitante")
                navegador = navegador_de(actor)
                extras = {"next": mala, "volver": mala}
                for respuesta in (
                    navegador.get(pedido.ruta, extras, HTTP_REFERER=mala),
                    navegador.post(f"{pedido.ruta}?next={mala}", pedido.datos | extras, HTTP_REFERER=mala),
                ):
                    destino = respuesta.headers.get("Location", "/")
                    assert destino.startswith("/"), direccion
                    assert not destino.startswith(("//", "/\\")), direccion
                    assert f'href="{mala}"' not in respuesta.content.decode()


# --- cookies --------------------------------------------------------------------------------------------------------
def test_cookies(mundo, client):
    """A-10: every cookie is out of reach of scripts, stays on this site, and says nothing about anybody."""
    pedido = mundo.pedido("account_login", "solicitante")
    client.get(pedido.ruta)
    client.post(pedido.ruta, pedido.datos)
    client.post("/apariencia/", {"apariencia": "oscura"})
    client.post("/perfil/correo/", {"nuevo": "otra@correo.example", "clave": pedido.datos["password"]})
    assert sorted(client.cookies) == ["apariencia", "csrf", "navegador", "sesion"]
    for nombre, galleta in client.cookies.items():
        assert (galleta["httponly"], galleta["samesite"], galleta["path"]) == (True, "Lax", "/"), nombre
        assert not galleta["domain"]
        assert "correo" not in galleta.value
        assert mundo.rosa.usuario.identificador not in galleta.value


@pytest.fixture(scope="module")
def produccion(tmp_path_factory) -> dict[str, dict]:
    """What a production installation answers, asked in a process of its own."""
    carpeta = tmp_path_factory.mktemp("produccion")
    entorno = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "ENTORNO": "produccion",
        "SECRET_KEY": "".join(chr(33 + (i * 7) % 90) for i in range(60)),
        "CLAVE_DE_HISTORIAL": "".join(chr(33 + (i * 11) % 90) for i in range(60)),
        "CIFRADO_LLAVES": "20261127:Zk8xQ2w5TG1OOHBSN3RWYlkxY0Q1ZkczaEo2c0EwZVU=",
        "ALLOWED_HOSTS": "tramites.example",
        "DIRECCION_PUBLICA": "https://tramites.example",
        "DATABASE_URL": f"sqlite:///{carpeta}/base.sqlite3",
        "VAR_DIR": str(carpeta),
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "PROXIES_DE_CONFIANZA": "1",
    }
    (carpeta / "estaticos.py").write_text(
        "from portal.settings import *\n"
        "STORAGES = {**STORAGES, 'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}}\n"
    )  # the far-future names need collectstatic, which has its own test
    entorno |= {"PYTHONPATH": f"{carpeta}:{RAIZ}", "DJANGO_SETTINGS_MODULE": "estaticos"}
    hecho = subprocess.run(
        [sys.executable, "-W", "ignore", RAIZ / "tests/seguridad/en_produccion.py"],
        cwd=carpeta, env=entorno, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    linea = next((x for x in hecho.stdout.splitlines() if x.startswith("SALIDA")), None)
    assert linea, hecho.stderr[-3000:]
    return json.loads(linea.removeprefix("SALIDA"))


def test_production_only_speaks_tls(produccion):
    """X-09: without TLS everything is sent to TLS, but for the question of the machine next door; HSTS for a year."""
    assert produccion["sin_tls"]["estado"] == 301
    assert produccion["sin_tls"]["Location"] == "https://tramites.example/ingresar/"
    assert produccion["salud"]["estado"] == 200
    assert produccion["ingresar"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_production_cookies(produccion):
    """A-10: in production each cookie is bound to this very host, to TLS, and hidden from scripts."""
    vistas = {}
    for nombre in ("ingresar", "entrar", "apariencia", "quitada"):
        vistas |= produccion[nombre]["galletas"]
    assert sorted(vistas) == ["__Host-apariencia", "__Host-csrf", "__Host-navegador", "__Host-sesion"]
    assert produccion["entrar"]["estado"] == 302
    for nombre, (segura, oculta, ruta, dominio, sitio) in vistas.items():
        assert (segura, ruta, dominio) == (True, "/", ""), nombre
        if nombre != "__Host-apariencia":  # the last one seen is the one that takes it away
            assert (oculta, sitio) == (True, "Lax"), nombre


def test_production_shows_no_gallery(produccion):
    """X-09: the gallery of page parts exists outside production alone; another host name is refused."""
    assert produccion["muestrario"]["estado"] == 404
    assert produccion["otro_nombre"]["estado"] == 400


def test_a_forged_client_address(produccion):
    """A-10: an address that no proxy wrote is not believed, and breaks nothing."""
    assert produccion["falsa"]["estado"] == 403


def test_forwarded_addresses_are_not_believed(client, db):
    """A-10: without a trusted proxy X-Forwarded-For says nothing: the limit counts the connection."""
    ultima = None
    for n in range(21):
        datos = {"perfil": "solicitante", "login": f"{n}-{n % 10}", "password": "x" * 9}
        ultima = client.post("/ingresar/", datos, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    assert ultima.status_code == 429


def test_a_download_is_noted_once(mundo, navegador_de):
    """X-04: looking at a spreadsheet's page leaves no trace, taking the file does."""
    informe = mundo.informe(mundo.actores["tramitador"])
    navegador = navegador_de("tramitador")
    antes = foto()
    navegador.get(reverse("informes:ver", args=[informe.pk]))
    assert diferencias(antes, foto()) == {}
    leida(navegador.get(reverse("informes:descargar", args=[informe.pk])))
    assert diferencias(antes, foto()) == {"historial.evento": 1}
    assert Informe._base_manager.get(pk=informe.pk).estado == Informe.Estado.HECHO


def test_matrix_is_used(mundo):
    """A-11: the addresses of these tests are those of the matrix."""
    assert {f["direccion"].partition(" [")[0] for f in filas()} == set(direcciones())
