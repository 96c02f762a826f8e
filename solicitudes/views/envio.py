"""Filing: the four forms, their drafts and files (S-03 to S-08)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Adjunto
from portal.adjuntos.revision import revisar
from portal.documentos.models import Caso
from portal.permisos import con_permiso
from solicitudes import actions
from solicitudes.forms import SolicitudForm
from solicitudes.formularios import DOCUMENTOS, Formulario, TipoDocumento
from solicitudes.models import Borrador, Solicitud

_enviar = con_permiso("solicitudes.enviar_solicitud")
_POR_RUTA = {formulario.ruta: formulario for formulario in Formulario}


def _formulario(ruta: str) -> Formulario:
    try:
        return _POR_RUTA[ruta]
    except KeyError:
        raise Http404 from None


@_enviar
@require_safe
def nuevo(request: HttpRequest) -> HttpResponse:
    """**Nuevo Envío**: which of the four."""
    borradores = Borrador.objects.select_related("caso")
    return render(request, "solicitudes/nuevo.html", {"formularios": Formulario, "borradores": borradores})


@_enviar
@require_safe
def nueva(request: HttpRequest, ruta: str) -> HttpResponse:
    """An empty form; nothing is kept until it is sent or a file is chosen."""
    formulario = _formulario(ruta)
    return _pagina(request, formulario, uuid.uuid4(), SolicitudForm(formulario=formulario), None, {})


@_enviar
@require_http_methods(["GET", "HEAD", "POST"])
def borrador(request: HttpRequest, ruta: str, clave: uuid.UUID) -> HttpResponse:
    """A form being filled in: whatever is sent is kept before it is judged."""
    formulario = _formulario(ruta)
    if request.method != "POST":
        if (enviada := Solicitud.objects.filter(caso__clave=clave).first()) is not None:
            return redirect(enviada)
        guardado = get_object_or_404(Borrador, caso__clave=clave, formulario=formulario)
        return _pagina(request, formulario, clave, SolicitudForm(guardado.datos, formulario=formulario), guardado, {})
    form = SolicitudForm(request.POST, formulario=formulario)
    empezado = _empezar(request, formulario, clave)
    if empezado is None:
        return redirect(Solicitud.objects.get(caso__clave=clave))
    try:
        return _atender(request, empezado, form)
    except (Borrador.DoesNotExist, Solicitud.DoesNotExist):  # filed or thrown away meanwhile, as by a second click
        return redirect(get_object_or_404(Solicitud, caso__clave=clave))


def _atender(request: HttpRequest, guardado: Borrador, form: SolicitudForm) -> HttpResponse:
    """Keep words and files; then what the button says."""
    # PostgreSQL keeps no NUL; the form itself refuses it with a sentence.
    escrito = {n: request.POST.get(n, "").replace("\0", "") for n in form.fields}
    actions.guardar_borrador(guardado, por=request.perfil, datos=escrito)
    rechazos = _recibir_archivos(request, guardado)
    accion = request.POST.get("accion", "grabar")
    if accion.startswith("quitar:"):
        actions.quitar_documento(guardado, por=request.perfil, clave=accion.removeprefix("quitar:"))
    if accion == "grabar":
        return _grabar(request, guardado, form, rechazos)
    if accion == "guardar" and not rechazos:
        messages.success(request, "Guardamos tu borrador. Puedes seguir cuando quieras.")
        return redirect("inicio")
    return _pagina(request, form.formulario, guardado.caso.clave, _sin_juzgar(form), guardado, rechazos)


def _empezar(request: HttpRequest, formulario: Formulario, clave: uuid.UUID) -> Borrador | None:
    """The draft of this page, None when it was filed; 404 when it is somebody else's or another form's."""
    try:
        guardado = actions.empezar(formulario, por=request.perfil, clave=clave)
    except Caso.DoesNotExist:
        raise Http404 from None
    if guardado is not None and guardado.formulario != formulario:
        raise Http404
    return guardado


def _grabar(
    request: HttpRequest, guardado: Borrador, form: SolicitudForm, rechazos: dict[str, list[str]]
) -> HttpResponse:
    """File it if everything is right; otherwise say all that is wrong at once."""
    if form.is_valid() and not rechazos:
        try:
            solicitud = actions.enviar(guardado, por=request.perfil, **form.cleaned_data)
        except ValidationError as error:
            rechazos = {campo: list(mensajes) for campo, mensajes in error.message_dict.items()}
        else:
            messages.success(
                request,
                f"Recibimos tu {solicitud.get_formulario_display()}. Tu folio es {solicitud.folio}. "
                "Te enviamos una copia por correo.",
            )
            return redirect(solicitud)
    else:
        faltan = actions.documentos_que_faltan(
            guardado,
            actua_por_otro=form.cleaned_data.get("actua_por_otro", False),
            medidor_propio=form.cleaned_data.get("medidor_propio", False),
        )
        rechazos = {**{codigo: [texto] for codigo, texto in faltan.items()}, **rechazos}
    return _pagina(request, form.formulario, guardado.caso.clave, form, guardado, rechazos)


def _recibir_archivos(request: HttpRequest, guardado: Borrador) -> dict[str, list[str]]:
    """Check and keep each file by itself; the refusals by document."""
    rechazos: dict[str, list[str]] = {}
    for tipo in DOCUMENTOS[Formulario(guardado.formulario)]:
        for archivo in request.FILES.getlist(f"doc-{tipo.codigo}"):
            try:
                _recibir(request, guardado, tipo, archivo)
            except ValidationError as error:
                rechazos.setdefault(tipo.codigo, []).extend(error.messages)
    return rechazos


def _recibir(request: HttpRequest, guardado: Borrador, tipo: TipoDocumento, archivo: Any) -> Adjunto:
    revisado = revisar(archivo, formatos=tipo.formatos, maximo=tipo.maximo)
    archivo = guardar(revisado, por=request.perfil, tipo=tipo.codigo)
    return actions.adjuntar_documento(guardado, por=request.perfil, tipo=tipo, archivo=archivo)


def _sin_juzgar(form: SolicitudForm) -> SolicitudForm:
    """The same words without a verdict: nobody asked for one yet."""
    return SolicitudForm(initial={n: form.data.get(n) for n in form.fields}, formulario=form.formulario)


def _pagina(
    request: HttpRequest,
    formulario: Formulario,
    clave: uuid.UUID,
    form: SolicitudForm,
    guardado: Borrador | None,
    rechazos: dict[str, list[str]],
) -> HttpResponse:
    if form.is_bound and request.method != "POST":
        form = _sin_juzgar(form)
    contexto = {
        "formulario": formulario,
        "form": form,
        "borrador": guardado,
        "filas": filas(formulario, guardado, rechazos),
        "errores_de_archivos": [(f"doc-{codigo}", texto) for codigo, textos in rechazos.items() for texto in textos],
        "hay_errores": bool(rechazos),
        "destino": reverse("solicitudes:borrador", args=[formulario.ruta, clave]),
    }
    return render(request, "solicitudes/borrador.html", contexto)


def filas(formulario: Formulario, guardado: Borrador | None, rechazos: dict[str, list[str]]) -> list[dict[str, Any]]:
    """The rows of the document list: each document, what is kept of it, what was refused."""
    por_tipo: dict[str, list[Adjunto]] = {}
    for adjunto in guardado.caso.adjuntos.all() if guardado else []:
        por_tipo.setdefault(adjunto.tipo, []).append(adjunto)
    return [
        {
            "tipo": tipo,
            "adjuntos": por_tipo.get(tipo.codigo, []),
            "caben_mas": len(por_tipo.get(tipo.codigo, [])) < tipo.varios,
            "rechazos": rechazos.get(tipo.codigo, []),
        }
        for tipo in DOCUMENTOS[formulario]
    ]


@_enviar
@require_POST
def subir(request: HttpRequest, ruta: str, clave: uuid.UUID, codigo: str) -> HttpResponse:
    """One file, sent as soon as it is chosen; answers with its row."""
    formulario = _formulario(ruta)
    tipo = next((t for t in DOCUMENTOS[formulario] if t.codigo == codigo), None)
    if tipo is None:
        raise Http404
    guardado = _empezar(request, formulario, clave)
    if guardado is None:
        raise Http404
    rechazos: dict[str, list[str]] = {}
    for archivo in request.FILES.getlist(f"doc-{codigo}"):
        try:
            _recibir(request, guardado, tipo, archivo)
        except ValidationError as error:
            rechazos.setdefault(codigo, []).extend(error.messages)
        except Borrador.DoesNotExist:  # filed or thrown away meanwhile
            raise Http404 from None
    fila = next(f for f in filas(formulario, guardado, rechazos) if f["tipo"] is tipo)
    destino = reverse("solicitudes:borrador", args=[ruta, clave])
    return render(request, "solicitudes/_documento.html", {"fila": fila, "destino": destino})


@_enviar
@require_http_methods(["GET", "HEAD", "POST"])
def descartar(request: HttpRequest, ruta: str, clave: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    guardado = get_object_or_404(Borrador, caso__clave=clave, formulario=_formulario(ruta))
    if request.method == "POST":
        actions.descartar_borrador(guardado, por=request.perfil)
        messages.success(request, "Descartamos el borrador.")
        return redirect("inicio")
    return render(request, "solicitudes/descartar.html", {"borrador": guardado})
