"""A person's right to their data: all of it in one file, and its erasure when no law asks to keep it any more.

What happened stays (the history holds references and no personal data); who it was, and the words, go. Each domain
says in its `AppConfig.ready()` what of a person is still under way (`impedimento`): that is settled first.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import models, transaction

from portal import reloj
from portal.adjuntos.models import Adjunto, Guardado
from portal.avisos.actions import vaciar
from portal.avisos.models import Aviso
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil, Usuario
from portal.documentos.models import Caso
from portal.encargos.models import Encargo
from portal.historial.models import Comentario, registrar

BORRADO = "[borrado a pedido de la persona]"
RESERVADOS = {"password", "arriendo"}
_impedimentos: list[Callable[[Usuario], str]] = []


class NoSePuede(Exception):
    """Something of the person is still under way; the text says what."""


def impedimento(mirar: Callable[[Usuario], str]) -> None:
    """`mirar(usuario)` gives a sentence while the person's data are still needed, and nothing when they are not."""
    _impedimentos.append(mirar)


def exportar(usuario: Usuario, destino: Path) -> int:
    """Write all that the person gave or did, with the own cases and their files, as a ZIP; how many rows."""
    with sin_ambito(), zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as archivo:
        destino.chmod(0o600)
        datos = {tabla: filas for tabla, filas in _filas(usuario) if filas}
        archivo.writestr("datos.json", json.dumps(datos, ensure_ascii=False, indent=1))
        for adjunto in Adjunto.objects.filter(caso__titular__usuario=usuario).exclude(archivo=""):
            with adjunto.abrir() as contenido:
                archivo.writestr(f"archivos/{adjunto.pk}.{adjunto.formato}", contenido.read())
        registrar(None, "datos_exportados", por=None, usuario=usuario.pk)
    return sum(len(filas) for filas in datos.values())


@transaction.atomic
def borrar(usuario: Usuario) -> None:
    """Erase who the person is and what they wrote; NoSePuede while something is under way. There is no way back."""
    if frases := [frase for mirar in _impedimentos if (frase := mirar(usuario))]:
        raise NoSePuede(" ".join(frases))
    with sin_ambito():
        Comentario.objects.filter(evento__perfil__usuario=usuario).update(texto=BORRADO)
        avisos = Aviso.todos().filter(perfil__usuario=usuario)
        avisos.abiertos().update(estado=Encargo.Estado.CANCELADO, arriendo=None, terminado=reloj.ahora())
        vaciar(avisos, con=BORRADO)
        Guardado.objects.filter(perfil__usuario=usuario).delete()
        Perfil.objects.filter(usuario=usuario).update(activo=False)
        usuario.identificador, usuario.email = f"borrado-{usuario.pk}", ""
        usuario.nombres, usuario.apellidos, usuario.is_active = "Persona", "borrada", False
        usuario.set_unusable_password()  # ends every session too
        usuario.save()
        registrar(None, "persona_borrada", por=None, usuario=usuario.pk)


def _filas(usuario: Usuario) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows by model: those that name the person or one of their profiles, and the documents of their own cases."""
    perfiles = list(Perfil.objects.filter(usuario=usuario).values_list("pk", flat=True))
    casos = list(Caso.objects.filter(titular__in=perfiles).values_list("pk", flat=True))
    yield "cuentas.usuario", _serializar(Usuario._base_manager.filter(pk=usuario.pk))
    for modelo in _propios():
        condicion = models.Q()
        for campo in modelo._meta.concrete_fields:
            if campo.related_model is Usuario:
                condicion |= models.Q(**{campo.attname: usuario.pk})
            elif campo.related_model is Perfil:
                condicion |= models.Q(**{f"{campo.attname}__in": perfiles})
            elif campo.related_model is Caso and (campo.primary_key or modelo is Adjunto):
                condicion |= models.Q(**{f"{campo.attname}__in": casos})
        if condicion:
            yield modelo._meta.label_lower, _serializar(modelo._base_manager.filter(condicion))
    comentarios = Comentario._base_manager.filter(evento__perfil__in=perfiles)
    yield Comentario._meta.label_lower, _serializar(comentarios)


def _propios() -> list[type[models.Model]]:
    raices = {"portal", *settings.DOMINIOS}
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in raices]


def _serializar(filas: models.QuerySet[Any]) -> list[dict[str, Any]]:
    modelo = filas.model
    campos = [c.name for c in (*modelo._meta.fields, *modelo._meta.many_to_many) if c.name not in RESERVADOS]
    return json.loads(serializers.serialize("json", filas.order_by("pk"), fields=campos))
