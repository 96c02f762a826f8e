"""The appeal and the queja: filed, forwarded, decided (Q-04)."""

from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso, TransicionInvalida, siguiente_numero
from portal.historial.models import registrar
from portal.mirada import sin_pared
from portal.permisos import exigir
from portal.plazos.actions import vencimiento
from reclamos.avisos import avisar_a_quien_reclama, dia_en_palabras
from reclamos.models import Reclamo, Recurso, Resultado, Suceso
from reclamos.models.recurso import Decision, SucesoRecurso
from reclamos.permissions import puede_decidir, puede_tramitar, reclama

SERIES = {Recurso.Clase.APELACION: "A", Recurso.Clase.QUEJA: "Q"}


@transaction.atomic
def apelar(reclamo: Reclamo, *, por: Perfil | None, motivo: str, archivo: Guardado | None = None) -> Recurso:
    """Appeal against the answer, once, within its term."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(reclama(por, reclamo))
    if reclamo.resultado == Resultado.FUNDADO:
        raise TransicionInvalida("No se puede apelar: el reclamo fue fundado.")
    if reclamo.apelar_hasta and reloj.ahora() > reclamo.apelar_hasta:
        raise TransicionInvalida(f"El plazo para apelar terminó el {dia_en_palabras(reclamo, reclamo.apelar_hasta)}.")
    reclamo.suceder(Suceso.APELAR)
    reclamo.save(update_fields=["estado"])
    return _presentar(reclamo, Recurso.Clase.APELACION, por, motivo, archivo)


@transaction.atomic
def quejarse(reclamo: Reclamo, *, por: Perfil | None, motivo: str, archivo: Guardado | None = None) -> Recurso:
    """A queja about how the complaint is handled, from the day that is shown; one at a time."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(reclama(por, reclamo))
    reclamo.suceder(Suceso.QUEJARSE)
    if reclamo.queja_desde is None or reloj.ahora() < reclamo.queja_desde:
        cuando = f": desde el {dia_en_palabras(reclamo, reclamo.queja_desde)}" if reclamo.queja_desde else ""
        raise TransicionInvalida(f"Todavía no se puede presentar una queja{cuando}.")
    if reclamo.recursos.filter(clase=Recurso.Clase.QUEJA).pendientes().exists():
        raise TransicionInvalida("Ya hay una queja en trámite por este reclamo.")
    return _presentar(reclamo, Recurso.Clase.QUEJA, por, motivo, archivo)


@sin_pared()  # nobody holds the appeal's own key yet
def _presentar(
    reclamo: Reclamo, clase: Recurso.Clase, por: Perfil | None, motivo: str, archivo: Guardado | None
) -> Recurso:
    ahora = reloj.ahora()
    hasta, regla = vencimiento(f"reclamos.{clase}.elevar", distribuidora=reclamo.distribuidora, desde=ahora)
    caso = Caso.objects.create(
        tipo=Recurso._meta.label_lower,
        titular=reclamo.solicitante,
        distribuidora=reclamo.distribuidora,
        unidad=reclamo.unidad,
        creado=ahora,
    )
    caso.numero = f"{SERIES[clase]}{siguiente_numero(f'reclamos.{clase}'):06d}"
    caso.save(update_fields=["numero"])
    recurso = Recurso.objects.create(
        caso=caso,
        reclamo=reclamo,
        clase=clase,
        numero=caso.numero,
        motivo=motivo,
        presentado=ahora,
        elevar_hasta=hasta,
        regla_elevar=regla,
    )
    evento = registrar(caso, "recurso_presentado", por=por, clase=clase.label, numero=recurso.numero)
    if archivo:
        vincular(archivo, caso, tipo="recurso", por=por, evento=evento)
    avisar_a_quien_reclama(reclamo, "recurso_presentado", recurso=recurso, clase=clase.label.lower())
    return recurso


def _bloquear(recurso: Recurso) -> Recurso:
    """The appeal with its complaint, both locked, the complaint first."""
    reclamo = Reclamo.objects.bloquear(recurso.reclamo_id)
    recurso = Recurso.objects.bloquear(recurso.pk)
    recurso.reclamo = reclamo
    return recurso


@transaction.atomic
def elevar(recurso: Recurso, *, por: Perfil, informe: Guardado | None = None, comentario: str = "") -> Recurso:
    """The company forwards it to the second instance with what it has to say."""
    recurso = _bloquear(recurso)
    exigir(puede_tramitar(por, recurso.reclamo))
    recurso.suceder(SucesoRecurso.ELEVAR)
    recurso.elevado = reloj.ahora()
    recurso.decidir_hasta, recurso.regla_decidir = vencimiento(
        f"reclamos.{recurso.clase}.decidir", distribuidora=recurso.reclamo.distribuidora, desde=recurso.elevado
    )
    recurso.save()
    evento = registrar(
        recurso.caso,
        "recurso_elevado",
        por=por,
        comentario=comentario,
        clase=recurso.get_clase_display(),
        numero=recurso.numero,
    )
    if informe:
        vincular(informe, recurso.caso, tipo="informe", por=por, evento=evento)
    return recurso


@transaction.atomic
def decidir(
    recurso: Recurso, *, por: Perfil, decision: Decision, resolucion: Guardado, comentario: str = ""
) -> Recurso:
    """The second instance decides; of an appeal, the complaint ends with it."""
    recurso = _bloquear(recurso)
    exigir(puede_decidir(por, recurso))
    recurso.suceder(SucesoRecurso.DECIDIR)
    recurso.decidido, recurso.decision = reloj.ahora(), Decision(decision)
    recurso.save()
    reclamo = recurso.reclamo
    if recurso.clase == Recurso.Clase.APELACION:
        reclamo.suceder(Suceso.RESOLVER_APELACION)
        reclamo.save(update_fields=["estado"])
    etiqueta = Decision(decision).label
    evento = registrar(
        recurso.caso,
        "recurso_decidido",
        por=por,
        comentario=comentario,
        clase=recurso.get_clase_display(),
        numero=recurso.numero,
        decision=etiqueta,
    )
    adjunto = vincular(resolucion, recurso.caso, tipo="decision", por=por, evento=evento)
    avisar_a_quien_reclama(
        reclamo,
        "recurso_decidido",
        recurso=recurso,
        comentario=comentario,
        adjuntos=[adjunto],
        clase=recurso.get_clase_display().lower(),
        decision=etiqueta.lower(),
        boton="Ver la resolución",
    )
    return recurso
