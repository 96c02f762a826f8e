"""Template tags of the portal, loaded in every template."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django import forms, template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.cuentas.identificador import presentar
from portal.cuentas.models import Perfil
from portal.cuentas.paises import PAISES, Pais
from portal.iconos import simbolos
from portal.menu import Enlace
from portal.plazos.plazo import Plazo

register = template.Library()


# --- Icons: drawn once at the end of the page, used by reference ------------------------------------------------------
_CITA = '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>'
_SUELTO = '<svg class="{}" viewBox="{}" aria-hidden="true">{}</svg>'
_HOJA = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" class="position-absolute" aria-hidden="true">{}</svg>'
)
_SIMBOLO = '<symbol id="i-{}" viewBox="{}">{}</symbol>'


def _pedido(context: template.Context) -> Any:
    """The request, also within an `include … only`; None in a form rendered by itself."""
    return getattr(context, "request", None) or context.get("request")


def _pagina(context: template.Context) -> dict[str, None] | None:
    """Names of the icons of the page under way; None when there is no page around: a partial, a form by itself."""
    request = _pedido(context)
    if request is None or getattr(request, "htmx", False) or request.headers.get("X-Requested-With"):
        return None
    if not hasattr(request, "iconos_usados"):
        request.iconos_usados = {}
    return request.iconos_usados


@lru_cache(maxsize=512)
def _dibujo(nombre: str, clase: str, suelto: bool) -> SafeString:
    caja, trazo = simbolos()[nombre]
    if suelto:
        return format_html(_SUELTO, clase, caja, mark_safe(trazo))  # noqa: S308
    return format_html(_CITA, clase, nombre)


def _dibujar(context: template.Context, nombre: str, clase: str = "icono") -> SafeString:
    usados = _pagina(context)
    if usados is not None:
        usados[nombre] = None
    return _dibujo(nombre, clase, usados is None)


class Icono(template.Node):
    """`{% icono "clock" %}`, `{% icono nombre "gira" %}`: a decoration, hidden from screen readers."""

    def __init__(self, nombre: FilterExpression, clase: FilterExpression | None) -> None:
        self.nombre = nombre
        self.clase = clase

    def render(self, context: template.Context) -> SafeString:
        clase = f"icono {self.clase.resolve(context)}" if self.clase else "icono"
        return _dibujar(context, self.nombre.resolve(context), clase)


@register.tag
def icono(parser: Parser, token: Token) -> Icono:
    _, nombre, *resto = token.split_contents()
    if nombre[0] in "\"'" and nombre[1:-1] not in simbolos():
        raise template.TemplateSyntaxError(f"No hay un icono {nombre}.")
    return Icono(parser.compile_filter(nombre), parser.compile_filter(resto[0]) if resto else None)


@register.simple_tag(takes_context=True)
def iconos_usados(context: template.Context) -> SafeString:
    """The drawings of the icons that the page used; the last thing in its body."""
    hoja = simbolos()
    return format_html(
        _HOJA,
        format_html_join("", _SIMBOLO, ((n, hoja[n][0], mark_safe(hoja[n][1])) for n in _pagina(context) or ())),  # noqa: S308
    )


# --- What many pages show alike ---------------------------------------------------------------------------------------
_EN_MEMORIA = 2000
_dibujados: dict[tuple[Any, ...], tuple[SafeString, dict[str, None]]] = {}


def _de_memoria(
    context: template.Context, plantilla: str, clave: tuple[Any, ...], variables: Callable[[], dict[str, Any]]
) -> SafeString:
    """`plantilla` drawn once for each `clave`, all that it depends on, and then taken from memory with its icons."""
    usados = _pagina(context)
    entera = (plantilla, usados is None, *clave)
    hallado = _dibujados.get(entera)
    if hallado is None:
        propios: dict[str, None] = {}
        request = _pedido(context)
        if usados is not None:
            request.iconos_usados = propios
        hallado = render_to_string(plantilla, variables(), request), propios
        if usados is not None:
            request.iconos_usados = usados
        if len(_dibujados) >= _EN_MEMORIA:
            _dibujados.clear()  # another thread may be about to read: each returns what it holds
        _dibujados[entera] = hallado
    dibujo, propios = hallado
    if usados is not None:
        usados.update(propios)
    return dibujo


# --- State ------------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=512)
def _pildora(clase: str, dibujo: str, texto: str) -> SafeString:
    return render_to_string("_estado.html", {"clase": clase, "dibujo": dibujo, "texto": texto})


@register.simple_tag(takes_context=True)
def estado(context: template.Context, objeto: Any) -> SafeString:
    """The pill of an object's state; its class declares the look: `ASPECTO = {Estado.X: ("e-pago", "cash-coin")}`."""
    clase, nombre = type(objeto).ASPECTO[objeto.estado]
    return _pildora(clase, _dibujar(context, nombre), objeto.get_estado_display())


@register.simple_tag(takes_context=True)
def pildora(context: template.Context, clase: str, nombre: str, texto: str) -> SafeString:
    """A pill of its own look, for what is not a model's state: `{% pildora "e-enviado" "send" "Enviado" %}`."""
    return _pildora(clase, _dibujar(context, nombre), texto)


@register.simple_tag(takes_context=True)
def plazo(context: template.Context, cual: Plazo, quien: str = "") -> SafeString:
    """The clock in a rectangle, for a table's cell; `quien`: whose it is, when it is not the reader's."""
    corto = cual.corto_de_otro if quien else cual.corto
    dice = {"estado": cual.estado.value, "quien": quien, "corto": corto, "frase": cual.frase}
    return _de_memoria(context, "_plazo.html", tuple(dice.values()), lambda: dice)


# --- Forms ------------------------------------------------------------------------------------------------------------
@register.filter
def tipo_campo(campo: BoundField) -> str:
    """How a field is laid out: "casilla", "losas", "lista" or "caja"."""
    control = campo.field.widget
    if isinstance(control, forms.CheckboxInput):
        return "casilla"
    if isinstance(control, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "losas"
    return "lista" if isinstance(control, forms.Select) else "caja"


@register.filter
def ancho_campo(campo: BoundField) -> str:
    """ "corto" for what is short to write (dates, numbers, codes of up to 20 characters)."""
    breves = (forms.DateField, forms.TimeField, forms.IntegerField, forms.DateTimeField)
    return "corto" if isinstance(campo.field, breves) or (getattr(campo.field, "max_length", 0) or 99) <= 20 else ""


def _ancla(campo: BoundField) -> str:
    """The id of what takes the focus in a field."""
    return campo.id_for_label or f"{campo.auto_id}_0"


def _errores(form: BaseForm) -> Iterator[tuple[str, str]]:
    yield from (("", str(e)) for e in form.non_field_errors())
    for campo in form:
        for mensaje in map(str, campo.errors):
            nombrado = str(campo.label).casefold() in mensaje.casefold()
            yield ("" if campo.is_hidden else _ancla(campo)), mensaje if nombrado else f"{campo.label}: {mensaje}"


@register.inclusion_tag("_resumen_errores.html", takes_context=True)
def resumen_errores(
    context: template.Context,
    *formularios: Any,
    verbo: str = "grabar",
    nota: str = "",
    otros: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What is wrong in forms and formsets (None is skipped), linked; `verbo` ends «Faltan 2 cosas para poder …».

    `otros`: what no form knows of, as (anchor, sentence).
    """
    errores: list[tuple[str, str]] = []
    for formulario in formularios:
        if isinstance(formulario, BaseFormSet) and formulario.is_bound:
            errores.extend(("", str(e)) for e in formulario.non_form_errors())
        for form in formulario if isinstance(formulario, BaseFormSet) else [formulario] if formulario else []:
            errores.extend(_errores(form) if form.errors else ())
    errores.extend(otros)
    if errores and (request := _pedido(context)) is not None:
        request.con_resumen = True
    cuantas = "Falta 1 cosa" if len(errores) == 1 else f"Faltan {len(errores)} cosas"
    return {"errores": errores, "titulo": f"{cuantas} para poder {verbo}", "nota": nota}


class ConResumen(template.Node):
    """`{% con_resumen %}…{% endcon_resumen %}`: the summary of `form` on top, unless what is inside drew its own.

    So that no page can show a form's errors without it.
    """

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        dibujado = self.nodelist.render(context)
        form = context.get("form")
        if getattr(_pedido(context), "con_resumen", False) or not getattr(form, "errors", None):
            return dibujado
        return render_to_string("_resumen_errores.html", resumen_errores(context, form)) + dibujado


@register.tag
def con_resumen(parser: Parser, token: Token) -> ConResumen:
    nodelist = parser.parse(("endcon_resumen",))
    parser.delete_first_token()
    return ConResumen(nodelist)


# --- Lists ------------------------------------------------------------------------------------------------------------
def _consulta(context: template.Context, *sin: str) -> list[tuple[str, str]]:
    """What the address asks, name by name, without `sin`."""
    return [(nombre, v) for nombre, valores in context["request"].GET.lists() if nombre not in sin for v in valores]


def _seguida(consulta: list[tuple[str, str]]) -> str:
    """`a=1&` or nothing, to put another value behind."""
    return f"{urlencode(consulta)}&" if consulta else ""


@register.simple_tag
def celda(titulo: str, texto: str, clase: str = "") -> SafeString:
    """A cell, of a table that is a list on a phone, with what does not break in two; a dash where there is nothing."""
    if not texto:
        return format_html('<td role="cell" data-t="{}" class="vacia">—</td>', titulo)
    de_clase = format_html(' class="{}"', clase) if clase else ""
    return format_html('<td role="cell" data-t="{}"{}><span class="nada">{}</span></td>', titulo, de_clase, texto)


@register.inclusion_tag("_paginas.html", takes_context=True)
def paginas(context: template.Context, pagina: Page, tamanos: Sequence[int] = (10, 25, 50, 100)) -> dict[str, Any]:
    """Foot of a list (`?p=`, `?tamano=`): `pagina` is a Django `Page`, or anything with the same attributes.

    A paginator that stopped counting says so with `mas = True` («más de 1000»).
    """
    paginador, actual = pagina.paginator, pagina.number
    ultima = paginador.num_pages
    cerca = sorted({1, ultima, *range(max(1, actual - 1), min(ultima, max(actual + 1, 3)) + 1)})
    numeros: list[int] = []
    for numero in cerca:
        if numeros and numero - numeros[-1] > 1:
            numeros.append(0)
        numeros.append(numero)
    return {
        "desde": pagina.start_index(),
        "hasta": pagina.end_index(),
        "total": paginador.count,
        "mas": getattr(paginador, "mas", False),
        "actual": actual,
        "paginas": numeros if ultima > 1 else [],
        "anterior": actual - 1 if actual > 1 else None,
        "siguiente": actual + 1 if actual < ultima else None,
        "consulta": _seguida(_consulta(context, "p")),
        "tamanos": tamanos if paginador.count > min(tamanos, default=0) else (),
        "tamano": paginador.per_page,
        "ocultos": _consulta(context, "p", "tamano"),
    }


@register.inclusion_tag("_columna.html", takes_context=True)
def columna(context: template.Context, texto: str, clave: str, orden: str) -> dict[str, str]:
    """Heading that sorts (`?orden=clave`, `?orden=-clave`); `orden` is the order in force."""
    sentido = {clave: "ascending", f"-{clave}": "descending"}.get(orden, "")
    siguiente = f"-{clave}" if sentido == "ascending" else clave
    return {
        "texto": texto,
        "sentido": sentido,
        "url": f"?{_seguida(_consulta(context, 'p', 'orden'))}orden={siguiente}",
    }


@register.simple_tag(takes_context=True)
def filtros(context: template.Context, form: BaseForm) -> SafeString:
    """A list's filters (GET): check boxes below, the rest in a grid; folded on a phone unless one is in use."""
    ruta = context["request"].path
    clave = (type(form), ruta, *(_aspecto(campo) for campo in form))
    return _de_memoria(context, "_filtros.html", clave, lambda: _de_filtros(form, ruta))


def _aspecto(campo: BoundField) -> tuple[str, ...]:
    """All that the look of a filter's field depends on besides the form's class."""
    opciones = repr(getattr(campo.field, "choices", ""))
    return campo.html_name, str(campo.label), repr(campo.data), *map(str, campo.errors), opciones


def _de_filtros(form: BaseForm, ruta: str) -> dict[str, Any]:
    visibles = form.visible_fields()
    return {
        "campos": [c for c in visibles if tipo_campo(c) != "casilla"],
        "casillas": [c for c in visibles if tipo_campo(c) == "casilla"],
        "ocultos": form.hidden_fields(),
        "activos": sum(1 for c in visibles if c.data not in (None, "", [], False)),
        "ruta": ruta,
    }


# --- Messages ---------------------------------------------------------------------------------------------------------
_MENSAJES = {
    constants.SUCCESS: ("alert-success", "check-circle"),
    constants.WARNING: ("alert-warning", "exclamation-triangle"),
    constants.ERROR: ("alert-danger", "exclamation-octagon"),
}
_INFORMATIVO = ("alert-info", "info-circle")


@register.filter
def clase_mensaje(mensaje: Message) -> str:
    return _MENSAJES.get(mensaje.level, _INFORMATIVO)[0]


@register.filter
def icono_mensaje(mensaje: Message) -> str:
    return _MENSAJES.get(mensaje.level, _INFORMATIVO)[1]


# --- The menu ---------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def menu_principal(context: template.Context, entradas: Sequence[Enlace]) -> SafeString:
    """The main navigation; of all who see the same entries and are in the same place, drawn once."""
    return _de_memoria(context, "_menu.html", tuple(entradas), lambda: {"entradas": entradas})


# --- People -----------------------------------------------------------------------------------------------------------
@register.filter
def papel(perfil: Perfil) -> str:
    """What a profile is, in a line: «Distribuidora · Eléctrica del Maipo», «Agente · CAC San Miguel»."""
    donde = perfil.unidad or perfil.distribuidora
    return f"{perfil.get_tipo_display()} · {donde}" if donde else perfil.get_tipo_display()


@register.filter
def rut(normal: str) -> str:
    """`12345678-5` → `12.345.678-5`."""
    return presentar(normal)


@register.filter
def sitio(direccion: str) -> str:
    """The name of the site that an address leads to: `https://www.sec.cl/x` → `www.sec.cl`."""
    return urlsplit(direccion).hostname or direccion


# --- Dates and amounts ------------------------------------------------------------------------------------------------
def _local(momento: date | datetime) -> date | datetime:
    return timezone.localtime(momento) if isinstance(momento, datetime) and timezone.is_aware(momento) else momento


@register.filter
def corta(momento: date | datetime | None) -> str:
    """«16-11-2026, 09:14»; of a plain date, «16-11-2026»."""
    if momento is None:
        return ""
    return date_format(_local(momento), "d-m-Y, H:i" if isinstance(momento, datetime) else "d-m-Y")


@register.filter
def dia_semana(momento: date | datetime | None) -> str:
    """«viernes 11 de diciembre»."""
    return date_format(_local(momento), r"l j \d\e F").lower() if momento else ""


@register.filter
def dia_largo(momento: date | datetime | None) -> str:
    """«Jueves 3 de diciembre de 2026»."""
    return date_format(_local(momento), r"l j \d\e F \d\e Y").lower().capitalize() if momento else ""


@register.filter
def en_zona(momento: datetime | None, zona: str) -> str:
    """For paper: «25 de noviembre de 2026 a las 09:14, hora de Asunción»."""
    if momento is None:
        return ""
    local = momento.astimezone(ZoneInfo(zona))
    dia = date_format(local, r"j \d\e F \d\e Y").lower()
    lugar = zona.rpartition("/")[2].replace("_", " ").replace("Asuncion", "Asunción")
    return f"{dia} a las {local:%H:%M}, hora de {lugar}"


@register.filter
def importe(monto: Decimal | int | None, pais: Pais | str = "CL") -> str:
    """An amount as it is written in `pais` (a code, or a company's `datos_pais`): «$ 38.500»."""
    if monto is None:
        return ""
    datos = pais if isinstance(pais, Pais) else PAISES[pais]
    return datos.importe(Decimal(monto)).replace(" ", " ")
