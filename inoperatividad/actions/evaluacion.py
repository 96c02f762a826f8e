"""The verbs of the evaluation: begun by Control e Información, answered by Mejora de Procesos, concluded (I-09)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from inoperatividad import avisos, permissions
from inoperatividad.cifras import comparaciones
from inoperatividad.models import Evaluacion, Registro, Suceso
from portal import reloj
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from portal.historial.models import registrar as anotar
from portal.permisos import exigir
from portal.plazos.actions import vencimiento

MATERIA_OPINION = "inoperatividad.opinion"


@transaction.atomic
def evaluar(registro: Registro, *, por: Perfil) -> Evaluacion:
    """Begin the evaluation of a closed record."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_evaluar(por, registro))
    registro.suceder(Suceso.EVALUAR)
    registro.save()
    anotar(registro.caso, "evaluacion_iniciada", por=por)
    return Evaluacion.objects.create(registro=registro, iniciada=reloj.ahora(), iniciada_por=por)


@transaction.atomic
def consultar(registro: Registro, *, por: Perfil) -> Evaluacion:
    """Ask Mejora de Procesos whether it proceeds; the answer is due within the term of the rule (24 hours)."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_evaluar(por, registro))
    registro.suceder(Suceso.CONSULTAR)
    evaluacion = registro.evaluacion
    if evaluacion.consultada:
        raise TransicionInvalida("Ya se consultó a Mejora de Procesos.")
    evaluacion.consultada = reloj.ahora()
    evaluacion.opinion_vence, evaluacion.regla = vencimiento(
        MATERIA_OPINION, distribuidora=registro.distribuidora, desde=evaluacion.consultada
    )
    evaluacion.save()
    anotar(registro.caso, "mejora_consultada", por=por)
    avisos.de_consulta(registro, evaluacion)
    return evaluacion


@transaction.atomic
def opinar(
    registro: Registro, *, por: Perfil, procede: bool, horario: str, opinion: str, menciones: int | None = None
) -> Evaluacion:
    """Mejora de Procesos answers: within the masiva's hours or not, what the networks said, whether it proceeds."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_opinar(por, registro))
    registro.suceder(Suceso.OPINAR)
    evaluacion = registro.evaluacion
    if not evaluacion.espera_opinion:
        raise TransicionInvalida(
            "Ya se opinó sobre este registro." if evaluacion.opinada else "Nadie ha pedido esta opinión."
        )
    evaluacion.procede, evaluacion.horario, evaluacion.opinion = procede, horario, opinion
    evaluacion.menciones = menciones
    evaluacion.opinada, evaluacion.opinada_por = reloj.ahora(), por
    evaluacion.save()
    anotar(registro.caso, "mejora_opino", por=por, comentario=opinion, que="procede" if procede else "no procede")
    avisos.de_opinion(registro, evaluacion)
    return evaluacion


@transaction.atomic
def concluir(
    registro: Registro, *, por: Perfil, reportar: bool, razon: str, tipificaciones: int | None = None,
    reclamos: int | None = None, ldr: int | None = None,
) -> Evaluacion:  # fmt: skip
    """The verdict, with its reason; the figures are kept as they stand now."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_evaluar(por, registro))
    registro.suceder(Suceso.CONCLUIR)
    evaluacion = registro.evaluacion
    if evaluacion.espera_opinion:
        raise ValidationError("Mejora de Procesos todavía no responde. Espera su opinión para concluir.")
    registro.save()
    evaluacion.tipificaciones, evaluacion.reclamos, evaluacion.ldr = tipificaciones, reclamos, ldr
    evaluacion.reportar, evaluacion.razon = reportar, razon
    evaluacion.concluida, evaluacion.concluida_por = reloj.ahora(), por
    evaluacion.cifras = [c.como_datos() for c in comparaciones(registro)]
    evaluacion.save()
    anotar(
        registro.caso, "evaluacion_concluida", por=por, comentario=razon,
        que="se debe reportar" if reportar else "no se debe reportar",
    )  # fmt: skip
    return evaluacion


@transaction.atomic
def reabrir(registro: Registro, *, por: Perfil, motivo: str) -> Evaluacion:
    """Take the verdict back, to give another one; not while the record is in a report."""
    registro = Registro.objects.bloquear(registro.pk)
    exigir(permissions.puede_evaluar(por, registro))
    registro.suceder(Suceso.REABRIR)
    if registro.reporte_id:
        raise TransicionInvalida(f"{registro} está en un reporte. Sácalo de ahí primero.")
    registro.save()
    evaluacion = registro.evaluacion
    evaluacion.reportar = evaluacion.concluida = evaluacion.concluida_por = None
    evaluacion.razon, evaluacion.cifras = "", []
    evaluacion.save()
    anotar(registro.caso, "evaluacion_reabierta", por=por, comentario=motivo)
    return evaluacion
