"""The look: tokens, icons, templates, and the pages that belong to no domain."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory

from portal import errores, menu
from portal.cuentas.funciones import TipoPerfil
from portal.historial import hechos
from portal.iconos import simbolos
from portal.templatetags import ventanilla

RAIZ = settings.BASE_DIR
CSS = (RAIZ / "static" / "ventanilla.css").read_text(encoding="utf-8")
PLANTILLAS = sorted((RAIZ / "templates").rglob("*.html"))
CON_ESTILO_PROPIO = RAIZ / "templates" / "avisos"  # mail readers know no style sheets


def _texto(plantilla: Path) -> str:
    """A template without its comments."""
    crudo = plantilla.read_text(encoding="utf-8")
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", crudo, flags=re.DOTALL)


def _fuentes() -> str:
    """All that may name a template: Python and templates."""
    de_python = [
        p for p in RAIZ.rglob("*.py") if not {".venv", "var", "tests", "migrations"} & set(p.relative_to(RAIZ).parts)
    ]
    return "\n".join(p.read_text(encoding="utf-8") for p in de_python) + "\n".join(map(_texto, PLANTILLAS))


# --- tokens -----------------------------------------------------------------------------------------------------------
def _bloques(nombre: str) -> list[str]:
    return [" ".join(b.split()) for b in re.findall(rf"/\* {nombre} \*/(.*?)\n}}", CSS, re.DOTALL)]


def test_oscuro_es_el_mismo_por_eleccion_que_por_sistema():
    """X-09: whoever chooses dark sees what whose system asks for dark sees."""
    por_eleccion, por_sistema = _bloques("oscuro")
    assert por_eleccion == por_sistema


def _luminancia(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _razon(uno: str, otro: str) -> float:
    menor, mayor = sorted((_luminancia(uno), _luminancia(otro)))
    return (mayor + 0.05) / (menor + 0.05)


COLORES = ("azul", "verde", "rojo", "violeta", "cobre", "gris", "celeste")
PARES = [
    *((t, f) for t in ("tinta", "tinta-2") for f in ("papel", "hoja", "hoja-2")),
    *(("marca", f) for f in ("papel", "hoja", "hoja-2", "marca-suave")),
    *(("sobre-marca", f) for f in ("marca", "marca-fuerte")),
    *(("luz-tinta", f) for f in ("luz-suave",)),
    *(("luz-borde", f) for f in ("papel", "hoja", "luz-suave")),
    *(("borde", f) for f in ("papel", "hoja")),
    *(("sobre-cabecera", f) for f in ("cabecera",)),
    ("luz", "cabecera"),
    *((c, f) for c in COLORES for f in (f"{c}-suave", "hoja")),
    *(("sobre-lleno", c) for c in COLORES),
]


@pytest.mark.parametrize("bloque", ["claro", "oscuro"])
def test_contraste(bloque):
    """X-09: text has 4.5:1 or more, borders of controls 3:1 or more, in light and in dark."""
    fichas = dict(re.findall(r"--v-([\w-]+):\s*(#[0-9A-Fa-f]{6})", _bloques(bloque)[0]))
    bajos = [
        (texto, fondo, round(_razon(fichas[texto], fichas[fondo]), 2))
        for texto, fondo in PARES
        if _razon(fichas[texto], fichas[fondo]) < (3 if "borde" in texto else 4.5)
    ]
    assert bajos == []


# --- templates --------------------------------------------------------------------------------------------------------
def test_cada_icono_existe():
    """X-09: an icon that is named is drawn: in templates, menus, histories and states alike."""
    nombrados = re.findall(r"""{%\s*icono\s+["']([\w-]+)""", _fuentes())
    for entrada in menu.entradas():
        nombrados.append(entrada.icono)
    for _, icono in hechos.relatos().values():
        nombrados.append(icono)
    for nivel in constants.DEFAULT_LEVELS.values():
        nombrados.append(ventanilla.icono_mensaje(Message(nivel, "")))
    assert [n for n in nombrados if n not in simbolos()] == []


def test_nada_en_linea():
    """X-03: the CSP allows no style, script or handler within a page."""
    malas = [
        (str(p.relative_to(RAIZ)), hallado)
        for p in PLANTILLAS
        if CON_ESTILO_PROPIO not in p.parents
        for hallado in re.findall(
            r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", _texto(p), re.I
        )
    ]
    assert malas == []


def test_cada_plantilla_se_usa():
    """X-07: no template is left over: a view, an include, an extends or a tag names it."""
    fuentes = _fuentes()
    de_otros = re.compile(r"^(bootstrap5|account|mfa|usersessions|allauth|admin|django)/|^\d{3}(_csrf)?\.html$")

    def usada(plantilla: Path) -> bool:
        nombre = plantilla.relative_to(RAIZ / "templates").as_posix()
        compuesta = f'f"{plantilla.parent.name}/{{' in fuentes and f'"{plantilla.stem}"' in fuentes
        return bool(de_otros.match(nombre)) or f'"{nombre}"' in fuentes or f"'{nombre}'" in fuentes or compuesta

    sobran = [str(p) for p in PLANTILLAS if not usada(p)]
    assert sobran == []


def test_las_partes_reciben_argumentos_explicitos():
    """X-07: each include says what it hands over: `only`."""
    sin_only = [
        (p.relative_to(RAIZ).as_posix(), hallado)
        for p in PLANTILLAS
        for hallado in re.findall(r"{%\s*include\s[^%]*%}", _texto(p))
        if not re.search(r"\sonly\s*%}$", hallado) and '"django/' not in hallado
    ]
    assert sin_only == []


# --- tags -------------------------------------------------------------------------------------------------------------
def _dibujar(plantilla: str, **contexto: object) -> str:
    return Template(plantilla).render(Context(contexto))


def test_solo_los_iconos_usados_van_en_la_pagina():
    """X-09: each icon is drawn once, and only those that the page uses."""
    pedido = RequestFactory().get("/")
    texto = _dibujar("{% icono 'clock' %}{% icono 'clock' %}{% icono 'eye' %}{% iconos_usados %}", request=pedido)
    assert re.findall(r'<use href="#i-([\w-]+)"', texto) == ["clock", "clock", "eye"]
    assert re.findall(r'<symbol id="i-([\w-]+)"', texto) == ["clock", "eye"]


def test_un_trozo_suelto_trae_su_icono():
    """X-07: a part that htmx puts into a page does not depend on what that page drew."""
    pedido = RequestFactory().get("/")
    pedido.htmx = True
    texto = _dibujar("{% icono 'clock' %}", request=pedido)
    assert ("<use" in texto, "<path" in texto) == (False, True)


def test_fechas_e_importes():
    """X-08: dates and amounts as they are written here."""
    momento = datetime(2026, 12, 11, 12, 14, tzinfo=UTC)
    assert ventanilla.corta(momento) == "11-12-2026, 09:14"
    assert ventanilla.corta(date(2026, 12, 11)) == "11-12-2026"
    assert ventanilla.dia_semana(momento) == "viernes 11 de diciembre"
    assert ventanilla.dia_largo(momento) == "Viernes 11 de diciembre de 2026"
    assert [ventanilla.importe(38500, p) for p in ("CL", "PY", "PE")] == ["$ 38.500", "₲ 38.500", "S/ 38,500.00"]
    assert (ventanilla.corta(None), ventanilla.importe(None)) == ("", "")


@pytest.mark.parametrize(
    ("pagina", "numeros"),
    [(1, [1, 2, 3, 0, 16]), (8, [1, 0, 7, 8, 9, 0, 16]), (16, [1, 0, 15, 16]), (2, [1, 2, 3, 0, 16])],
)
def test_paginas(pagina, numeros):
    """X-07: numbered pages keep the filter."""
    contexto = Context({"request": RequestFactory().get("/", {"folio": "YN", "p": "3"})})
    datos = ventanilla.paginas(contexto, Paginator(range(156), 10).page(pagina))
    assert datos["paginas"] == numeros
    assert datos["consulta"] == "folio=YN&"


# --- pages ------------------------------------------------------------------------------------------------------------
PUBLICAS = ["/accesibilidad/", "/privacidad/", "/apariencia/", "/muestrario/", "/muestrario/?errores=1"]


@pytest.mark.django_db
@pytest.mark.parametrize("direccion", PUBLICAS)
def test_paginas_publicas(direccion):
    """X-09: anybody reads them, without a session."""
    assert Client().get(direccion).status_code == 200


@pytest.mark.django_db
def test_el_resumen_enlaza_cada_error_con_su_campo():
    """S-04: the summary links to each field, and the page's title begins with «Error:»."""
    pagina = Client().get("/muestrario/?errores=1").content.decode()
    enlaces = re.findall(r'<a href="#([\w-]+)">([^<]+)</a></li>', pagina)
    assert enlaces == [
        ("id_distribuidora", "Distribuidora: Completa este campo."),
        ("id_factibilidad", "Escribe el Número de Factibilidad."),
        ("id_comuna", "Comuna: Completa este campo."),
        ("id_fecha", "Fecha de la visita: Completa este campo."),
        ("id_perfil_0", "Tipo de trámite: Completa este campo."),
    ]
    assert [a for a, _ in enlaces if f'id="{a}"' not in pagina] == []
    assert "<title>Error: Muestrario · Ventanilla</title>" in pagina
    assert "Faltan 5 cosas para poder grabar" in pagina
    assert 'aria-describedby="id_factibilidad_helptext id_factibilidad_error"' in pagina


class _Falla(forms.Form):
    nombre = forms.CharField(label="Nombre")


@pytest.mark.parametrize(
    ("contenido", "titulos"),
    [
        ("", ["Falta 1 cosa para poder grabar"]),
        ("{% resumen_errores form verbo='enviar' %}", ["Falta 1 cosa para poder enviar"]),
    ],
)
def test_ninguna_pagina_calla_los_errores_ni_los_dice_dos_veces(contenido, titulos):
    """S-04: a page without a summary of its own gets one."""
    texto = _dibujar(
        "{% con_resumen %}" + contenido + "{% endcon_resumen %}", request=RequestFactory().get("/"), form=_Falla({})
    )
    assert re.findall(r'<h2 class="h3" id="resumen-errores">([^<]+)', texto) == titulos


@pytest.mark.django_db
def test_apariencia():
    """X-09: light or dark is remembered by the browser, before and after signing in; elsewhere nobody is sent."""
    navegador = Client()
    respuesta = navegador.post("/apariencia/", {"apariencia": "oscura", "volver": "/privacidad/"})
    assert respuesta["Location"] == "/privacidad/"
    assert '<html lang="es-CL" data-bs-theme="dark">' in navegador.get("/privacidad/").content.decode()
    respuesta = navegador.post("/apariencia/", {"apariencia": "automatica", "volver": "https://otro.example/"})
    assert respuesta["Location"] == "/"
    assert '<html lang="es-CL">' in navegador.get("/privacidad/").content.decode()


@pytest.mark.django_db
def test_la_persona_cambia_de_perfil_desde_el_menu(doble, entrar):
    """A-02: the person menu names the active profile and offers the others."""
    pagina = entrar(doble).get("/privacidad/").content.decode()
    assert re.findall(r"<summary>.*?<span>(.*?)<small>(.*?)</small>", pagina, re.DOTALL)[0] == (
        "Daniela Bravo Ruz",
        "Solicitante",
    )
    assert re.findall(r"Cambiar a (\w+)", pagina) == ["Distribuidora"]


@pytest.mark.django_db
def test_letra_densa_para_quien_atiende(rosa, marcos, entrar):
    """X-09: companies, SEC and agents see the dense look; applicants the roomy one."""
    cuerpos = [re.search(r"<body[^>]*>", entrar(p).get("/privacidad/").content.decode())[0] for p in (rosa, marcos)]
    assert cuerpos == ["<body>", '<body class="densa">']


def test_el_menu_mira_permiso_y_tipo(rosa, marcos):
    """A-11: an entry is for those profile types and permissions that it says."""
    de_empresa = menu.Entrada("Bandeja", "privacidad", "inbox", tipos=(TipoPerfil.DISTRIBUIDORA,))
    con_permiso = menu.Entrada("Nada", "privacidad", "inbox", permiso="nada.nada")
    de_todos = menu.Entrada("Perfil", "privacidad", "person")
    assert [[e.es_para(p) for p in (rosa, marcos)] for e in (de_empresa, con_permiso, de_todos)] == [
        [False, True],
        [False, False],
        [True, True],
    ]


@pytest.mark.parametrize(
    ("direccion", "marcas"),
    [
        ("/", ["page", "", ""]),
        ("/privacidad/", ["", "page", ""]),
        ("/apariencia/otra/", ["", "", "true"]),
        ("/otra/", ["", "", ""]),
    ],
)
def test_el_menu_dice_donde_se_esta(rosa, monkeypatch, direccion, marcas):
    """X-09: the entry of the page, or of the page above it, is marked; no other."""
    nombres = ("inicio", "privacidad", "apariencia")
    monkeypatch.setattr(menu, "entradas", lambda: tuple(menu.Entrada(n, n, "house") for n in nombres))
    pedido = RequestFactory().get(direccion)
    pedido.perfil = rosa
    assert [e.actual for e in menu.enlaces(pedido)] == marcas


@pytest.mark.django_db
def test_lo_que_no_existe():
    """X-07: an unknown address says what happened and what to do."""
    respuesta = Client().get("/no-existe/")
    assert respuesta.status_code == 404
    assert "No encontramos esta página" in respuesta.content.decode()


def test_el_fallo_no_pregunta_a_nadie(rf):
    """X-07: the pages for a failure of ours need neither the database nor the session."""
    respuesta = errores.fallo(rf.get("/"))
    assert respuesta.status_code == 500
    assert "Algo falló de nuestro lado" in respuesta.content.decode()


@pytest.mark.django_db
def test_formulario_sin_ficha():
    """X-07: a form without its token is refused with a way out."""
    respuesta = Client(enforce_csrf_checks=True).post("/apariencia/", {"apariencia": "oscura"})
    assert respuesta.status_code == 403
    assert "Vuelve a enviar el formulario" in respuesta.content.decode()


@pytest.mark.django_db
def test_lo_que_piden_las_maquinas(detenido):
    """X-03: robots, security contact (RFC 9116) and favicon."""
    navegador = Client()
    assert "Disallow: /" in navegador.get("/robots.txt").content.decode().splitlines()
    seguridad = navegador.get("/.well-known/security.txt").content.decode().splitlines()
    assert seguridad[1] == "Expires: 2027-05-17T13:00:00Z"
    assert navegador.get("/favicon.ico")["Location"] == "/static/favicon.svg"
