"""The evaluation (I-09): begun, asked about, answered, concluded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from inoperatividad import permissions
from inoperatividad.acciones import evaluacion_de
from inoperatividad.actions import evaluacion as actions
from inoperatividad.actions.registro import alertar_error as hacer_alerta
from inoperatividad.ahora import duracion
from inoperatividad.cifras import UNA_HORA, comparaciones, de_datos
from inoperatividad.forms.gestion import ConcluirForm, OpinarForm
from inoperatividad.forms.registro import TextoForm
from inoperatividad.models import Horario, Registro, Suceso
from inoperatividad.permissions import EVALUAR, OPINAR, VER
from inoperatividad.views.comun import (
    LLENAR,
    PRESIONAR,
    Operacion,
    cargar,
    datos_de,
    intentar,
    operar,
    pagina,
    presionar,
)
from portal.permisos import exigir


@pagina(EVALUAR, metodos=PRESIONAR)
def evaluar(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Begin it."""
    registro = cargar(correlativo)
    return presionar(
        request,
        lambda: actions.evaluar(registro, por=request.perfil),
        f"Iniciaste la evaluación del registro {correlativo}.",
        registro,
    )


@pagina(EVALUAR, metodos=PRESIONAR)
def consultar(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Ask Mejora de Procesos."""
    registro = cargar(correlativo)
    return presionar(
        request,
        lambda: actions.consultar(registro, por=request.perfil),
        "Consultaste a Mejora de Procesos. Te avisaremos cuando responda.",
        registro,
    )


def dentro(registro: Registro) -> str:
    """What criterion 1 is by the masiva's window; empty where there is none."""
    if registro.masiva is None or registro.masiva.declarada is None:
        return ""
    abarca = registro.masiva.abarca(registro.inicio, registro.fin or registro.inicio)
    return Horario.DENTRO if abarca else Horario.FUERA


@pagina(VER, metodos=LLENAR)
def evaluacion(request: HttpRequest, correlativo: int) -> HttpResponse:
    """The four criteria, and for Control e Información the verdict."""
    registro = cargar(correlativo)
    hecha = evaluacion_de(registro)
    if hecha is None:
        raise Http404
    evalua = permissions.puede_evaluar(request.perfil, registro)
    if request.method == "POST":
        exigir(evalua)
    cifras = de_datos(hecha.cifras) if hecha.concluida else comparaciones(registro)
    form = None
    if evalua and (registro.admite(Suceso.CONCLUIR) or request.method == "POST"):
        form = ConcluirForm(datos_de(request), comparaciones=cifras)
        if form.is_valid() and intentar(
            form, lambda: actions.concluir(registro, por=request.perfil, **form.cleaned_data)
        ):
            return redirect(registro)
    contexto = {
        "registro": registro,
        "evaluacion": hecha,
        "form": form,
        "cifras": cifras,
        "tipificaciones": [c for c in cifras if c.codigo == "tipificaciones"],
        "en_la_empresa": [c for c in cifras if c.codigo != "tipificaciones"],
        "duracion": duracion(registro.duracion),
        "mas_de_una_hora": registro.duracion > UNA_HORA,
        "dentro": Horario(dentro(registro)).label if dentro(registro) else "",
    }
    return render(request, "inoperatividad/evaluacion.html", contexto)


@pagina(OPINAR, metodos=LLENAR)
def opinar(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Mejora de Procesos answers."""
    registro = cargar(correlativo)
    ventana = "No cuelga de una falla masiva declarada."
    if registro.masiva and registro.masiva.declarada:
        ventana = f"Según la ventana de la {registro.masiva}: {Horario(dentro(registro)).label.lower()}."
    return operar(
        request,
        OpinarForm(datos_de(request), initial={"horario": dentro(registro)}),
        lambda datos: actions.opinar(registro, por=request.perfil, **datos),
        Operacion(
            f"¿Procede reportar el registro {correlativo}?",
            f"{registro.que} en {registro.unidad}. {ventana}",
            "Enviar opinión",
            registro.get_absolute_url(),
            volver_texto="Volver al registro",
        ),
        hecho="Enviaste tu opinión a Control e Información.",
    )


@pagina(EVALUAR, metodos=LLENAR)
def reabrir(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Take the verdict back."""
    registro = cargar(correlativo)
    return operar(
        request,
        TextoForm(datos_de(request), etiqueta="Motivo"),
        lambda datos: actions.reabrir(registro, por=request.perfil, motivo=datos["texto"]),
        Operacion(
            f"Volver a evaluar el registro {correlativo}",
            "El veredicto queda sin efecto hasta que des otro. El historial lo recuerda.",
            "Volver a evaluar",
            registro.get_absolute_url(),
            volver_texto="Volver al registro",
        ),
        hecho=f"El registro {correlativo} está otra vez en evaluación.",
        destino=reverse("inoperatividad:evaluacion", args=[correlativo]),
    )


@pagina(EVALUAR, metodos=LLENAR)
def alertar_error(request: HttpRequest, correlativo: int) -> HttpResponse:
    """Tell the channel about an operating error in its record."""
    registro = cargar(correlativo)
    return operar(
        request,
        TextoForm(datos_de(request), etiqueta="Qué está mal"),
        lambda datos: hacer_alerta(registro, por=request.perfil, mensaje=datos["texto"]),
        Operacion(
            f"Alertar un error en el registro {correlativo}",
            f"Lo recibe por correo el responsable de {registro.unidad}, y queda en el historial.",
            "Alertar",
            registro.get_absolute_url(),
            volver_texto="Volver al registro",
        ),
        hecho=f"Alertaste a {registro.unidad}.",
    )
