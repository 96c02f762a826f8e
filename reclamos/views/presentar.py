"""Filing a complaint: which company, the form, its draft and its files (Q-01, Q-05)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.acceso import limites
from portal.acceso.adapter import error_de_limite
from portal.acceso.views import direccion_de
from portal.adjuntos.actions import guardar
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import con_llave
from portal.cuentas.models import Distribuidora
from portal.documentos.models import Caso
from portal.permisos import exigir, publica
from reclamos import permissions, puerta
from reclamos.actions import presentacion as actions
from reclamos.documentos import ACEPTA, FORMATOS, MAXIMO, VARIOS
from reclamos.forms.reclamo import ReclamoForm
from reclamos.models import Borrador, Materia, Reclamo
from reclamos.models.catalogo import empresas

DEMASIADOS = "Llegaron demasiados reclamos desde aquí."
DEMASIADOS_ARCHIVOS = "Subiste demasiados archivos."


def _empresa(codigo: str) -> Distribuidora:
    return get_object_or_404(empresas(), codigo=codigo)


@publica
@require_safe
def nuevo(request: HttpRequest) -> HttpResponse:
    """Which company; an agent has only one."""
    exigir(permissions.puede_presentar(request.perfil))
    if permissions.puede_ingresar(request.perfil):
        return redirect("reclamos:nueva", request.perfil.distribuidora.codigo)
    todas = list(empresas())
    if "empresa" in request.GET:
        if request.GET["empresa"] in {empresa.codigo for empresa in todas}:
            return redirect("reclamos:nueva", request.GET["empresa"])
        messages.error(request, "Elige una empresa de la lista.")
    borradores = Borrador.objects.select_related("caso", "distribuidora") if request.perfil else []
    return render(request, "reclamos/nuevo.html", {"empresas": todas, "borradores": borradores})


def _autorizar(request: HttpRequest, empresa: Distribuidora) -> None:
    """403 for who does not file; an agent files at the own company only."""
    exigir(permissions.puede_presentar(request.perfil))
    if permissions.puede_ingresar(request.perfil) and request.perfil.distribuidora_id != empresa.pk:
        raise Http404


@publica
@never_cache
@require_safe
def nueva(request: HttpRequest, empresa: str) -> HttpResponse:
    """An empty form; nothing is kept until it is sent or a file is chosen."""
    distribuidora, clave = _empresa(empresa), uuid.uuid4()
    _autorizar(request, distribuidora)
    if request.perfil is None:
        puerta.dar_llave(request.session, clave)
    form = ReclamoForm(distribuidora=distribuidora, autor=request.perfil)
    return _pagina(request, distribuidora, clave, form, None, [])


def _empezar(request: HttpRequest, distribuidora: Distribuidora, clave: uuid.UUID) -> Borrador | None:
    """The draft of this page, None when it was filed; 404 when it is somebody else's."""
    if request.perfil is None and not puerta.tiene_llave(request, clave):
        if puerta.existe(clave):
            raise Http404
        puerta.dar_llave(request.session, clave)
    try:
        return actions.empezar(distribuidora, por=request.perfil, clave=clave)
    except Caso.DoesNotExist:
        raise Http404 from None


def _borrador_de(request: HttpRequest, distribuidora: Distribuidora, clave: uuid.UUID) -> Borrador:
    with puerta.mirando(request):
        propios = Borrador.objects.select_related("caso", "distribuidora")
        return get_object_or_404(propios, caso__clave=clave, distribuidora=distribuidora)


@publica
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def borrador(request: HttpRequest, empresa: str, clave: uuid.UUID) -> HttpResponse:
    """A complaint being written: whatever is sent is kept before it is judged."""
    distribuidora = _empresa(empresa)
    _autorizar(request, distribuidora)
    if request.method != "POST":
        with puerta.mirando(request):
            if (enviado := Reclamo.objects.filter(caso__clave=clave).first()) is not None:
                return redirect(enviado)
        guardado = _borrador_de(request, distribuidora, clave)
        form = ReclamoForm(initial=guardado.datos, distribuidora=distribuidora, autor=request.perfil)
        with con_llave([clave]):
            return _pagina(request, distribuidora, clave, form, guardado, [])
    empezado = _empezar(request, distribuidora, clave)
    with con_llave([clave]):
        if empezado is None:
            return redirect(Reclamo.objects.get(caso__clave=clave))
        try:
            return _atender(request, empezado, clave)
        except (Borrador.DoesNotExist, Reclamo.DoesNotExist):  # filed or thrown away meanwhile
            return redirect(get_object_or_404(Reclamo, caso__clave=clave))


def _atender(request: HttpRequest, guardado: Borrador, clave: uuid.UUID) -> HttpResponse:
    """Keep words and files; then what the button says."""
    distribuidora, accion = guardado.distribuidora, request.POST.get("accion", "grabar")
    campos = [n for n in ReclamoForm.base_fields if n != "captcha"]
    escrito = {n: request.POST[n].replace("\0", "")[:8000] for n in campos if n in request.POST}
    actions.guardar_borrador(guardado, por=request.perfil, datos=escrito)
    rechazos = _recibir(request, guardado)
    if accion.startswith("quitar:"):
        actions.quitar_documento(guardado, por=request.perfil, clave=accion.removeprefix("quitar:"))
    if accion == "grabar":
        form = ReclamoForm(request.POST, distribuidora=distribuidora, autor=request.perfil)
        if not rechazos and form.is_valid() and (reclamo := _presentar(request, guardado, form)):
            return _recibido(request, reclamo)
    else:
        form = ReclamoForm(initial=escrito, distribuidora=distribuidora, autor=request.perfil)
        if accion == "guardar" and not rechazos:
            messages.success(request, "Guardamos tu borrador. Puedes seguir cuando quieras.")
    return _pagina(request, distribuidora, clave, form, guardado, rechazos)


def _presentar(request: HttpRequest, guardado: Borrador, form: ReclamoForm) -> Reclamo | None:
    """File it, if there were not too many from here; what is refused is said on the form."""
    persona = form.persona()
    topes = [(puerta.INGRESO_POR_DOCUMENTO, persona.documento)]
    if request.perfil is None:
        topes.append((puerta.INGRESO_POR_DIRECCION, limites.red(direccion_de(request))))
    if permissions.puede_ingresar(request.perfil):
        topes = []
    try:
        with limites.intento(*topes):
            return actions.presentar(
                guardado, por=request.perfil, persona=persona, contenido=form.contenido(), **form.de_donde()
            )
    except limites.Limitado as limitado:
        form.add_error(None, error_de_limite(limitado, DEMASIADOS))
    except ValidationError as error:
        for campo, textos in error.message_dict.items():
            form.add_error(campo if campo in form.fields else None, textos)
    return None


def _recibido(request: HttpRequest, reclamo: Reclamo) -> HttpResponse:
    que = f"El código es {reclamo.codigo}" if reclamo.codigo else f"El N° de ingreso es {reclamo.ingreso}"
    quien = "Recibimos tu reclamo" if not permissions.puede_ingresar(request.perfil) else "Quedó ingresado el reclamo"
    messages.success(request, f"{quien}. {que}. Enviamos una copia a {reclamo.correo}.")
    return redirect(reclamo)


def _recibir(request: HttpRequest, guardado: Borrador) -> list[str]:
    """Check and keep each file by itself; the refusals."""
    rechazos: list[str] = []
    for archivo in request.FILES.getlist("doc-documentos"):
        try:
            if request.perfil is None:
                with limites.intento((puerta.SUBIDA_POR_DIRECCION, limites.red(direccion_de(request)))):
                    pass
            revisado = revisar(archivo, formatos=FORMATOS, maximo=MAXIMO)
            actions.adjuntar_documento(guardado, por=request.perfil, archivo=guardar(revisado, por=request.perfil))
        except limites.Limitado as limitado:
            rechazos += error_de_limite(limitado, DEMASIADOS_ARCHIVOS).messages
        except ValidationError as error:
            rechazos += error.messages
    return rechazos


def _fila(guardado: Borrador | None, rechazos: list[str]) -> dict[str, Any]:
    adjuntos = list(guardado.caso.adjuntos.all()) if guardado else []
    return {"adjuntos": adjuntos, "rechazos": rechazos, "caben_mas": len(adjuntos) < VARIOS, "acepta": ACEPTA}


def _pagina(
    request: HttpRequest,
    distribuidora: Distribuidora,
    clave: uuid.UUID,
    form: ReclamoForm,
    guardado: Borrador | None,
    rechazos: list[str],
) -> HttpResponse:
    contexto = {
        "distribuidora": distribuidora,
        "form": form,
        "borrador": guardado,
        "fila": _fila(guardado, rechazos),
        "varios": VARIOS,
        "errores_de_archivos": [("doc-documentos", texto) for texto in rechazos],
        "hay_errores": bool(rechazos),
        "destino": reverse("reclamos:borrador", args=[distribuidora.codigo, clave]),
        "de_mostrador": form.de_mostrador,
        "no_reclamables": Materia.objects.de(distribuidora).no_reclamables(),
    }
    limitado = form.is_bound and form.has_error("__all__", code="limitado")
    return render(request, "reclamos/borrador.html", contexto, status=429 if limitado else 200)


@publica
@require_POST
def subir(request: HttpRequest, empresa: str, clave: uuid.UUID) -> HttpResponse:
    """Files sent as soon as they are chosen; answers with their row."""
    distribuidora = _empresa(empresa)
    _autorizar(request, distribuidora)
    guardado = _empezar(request, distribuidora, clave)
    if guardado is None:
        raise Http404
    with con_llave([clave]):
        try:
            rechazos = _recibir(request, guardado)
        except Borrador.DoesNotExist:
            raise Http404 from None
        destino = reverse("reclamos:borrador", args=[distribuidora.codigo, clave])
        contexto = {"fila": _fila(guardado, rechazos), "destino": destino}
        return render(request, "reclamos/_archivos.html", contexto)


@publica
@require_http_methods(["GET", "HEAD", "POST"])
def descartar(request: HttpRequest, empresa: str, clave: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    distribuidora = _empresa(empresa)
    _autorizar(request, distribuidora)
    guardado = _borrador_de(request, distribuidora, clave)
    if request.method == "POST":
        with con_llave([clave]):
            actions.descartar_borrador(guardado, por=request.perfil)
        messages.success(request, "Descartamos el borrador.")
        return redirect("reclamos:nuevo")
    return render(request, "reclamos/descartar.html", {"borrador": guardado})
