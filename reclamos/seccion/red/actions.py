"""The verbs of the register of network events: register, correct, annul."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal import reloj
from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida, siguiente_numero
from portal.historial.models import registrar
from portal.permisos import exigir
from reclamos.seccion.casos import tomar_caso
from reclamos.seccion.permissions import puede_cambiar_evento, puede_registrar_eventos
from reclamos.seccion.red.models import EventoRed, Suceso, Tipo

FUENTE = "fuente"
"""The `tipo` of the document that an event was taken from."""

ROTULOS = {
    "tipo": "Tipo de evento",
    "desde": "Desde",
    "hasta": "Hasta",
    "alimentador": "Alimentador",
    "subestacion": "Subestación",
    "zona": "Comuna o zona",
    "causa": "Causa",
    "fuente": "Documento de origen",
}


@dataclass(frozen=True)
class Datos:
    """What is known of an event."""

    tipo: str
    desde: datetime
    hasta: datetime | None
    causa: str
    fuente: str
    alimentador: str = ""
    subestacion: str = ""
    zona: str = ""


@transaction.atomic
def registrar_evento(*, por: Perfil, clave: UUID, datos: Datos, archivo: Guardado) -> EventoRed:
    """Put an event into the register, with the document that says so; sent twice with one `clave`, it is one."""
    exigir(puede_registrar_eventos(por))
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - who may register has one
    caso = tomar_caso(clave, de=EventoRed, empresa=empresa)
    if caso.numero is not None:
        return EventoRed.objects.get(pk=caso.pk)
    _comprobar(datos)
    anio = reloj.hoy(empresa.zona_horaria).year
    evento = EventoRed(caso=caso, distribuidora=empresa, anio=anio, creado_por=por, creado=caso.creado, **vars(datos))
    hecho = registrar(caso, "evento_red_registrado", por=por, tipo=evento.get_tipo_display())
    vincular(archivo, caso, tipo=FUENTE, por=por, evento=hecho)
    evento.correlativo = siguiente_numero(f"seccion.{empresa.pk}.evento_red.{anio}")
    evento.save(force_insert=True)
    caso.numero = f"ER-{anio}-{evento.correlativo}-{empresa.pk}"
    caso.save(update_fields=["numero"])
    return evento


@transaction.atomic
def corregir_evento(
    evento: EventoRed, *, por: Perfil, datos: Datos, motivo: str, archivo: Guardado | None = None
) -> EventoRed:
    """Change what is known of an event; the history keeps what it said. ValidationError, TransicionInvalida.

    The days of the claims that point at it stay inside.
    """
    evento = EventoRed.objects.bloquear(evento.pk)
    exigir(puede_cambiar_evento(por, evento))
    evento.suceder(Suceso.CORREGIR)
    _comprobar(datos)
    cambios = [
        f"{rotulo}: {_dicho(antes)} → {_dicho(valor)}"
        for campo, rotulo in ROTULOS.items()
        if (antes := getattr(evento, campo)) != (valor := getattr(datos, campo))
    ]
    if not cambios and archivo is None:
        raise ValidationError("No cambiaste nada.")
    for campo, valor in vars(datos).items():
        setattr(evento, campo, valor)
    for reclamo in evento.reclamos.vigentes():
        if not evento.toca(date.fromisoformat(reclamo.datos["ocurrio"])):
            raise ValidationError(f"{reclamo} lo invoca por un daño de otro día: corrige primero ese reclamo.")
    evento.save()
    hecho = registrar(evento.caso, "evento_red_corregido", por=por, comentario="\n".join([motivo, *cambios]))
    if archivo is not None:
        vincular(archivo, evento.caso, tipo=FUENTE, por=por, evento=hecho)
    return evento


@transaction.atomic
def anular_evento(evento: EventoRed, *, por: Perfil, motivo: str) -> EventoRed:
    """Take an event out of what can be chosen, its number kept; refused while a claim points at it."""
    evento = EventoRed.objects.bloquear(evento.pk)
    exigir(puede_cambiar_evento(por, evento))
    evento.suceder(Suceso.ANULAR)
    if invocado := [str(reclamo) for reclamo in evento.reclamos.vigentes().order_by("pk")]:
        raise TransicionInvalida(f"No se puede anular: lo invocan {', '.join(invocado)}.")
    evento.save()
    registrar(evento.caso, "evento_red_anulado", por=por, comentario=motivo)
    return evento


def _comprobar(datos: Datos) -> None:
    """What no event can be."""
    if datos.desde > reloj.ahora():
        raise ValidationError({"desde": "Todavía no llega. Escribe cuándo empezó."})
    if datos.hasta and datos.hasta < datos.desde:
        raise ValidationError({"hasta": "Es anterior a «Desde». Corrige una de las dos."})
    if datos.hasta and datos.hasta > reloj.ahora():
        raise ValidationError({"hasta": "Todavía no llega. Déjalo vacío si el evento sigue."})
    if not (datos.alimentador or datos.subestacion or datos.zona):
        raise ValidationError({"alimentador": "Escribe dónde fue: el alimentador, la subestación o la comuna o zona."})


def _dicho(valor: datetime | str | None) -> str:
    if isinstance(valor, datetime):
        return f"{timezone.localtime(valor):%d-%m-%Y %H:%M}"
    return dict(Tipo.choices).get(valor, valor) or "—"  # type: ignore[arg-type]
