"""The verbs of attending clients. Each is the only writer of what it changes: state and history, in one transaction."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from gestiones.models import (
    Borrador,
    Cierre,
    Designacion,
    DesignacionQuerySet,
    Gestion,
    GestionQuerySet,
    Horario,
    Preferencial,
    Renglon,
    Suceso,
    Tipo,
    mes_de,
)
from gestiones.permissions import designacion_de_hoy, dirige, puede_cargar, puede_corregir, puede_revisar
from portal import reloj
from portal.cuentas import documento as documentos
from portal.cuentas.models import Perfil, Unidad
from portal.documentos.models import Caso, TransicionInvalida, siguiente_numero
from portal.historial.models import registrar
from portal.permisos import exigir
from portal.plazos.calendario import dia_local

SERIE = "gestiones.gestion"
SIN_DEFINIR = (
    "Hoy no estás entre los funcionarios que atienden. Pide a tu Jefe de Unidad que te defina como permanente o de "
    "apoyo; lo que escribiste queda guardado."
)


@dataclass(frozen=True)
class Datos:
    """What an officer says of an attended client; the reference is as the commercial system knows it."""

    tipo_documento: str
    documento: str
    clase: str
    referencia: str
    titular: str
    tension: str
    verificada: bool
    tipo: int
    preferencial: str = ""
    observacion: str = ""


def _revisar(datos: Datos, pais: str) -> None:
    """What no form may let through."""
    documentos.validar(datos.documento, pais=pais, tipo=datos.tipo_documento)
    if (datos.tipo == Tipo.PREFERENCIAL) != (datos.preferencial in Preferencial.values):
        raise ValidationError({"preferencial": "Elige a quién se atendió con preferencia."})
    if datos.tipo == Tipo.GRANDES and datos.tension != "MT" and not datos.observacion:
        raise ValidationError({"observacion": "Escribe por qué es una Atención a Grandes Clientes: no está en MT."})


@transaction.atomic
def grabar(datos: Datos, *, por: Perfil, clave: UUID) -> Gestion:
    """**Grabar**: the moment is now. Sent twice with the same key, it is logged once. ValidationError."""
    exigir(puede_cargar(por))
    designacion = designacion_de_hoy(por)
    if designacion is None:
        raise ValidationError(SIN_DEFINIR)
    unidad, ahora = designacion.unidad, reloj.ahora()
    _revisar(datos, unidad.distribuidora.pais)
    tipo = Gestion._meta.label_lower
    nuevo = Caso(clave=clave, tipo=tipo, distribuidora=unidad.distribuidora, unidad=unidad, titular=por, creado=ahora)
    Caso._base_manager.bulk_create([nuevo], ignore_conflicts=True)
    caso = Caso._base_manager.select_for_update(of=("self",)).get(clave=clave, tipo=tipo, titular=por)
    if caso.numero is not None:
        return Gestion._base_manager.get(caso=caso)
    gestion = Gestion(
        caso=caso,
        unidad=unidad,
        agente=por,
        momento=ahora,
        dia=dia_local(ahora, unidad.distribuidora.zona_horaria),
        extraordinaria=not Horario.de(unidad).es_ordinario(ahora),
        **asdict(datos),
    )
    registrar(caso, "gestion_grabada", por=por)
    Borrador.objects.filter(perfil=por).delete()
    gestion.numero = siguiente_numero(SERIE)
    gestion.save(force_insert=True)
    Caso._base_manager.filter(pk=caso.pk).update(numero=str(gestion.numero))
    return gestion


@transaction.atomic
def corregir(gestion: Gestion, datos: Datos, *, por: Perfil) -> Gestion:
    """Correct an own entry that is not validated; its moment stays. TransicionInvalida, ValidationError."""
    (gestion,) = Gestion.objects.bloquear([gestion.numero])
    exigir(puede_corregir(por, gestion))
    gestion.suceder(Suceso.CORREGIR)
    _revisar(datos, gestion.unidad.distribuidora.pais)
    cambios = {campo: valor for campo, valor in asdict(datos).items() if getattr(gestion, campo) != valor}
    for campo, valor in cambios.items():
        setattr(gestion, campo, valor)
    gestion.reparo = ""
    gestion.save()
    registrar(gestion.caso, "gestion_corregida", por=por, campos=sorted(cambios))
    return gestion


@transaction.atomic
def guardar_borrador(datos: dict[str, Any], *, por: Perfil) -> None:
    """Keep what is being typed, right or wrong."""
    exigir(puede_cargar(por))
    Borrador.objects.update_or_create(perfil=por, defaults={"datos": datos, "guardado": reloj.ahora()})


@transaction.atomic
def descartar_borrador(*, por: Perfil) -> None:
    """Throw away what was being typed."""
    Borrador.objects.filter(perfil=por).delete()


@transaction.atomic
def validar(numeros: list[int], *, por: Perfil) -> list[Gestion]:
    """Accept entries; those that somebody decided on meanwhile are left out. The ones that were validated now."""
    return _decidir(numeros, Suceso.VALIDAR, "gestion_validada", por=por)


@transaction.atomic
def observar(numeros: list[int], *, por: Perfil, motivo: str) -> list[Gestion]:
    """Give entries back to their officers, with the reason; the ones that were given back now."""
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe el motivo: el funcionario debe entender qué corregir."})
    return _decidir(numeros, Suceso.OBSERVAR, "gestion_observada", por=por, motivo=motivo)


def _decidir(numeros: list[int], suceso: Suceso, hecho: str, *, por: Perfil, motivo: str = "") -> list[Gestion]:
    hechas = []
    for gestion in Gestion.objects.bloquear(numeros):
        exigir(puede_revisar(por, gestion))
        try:
            gestion.suceder(suceso)
        except TransicionInvalida:
            continue
        gestion.reparo = motivo
        gestion.save(update_fields=["estado", "reparo"])
        registrar(gestion.caso, hecho, por=por, comentario=motivo)
        hechas.append(gestion)
    return hechas


@transaction.atomic
def cerrar(unidad: Unidad, mes: date, *, por: Perfil) -> Cierre:
    """Sign off a month of a unit: its validated entries, and earlier ones left over, go into the sheet for good.

    ValidationError when that month or a later one is closed, or has not begun.
    """
    exigir(dirige(por, unidad))
    unidad = Unidad.objects.select_for_update(of=("self",)).select_related("distribuidora").get(pk=unidad.pk)
    if mes > mes_de(reloj.hoy(unidad.distribuidora.zona_horaria)):
        raise ValidationError("Ese mes todavía no empieza.")
    if posterior := Cierre._base_manager.filter(unidad=unidad, mes__gte=mes).order_by("mes").first():
        raise ValidationError(f"No se puede cerrar: {posterior.mes:%m-%Y} ya está cerrado en {unidad}.")
    propias = GestionQuerySet(Gestion).filter(unidad=unidad).por_cerrar(mes)
    gestiones = list(propias.select_for_update(of=("self",)).select_related("agente__usuario", "caso"))
    cierre = Cierre._base_manager.create(unidad=unidad, mes=mes, jefe=por)
    Renglon.objects.bulk_create(_renglones(cierre, gestiones))
    Gestion._base_manager.filter(pk__in=[g.pk for g in gestiones]).update(cierre=cierre)
    registrar(None, "gestion_mes_cerrado", por=por, mes=f"{mes:%m-%Y}", unidad=unidad.pk, gestiones=len(gestiones))
    return cierre


def _renglones(cierre: Cierre, gestiones: list[Gestion]) -> list[Renglon]:
    nombres = {g.agente_id: g.agente.nombre for g in gestiones}
    cuenta: Counter[tuple[int, int, str]] = Counter()
    for g in gestiones:
        cuenta[g.agente_id, g.tipo, "extraordinarias" if g.extraordinaria else "ordinarias"] += 1
        cuenta[g.agente_id, g.tipo, "rezagadas"] += g.dia < cierre.mes
    campos = ("ordinarias", "extraordinarias", "rezagadas")
    return [
        Renglon(
            cierre=cierre,
            agente_id=agente,
            funcionario=nombres[agente],
            tipo=tipo,
            **{campo: cuenta[agente, tipo, campo] for campo in campos},
        )
        for agente, tipo in sorted({(agente, tipo) for agente, tipo, _ in cuenta})
    ]


@transaction.atomic
def definir_funcionario(
    *, por: Perfil, unidad: Unidad, funcionario: Perfil, clase: str, desde: date, hasta: date | None = None
) -> Designacion:
    """Let an officer of the company attend at a unit, from–to (G-06). ValidationError when the days overlap others."""
    exigir(dirige(por, unidad) and funcionario.distribuidora_id == unidad.distribuidora_id)
    funcionario = Perfil.objects.select_for_update(of=("self",)).select_related("usuario").get(pk=funcionario.pk)
    otra = DesignacionQuerySet(Designacion).filter(funcionario=funcionario).cruzan(desde, hasta).first()
    if otra is not None:
        hasta_cuando = f"hasta el {otra.hasta:%d-%m-%Y}" if otra.hasta else "sin término"
        raise ValidationError(
            {
                "desde": f"{funcionario.nombre} ya está definido desde el {otra.desde:%d-%m-%Y}, {hasta_cuando}. "
                "Termina esa designación antes."
            }
        )
    designacion = Designacion._base_manager.create(
        unidad=unidad, funcionario=funcionario, clase=clase, desde=desde, hasta=hasta, definida_por=por
    )
    registrar(None, "gestion_funcionario_definido", por=por, designacion=designacion.pk, unidad=unidad.pk)
    return designacion


@transaction.atomic
def terminar_designacion(designacion: Designacion, *, por: Perfil, hasta: date) -> Designacion:
    """Let an officer attend until that day, included. ValidationError when it lies before the beginning or the past."""
    designacion = Designacion.objects.select_for_update(of=("self",)).select_related("unidad").get(pk=designacion.pk)
    exigir(dirige(por, designacion.unidad))
    if hasta < designacion.desde:
        raise ValidationError({"hasta": f"Empezó el {designacion.desde:%d-%m-%Y}: elige ese día o uno posterior."})
    if designacion.hasta and hasta > designacion.hasta:
        raise ValidationError({"hasta": f"Ya termina el {designacion.hasta:%d-%m-%Y}. Para alargarla, define otra."})
    designacion.hasta = hasta
    designacion.save(update_fields=["hasta"])
    registrar(None, "gestion_funcionario_terminado", por=por, designacion=designacion.pk)
    return designacion


@transaction.atomic
def fijar_horario(unidad: Unidad, *, por: Perfil, dias: str, desde: time, hasta: time) -> Horario:
    """Set a unit's ordinary hours for what is logged from now on (G-05)."""
    exigir(dirige(por, unidad))
    horario = Horario(unidad=unidad, dias=dias, desde=desde, hasta=hasta)
    horario.full_clean(validate_unique=False)
    horario.save()
    registrar(
        None, "gestion_horario_cambiado", por=por, unidad=unidad.pk, dias=dias, desde=f"{desde}", hasta=f"{hasta}"
    )
    return horario
