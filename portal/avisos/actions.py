"""Writing notices, and sending again those that failed."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from portal.adjuntos.models import Adjunto
from portal.avisos import fuente, lenguaje
from portal.avisos.fuente import partir
from portal.avisos.models import Aviso, MensajePropio
from portal.avisos.permissions import puede_modificar, puede_reenviar
from portal.avisos.redaccion import redactar, vigente
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso
from portal.encargos.reparto import repartir
from portal.historial.models import registrar
from portal.mirada import sin_pared
from portal.permisos import exigir


@transaction.atomic
def avisar(
    caso: Caso | None,
    plantilla: str,
    *,
    para: Iterable[tuple[str, Perfil | None]],
    contexto: dict[str, Any],
    adjuntos: Iterable[Adjunto] = (),
    clave: str = "",
) -> list[Aviso]:
    """Write one notice for each distinct address, in the caller's transaction; it is sent after the commit.

    Besides the template's own values `contexto` may hold `saludo` (a first name), `plazo_texto` (a sentence, its
    **date** marked so), `boton` (text, path), `datos` (pairs label, value) and `motivo` («porque enviaste la solicitud
    YN194»). Empty addresses are passed over. What has a `clave` is said once to each address, however often it is
    asked for and by however many at once.
    """
    adjuntos = list(adjuntos)
    escritos = []
    for direccion, perfil in _distintas(para):
        unica = f"{clave}:{direccion.casefold()}" if clave else None
        if unica and _dicho(unica):
            continue
        mensaje = redactar(plantilla, contexto=contexto, caso=caso, perfil=perfil)
        aviso = Aviso(
            caso=caso,
            plantilla=plantilla,
            clave=unica,
            perfil=perfil,
            para=direccion,
            asunto=mensaje.asunto,
            texto=mensaje.texto,
            html=mensaje.html,
        )
        if not _escribir(aviso, adjuntos):
            continue
        repartir(aviso)
        escritos.append(aviso)
    return escritos


@sin_pared()
def _dicho(clave: str) -> bool:
    return Aviso.todos().filter(clave=clave).exists()


@sin_pared()  # what tells somebody of their account is written while nobody looks, or somebody else does
def _escribir(aviso: Aviso, adjuntos: list[Adjunto]) -> bool:
    """Write the row; False when what has this key was said already, or is being said by somebody else."""
    try:
        with transaction.atomic():
            aviso.save(force_insert=True)
            aviso.adjuntos.add(*adjuntos)
    except IntegrityError:
        if aviso.clave is None:
            raise
        return False
    return True


@transaction.atomic
def reenviar(aviso: Aviso, *, por: Perfil) -> bool:
    """Send a failed notice again; False when it has not failed (any more)."""
    exigir(puede_reenviar(por))
    if not Aviso.todos().filter(pk=aviso.pk).reanudar():
        return False
    registrar(aviso.caso, "aviso_reenviado", por=por, aviso=aviso.pk)
    repartir(aviso)
    return True


@transaction.atomic
def reenviar_fallidos(*, por: Perfil) -> int:
    """Send every failed notice again, little by little, as the sweep comes by; how many they are."""
    exigir(puede_reenviar(por))
    cuantos = Aviso.todos().reanudar()
    if cuantos:
        registrar(None, "avisos_reenviados", por=por, cantidad=cuantos)
    return cuantos


@transaction.atomic
def modificar(plantilla: str, *, por: Perfil, texto: str) -> None:
    """Write `texto` in place of a notice's text (R-04). PlantillaMalEscrita when it may not stand there."""
    exigir(puede_modificar(por))
    lenguaje.revisar(texto, fuente.original(plantilla))
    antes = vigente(plantilla)
    if antes.strip() == texto.strip():
        return
    MensajePropio.objects.update_or_create(plantilla=plantilla, defaults={"fuente": texto})
    _anotar("mensaje_cambiado", plantilla, por, antes, texto)


@transaction.atomic
def restaurar(plantilla: str, *, por: Perfil) -> bool:
    """Go back to the original; False when it was in force already."""
    exigir(puede_modificar(por))
    antes = vigente(plantilla)
    if not MensajePropio.objects.filter(plantilla=plantilla).delete()[0]:
        return False
    _anotar("mensaje_restaurado", plantilla, por, antes, fuente.original(plantilla))
    return True


@transaction.atomic
def probar(plantilla: str, *, por: Perfil, texto: str, contexto: dict[str, Any], caso: Caso | None = None) -> Aviso:
    """Send `texto` to oneself, whether or not it is saved, as it would be for `caso` or for an example."""
    exigir(puede_modificar(por))
    lenguaje.revisar(texto, fuente.original(plantilla))
    mensaje = redactar(plantilla, contexto=contexto, caso=caso, perfil=por, texto=texto)
    aviso = Aviso(
        plantilla=plantilla,
        perfil=por,
        para=por.usuario.email,
        asunto=f"[Prueba] {mensaje.asunto}"[:200],
        texto=mensaje.texto,
        html=mensaje.html,
    )
    aviso.save(force_insert=True)
    repartir(aviso)
    return aviso


def vaciar(avisos: QuerySet[Aviso], *, con: str) -> None:
    """Take out who they went to and what they said; `con` stands there instead."""
    avisos.update(para="", clave=None, asunto=con, texto=con, html="", error="")


def objeto(plantilla: str) -> str:
    """Under which name the history keeps its changes."""
    return f"mensaje:{plantilla}"


def _anotar(hecho: str, plantilla: str, por: Perfil, antes: str, despues: str) -> None:
    viejo, nuevo = partir(antes), partir(despues)
    cambios = [
        [rotulo, getattr(viejo, parte), getattr(nuevo, parte)]
        for rotulo, parte in (("Asunto", "asunto"), ("Título", "titulo"), ("Texto", "cuerpo"))
        if getattr(viejo, parte) != getattr(nuevo, parte)
    ]
    registrar(None, hecho, por=por, objeto=objeto(plantilla), cambios=cambios)


def _distintas(para: Iterable[tuple[str, Perfil | None]]) -> list[tuple[str, Perfil | None]]:
    """Each address once, whatever its case, with a profile if one of its mentions has one."""
    juntas: dict[str, tuple[str, Perfil | None]] = {}
    for direccion, perfil in para:
        direccion = direccion.strip().replace("\x00", "")[:254]
        if direccion:
            clave = direccion.casefold()
            antes = juntas.get(clave, (direccion, None))
            juntas[clave] = (antes[0], antes[1] or perfil)
    return list(juntas.values())
