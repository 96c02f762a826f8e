"""The repository tests itself: what nobody would notice by reading one file."""

import ast
import gettext
import io
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from portal.entorno import RAIZ, VARIABLES
from portal.permisos import acceso_de

LARGO_MAXIMO = 450
LARGO_DE_PRUEBAS = 650
PROPIAS = ("portal", *settings.DOMINIOS)
CONTRATO = tomllib.loads((RAIZ / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
ALTURA = {
    capa.rpartition(".")[2].strip(): altura
    for altura, linea in enumerate(reversed(CONTRATO["layers"]))
    for capa in linea.split("|")
}
SIN_PROTECT = {  # foreign keys that let their row go with the other, each with its reason
    "cuentas.Asignacion.perfil": "a function has no sense without who holds it",
    "adjuntos.Guardado.perfil": "a file that waits for its form goes with who sent it",
    "historial.Comentario.evento": "the words of an event go with it; history itself is never deleted",
}
SIN_QUIEN = {  # actions that nobody who is signed in does
    "portal/acceso/actions.py": "before there is an account, and the first administrator",
    "portal/avisos/actions.py": "a notice is part of somebody's action",
}


@cache
def archivos() -> tuple[str, ...]:
    """What git keeps, and what it will."""
    orden = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    lineas = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(linea for linea in lineas if (RAIZ / linea).is_file())


def textos(*finales: str) -> Iterator[tuple[str, str]]:
    """Path and text of our files with these endings."""
    for ruta in archivos():
        if ruta.endswith(finales):
            yield ruta, (RAIZ / ruta).read_text()


def modelos() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in PROPIAS]


def paginas(donde: URLResolver | None = None, espacio: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal, by its full name."""
    for patron in (donde or get_resolver()).url_patterns:
        if isinstance(patron, URLResolver):
            dentro = f"{espacio}{patron.namespace}:" if patron.namespace else espacio
            yield from paginas(patron, dentro)
        else:
            yield f"{espacio}{patron.name}" if patron.name else str(patron.pattern), patron


# --- generated things are fresh -------------------------------------------------------------------------------------
@pytest.mark.parametrize("comando", ["diagramas", "configuracion"])
def test_generated_pages_are_fresh(comando):
    """S-14: the diagram in docs/estados is the table in the code; docs/configuracion.md is the list in the code."""
    try:
        call_command(comando, "--check")
    except CommandError as error:
        pytest.fail(str(error))


@pytest.mark.django_db
def test_no_migration_is_missing():
    """X-06: what the models say is what the migrations make."""
    salida = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=salida)
    except SystemExit:
        pytest.fail(salida.getvalue())


def test_compiled_messages_are_fresh():
    """X-08: what Django says in our words (portal/locale) was compiled after its last edit."""
    for texto in RAIZ.glob("portal/locale/*/LC_MESSAGES/django.po"):
        with texto.with_suffix(".mo").open("rb") as archivo:
            hechos = gettext.GNUTranslations(archivo)
        pares = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', texto.read_text(), re.M)
        assert [(original, hechos.gettext(original)) for original, _ in pares] == pares


# --- layers ---------------------------------------------------------------------------------------------------------
def test_foreign_keys_point_downward():
    """X-06: string references are invisible to import-linter; the models' own tables say where they point."""
    hacia_arriba = [
        f"{modelo._meta.label}.{campo.name} → {campo.related_model._meta.label}"
        for modelo in modelos()
        for campo in modelo._meta.get_fields()
        if campo.is_relation
        and not campo.auto_created
        and campo.related_model._meta.app_label in ALTURA
        and ALTURA[campo.related_model._meta.app_label] > ALTURA.get(modelo._meta.app_label, len(ALTURA))
    ]
    assert hacia_arriba == []


def test_siblings_do_not_point_at_each_other():
    """X-06: the document domains never know one another; `pagos` is below them."""
    hermanas = set(settings.DOMINIOS) - {"pagos"}
    entre_ellas = [
        f"{modelo._meta.label}.{campo.name}"
        for modelo in modelos()
        for campo in modelo._meta.get_fields()
        if campo.is_relation
        and not campo.auto_created
        and {modelo._meta.app_label, campo.related_model._meta.app_label} <= hermanas
        and modelo._meta.app_label != campo.related_model._meta.app_label
    ]
    assert entre_ellas == []


def test_foreign_keys_protect():
    """X-06: nothing disappears along with something else, but for what is listed with its reason."""
    sueltas = {
        f"{modelo._meta.label}.{campo.name}"
        for modelo in modelos()
        for campo in modelo._meta.get_fields()
        if isinstance(campo, models.ForeignKey) and campo.remote_field.on_delete is not models.PROTECT
    }
    assert sueltas == set(SIN_PROTECT)


def test_portal_names_no_domain():
    """X-06: a domain added later changes nothing in portal/ but its lines in settings.py and urls.py."""
    dominios = "|".join(["pagos", "solicitudes", "gestiones", "inoperatividad", "reclamos"])
    importa = re.compile(rf"^\s*(?:from|import) (?:{dominios})\b", re.M)
    culpables = [ruta for ruta, texto in textos(".py") if ruta.startswith("portal/") and importa.search(texto)]
    assert [c for c in culpables if not c.startswith("portal/management/")] == []


def test_each_domain_with_pages_has_its_line_in_the_url_table():
    """X-06: DOMINIOS and the URL table agree."""
    con_paginas = {dominio for dominio in settings.DOMINIOS if (RAIZ / dominio / "urls.py").exists()}
    incluidos = {
        patron.urlconf_name.__name__.split(".")[0]
        for patron in get_resolver().url_patterns
        if isinstance(patron, URLResolver) and hasattr(patron.urlconf_name, "__name__")
    }
    assert con_paginas <= incluidos
    assert {i for i in incluidos if i in {"gestiones", "inoperatividad", "reclamos"}} <= set(settings.DOMINIOS)


# --- access ---------------------------------------------------------------------------------------------------------
def test_every_page_declares_who_may_enter():
    """A-11: an address without a declared permission is a failure, libraries' addresses too."""
    assert [nombre for nombre, patron in paginas() if acceso_de(patron.callback, nombre) is None] == []


@pytest.mark.django_db
def test_declared_permissions_exist():
    """A-11: a misspelt code would shut a page for everybody."""
    from django.contrib.auth.models import Permission

    pares = Permission.objects.values_list("content_type__app_label", "codename")
    existen = {f"{app}.{codigo}" for app, codigo in pares}
    pedidos = {p for nombre, patron in paginas() for p in acceso_de(patron.callback, nombre).permisos}
    assert pedidos - existen == set()


def test_no_page_looks_without_scope():
    """A-12: sin_ambito() is for commands and tasks; a view or a form that used it would show everybody's data."""
    prohibidos = re.compile(r"(^|/)(views|forms)(/\w+)?\.py$")
    culpables = [
        r for r, texto in textos(".py") if prohibidos.search(r) and re.search(r"sin_ambito|_base_manager", texto)
    ]
    assert culpables == []


def test_no_view_filters_by_state():
    """S-14: querysets speak the domain's words; a state is named where its meaning is known."""
    culpables = [
        ruta
        for ruta, texto in textos(".py")
        if re.search(r"(^|/)views(/\w+)?\.py$", ruta) and re.search(r"\.(filter|exclude)\([^)]*\bestado", texto)
    ]
    assert culpables == []


# --- templates ------------------------------------------------------------------------------------------------------
def test_every_static_file_that_a_template_names_exists():
    """X-09: a misspelt one is found here, and not by collectstatic in production."""
    nombrados = {
        nombre for ruta, texto in textos(".html") for nombre in re.findall(r"{% *static +['\"]([^'\"]+)['\"]", texto)
    }
    assert {nombre for nombre in nombrados if not finders.find(nombre)} == set()


# --- words ----------------------------------------------------------------------------------------------------------
def test_readme_commands_exist():
    """X-07: each `make …` of the README is a target, and the issue's five come in their order."""
    leeme, recetas = (RAIZ / "README.md").read_text(), (RAIZ / "Makefile").read_text()
    nombrados = list(dict.fromkeys(re.findall(r"`make ([a-z]+)", leeme)))
    assert [n for n in nombrados if not re.search(rf"^{n}:", recetas, re.M)] == []
    assert [n for n in nombrados if n in ("run", "test", "demo", "check", "bench")] == [
        "run",
        "test",
        "demo",
        "check",
        "bench",
    ]
    comandos = set(re.findall(r"`manage\.py (\w+)", leeme))
    assert {c for c in comandos if not (RAIZ / f"portal/management/commands/{c}.py").exists()} == set()


def test_documents_link_to_files_that_exist():
    """X-07: relative links of README and docs/."""
    rotos = [
        f"{ruta} → {destino}"
        for ruta, texto in textos(".md")
        for destino in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", texto)
        if not (RAIZ / ruta).parent.joinpath(destino).exists()
    ]
    assert rotos == []


def test_every_environment_variable_is_declared():
    """X-10: nobody reads the environment past the one list; the list's own page is compared above."""
    declaradas = {v.nombre for v in VARIABLES}
    pedidas = {
        nombre
        for ruta, texto in textos("settings.py", "gunicorn.py")
        if ruta.startswith("portal/")
        for nombre in re.findall(r"_env\[[\"'](\w+)[\"']\]", texto)
    }
    assert pedidas == declaradas
    lectores = {
        r for r, texto in textos(".py") if r.startswith(PROPIAS) and re.search(r"os\.(environ|getenv)\b", texto)
    }
    assert lectores == {
        "portal/settings.py",
        "portal/gunicorn.py",
        "portal/wsgi.py",
        "portal/celery.py",
        "portal/procesos.py",  # hands it on to what it starts
        "portal/copias.py",  # likewise, to pg_dump and pg_restore
        "portal/acceso/management/commands/crear_administrador.py",  # a password given once, not a setting
    }


def test_time_comes_from_the_one_clock():
    """X-01: `reloj` alone asks the machine."""
    relojes = re.compile(r"timezone\.now\(|datetime\.(now|today|utcnow)\(|date\.today\(|auto_now")
    culpables = [r for r, t in textos(".py") if r.startswith(PROPIAS) and "/migrations/" not in r and relojes.search(t)]
    assert culpables == ["portal/reloj.py"]


def test_no_path_of_a_machine():
    """X-10: nothing of where it was written."""
    propia = re.compile(r"(?<![\w.])/(?:work|root|farm|home/\w+)/")
    aqui = "tests/test_repository.py"
    assert [
        r for r, t in textos(".py", ".md", ".toml", ".yml", ".html", ".txt", ".js") if r != aqui and propia.search(t)
    ] == []


def test_no_file_is_too_long():
    """X-06: a file that outgrows this becomes a package of nouns."""
    largos = {
        ruta: texto.count("\n")
        for ruta, texto in textos(".py", ".html")
        if "/migrations/" not in ruta
        and texto.count("\n") > (LARGO_DE_PRUEBAS if ruta.startswith("tests/") else LARGO_MAXIMO)
    }
    assert largos == {}


def test_actions_take_keywords_and_say_who():
    """X-06: a public action says who acts, by keyword: `por=`."""
    sin_por = []
    for ruta, texto in textos("actions.py"):
        if not ruta.startswith(PROPIAS) or ruta in SIN_QUIEN:
            continue
        for nodo in ast.parse(texto).body:
            if not isinstance(nodo, ast.FunctionDef) or nodo.name.startswith("_"):
                continue
            atomica = any("atomic" in ast.unparse(decorador) for decorador in nodo.decorator_list)
            if atomica and "por" not in {a.arg for a in nodo.args.kwonlyargs}:
                sin_por.append(f"{ruta}:{nodo.name}")
    assert sin_por == []


def test_tests_name_their_row():
    """X-06: each test says which row of the contract it proves."""
    sin_fila = []
    for ruta, texto in textos(".py"):
        if not Path(ruta).name.startswith("test_"):
            continue
        for nodo in ast.walk(ast.parse(texto)):
            if not isinstance(nodo, ast.FunctionDef) or not nodo.name.startswith("test_"):
                continue
            if not re.match(r"[ASPRGIQX]-\d\d", ast.get_docstring(nodo) or ""):
                sin_fila.append(f"{ruta}:{nodo.name}")
    assert sin_fila == []
