"""What the text of a notice may say: the variables of its original, some filters, `{% if %}`, and nothing else.

The original, which ships with the portal, tells by what it uses which values a notice has (`folio`, `cobro.vence`).
Whoever edits it may use those and no others: what a template gets to see is a tree of plain values made of these names
alone, so that there is no object to walk into.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import FilterExpression, Node, TextNode, Variable, VariableDoesNotExist, VariableNode
from django.template.defaulttags import IfNode

from portal.avisos.fuente import Fuente, PlantillaMalEscrita, partir

MOTOR = Engine(autoescape=False, builtins=["portal.templatetags.ventanilla"])
FILTROS = frozenset(
    {
        "capfirst",
        "corta",
        "default",
        "dia_largo",
        "dia_semana",
        "importe",
        "lower",
        "pluralize",
        "rut",
        "title",
        "upper",
    }
)
_LLANOS = (str, int, float, Decimal, date, datetime, time)
_ETIQUETAS = {"if", "elif", "else", "endif"}


def expresiones(parte: str) -> Iterator[FilterExpression]:
    """The expressions of a part. PlantillaMalEscrita, with a sentence, when it holds anything that is not allowed."""
    for etiqueta in re.findall(r"{%\s*(\S*)", parte):
        if etiqueta not in _ETIQUETAS:
            raise PlantillaMalEscrita(f"La etiqueta «{etiqueta}» no se puede usar. Solo sirve {{% if … %}}.")
    try:
        nodos = MOTOR.from_string(parte).nodelist
    except TemplateSyntaxError as error:
        raise PlantillaMalEscrita(_en_castellano(str(error), parte)) from None
    yield from _de(nodos)


def _en_castellano(error: str, parte: str) -> str:
    if filtro := re.search(r"Invalid filter: '([^']*)'", error):
        return f"El filtro «{filtro[1]}» no existe. Se pueden usar: {', '.join(sorted(FILTROS))}."
    donde = f"«{parte[:60]}{'…' if len(parte) > 60 else ''}»"
    if "if" in error and ("Unclosed" in error or "Invalid block" in error):
        return f"En {donde} hay un {{% if %}} sin su {{% endif %}}, o al revés. Los dos van en el mismo párrafo."
    return f"No se entiende {donde}. Revisa lo que está entre llaves."


def _de(nodos: Iterable[Node]) -> Iterator[FilterExpression]:
    for nodo in nodos:
        match nodo:
            case TextNode():
                if resto := re.search(r"{{|}}|{%|%}|{#|#}", nodo.s):
                    raise PlantillaMalEscrita(
                        f"Hay unas llaves «{resto[0]}» sin su pareja. Escribe {{{{ variable }}}}."
                    )
            case VariableNode():
                yield nodo.filter_expression
            case IfNode():
                for condicion, dentro in nodo.conditions_nodelists:
                    yield from _de_condicion(condicion)
                    yield from _de(dentro)
            case _:
                raise PlantillaMalEscrita("Solo se pueden usar variables e {% if … %}.")


def _de_condicion(condicion: Any) -> Iterator[FilterExpression]:
    if condicion is None:  # {% else %}
        return
    if isinstance(getattr(condicion, "value", None), FilterExpression):
        yield condicion.value
    for lado in ("first", "second"):
        yield from _de_condicion(getattr(condicion, lado, None))


def _nombres(expresion: FilterExpression) -> Iterator[str]:
    """The variables of an expression, in its filters' arguments too."""
    candidatas = [expresion.var, *(valor for _, argumentos in expresion.filters for _, valor in argumentos)]
    for variable in candidatas:
        if isinstance(variable, Variable) and variable.lookups:
            yield ".".join(variable.lookups)


@lru_cache(maxsize=256)
def variables(original: str) -> tuple[str, ...]:
    """The names that a notice with this original has, `folio` first."""
    vistas = {"folio": None}
    for parte in _partes(partir(original)):
        for expresion in expresiones(parte):
            vistas.update(dict.fromkeys(_nombres(expresion)))
    return tuple(vistas)


def _partes(fuente: Fuente) -> tuple[str, ...]:
    return fuente.asunto, fuente.titulo, *fuente.parrafos


def revisar(texto: str, original: str) -> None:
    """PlantillaMalEscrita, with a sentence, unless `texto` may stand in place of `original`."""
    conocidas = variables(original)
    for parte in _partes(partir(texto)):
        for expresion in expresiones(parte):
            for nombre in _nombres(expresion):
                if nombre not in conocidas:
                    raise PlantillaMalEscrita(
                        f"La variable «{nombre}» no existe en este mensaje. Se pueden usar: {', '.join(conocidas)}."
                    )
            for funcion, _ in expresion.filters:
                nombre = getattr(funcion, "_filter_name", funcion.__name__)
                if nombre not in FILTROS:
                    raise PlantillaMalEscrita(
                        f"El filtro «{nombre}» no se puede usar. Sirven: {', '.join(sorted(FILTROS))}."
                    )


def valores(original: str, contexto: dict[str, Any]) -> Context:
    """The plain values that the notice has, and nothing besides."""
    llanos: dict[str, Any] = {}
    fuente = Context(contexto, autoescape=False)
    for nombre in variables(original):
        try:
            valor = Variable(nombre).resolve(fuente)
        except VariableDoesNotExist:
            continue
        _poner(llanos, nombre.split("."), _llano(valor))
    return Context(llanos, autoescape=False)


def _llano(valor: Any) -> Any:
    if valor is None:
        return ""
    return valor if isinstance(valor, _LLANOS) else str(valor)


def _poner(arbol: dict[str, Any], ruta: list[str], valor: Any) -> None:
    *ramas, hoja = ruta
    for rama in ramas:
        siguiente = arbol.setdefault(rama, {})
        arbol = siguiente if isinstance(siguiente, dict) else {}
    arbol[hoja] = valor


def llenar(parte: str, con: Context) -> str:
    """A part with its values."""
    return str(MOTOR.from_string(parte).render(con))
