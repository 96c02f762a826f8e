"""What the pages of outages share: the company's hours, a form that is tried, a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from inoperatividad.models import Masiva, Registro, Reporte
from portal.documentos.models import TransicionInvalida
from portal.permisos import con_permiso

MIRAR = ("GET", "HEAD")
LLENAR = ("GET", "HEAD", "POST")
PRESIONAR = ("POST",)
Vista = Callable[..., Any]


def pagina(*permisos: str, metodos: tuple[str, ...] = MIRAR) -> Callable[[Vista], Vista]:
    """A page for whoever holds one of `permisos`."""

    def decorar(vista: Vista) -> Vista:
        return con_permiso(*permisos)(require_http_methods(metodos)(vista))

    return decorar


def intentar(form: forms.BaseForm, hacer: Callable[[], Any]) -> Any:
    """What `hacer` gives (True for nothing); what it refuses is said on the form, and the answer is None."""
    try:
        return hacer() or True
    except TransicionInvalida as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        for campo, errores in (error.error_dict if hasattr(error, "error_dict") else {"": error}).items():
            form.add_error(campo if campo in form.fields else None, errores)
    return None


@dataclass(frozen=True)
class Operacion:
    """A page with one form: what it is called, what follows from it, its button, the way back."""

    titulo: str
    texto: str
    boton: str
    volver: str
    peligro: bool = False
    volver_texto: str = "Volver"


def operar(
    request: HttpRequest,
    form: forms.BaseForm,
    hacer: Callable[[dict[str, Any]], Any],
    operacion: Operacion,
    *,
    hecho: str,
    destino: Any = None,
    **contexto: Any,
) -> HttpResponse:
    """Show the form; when it is right do it, say so, and go to `destino` or back."""
    if request.method == "POST" and form.is_valid():
        logrado = intentar(form, lambda: hacer(form.cleaned_data))
        if logrado is not None:
            messages.success(request, hecho)
            return redirect(destino or operacion.volver)
    return render(request, "inoperatividad/operar.html", {"form": form, "operacion": operacion, **contexto})


def presionar(request: HttpRequest, hacer: Callable[[], Any], hecho: str, destino: Any) -> HttpResponse:
    """A button without a form: do it and say so, or say why not."""
    try:
        hacer()
    except TransicionInvalida as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, hecho)
    return redirect(destino)


def datos_de(request: HttpRequest) -> Any:
    """What was sent, None when nothing was: a form without fields is sent empty."""
    return request.POST if request.method == "POST" else None


def cargar(correlativo: int) -> Registro:
    """The record, if it exists for whoever looks; 404 otherwise."""
    relacionados = (
        "caso",
        "distribuidora",
        "unidad__punto_de_atencion",
        "consulta",
        "motivo",
        "motivo_cierre",
        "masiva",
        "reporte",
        "registrado_por__usuario",
        "cerrado_por__usuario",
    )  # fmt: skip
    return get_object_or_404(
        Registro.objects.select_related(*relacionados).prefetch_related("aplicativos"), correlativo=correlativo
    )


def cargar_masiva(numero: int) -> Masiva:
    return get_object_or_404(
        Masiva.objects.select_related("caso", "distribuidora").prefetch_related("aplicativos"), numero=numero
    )


def cargar_reporte(numero: int) -> Reporte:
    relacionados = ("caso", "distribuidora", "gerencia_por__usuario", "direccion_por__usuario", "creado_por__usuario")
    return get_object_or_404(Reporte.objects.select_related(*relacionados), numero=numero)
