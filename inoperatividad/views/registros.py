"""Records: list, page, registering, closing, critical procedures (I-01 to I-08)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inoperatividad import permissions
from inoperatividad.acciones import acciones
from inoperatividad.actions import registro as actions
from inoperatividad.ahora import duracion
from inoperatividad.forms.registro import CerrarForm, CriticaForm, ErrorForm, PapelForm, RegistroForm, RegularizarForm
from inoperatividad.lista import COLUMNAS, COLUMNAS_CRITICAS, FiltroCriticas, FiltroRegistros
from inoperatividad.models import Critica, Registro, Suceso
from inoperatividad.permissions import CERRAR, PROBAR, REGISTRAR, VER
from inoperatividad.turno import turno_de
from inoperatividad.views.comun import LLENAR, Operacion, cargar, datos_de, intentar, operar, pagina
from portal.historial.relato import relato
from portal.listas.filtrada import ListaFiltrada
from portal.permisos import exigir

NO_ES = {  # what is asked first, and why it is no outage (I-03)
    "lento": (
        "Está lento o intermitente",
        "Si los sistemas demoran pero responden, se puede atender al cliente: no se registra.",
    ),
    "algunas": (
        "Falla solo en algunas PC",
        "Atiende en las PC que funcionan: mientras haya una operativa no se registra.",
    ),
    "equipo": (
        "Es una falla del equipo del cliente",
        "Las fallas de equipos terminales no se registran como inoperatividad.",
    ),
    "pago": ("El cliente quiere pagar", "Los pagos por el servicio no se registran como inoperatividad."),
    "deuda": ("El cliente quiere financiar su deuda", "El financiamiento de deuda no se registra."),
}


@pagina(VER)
def lista(request: HttpRequest) -> HttpResponse:
    """The records within reach, filtered by the address."""
    filtro = FiltroRegistros(request.GET)
    registros = filtro.aplicar().select_related("unidad", "consulta", "motivo").prefetch_related("aplicativos")
    propia = ListaFiltrada(request.GET, filtro, registros, COLUMNAS, "-correlativo", informe="inoperatividad_registros")
    return render(request, "inoperatividad/lista.html", {"lista": propia, "hay_errores": filtro.errors})


@pagina(REGISTRAR, PROBAR, metodos=LLENAR)
def registrar(request: HttpRequest) -> HttpResponse:
    """**Registro de Inoperatividad**: first whether it is one, then the form."""
    caso = request.GET.get("caso", "")
    if caso != "si":
        return render(request, "inoperatividad/es_inoperatividad.html", {"no_es": NO_ES, "elegido": NO_ES.get(caso)})
    marcado = request.GET.get("aplicativo", "")
    inicial = {"aplicativos": [int(marcado)]} if marcado.isascii() and marcado.isdigit() and len(marcado) < 10 else {}
    form = RegistroForm(datos_de(request), perfil=request.perfil, initial=inicial)
    return _registrar(request, form, "inoperatividad/registrar.html")


def _registrar(request: HttpRequest, form: RegistroForm, plantilla: str) -> HttpResponse:
    if request.method == "POST" and form.unidades and form.is_valid():
        registro = intentar(form, lambda: actions.registrar(por=request.perfil, **form.cleaned_data))
        if registro is not None:
            return redirect(reverse("inoperatividad:ver", args=[registro.correlativo], query={"nuevo": 1}))
    abiertos = Registro.objects.abiertos().filter(unidad__in=form.unidades) if len(form.unidades) == 1 else []
    return render(request, plantilla, {"form": form, "abiertos": abiertos})


@pagina(REGISTRAR, metodos=LLENAR)
def papel(request: HttpRequest) -> HttpResponse:
    """A record that was made on paper is brought into the portal (I-08)."""
    form = PapelForm(datos_de(request), request.FILES or None, perfil=request.perfil)
    return _registrar(request, form, "inoperatividad/papel.html")


@pagina(VER)
def ver(request: HttpRequest, correlativo: int) -> HttpResponse:
    """The page of a record."""
    registro = cargar(correlativo)
    contexto: dict[str, Any] = {
        "registro": registro,
        "duracion": duracion(registro.duracion),
        "acciones": acciones(request.perfil, registro),
        "turno": turno_de(registro, request.perfil),
        "criticas": registro.criticas.all(),
        "anota": permissions.es_responsable(request.perfil, registro) and registro.admite(Suceso.ANOTAR_CRITICA),
        "historia": relato(registro, request.perfil),
        "adjuntos": [a for a in registro.caso.adjuntos.all() if registro.puede_leer(request.perfil, a)],
        "nuevo": "nuevo" in request.GET,
        "regulariza": permissions.es_responsable(request.perfil, registro),
        "ve_reportes": request.perfil.tiene(permissions.REPORTES),
    }
    return render(request, "inoperatividad/ver.html", contexto)


@pagina(REGISTRAR, CERRAR, metodos=LLENAR)
def cerrar(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Service is back (I-06)."""
    registro = cargar(correlativo)
    exigir(permissions.puede_cerrar(request.perfil, registro))
    return operar(
        request,
        CerrarForm(datos_de(request), request.FILES or None, registro=registro),
        lambda datos: actions.cerrar(registro, por=request.perfil, **datos),
        Operacion(
            f"Cerrar el registro {correlativo}",
            f"{registro.que} en {registro.unidad}. Desde el cierre corre el plazo para reportarlo.",
            "Cerrar registro",
            registro.get_absolute_url(),
            volver_texto="Volver al registro",
        ),
        hecho=f"Cerraste el registro {correlativo}.",
    )


@pagina(REGISTRAR, CERRAR, metodos=LLENAR)
def cerrar_por_error(request: HttpRequest, correlativo: int) -> HttpResponse:
    """**Error de Usuario** (I-06)."""
    registro = cargar(correlativo)
    exigir(permissions.puede_cerrar_por_error(request.perfil, registro))
    con_sustento = permissions.es_responsable(request.perfil, registro)
    return operar(
        request,
        ErrorForm(datos_de(request), request.FILES or None, con_sustento=con_sustento),
        lambda datos: actions.cerrar_por_error(registro, por=request.perfil, **datos),
        Operacion(
            f"Cerrar el registro {correlativo} como Error de Usuario",
            "Fue un error o una prueba: queda descartado y no se reporta. No se puede deshacer.",
            "Cerrar como Error de Usuario",
            registro.get_absolute_url(),
            peligro=True,
            volver_texto="Volver al registro",
        ),
        hecho=f"El registro {correlativo} quedó descartado como Error de Usuario.",
    )


@pagina(REGISTRAR, metodos=LLENAR)
def critica(request: HttpRequest, correlativo: int) -> HttpResponse:
    """**Atención de Transacciones Críticas** (I-07)."""
    registro = cargar(correlativo)
    exigir(permissions.es_responsable(request.perfil, registro))
    return operar(
        request,
        CriticaForm(datos_de(request)),
        lambda datos: actions.anotar_critica(registro, por=request.perfil, **datos),
        Operacion(
            "Atención de Transacciones Críticas",
            "El bloqueo por robo o pérdida y los reclamos, apelaciones y quejas se atienden siempre. Anota lo que "
            "atendiste a mano: quedará por regularizar.",
            "Anotar",
            registro.get_absolute_url(),
            volver_texto="Volver al registro",
        ),
        hecho="Anotado. Regularízalo cuando vuelva el sistema.",
    )


@pagina(REGISTRAR)
def criticas(request: HttpRequest) -> HttpResponse:
    """What was attended by hand, at first what is not in the system yet (I-07)."""
    filtro = FiltroCriticas(request.GET)
    propia = ListaFiltrada(
        request.GET,
        filtro,
        filtro.aplicar().select_related("registro"),
        COLUMNAS_CRITICAS,
        "atendida",
        informe="inoperatividad_criticas",
    )
    return render(request, "inoperatividad/criticas.html", {"lista": propia, "hay_errores": filtro.errors})


@pagina(REGISTRAR, metodos=LLENAR)
def regularizar(request: HttpRequest, pk: int) -> HttpResponse:
    """It is in the system now."""
    una = get_object_or_404(Critica.objects.select_related("registro"), pk=pk)
    exigir(permissions.es_responsable(request.perfil, una.registro))
    return operar(
        request,
        RegularizarForm(datos_de(request)),
        lambda datos: actions.regularizar(una, por=request.perfil, **datos),
        Operacion(
            "Regularizar",
            f"{una}. {una.detalle}",
            "Regularizar",
            reverse("inoperatividad:criticas"),
            volver_texto="Volver a lo que falta",
        ),
        hecho="Regularizado.",
    )
