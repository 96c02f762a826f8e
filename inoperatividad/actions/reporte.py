"""The verbs of the official report: chosen, proposed, approved by two, sent and from then on frozen (I-10)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from inoperatividad import avisos, permissions
from inoperatividad.formato_oficial import filas_de
from inoperatividad.models import Registro, Reporte, Suceso, SucesoReporte
from portal import reloj
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso, siguiente_numero
from portal.historial.models import registrar as anotar
from portal.permisos import exigir


@transaction.atomic
def consolidar(*, por: Perfil, registros: Iterable[Registro]) -> Reporte:
    """A new report with the chosen records; its term is the earliest of theirs."""
    exigir(por.tiene(permissions.EVALUAR))
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - agents have a company, the database says so
    elegidos = _tomar(registros)
    caso = Caso.objects.create(tipo=Reporte._meta.label_lower, titular=por, distribuidora=empresa)
    numero = siguiente_numero(f"inoperatividad.reporte.{empresa.pk}")
    caso.numero = f"{empresa.codigo}-{numero}"
    caso.save(update_fields=["numero"])
    reporte = Reporte.objects.create(
        caso=caso, distribuidora=empresa, numero=numero, creado=reloj.ahora(), creado_por=por
    )
    _poner(reporte, elegidos)
    anotar(caso, "reporte_consolidado", por=por, cuantos=len(elegidos))
    return reporte


@transaction.atomic
def cambiar(reporte: Reporte, *, por: Perfil, registros: Iterable[Registro]) -> Reporte:
    """Choose again, while it is a draft."""
    reporte = Reporte.objects.bloquear(reporte.pk)
    exigir(permissions.puede_evaluar(por, reporte))
    reporte.suceder(SucesoReporte.CAMBIAR)
    reporte.registros.update(reporte=None)
    elegidos = _tomar(registros)
    _poner(reporte, elegidos)
    anotar(reporte.caso, "reporte_cambiado", por=por, cuantos=len(elegidos))
    return reporte


def _tomar(registros: Iterable[Registro]) -> list[Registro]:
    """Those records, locked; all must still be reportable."""
    claves = [r.pk for r in registros]
    tomados = list(Registro.objects.select_for_update(of=("self",)).reportables().filter(pk__in=claves))
    if not claves or len(tomados) != len(claves):
        raise ValidationError({"registros": "Elige registros evaluados que se deban reportar y no estén en otro."})
    return tomados


def _poner(reporte: Reporte, registros: list[Registro]) -> None:
    Registro.objects.filter(pk__in=[r.pk for r in registros]).update(reporte=reporte)
    reporte.vence = min((r.vence for r in registros if r.vence), default=None)
    reporte.save()


@transaction.atomic
def proponer(reporte: Reporte, *, por: Perfil) -> Reporte:
    """Ask manager and director for their approval."""
    reporte = Reporte.objects.bloquear(reporte.pk)
    exigir(permissions.puede_evaluar(por, reporte))
    reporte.suceder(SucesoReporte.PROPONER)
    reporte.save()
    anotar(reporte.caso, "reporte_propuesto", por=por)
    avisos.de_aprobacion(reporte)
    return reporte


@transaction.atomic
def aprobar(reporte: Reporte, *, por: Perfil) -> Reporte:
    """Approve as manager or as director; whoever is both at once, as deputy, approves as one of them only."""
    reporte = Reporte.objects.bloquear(reporte.pk)
    exigir(permissions.puede_aprobar(por, reporte))
    if reporte.admite(SucesoReporte.APROBAR):
        if por.pk in (reporte.gerencia_por_id, reporte.direccion_por_id):
            raise ValidationError("Ya aprobaste este reporte: la otra aprobación es de otra persona.")
        if por.tiene(permissions.GERENCIA) and reporte.gerencia is None:
            reporte.gerencia, reporte.gerencia_por, como = reloj.ahora(), por, "la gerencia"
        elif por.tiene(permissions.DIRECCION) and reporte.direccion is None:
            reporte.direccion, reporte.direccion_por, como = reloj.ahora(), por, "la dirección"
        else:
            raise ValidationError("Tu parte ya fue aprobada por otra persona.")
        completo = reporte.gerencia is not None and reporte.direccion is not None
        reporte.suceder(SucesoReporte.COMPLETAR if completo else SucesoReporte.APROBAR)
        reporte.save()
        anotar(reporte.caso, "reporte_aprobado", por=por, como=como)
        if completo:
            _mover(reporte, Suceso.APROBAR)
            avisos.de_aprobado(reporte)
        return reporte
    reporte.suceder(SucesoReporte.APROBAR)
    return reporte


def _mover(reporte: Reporte, suceso: Suceso) -> None:
    """Let `suceso` happen to each record of the report."""
    for registro in reporte.registros.select_for_update(of=("self",)):
        registro.suceder(suceso)
        registro.save(update_fields=["estado"])


@transaction.atomic
def observar(reporte: Reporte, *, por: Perfil, motivo: str) -> Reporte:
    """Send it back to Control e Información with what is wrong; both approvals are void."""
    reporte = Reporte.objects.bloquear(reporte.pk)
    exigir(permissions.puede_aprobar(por, reporte))
    aprobado = reporte.estado == Reporte.Estado.APROBADO
    reporte.suceder(SucesoReporte.OBSERVAR)
    reporte.gerencia = reporte.gerencia_por = reporte.direccion = reporte.direccion_por = None
    reporte.save()
    if aprobado:
        _mover(reporte, Suceso.RETIRAR)
    anotar(reporte.caso, "reporte_observado", por=por, comentario=motivo)
    avisos.de_observado(reporte, motivo)
    return reporte


@transaction.atomic
def enviar(reporte: Reporte, *, por: Perfil) -> Reporte:
    """It went to Regulatorio: what it says is kept cell by cell and never changes."""
    reporte = Reporte.objects.bloquear(reporte.pk)
    exigir(permissions.puede_evaluar(por, reporte))
    reporte.suceder(SucesoReporte.ENVIAR)
    reporte.filas = filas_de(reporte)
    reporte.enviado = reloj.ahora()
    reporte.save()
    _mover(reporte, Suceso.REPORTAR)
    anotar(reporte.caso, "reporte_enviado", por=por, cuantos=len(reporte.filas))
    return reporte
