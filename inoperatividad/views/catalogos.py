"""The catalogues of the company, edited on screen (X-10)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inoperatividad.actions import catalogo as actions
from inoperatividad.forms.gestion import CATALOGOS, formulario_de
from inoperatividad.models.catalogos import Catalogo
from inoperatividad.permissions import CATALOGOS as EDITAR
from inoperatividad.views.comun import LLENAR, PRESIONAR, Operacion, datos_de, operar, pagina


def _modelo(slug: str) -> type[Catalogo]:
    if slug not in CATALOGOS:
        raise Http404
    return CATALOGOS[slug][0]


@pagina(EDITAR)
def catalogos(request: HttpRequest) -> HttpResponse:
    """What can be edited, with how many rows."""
    filas = [
        {"slug": slug, "titulo": _titulo(modelo), "que": que, "cuantos": modelo.objects.filter(activo=True).count()}
        for slug, (modelo, _, que) in CATALOGOS.items()
    ]
    return render(request, "inoperatividad/catalogos.html", {"filas": filas})


def _titulo(modelo: type[Catalogo]) -> str:
    return str(modelo._meta.verbose_name_plural).capitalize()


@pagina(EDITAR, metodos=PRESIONAR)
def llenar(request: HttpRequest) -> HttpResponse:
    """Add what the procedure names and the company lacks."""
    puestos = actions.llenar(request.perfil.distribuidora, por=request.perfil)
    messages.success(request, f"Agregamos {puestos} valores del procedimiento." if puestos else "Ya estaban todos.")
    return redirect("inoperatividad:catalogos")


@pagina(EDITAR)
def catalogo(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows of one."""
    modelo = _modelo(slug)
    campos = [modelo._meta.get_field(c) for c in CATALOGOS[slug][1]]
    filas = [
        {"url": reverse("inoperatividad:editar", args=[slug, fila.pk]), "celdas": [_celda(fila, c) for c in campos]}
        for fila in (modelo.objects.select_related("unidad") if slug == "puntos" else modelo.objects.all())
    ]
    contexto = {
        "titulo": _titulo(modelo), "slug": slug, "columnas": [str(c.verbose_name).capitalize() for c in campos],
        "filas": filas,
    }  # fmt: skip
    return render(request, "inoperatividad/catalogo.html", contexto)


def _celda(fila: Catalogo, campo: Any) -> str:
    mostrar = getattr(fila, f"get_{campo.name}_display", None)
    valor = mostrar() if mostrar else getattr(fila, campo.name)
    return {True: "Sí", False: "No"}.get(valor, valor) if isinstance(valor, bool) else str(valor)


@pagina(EDITAR, metodos=LLENAR)
def agregar(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row."""
    return _guardar(request, slug, _modelo(slug)(distribuidora=request.perfil.distribuidora), "Agregar a")


@pagina(EDITAR, metodos=LLENAR)
def editar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a row."""
    return _guardar(request, slug, get_object_or_404(_modelo(slug), pk=pk), "Editar")


def _guardar(request: HttpRequest, slug: str, elemento: Catalogo, verbo: str) -> HttpResponse:
    form = formulario_de(slug, elemento, datos_de(request))
    titulo = _titulo(type(elemento))
    return operar(
        request,
        form,
        lambda datos: actions.guardar(form.instance, por=request.perfil),
        Operacion(
            f"{verbo} {titulo.lower()}",
            CATALOGOS[slug][2],
            "Grabar",
            reverse("inoperatividad:catalogo", args=[slug]),
            volver_texto=f"Volver a {titulo.lower()}",
        ),
        hecho="Grabado.",
    )
