"""What a duty refuses beyond its fields: (route, event) → a rule that raises ValidationError, in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from portal.sgc.puerto import buscar_suministro
from reclamos.seccion.estados import Estado, Suceso
from reclamos.seccion.models import Asunto, llano
from reclamos.seccion.red.models import EventoRed, EventoRedQuerySet

Valores = dict[str, Any]
Regla = Callable[[Asunto, Valores, list[Valores]], None]


def _modificacion(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if any(r["antes"].strip() == r["despues"].strip() for r in renglones):
        raise ValidationError("El valor nuevo es igual al actual. Escribe qué cambia, o deja la línea en blanco.")


def _verificacion(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """The result is what the comparison says."""
    difieren = any(r["sgc"].strip() != r["contrato"].strip() for r in renglones)
    if difieren != (valores["resultado"] == "corregir"):
        dicho = "no coincide con el contrato" if difieren else "coincide en todo con el contrato"
        raise ValidationError({"resultado": f"Lo que escribiste del SGC {dicho}: revisa el resultado."})


def _corregido(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """What was found wrong in a contract does not end without its correction."""
    if (
        asunto.datos["resultado"] == "corregir"
        and not asunto.derivados.vigentes().filter(clase="modificacion").exists()
    ):
        raise ValidationError("Hay datos por corregir: registra antes la modificación, a partir de este asunto.")


def _orden(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if bool(valores.get("procedencia")) != bool(valores.get("referencia")):
        raise ValidationError({"referencia": "Si viene de otra sección, escribe la sección y el N° de su reclamo."})


def _expediente(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if valores["procedencia"] == "dependencia" and not valores.get("dependencia"):
        raise ValidationError({"dependencia": "Escribe qué dependencia lo envía."})


def _contrato(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    if valores["movimiento"] == "baja" and not valores.get("nis"):
        raise ValidationError({"nis": "Para dar de baja escribe el NIS."})


def _facturar(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """Who says to be the holder is the one that the commercial system has."""
    suministro = buscar_suministro(asunto.distribuidora, asunto.nis)
    if valores["pide"] == "titular" and suministro and llano(suministro.titular.documento) != llano(asunto.documento):
        raise ValidationError(
            {"pide": "El SGC tiene otro titular con otro documento: revisa el N°, o pide la autorización del titular."}
        )


def _memorandum(asunto: Asunto, valores: Valores, renglones: list[Valores]) -> None:
    """It says that the bonus was processed in the commercial system."""
    if asunto.lote is None or asunto.lote.cargado is None:
        raise ValidationError(f"El {str(asunto.lote).lower()} todavía no consta como cargado en el SGC.")


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
    ("ot", REGISTRAR): _orden,
    ("expediente", REGISTRAR): _expediente,
    ("contrato", REGISTRAR): _contrato,
    ("facturar", REGISTRAR): _facturar,
    ("verificacion", Suceso.RESOLVER): _verificacion,
    ("verificacion", Suceso.ARCHIVAR): _corregido,
    ("ot", Suceso.REVISAR): _corregido,
    ("bonificacion", Suceso.EMITIR): _memorandum,
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
