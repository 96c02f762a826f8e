"""Requests that no browser makes: odd paths, headers, cookies and bodies end in a page, never in a failure."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import registro
from portal.acceso import fichas
from tests.seguridad.casos import leida, respuesta_al_captcha
from tests.seguridad.casos import registro as datos_de_registro

FOLIOS = [
    "V%2B196", "V+196", "//1", "%2F%2F1", "%00%001", "a%00", "..1", "..%2F..%2F1", "%25%250", "YN" + "9" * 400,
    "YN-1", "YN0", "YN01", "%F0%9F%98%80%F0%9F%98%801", "%E2%80%AEV1", "%ff%fe1", "%", "%zz1", "YN1%0d%0aX:1", "'\"1",
    "<b1", "YN1;DROP", "YN%D9%A1", "YN1%20", "%20%201", "\\\\1", "%5c%5c1", "::1", "%3F%231", "~~1", "YN1.json",
]  # fmt: skip
RUTAS = [
    "/%", "/%%", "/%zz", "/%c0%ae%c0%ae/", "/..%2f..%2fetc/passwd", "/static/../portal/settings.py",
    "/static/%2e%2e/%2e%2e/manage.py", "/static//etc/passwd", "/static/%00", "//malo.example/", "/\\malo.example",
    "/adjuntos/00000000-0000-0000-0000-000000000000/../", "/adjuntos/1/", "/adjuntos/%00/", "/informes/x/",
    "/.git/HEAD", "/.env", "/admin/", "/solicitudes/nuevo/%00/", "/solicitudes/nuevo/otra/",
    "/avisos/99999999999999999999/reenviar/",
    "/avisos/" + "9" * 5000 + "/reenviar/",
    "/recuperar/zzzzzzzzzzzzz-x/", "/recuperar/0-%00/", f"/recuperar/{'z' * 500}-x/",
    "/activar/%00/", "/activar/x:y:z/", "/correo/" + "a" * 5000 + "/", "/media/x", "/var/ventanilla.sqlite3",
    "/accounts/login/", "/mfa/", "/confirm-email/", "/password/reset/", "/login/code/", "/account/sessions/",
]  # fmt: skip


@pytest.mark.parametrize("actor", ["anonimo", "solicitante", "administrador_sec"])
def test_odd_paths(actor, mundo, navegador_de):
    """X-07: paths that nobody made are not found, or ask to sign in; folios of any two characters work."""
    navegador = navegador_de(actor)
    navegador.raise_request_exception = False
    raras = {}
    for ruta in [
        *RUTAS,
        *(f"/solicitudes/folio/{f}/{fin}" for f in FOLIOS for fin in ("", "anular/", "documentos.zip")),
    ]:
        for metodo in ("GET", "POST"):
            respuesta = leida(navegador.generic(metodo, _tal_cual(ruta)))
            if (
                respuesta.status_code not in (301, 302, 400, 403, 404, 405, 410)
                and not ruta.startswith(("/recuperar", "/activar", "/correo"))
            ) or respuesta.status_code >= 500:
                raras[ruta[:60], metodo] = respuesta.status_code
            if respuesta.headers.get("Location", "/")[:2] in ("//", "/\\"):
                raras[ruta[:60], metodo] = respuesta.headers["Location"]
    assert raras == {}


def _tal_cual(ruta: str) -> str:
    """The test client splits addresses; what would be another host there is sent as a path."""
    return ruta.replace("//", "/%2F", 1) if ruta.startswith("//") else ruta.encode("utf-8", "replace").decode()


CABECERAS = [
    {"HTTP_HOST": "malo.example"},
    {"HTTP_HOST": "testserver:99999"},
    {"HTTP_HOST": "testserver@malo.example"},
    {"HTTP_HOST": ""},
    {"HTTP_X_FORWARDED_HOST": "malo.example"},
    {"HTTP_X_FORWARDED_FOR": "', (SELECT 1)) --"},
    {"HTTP_X_FORWARDED_PROTO": "https, http"},
    {"HTTP_REFERER": "javascript:alert(7)"},
    {"HTTP_REFERER": "http://testserver\x00/"},
    {"HTTP_ACCEPT_LANGUAGE": "xx-" * 500},
    {"HTTP_ACCEPT_LANGUAGE": "../../../etc/passwd"},
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_ACCEPT": "\xff\xfe"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_USER_AGENT": "<script>alert(7)</script>" * 200},
    {"HTTP_RANGE": "bytes=0-,0-,0-"},
    {"HTTP_IF_NONE_MATCH": '"' + "a" * 4000},
    {"HTTP_IF_MODIFIED_SINCE": "ayer"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "javascript:alert(7)"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[malo"},
    {"HTTP_X_REQUEST_ID": "a\nb"},
    {"HTTP_TRANSFER_ENCODING": "chunked"},
    {"HTTP_COOKIE": 'sesion="\\000aaaaaaaaaaaaaaaa"; csrf="\\000"; navegador="\\000:1:2"; apariencia="\\000"'},
    {"HTTP_COOKIE": "sesion=" + "a" * 4000},
    {"HTTP_COOKIE": "sesion=../../../etc/passwd; navegador=x.y:z:w; csrf=" + "x" * 64},
    {"HTTP_COOKIE": "=;=;;; ,\xff\xfe=\xff"},
    {"CONTENT_TYPE": "text/html; charset=utf-7"},
    {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=nada"},
    {"REMOTE_ADDR": "::ffff:10.0.0.1"},
]


@pytest.mark.parametrize("cabeceras", CABECERAS, ids=lambda c: f"{next(iter(c))}-{str(next(iter(c.values())))[:20]!r}")
def test_odd_headers(cabeceras, mundo, navegador_de):
    """X-07: no header breaks a page, nor comes back in it, nor makes its links lead elsewhere."""
    for actor in ("anonimo", "solicitante"):
        for metodo in ("GET", "POST"):
            navegador = navegador_de(actor)
            navegador.raise_request_exception = False
            for ruta in ("/", "/ingresar/", "/apariencia/", "/solicitudes/?folio=YN1", "/perfil/"):
                extra = {k: v for k, v in cabeceras.items() if k != "CONTENT_TYPE"}
                tipo = cabeceras.get("CONTENT_TYPE", "application/x-www-form-urlencoded")
                respuesta = leida(navegador.generic(metodo, ruta, b"a=%FF%00", tipo, **extra))
                assert respuesta.status_code < 500, (actor, metodo, ruta)
                assert b"malo.example" not in respuesta.cuerpo
                assert b"<script>alert(7)" not in respuesta.cuerpo
                assert b'href="javascript:' not in respuesta.cuerpo
                assert "malo.example" not in str(respuesta.headers)


CUERPOS = {
    "sin_limite": ("multipart/form-data", b"algo"),
    "limite_vacio": ("multipart/form-data; boundary=", b"--\r\n"),
    "cortado": ("multipart/form-data; boundary=X", b'--X\r\nContent-Disposition: form-data; name="rut'),
    "sin_nombre": ("multipart/form-data; boundary=X", b"--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n--X--\r\n"),
    "anidado": (
        "multipart/form-data; boundary=X",
        b'--X\r\nContent-Disposition: form-data; name="a"; filename="../../x\r\n.pdf"\r\n'
        b"Content-Type: multipart/mixed; boundary=Y\r\n\r\n--Y\r\n\r\nz\r\n--Y--\r\n--X--\r\n",
    ),
    "base64_malo": (
        "multipart/form-data; boundary=X",
        b'--X\r\nContent-Disposition: form-data; name="a"; filename="x.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
        b"\r\n!!!!\r\n--X--\r\n",
    ),
    "muchos_campos": ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000))),
    "mismo_campo": ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 2000)),
    "enorme": ("application/x-www-form-urlencoded", b"a=" + b"x" * (3 * 1024 * 1024)),
    "json": ("application/json", b'{"rut": "1-9"}'),
    "binario": ("application/octet-stream", bytes(range(256))),
    "no_utf8": ("application/x-www-form-urlencoded; charset=utf-16", "a=ñ".encode("utf-16")),
    "porcientos": ("application/x-www-form-urlencoded", b"%=%zz&%00=%00&a[]=1&a[b]=2"),
    "muchos_archivos": (
        "multipart/form-data; boundary=X",
        b"".join(
            b'--X\r\nContent-Disposition: form-data; name="doc-otros"; filename="%d.pdf"\r\n\r\n%%PDF\r\n' % n
            for n in range(100)
        )
        + b"--X--\r\n",
    ),
}


@pytest.mark.parametrize("cual", CUERPOS)
def test_odd_bodies(cual, mundo, navegador_de):
    """X-07, S-07: a body that is broken, too big or of another kind is refused with a page."""
    tipo, cuerpo = CUERPOS[cual]
    borrador = mundo.borrador(mundo.rosa)
    solicitud = mundo.en_estado()
    rutas = {
        "anonimo": ["/ingresar/", "/registrarse/", "/recuperar/", "/apariencia/"],
        "solicitante": [
            borrador.get_absolute_url(),
            reverse("solicitudes:subir", args=["conexion", borrador.caso.clave, "otros"]),
            "/perfil/correo/",
            "/perfil/sesiones/",
        ],
        "tramitador": [reverse("solicitudes:responder", args=[solicitud.folio]), "/solicitudes/comunicacion/"],
    }
    for actor, suyas in rutas.items():
        navegador = navegador_de(actor)
        navegador.raise_request_exception = False
        for ruta in suyas:
            for exigente in (navegador, Client(enforce_csrf_checks=True, raise_request_exception=False)):
                assert leida(exigente.generic("POST", ruta, cuerpo, tipo)).status_code < 500, (actor, ruta)


def test_a_name_of_a_file(mundo, navegador_de):
    """S-07: names that are paths, control characters or markup become harmless names."""
    borrador = mundo.borrador(mundo.rosa)
    ruta = reverse("solicitudes:subir", args=["conexion", borrador.caso.clave, "otros"])
    navegador = navegador_de("solicitante")
    for nombre in ("../../x.pdf", "<img src=x onerror=alert(7)>.pdf", "a\r\nX: y.pdf", "con.pdf", "\u202efdp.exe", ""):
        respuesta = navegador.post(ruta, {"doc-otros": SimpleUploadedFile(nombre or "x", b"no es nada")})
        assert respuesta.status_code == 200
        assert b"<img src=x" not in respuesta.content


# --- captcha --------------------------------------------------------------------------------------------------------
def test_an_answer_serves_once(db, client, settings):
    """A-03: a captcha that was used is used up, here and in every other form."""
    respuesta = respuesta_al_captcha()
    assert client.post("/registrarse/", datos_de_registro() | respuesta).status_code == 302
    for ruta, datos in (("/registrarse/", datos_de_registro()), ("/recuperar/", {"rut": "11111111-1"})):
        otra = client.post(ruta, datos | respuesta)
        assert otra.status_code == 200
        assert "ya se usó" in otra.content.decode()


def test_a_forged_answer(db, client):
    """A-03: neither a made-up proof nor another question's paper passes, and none breaks the page."""
    una, otra = respuesta_al_captcha(), respuesta_al_captcha()
    from base64 import b64encode

    falsas = [
        {"captcha_ficha": una["captcha_ficha"], "captcha_respuesta": "99"},
        {"captcha_ficha": otra["captcha_ficha"][:-1] + "x", "captcha_respuesta": otra["captcha_respuesta"]},
        {"captcha_ficha": "", "captcha_respuesta": "5"},
        *(
            {"altcha": b64encode(json.dumps(cosa).encode()).decode()}
            for cosa in (
                {}, [], 7, "x", None, {"challenge": 1, "solution": 2}, {"challenge": {"parameters": {}}},
                {"challenge": {"parameters": {"expiresAt": 9e99}, "signature": ["x"]}, "solution": {"counter": -1}},
            )
        ),
        {"altcha": "%%%"}, {"altcha": "A" * 100_000},
    ]  # fmt: skip
    for falsa in falsas:
        respuesta = client.post("/registrarse/", datos_de_registro() | falsa)
        assert respuesta.status_code == 200, falsa
        assert respuesta.context["form"].has_error("captcha")


# --- logs -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def bitacora():
    """What the production log would say meanwhile."""
    import logging.config

    lineas: list[str] = []

    class Recoge(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lineas.append(self.format(record))

    configuracion = registro.configuracion(json=True, nivel="DEBUG")["formatters"]["registro"]
    clase = configuracion.pop("()")
    manejador = Recoge()
    manejador.setFormatter(clase(**configuracion))
    raiz = logging.getLogger()
    nivel = raiz.level
    raiz.addHandler(manejador)
    raiz.setLevel(logging.INFO)
    yield lineas
    raiz.removeHandler(manejador)
    raiz.setLevel(nivel)


def test_logs_name_nobody(mundo, navegador_de, bitacora):
    """X-03: neither RUT, mail, name, password, token nor what was looked for is in the log."""
    rosa = mundo.rosa.usuario
    pedido = mundo.pedido("account_login", "solicitante")
    enlaces = [
        mundo.pedido("account_reset_password_from_key", "solicitante").antes,
        mundo.pedido("acceso:activar", "anonimo").ruta,
        fichas.para_correo(rosa, "secreta@correo.example").removeprefix("http://localhost:8000"),
    ]
    navegador = navegador_de("anonimo", raise_request_exception=False)
    navegador.post(pedido.ruta, pedido.datos | {"password": "clave-secreta-77"})
    navegador.post(pedido.ruta, pedido.datos)
    for ruta in (*enlaces, f"/?cliente=5000000-7&para={rosa.email}", f"/no-existe/{rosa.email}/{rosa.identificador}/"):
        navegador.get(ruta)
        navegador.post(ruta)
    todo = "\n".join(bitacora)
    assert "request_started" in todo
    assert not re.search(r"clave-secreta|Rosa|Fuentes|5000000-7|secreta@", todo)
    assert rosa.email not in todo
    assert rosa.identificador not in todo
    for enlace in enlaces:
        assert enlace.rstrip("/").rpartition("/")[2] not in todo
