"""What the SEC's administrator does to companies and their units."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.acceso import cambios
from portal.acceso.permissions import puede_administrar_empresas
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.historial.models import registrar
from portal.permisos import exigir


@transaction.atomic
def editar_empresa(
    empresa: Distribuidora, *, por: Perfil, nombre_fantasia: str, prefijo: str, estado: str, notas: str
) -> None:
    """Trade name, prefix of its folios from now on, state, notes."""
    exigir(puede_administrar_empresas(por))
    empresa = Distribuidora.objects.select_for_update().get(pk=empresa.pk)
    nuevos = {"nombre_fantasia": nombre_fantasia, "prefijo": prefijo, "estado": estado, "notas": notas}
    if hechos := cambios.aplicar(empresa, nuevos):
        empresa.save(update_fields=list(nuevos))
        registrar(None, "empresa_editada", por=por, empresa=empresa.codigo, cambios=hechos)


@transaction.atomic
def crear_unidad(empresa: Distribuidora, *, por: Perfil, nombre: str, superior: Unidad | None, activa: bool) -> Unidad:
    """A unit or service point more."""
    exigir(puede_administrar_empresas(por))
    unidad = Unidad(distribuidora=empresa, nombre=nombre, superior=superior, activa=activa)
    _guardar(unidad)
    registrar(None, "unidad_creada", por=por, empresa=empresa.codigo, unidad=unidad.pk, nombre_unidad=nombre)
    return unidad


@transaction.atomic
def editar_unidad(unidad: Unidad, *, por: Perfil, nombre: str, superior: Unidad | None, activa: bool) -> None:
    """Another name, another place in the tree, in use or not. No unit hangs on itself, however far."""
    exigir(puede_administrar_empresas(por))
    # One move at a time in a company: two that are right by themselves could make a circle.
    empresa = Distribuidora.objects.select_for_update().get(pk=unidad.distribuidora_id)
    unidad = Unidad.objects.get(pk=unidad.pk)
    if superior and (superior.distribuidora_id != empresa.pk or superior.pk in unidad.rama()):
        raise ValidationError({"superior": "Una unidad no puede depender de sí misma, ni de una que depende de ella."})
    if not activa and unidad.activa and unidad.perfiles.filter(activo=True).exists():
        raise ValidationError({"activa": "Hay personas en esta unidad: cámbialas de unidad primero."})
    if hechos := cambios.aplicar(unidad, {"nombre": nombre, "superior": superior, "activa": activa}):
        _guardar(unidad)
        registrar(None, "unidad_editada", por=por, empresa=empresa.codigo, unidad=unidad.pk, cambios=hechos)


def _guardar(unidad: Unidad) -> None:
    try:
        with transaction.atomic():
            unidad.save()
    except IntegrityError:
        raise ValidationError({"nombre": "Esa empresa ya tiene una unidad con ese nombre."}) from None
