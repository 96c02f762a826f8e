"""The verbs of a rule. What a rule says of days never changes, since cases were filed under it: another one follows."""

from datetime import date, timedelta

from django.db import transaction

from portal.cuentas.models import Perfil
from portal.historial.models import registrar
from portal.normativa.permissions import puede_editar
from portal.permisos import exigir
from portal.plazos.models import Regla


@transaction.atomic
def crear(regla: Regla, *, por: Perfil) -> Regla:
    """Put a new rule in force; the one that it follows ends the day before. ValidationError where they contradict."""
    exigir(puede_editar(por))
    hermanas = Regla.objects.select_for_update().filter(
        materia=regla.materia, pais=regla.pais, distribuidora=regla.distribuidora
    )
    for anterior in hermanas.filter(vigente_desde__lt=regla.vigente_desde).vigentes(regla.vigente_desde):
        antes = como_esta(anterior)
        anterior.vigente_hasta = regla.vigente_desde - timedelta(days=1)
        anterior.save(update_fields=["vigente_hasta"])
        _anotar("plazo_terminado", anterior, por, antes)
    regla.full_clean()
    regla.save(force_insert=True)
    _anotar("plazo_creado", regla, por, {})
    return regla


@transaction.atomic
def corregir(
    regla: Regla, *, por: Perfil, norma: str, verificado: bool, nota: str, vigente_hasta: date | None
) -> Regla:
    """Say which norm a rule comes from, whether somebody verified it, and when it ends."""
    exigir(puede_editar(por))
    regla = Regla.objects.select_for_update().get(pk=regla.pk)
    antes = como_esta(regla)
    regla.norma, regla.verificado, regla.nota = norma, verificado, nota
    regla.demostracion = regla.demostracion and not verificado
    regla.vigente_hasta = vigente_hasta
    regla.full_clean()
    regla.save()
    _anotar("plazo_cambiado", regla, por, antes)
    return regla


def objeto(regla: Regla) -> str:
    """Under which name the history keeps its changes."""
    return f"regla:{regla.pk}"


def _anotar(hecho: str, regla: Regla, por: Perfil, antes: dict[str, str]) -> None:
    cambios = [[r, antes.get(r, ""), valor] for r, valor in como_esta(regla).items() if valor != antes.get(r, "")]
    if cambios:
        registrar(None, hecho, por=por, objeto=objeto(regla), cambios=cambios)


def como_esta(regla: Regla) -> dict[str, str]:
    """What a rule says, in words."""
    return {
        "Plazo": f"{regla.cantidad} {regla.get_unidad_display()}",
        "Se cuenta desde": regla.desde_suceso,
        "Vigente desde": f"{regla.vigente_desde:%d-%m-%Y}",
        "Vigente hasta": f"{regla.vigente_hasta:%d-%m-%Y}" if regla.vigente_hasta else "",
        "Norma": regla.norma,
        "Verificado": "Sí" if regla.verificado else "No",
        "Nota": regla.nota,
    }
