"""What a duty refuses beyond its fields: (route, event) → a rule that raises ValidationError, in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from reclamos.seccion.estados import Estado, Suceso
from reclamos.seccion.models import Asunto
from reclamos.seccion.red.models import EventoRed, EventoRedQuerySet

Valores = dict[str, Any]
Regla = Callable[[Asunto, Valores, list[Valores]], None]


def _modificacion(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if any(r["antes"].strip() == r["despues"].strip() for r in renglones):
        raise ValidationError("El valor nuevo es igual al actual. Escribe qué cambia, o deja la línea en blanco.")


def _acuerdo(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if not 1 <= valores["cuotas"] <= 120:
        raise ValidationError({"cuotas": "Las cuotas van de 1 a 120."})
    if (valores.get("entrega") or 0) >= valores["monto"]:
        raise ValidationError({"entrega": "La entrega inicial debe ser menor que la deuda."})


def _certificado(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if (valores["deuda"] == "si") != bool(valores.get("monto")):
        raise ValidationError({"monto": "Escribe el monto si registra deuda, y solo entonces."})


def del_dia_del_dano(asunto: Asunto) -> EventoRedQuerySet:
    """The network events that may be behind a damage: those that touch its day."""
    return EventoRed.objects.del_dia(date.fromisoformat(asunto.datos["ocurrio"]), asunto.distribuidora)


def _evento(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """Locked until the end: an event that is being annulled is not chosen meanwhile."""
    elegido = valores["evento"]
    if elegido and not del_dia_del_dano(asunto).select_for_update(of=("self",)).filter(pk=elegido.pk).exists():
        raise ValidationError({"evento": f"{elegido} no es un evento del día del daño. Elige de la lista."})


def _peritar(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """The network is not the cause by no event at all."""
    _evento(asunto, valores, renglones)
    if valores["causa"] == "red" and not valores["evento"] and not valores.get("evento_dicho"):
        raise ValidationError(
            {"evento_dicho": "La avería se explica por la red: elige el evento, o escribe qué se sabe de él."}
        )


def _decidir(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """Each appliance gets a decision that fits its amount; the case's amount is their sum."""
    if asunto.sesion is None or asunto.sesion.estado != Estado.CONVOCADA:
        raise ValidationError("La sesión todavía no está convocada: el Comité decide en sesión.")
    total = Decimal(0)
    for renglon, dado in zip(asunto.renglones.all(), renglones, strict=True):
        nombre, pagar = renglon.datos["artefacto"], dado.get("pagar") or Decimal(0)
        if (dado["decision"] == "no_procede") == bool(pagar):
            raise ValidationError(f"{nombre}: escribe el monto si procede, y solo entonces.")
        if pagar > Decimal(renglon.datos["valor"]):
            raise ValidationError(f"{nombre}: el monto es mayor que el valor declarado.")
        total += pagar
    asunto.monto = total


def _con_pago(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if not asunto.monto:
        raise ValidationError("No hay nada que pagar: archívalo sin pago.")


def _sin_pago(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if asunto.monto:
        raise ValidationError(f"El Comité concedió {asunto.importe}: propón el pago.")


def _celebrar(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    agenda = list(asunto.agenda.all())
    if not agenda:
        raise ValidationError("La sesión no tiene reclamos en el orden del día.")
    if faltan := [str(a) for a in agenda if a.estado == Estado.EN_COMITE]:
        raise ValidationError(f"Falta decidir: {', '.join(faltan)}.")


def _todo_llego(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if any(r["llego"] == "no" for r in renglones):
        raise ValidationError("Algo no llegó: regístralo con «Registrar una recepción con faltantes».")


def _algo_falta(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if all(r["llego"] == "si" for r in renglones):
        raise ValidationError("Todo llegó: regístralo con «Registrar la recepción».")


REGISTRAR = "registrar"
_REGLAS: dict[tuple[str, str], Regla] = {
    ("modificacion", REGISTRAR): _modificacion,
    ("acuerdo", REGISTRAR): _acuerdo,
    ("certificado", Suceso.EMITIR): _certificado,
    ("artefactos", Suceso.ANALIZAR): _evento,
    ("artefactos", Suceso.PERITAR): _peritar,
    ("artefactos", Suceso.DECIDIR): _decidir,
    ("artefactos", Suceso.PROPONER): _con_pago,
    ("artefactos", Suceso.ARCHIVAR): _sin_pago,
    ("sesion", Suceso.CELEBRAR): _celebrar,
    ("remision", Suceso.RECIBIR): _todo_llego,
    ("remision", Suceso.OBSERVAR): _algo_falta,
    ("remision", Suceso.COMPLETAR): _todo_llego,
}


def comprobar(asunto: Asunto, que: str, valores: Valores, renglones: list[Valores]) -> None:
    """Raise ValidationError where the duty refuses `que`."""
    if regla := _REGLAS.get((asunto.clase, que)):
        regla(asunto, valores, renglones)
