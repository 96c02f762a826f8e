"""Changing a rule, and letting go of what the rules no longer keep. The history is never among it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, Subquery

from portal import reloj
from portal.conservacion.clases import de
from portal.conservacion.models import Pasada, ReglaDeConservacion
from portal.conservacion.permissions import puede_editar
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.encargos.reparto import repartir
from portal.historial.models import registrar
from portal.mirada import sin_pared
from portal.permisos import exigir

LOTE = 500
"""Rows of one transaction."""
CUENTA_HASTA = 10_000
"""Rows that a preview counts; above, «más de 10.000»."""


@transaction.atomic
def cambiar(
    regla: ReglaDeConservacion,
    *,
    por: Perfil,
    cantidad: int,
    unidad: str,
    norma: str,
    verificado: bool,
    nota: str,
    activa: bool,
) -> ReglaDeConservacion:
    """Say how long a kind of data is kept, by which norm, and whether the rule is on."""
    exigir(puede_editar(por))
    regla = ReglaDeConservacion.objects.select_for_update().get(pk=regla.pk)
    antes = como_esta(regla)
    regla.cantidad, regla.unidad, regla.norma = cantidad, unidad, norma
    regla.verificado, regla.nota, regla.activa = verificado, nota, activa
    regla.full_clean()
    regla.save()
    cambios = [[r, antes[r], valor] for r, valor in como_esta(regla).items() if valor != antes[r]]
    if cambios:
        registrar(None, "conservacion_cambiada", por=por, objeto=objeto(regla), cambios=cambios)
    return regla


def objeto(regla: ReglaDeConservacion) -> str:
    """Under which name the history keeps its changes."""
    return f"conservacion:{regla.clase}"


def como_esta(regla: ReglaDeConservacion) -> dict[str, str]:
    """What a rule says, in words."""
    return {
        "Se conservan": regla.plazo,
        "Encendida": "Sí" if regla.activa else "No",
        "Norma": regla.norma,
        "Verificado": "Sí" if regla.verificado else "No",
        "Nota": regla.nota,
    }


def vencimiento(clase: str, *, desde: datetime) -> datetime | None:
    """When data of that kind whose fact is at `desde` may be let go of; None: no rule says so."""
    regla = ReglaDeConservacion.objects.filter(clase=clase, activa=True).first()
    return regla.hasta(desde) if regla else None


class _Cuantas(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) cuantas)"
    output_field = IntegerField()
    empty_result_set_value = 0


@sin_pared()
def contar(reglas: list[ReglaDeConservacion]) -> dict[int, int]:
    """How many rows each of `reglas` would let go of now, on or off, up to one more than CUENTA_HASTA; one query."""
    cuentas: dict[str, Any] = {}
    for regla in reglas:
        vencidas = de(regla.clase).vencidas(regla.limite).order_by().values("pk")
        cuentas[f"de_{regla.pk}"] = _Cuantas(vencidas[: CUENTA_HASTA + 1])
    fila: Any = ReglaDeConservacion.objects.order_by().values(**cuentas)[:1].get() if cuentas else {}
    return {regla.pk: fila[f"de_{regla.pk}"] for regla in reglas}


def en_palabras(cuantas: int) -> str:
    """«1.240», «más de 10.000»."""
    escrita = f"{min(cuantas, CUENTA_HASTA):,}".replace(",", ".")
    return f"más de {escrita}" if cuantas > CUENTA_HASTA else escrita


def programar() -> list[Pasada]:
    """Today's passes of the rules that are on, each made once."""
    hoy = reloj.hoy()
    pasadas = []
    for regla in ReglaDeConservacion.objects.filter(activa=True):
        pasada, nueva = Pasada.objects.get_or_create(regla=regla, dia=hoy)
        if nueva:
            repartir(pasada)
        pasadas.append(pasada)
    return pasadas


def pasar(pasada: Pasada) -> None:
    """Let go of all that the rule no longer keeps. Each batch and its count are one transaction: who dies goes on.

    The rule is read again before each batch, so that switching it off stops it.
    """
    with sin_ambito():
        while _lote(pasada):
            pass
    with transaction.atomic():
        pasada.terminar()
        if pasada.borradas:
            clase = de(pasada.regla.clase)
            registrar(
                None,
                "conservacion_aplicada",
                por=None,
                clase=clase.codigo,
                nombre=clase.nombre,
                cuantas=pasada.borradas,
            )


@transaction.atomic
def _lote(pasada: Pasada) -> int:
    """One batch, locked, judged under the lock and let go of; how many rows."""
    regla = ReglaDeConservacion.objects.get(pk=pasada.regla_id)
    if not regla.activa:
        return 0
    clase = de(regla.clase)
    vencidas = clase.vencidas(regla.limite).order_by()
    claves = [fila.pk for fila in vencidas.only("pk").select_for_update(of=("self",))[:LOTE]]
    if claves:
        clase.borrar(vencidas.model._base_manager.filter(pk__in=claves))
        pasada.renovar(borradas=pasada.borradas + len(claves))
    return len(claves)
