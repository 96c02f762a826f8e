"""**Tipificaciones**: a file is reviewed first, then imported whole or not at all (I-11)."""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inoperatividad.actions.tipificacion import comparar
from inoperatividad.actions.tipificacion import importar as hacer
from inoperatividad.forms.gestion import ImportarForm
from inoperatividad.hojas import ERRORES_MOSTRADOS, ArchivoIlegible, leer
from inoperatividad.models import Lote, Tramite
from inoperatividad.permissions import EVALUAR
from inoperatividad.views.comun import LLENAR, datos_de, pagina

GUARDADO = 3600
"""Seconds that a reviewed file waits for its button."""


@pagina(EVALUAR, metodos=LLENAR)
def importar(request: HttpRequest) -> HttpResponse:
    """Review a file, then take it."""
    if request.method == "POST" and request.POST.get("accion") == "importar":
        return _importar(request)
    form = ImportarForm(datos_de(request), request.FILES or None)
    contexto = {"form": form, "lotes": Lote.objects.select_related("importado_por__usuario")[:10], "tramites": Tramite}
    if form.is_valid():
        contexto |= _revisar(request, form)
    return render(request, "inoperatividad/tipificaciones.html", contexto)


def _revisar(request: HttpRequest, form: ImportarForm) -> dict[str, object]:
    """What the file would do; it waits in the cache for the button."""
    archivo = form.cleaned_data["archivo"]
    datos = archivo.read()
    try:
        filas, fallas = leer(datos, request.perfil.distribuidora)
    except ArchivoIlegible as error:
        form.add_error("archivo", str(error))
        return {}
    if fallas:
        form.add_error("archivo", f"{len(fallas)} errores: no se importó nada. Corrige el archivo y súbelo de nuevo")
        return {"fallas": fallas[:ERRORES_MOSTRADOS], "mas": max(len(fallas) - ERRORES_MOSTRADOS, 0)}
    clave = hashlib.sha256(datos).hexdigest()
    cache.set(_cajon(request, clave), (archivo.name, datos), GUARDADO)
    repetido = Lote.objects.filter(sha256=clave).first()
    return {
        "cambios": comparar(filas, por=request.perfil),
        "clave": clave,
        "nombre": archivo.name,
        "repetido": repetido,
    }


def _cajon(request: HttpRequest, clave: str) -> str:
    return f"tipificaciones:{request.perfil.pk}:{clave}"


def _importar(request: HttpRequest) -> HttpResponse:
    clave = request.POST.get("revisado", "")
    guardado = cache.get(_cajon(request, clave)) if len(clave) == 64 and clave.isascii() and clave.isalnum() else None
    if guardado is None:
        messages.error(request, "El archivo revisado ya no está. Elígelo de nuevo.")
        return redirect("inoperatividad:tipificaciones")
    nombre, datos = guardado
    filas, fallas = leer(datos, request.perfil.distribuidora)
    if fallas:  # the catalogue changed since the review
        messages.error(request, f"Ya no se puede importar. {fallas[0]}")
        return redirect("inoperatividad:tipificaciones")
    lote = hacer(filas, por=request.perfil, nombre=nombre, datos=datos)
    cache.delete(_cajon(request, clave))
    iguales = lote.filas - lote.nuevas - lote.cambiadas
    messages.success(
        request, f"Importaste {nombre}: {lote.nuevas} filas nuevas, {lote.cambiadas} cambiadas, {iguales} iguales."
    )
    return redirect("inoperatividad:tipificaciones")
