"""**Fallas masivas**: alerted by points, declared and ended by Fallas, their records closed by Soporte (I-05)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inoperatividad import permissions
from inoperatividad.acciones import acciones_de_masiva
from inoperatividad.actions import masiva as actions
from inoperatividad.actions.registro import cerrar_los_de
from inoperatividad.ahora import duracion
from inoperatividad.forms.gestion import CerrarRegistrosForm, MasivaForm, TerminarForm
from inoperatividad.forms.registro import TextoForm
from inoperatividad.lista import COLUMNAS_MASIVAS, FiltroMasivas
from inoperatividad.permissions import CERRAR, MASIVAS, REGISTRAR, VER
from inoperatividad.views.comun import LLENAR, Operacion, cargar_masiva, datos_de, operar, pagina
from portal.historial.relato import relato
from portal.listas.filtrada import ListaFiltrada


@pagina(VER)
def lista(request: HttpRequest) -> HttpResponse:
    """All of the company, newest first."""
    filtro = FiltroMasivas(request.GET)
    masivas = filtro.aplicar().prefetch_related("aplicativos")
    propia = ListaFiltrada(request.GET, filtro, masivas, COLUMNAS_MASIVAS, "-inicio", informe="inoperatividad_masivas")
    contexto = {
        "lista": propia,
        "hay_errores": filtro.errors,
        "declara": permissions.puede_gestionar_masivas(request.perfil),
        "alerta": request.perfil.tiene(REGISTRAR),
    }
    return render(request, "inoperatividad/masivas.html", contexto)


@pagina(VER)
def ver(request: HttpRequest, numero: int) -> HttpResponse:
    """The page of a masiva, with the records within reach that hang on it."""
    masiva = cargar_masiva(numero)
    contexto = {
        "masiva": masiva,
        "duracion": duracion(masiva.duracion),
        "acciones": acciones_de_masiva(request.perfil, masiva),
        "registros": masiva.registros.select_related("unidad", "consulta").order_by("-correlativo")[:100],
        "historia": relato(masiva, request.perfil),
    }
    return render(request, "inoperatividad/masiva.html", contexto)


@pagina(REGISTRAR, metodos=LLENAR)
def alertar(request: HttpRequest) -> HttpResponse:
    """A point found one and no customer waits: alert without a record."""

    def hacer(datos):
        return actions.alertar(por=request.perfil, detalle=datos.pop("causa"), **datos)

    return operar(
        request,
        MasivaForm(datos_de(request), etiqueta="Qué se observa"),
        hacer,
        Operacion(
            "Alertar una falla masiva",
            "El buzón Fallas de Sistemas y Plataforma la confirma o la descarta. Si hay un cliente con un trámite "
            "regulado, haz el Registro de Inoperatividad: alerta por ti.",
            "Alertar",
            reverse("inoperatividad:ahora"),
        ),
        hecho="Avisamos a Fallas de Sistemas y Plataforma.",
    )


@pagina(MASIVAS, metodos=LLENAR)
def declarar(request: HttpRequest) -> HttpResponse:
    """Fallas declares one by itself."""
    return operar(
        request,
        MasivaForm(datos_de(request)),
        lambda datos: actions.declarar(por=request.perfil, **datos),
        Operacion(
            "Declarar Falla Masiva",
            "Se avisa a todos los puntos y a Soporte Postventa. Los registros de estos aplicativos quedarán bajo ella.",
            "Declarar",
            reverse("inoperatividad:masivas"),
        ),
        hecho="Declaraste la falla masiva. Avisamos a los puntos y a Soporte Postventa.",
    )


@pagina(MASIVAS, metodos=LLENAR)
def confirmar(request: HttpRequest, numero: int) -> HttpResponse:
    """Fallas makes an alert formal."""
    masiva = cargar_masiva(numero)
    return operar(
        request,
        MasivaForm(datos_de(request), masiva=masiva),
        lambda datos: actions.confirmar(masiva, por=request.perfil, **datos),
        Operacion(
            f"Declarar la {masiva}",
            "Corrige los aplicativos y el inicio si hace falta. Se avisa a todos los puntos.",
            "Declarar",
            masiva.get_absolute_url(),
            volver_texto="Volver a la alerta",
        ),
        hecho=f"Declaraste la {masiva}.",
    )


@pagina(MASIVAS, metodos=LLENAR)
def descartar(request: HttpRequest, numero: int) -> HttpResponse:
    """The alert is no masiva."""
    masiva = cargar_masiva(numero)
    return operar(
        request,
        TextoForm(datos_de(request), etiqueta="Motivo"),
        lambda datos: actions.descartar(masiva, por=request.perfil, motivo=datos["texto"]),
        Operacion(
            f"Descartar la {masiva}",
            "No es una falla masiva. Quien alertó recibe el motivo. No se puede deshacer.",
            "Descartar",
            masiva.get_absolute_url(),
            peligro=True,
            volver_texto="Volver a la alerta",
        ),
        hecho=f"Descartaste la {masiva}.",
    )


@pagina(MASIVAS, metodos=LLENAR)
def terminar(request: HttpRequest, numero: int) -> HttpResponse:
    """Service is back."""
    masiva = cargar_masiva(numero)
    return operar(
        request,
        TerminarForm(datos_de(request), initial={"causa": masiva.causa}),
        lambda datos: actions.terminar(masiva, por=request.perfil, **datos),
        Operacion(
            f"Terminar la {masiva}",
            "Soporte Postventa recibe el aviso para cerrar los registros que cuelgan de ella.",
            "Terminar",
            masiva.get_absolute_url(),
            volver_texto="Volver a la falla",
        ),
        hecho=f"Terminaste la {masiva}. Avisamos a Soporte Postventa.",
    )


@pagina(CERRAR, metodos=LLENAR)
def cerrar_registros(request: HttpRequest, numero: int) -> HttpResponse:
    """Soporte closes all that hang on an ended masiva."""
    masiva = cargar_masiva(numero)
    abiertos = list(masiva.registros.por_cerrar(masiva.fin).select_related("unidad", "consulta")) if masiva.fin else []
    return operar(
        request,
        CerrarRegistrosForm(datos_de(request), initial={"origen": masiva.causa}),
        lambda datos: cerrar_los_de(masiva, por=request.perfil, **datos),
        Operacion(
            f"Cerrar los registros de la {masiva}",
            f"Se cierran {len(abiertos)}, con el fin de la falla. Después corre el plazo para reportarlos.",
            "Cerrar registros",
            masiva.get_absolute_url(),
            volver_texto="Volver a la falla",
        ),
        hecho=f"Cerraste los registros de la {masiva}.",
        registros=abiertos,
    )
