"""**Reporte de Eventos de Inoperatividad de los Sistemas de Atención** (I-10)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inoperatividad.acciones import acciones_de_reporte
from inoperatividad.actions import reporte as actions
from inoperatividad.formato_oficial import FORMATO, filas_de, leer
from inoperatividad.forms.gestion import SeleccionForm
from inoperatividad.forms.registro import TextoForm
from inoperatividad.lista import COLUMNAS_REPORTES, FiltroReportes
from inoperatividad.models import Registro
from inoperatividad.pendientes import plazo_del_reporte
from inoperatividad.permissions import DIRECCION, EVALUAR, GERENCIA, REPORTES
from inoperatividad.turno import turno_de_reporte
from inoperatividad.views.comun import (
    LLENAR,
    PRESIONAR,
    Operacion,
    cargar_reporte,
    datos_de,
    operar,
    pagina,
    presionar,
)
from portal.historial.relato import relato
from portal.listas.filtrada import ListaFiltrada


@pagina(REPORTES)
def lista(request: HttpRequest) -> HttpResponse:
    """All reports of the company."""
    filtro = FiltroReportes(request.GET)
    reportes = filtro.aplicar().select_related("distribuidora")
    propia = ListaFiltrada(
        request.GET, filtro, reportes, COLUMNAS_REPORTES, "-numero", informe="inoperatividad_reportes"
    )
    contexto = {
        "lista": propia,
        "hay_errores": filtro.errors,
        "filas": [(r, plazo_del_reporte(r)) for r in propia.pagina.object_list],
        "consolida": request.perfil.tiene(EVALUAR),
        "reportables": Registro.objects.reportables().count(),
    }
    return render(request, "inoperatividad/reportes.html", contexto)


@pagina(REPORTES)
def ver(request: HttpRequest, numero: int) -> HttpResponse:
    """What it says, as it goes into the spreadsheet; who approved it; what comes next."""
    reporte = cargar_reporte(numero)
    contexto = {
        "reporte": reporte,
        "columnas": [celda.columna.titulo for celda in FORMATO],
        "filas": leer(reporte.filas if reporte.enviado else filas_de(reporte)),
        "acciones": acciones_de_reporte(request.perfil, reporte),
        "turno": turno_de_reporte(reporte, request.perfil),
        "informe": f"{reverse('informes:pedir', args=['inoperatividad_reporte'])}?numero={numero}",
        "historia": relato(reporte, request.perfil),
    }
    return render(request, "inoperatividad/reporte.html", contexto)


@pagina(EVALUAR, metodos=LLENAR)
def consolidar(request: HttpRequest) -> HttpResponse:
    """Choose what is reported together; error and test never stand here."""
    return operar(
        request,
        SeleccionForm(datos_de(request)),
        lambda datos: actions.consolidar(por=request.perfil, **datos),
        Operacion(
            "Consolidar un reporte",
            "Registros evaluados que se deben reportar. Los de error o prueba no se reportan.",
            "Consolidar",
            reverse("inoperatividad:reportes"),
            volver_texto="Volver a los reportes",
        ),
        hecho="Consolidaste el reporte. Revísalo y pide la aprobación.",
    )


@pagina(EVALUAR, metodos=LLENAR)
def cambiar(request: HttpRequest, numero: int) -> HttpResponse:
    """Choose again."""
    reporte = cargar_reporte(numero)
    return operar(
        request,
        SeleccionForm(datos_de(request), reporte=reporte),
        lambda datos: actions.cambiar(reporte, por=request.perfil, **datos),
        Operacion(
            f"Cambiar la selección del reporte {numero}",
            "Los registros que saques podrán ir en otro reporte.",
            "Grabar",
            reporte.get_absolute_url(),
            volver_texto="Volver al reporte",
        ),
        hecho=f"Cambiaste el reporte {numero}.",
    )


@pagina(EVALUAR, metodos=PRESIONAR)
def proponer(request: HttpRequest, numero: int) -> HttpResponse:
    """Ask for the approvals."""
    reporte = cargar_reporte(numero)
    return presionar(
        request,
        lambda: actions.proponer(reporte, por=request.perfil),
        "Pediste la aprobación a la gerencia y la dirección.",
        reporte,
    )


@pagina(GERENCIA, DIRECCION, metodos=PRESIONAR)
def aprobar(request: HttpRequest, numero: int) -> HttpResponse:
    """Approve as what one is."""
    reporte = cargar_reporte(numero)
    return presionar(
        request, lambda: actions.aprobar(reporte, por=request.perfil), f"Aprobaste el reporte {numero}.", reporte
    )


@pagina(GERENCIA, DIRECCION, metodos=LLENAR)
def observar(request: HttpRequest, numero: int) -> HttpResponse:
    """Send it back with a reason."""
    reporte = cargar_reporte(numero)
    return operar(
        request,
        TextoForm(datos_de(request), etiqueta="Motivo"),
        lambda datos: actions.observar(reporte, por=request.perfil, motivo=datos["texto"]),
        Operacion(
            f"Observar el reporte {numero}",
            "Vuelve a Control e Información y las aprobaciones que tenga quedan sin efecto.",
            "Observar",
            reporte.get_absolute_url(),
            peligro=True,
            volver_texto="Volver al reporte",
        ),
        hecho=f"Observaste el reporte {numero}.",
    )


@pagina(EVALUAR, metodos=LLENAR)
def enviar(request: HttpRequest, numero: int) -> HttpResponse:
    """It was sent: freeze it."""
    reporte = cargar_reporte(numero)
    return operar(
        request,
        forms.Form(datos_de(request)),
        lambda datos: actions.enviar(reporte, por=request.perfil),
        Operacion(
            f"Marcar el reporte {numero} como enviado",
            "Confirmas que el Excel se envió a Regulatorio. Desde ahora su contenido no cambia. No se puede deshacer.",
            "Marcar como enviado",
            reporte.get_absolute_url(),
            volver_texto="Volver al reporte",
        ),
        hecho=f"El reporte {numero} quedó enviado y congelado.",
    )
