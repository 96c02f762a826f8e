"""The verbs of an issued document: issue it, make its file, try again."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portal import reloj
from portal.adjuntos.actions import guardar, vincular
from portal.adjuntos.nombres import limpiar
from portal.adjuntos.revision import ArchivoRechazado, Revisado
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso, siguiente_numero
from portal.encargos.models import Definitivo, Pasajero
from portal.encargos.reparto import repartir
from portal.historial.models import registrar
from portal.impresos import papel
from portal.impresos.models import Impreso
from portal.impresos.permissions import puede_reintentar
from portal.permisos import exigir

_al_estar_listo: dict[str, Callable[[Impreso], None]] = {}


def al_estar_listo(tipo: str, hacer: Callable[[Impreso], None]) -> None:
    """When the file of a document of `tipo` exists, `hacer` is called in the same transaction, seeing everything.

    For the notice that carries it; declared in `AppConfig.ready()`.
    """
    _al_estar_listo[tipo] = hacer


@transaction.atomic
def emitir(
    caso: Caso, *, tipo: str, titulo: str, plantilla: str, contexto: dict[str, Any], por: Perfil | None
) -> Impreso:
    """Issue a document about `caso`, whose company's number of this `tipo` and year it takes: call it last.

    `plantilla` extends `impresos/_marco.html` and is filled in here and now; the PDF follows after the commit, is
    tried again when it fails, and hangs on the event that the history gets here.
    """
    empresa = caso.distribuidora
    if empresa is None:
        raise ValueError("Un documento lo emite una empresa: el caso no tiene ninguna.")
    ahora = reloj.ahora()
    anio = reloj.hoy(empresa.zona_horaria).year
    correlativo = siguiente_numero(f"impresos.{empresa.pk}.{tipo}.{anio}")
    impreso = Impreso(
        caso=caso, distribuidora=empresa, tipo=tipo, titulo=titulo, anio=anio, correlativo=correlativo,
        emitido=ahora, por=por,
    )  # fmt: skip
    impreso.evento = registrar(caso, "documento_emitido", por=por, titulo=titulo, numero=impreso.numero)
    marco = {
        "impreso": impreso,
        "empresa": empresa,
        "qr": papel.qr(impreso.donde_se_verifica),
        "verificar_en": (settings.DIRECCION_PUBLICA + reverse("impresos:verificar")).partition("://")[2],
    }
    impreso.html = render_to_string(plantilla, contexto | marco)
    impreso.save(force_insert=True)
    repartir(impreso)
    return impreso


def hacer(impreso: Impreso) -> None:
    """Make the file and show it: row, file and whatever waited for it appear together."""
    try:
        datos = papel.pdf(impreso.html)
    except papel.SinPango as error:
        raise Definitivo(str(error)) from error
    sha256 = hashlib.sha256(datos).hexdigest()
    revisado = Revisado(limpiar(impreso.nombre, "pdf"), "pdf", len(datos), sha256, sha256, ContentFile(datos))
    with sin_ambito():
        try:
            guardado = guardar(revisado, por=impreso.por)
        except ArchivoRechazado as error:
            raise Pasajero("No se pudo guardar el archivo.") from error
        with transaction.atomic():
            adjunto = vincular(guardado, impreso.caso, tipo=impreso.tipo, por=impreso.por, evento=impreso.evento)
            impreso.terminar(adjunto=adjunto, sha256=sha256, html="")
            if despues := _al_estar_listo.get(impreso.tipo):
                despues(impreso)


@transaction.atomic
def reintentar(impreso: Impreso, *, por: Perfil) -> bool:
    """Make again the file that failed; False when it has not failed (any more)."""
    exigir(puede_reintentar(por, impreso))
    if not Impreso.todos().filter(pk=impreso.pk).reanudar():
        return False
    repartir(impreso)
    return True
