"""Importing users: the template, a dry run, and then all of it or nothing (A-08)."""

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.acceso.importacion import actions, planilla
from portal.permisos import con_permiso

_administrar = con_permiso("cuentas.administrar_usuarios")
_SAL = "portal.acceso.importacion"
VIGENCIA = 3600  # seconds from the dry run until it must be run again
EJEMPLOS = (
    "12.345.678-5|Ana María|Soto Rojas|ana@empresa.cl|Distribuidora|ENEL||tramitador; validador de pagos||",
    "11.111.111-1|Luis|Pérez Díaz|luis@empresa.cl|Agente|ANDE|Atención al Cliente|agente|2026-01-01|2026-12-31",
)


class PlanillaForm(forms.Form):
    """The file with the users."""

    archivo = forms.FileField(
        label="Planilla",
        help_text="XLSX o CSV, con los títulos de la plantilla. Hasta 500 filas y 1 MB.",
        error_messages={"required": "Elige la planilla.", "empty": "El archivo está vacío."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        if archivo := datos.get("archivo"):
            try:
                datos["filas"] = planilla.leer(archivo, tuple(actions.CAMPOS))
            except ValidationError as error:
                self.add_error("archivo", error)
        return datos


@_administrar
@require_http_methods(["GET", "HEAD", "POST"])
def importar(request: HttpRequest) -> HttpResponse:
    """Choose the file; what is in it is tried, and shown, before anything is kept."""
    form = PlanillaForm(request.POST or None, request.FILES or None)
    contexto: dict[str, Any] = {"form": form, "columnas": actions.CAMPOS}
    if request.method == "POST" and form.is_valid():
        filas = form.cleaned_data["filas"]
        resultado = actions.probar(filas, por=request.perfil)
        contexto |= {"resultado": resultado, "hay_errores": resultado.errores}
        if not resultado.errores:
            contexto["probada"] = signing.dumps([request.perfil.pk, filas], salt=_SAL, compress=True)
    return render(request, "usuarios/importar.html", contexto)


@_administrar
@require_POST
def grabar(request: HttpRequest) -> HttpResponse:
    """Keep what was tried, as it was signed then."""
    try:
        de_quien, filas = signing.loads(request.POST.get("probada", ""), salt=_SAL, max_age=VIGENCIA)
    except signing.BadSignature:
        de_quien, filas = None, []
    if de_quien != request.perfil.pk:
        messages.error(request, "Esa prueba ya no vale. Elige la planilla otra vez.")
        return redirect("usuarios:importar")
    try:
        resultado = actions.importar([(linea, celdas) for linea, celdas in filas], por=request.perfil)
    except actions.HayErrores as error:  # something changed since the dry run
        contexto = {"form": PlanillaForm(), "columnas": actions.CAMPOS, "resultado": error.resultado}
        return render(request, "usuarios/importar.html", contexto | {"hay_errores": True})
    cuentas = resultado.cuentas
    messages.success(
        request,
        f"Importamos {resultado.total} filas: {cuentas['nuevos']} personas nuevas, {cuentas['agregados']} perfiles "
        f"agregados, {cuentas['cambiados']} cambiados y {cuentas['iguales']} que ya estaban así.",
    )
    return redirect("usuarios:lista")


@_administrar
@require_safe
def plantilla(request: HttpRequest) -> HttpResponse:
    """An empty spreadsheet with its headings and two examples."""
    libro = Workbook()
    hoja = libro.worksheets[0]
    hoja.title = "Usuarios"
    for fila in (list(actions.CAMPOS), *(ejemplo.split("|") for ejemplo in EJEMPLOS)):
        hoja.append(fila)
    for celda, titulo in zip(hoja[1], actions.CAMPOS, strict=True):
        celda.font = Font(bold=True)
        hoja.column_dimensions[celda.column_letter].width = max(16, len(titulo) + 4)
    hoja.freeze_panes = "A2"
    salida = io.BytesIO()
    libro.save(salida)
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    cabeceras = {"Content-Disposition": 'attachment; filename="usuarios.xlsx"'}
    return HttpResponse(salida.getvalue(), content_type=tipo, headers=cabeceras)
