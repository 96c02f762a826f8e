"""Many users at once from a spreadsheet: all of it or nothing, the same again changes nothing (A-08)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.acceso.permissions import puede_administrar_usuarios
from portal.acceso.usuarios import actions as usuarios
from portal.acceso.usuarios.forms import UsuarioForm
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad, Usuario
from portal.historial.models import registrar
from portal.permisos import exigir

CAMPOS = {
    "RUT": "rut",
    "Nombres": "nombres",
    "Apellidos": "apellidos",
    "E-mail": "email",
    "Perfil": "tipo",
    "Distribuidora": "distribuidora",
    "Unidad": "unidad",
    "Funciones": "funciones",
    "Desde": "desde",
    "Hasta": "hasta",
}
"""The spreadsheet's columns, and the field of the form that each one fills."""
_COLUMNAS = {campo: columna for columna, campo in CAMPOS.items()}
Filas = list[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class Error:
    """What is wrong in a line; `columna` is empty when it is the whole of it."""

    linea: int
    columna: str
    mensaje: str


@dataclass
class Resultado:
    """What was done, or would be."""

    errores: list[Error] = field(default_factory=list)
    cuentas: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.cuentas.values())


class HayErrores(Exception):
    """Nothing was taken; `resultado` says why."""

    def __init__(self, resultado: Resultado) -> None:
        super().__init__()
        self.resultado = resultado


@transaction.atomic
def probar(filas: Filas, *, por: Perfil) -> Resultado:
    """What importing would do, undone."""
    exigir(puede_administrar_usuarios(por))
    with transaction.atomic():
        resultado = _aplicar(filas, por)
        transaction.set_rollback(True)
    return resultado


@transaction.atomic
def importar(filas: Filas, *, por: Perfil) -> Resultado:
    """Make or complete the users of all rows; raises HayErrores, having done nothing, when one is wrong."""
    exigir(puede_administrar_usuarios(por))
    resultado = _aplicar(filas, por)
    if resultado.errores:
        raise HayErrores(resultado)
    if resultado.total > resultado.cuentas["iguales"]:
        registrar(None, "usuarios_importados", por=por, cuentas=dict(resultado.cuentas))
    return resultado


def _aplicar(filas: Filas, por: Perfil) -> Resultado:
    resultado, catalogo, vistos = Resultado(), _Catalogo(), dict[tuple[str, str], int]()
    for linea, celdas in filas:
        try:
            tipo, datos = _leer(celdas, catalogo)
            if (antes := vistos.setdefault((datos["rut"], tipo), linea)) != linea:
                raise ValidationError({"rut": f"Repite el RUT y el perfil de la línea {antes}."})
            with transaction.atomic():
                resultado.cuentas[_hacer(por, tipo, datos)] += 1
        except ValidationError as error:
            por_campo = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for campo, mensajes in por_campo.items():
                resultado.errores += [Error(linea, _COLUMNAS.get(campo, ""), mensaje) for mensaje in mensajes]
    return resultado


class _Catalogo:
    """Companies and units by what people call them."""

    def __init__(self) -> None:
        self.empresas: dict[str, int] = {}
        for pk, codigo, nombre in Distribuidora.objects.values_list("pk", "codigo", "nombre_fantasia"):
            self.empresas |= {codigo.casefold(): pk, nombre.casefold(): pk}
        unidades = Unidad.objects.filter(activa=True).values_list("distribuidora", "nombre", "pk")
        self.unidades = {(empresa, nombre.casefold()): pk for empresa, nombre, pk in unidades}


def _leer(celdas: dict[str, str], catalogo: _Catalogo) -> tuple[str, dict[str, Any]]:
    """The type of profile and the action's keywords; ValidationError by field."""
    tipos = {t.label.casefold(): t.value for t in TipoPerfil}
    tipo = tipos.get(celdas["Perfil"].casefold())
    if tipo is None:
        raise ValidationError({"tipo": f"Debe ser uno de: {', '.join(TipoPerfil.labels)}."})
    datos: dict[str, Any] = {CAMPOS[columna]: celda for columna, celda in celdas.items()}
    errores: dict[str, str] = {}
    empresa = catalogo.empresas.get(celdas["Distribuidora"].casefold())
    if celdas["Distribuidora"] and empresa is None:
        errores["distribuidora"] = "No hay una empresa con ese nombre ni con ese código."
    unidad = catalogo.unidades.get((empresa or 0, celdas["Unidad"].casefold()))
    if celdas["Unidad"] and empresa and unidad is None:
        errores["unidad"] = "Esa empresa no tiene una unidad con ese nombre."
    nombres = {f.label.casefold(): f.value for f in Funcion if f.tipo == tipo}
    pedidas = [p.strip() for p in celdas["Funciones"].replace(",", ";").split(";") if p.strip()]
    if raras := [p for p in pedidas if p.casefold() not in nombres]:
        errores["funciones"] = f"No es una función de ese perfil: {', '.join(raras)}."
    funciones = [nombres[p.casefold()] for p in pedidas if p.casefold() in nombres]
    datos |= {"distribuidora": empresa, "unidad": unidad, "funciones": funciones, "confirmado": "on"}
    form = UsuarioForm(datos, tipo=tipo)
    if errores or not form.is_valid():
        malos = {campo: mensajes for campo, mensajes in form.errors.items() if campo not in errores}
        raise ValidationError(malos | errores)  # type: ignore[arg-type]
    return tipo, form.cleaned_data


def _hacer(por: Perfil, tipo: str, datos: dict[str, Any]) -> str:
    """Make or complete one user; what it was: «nuevos», «agregados», «cambiados», «iguales»."""
    perfil = Perfil.objects.filter(usuario__identificador=datos["rut"], tipo=tipo).first()
    if perfil is None:
        conocido = Usuario.objects.filter(identificador=datos["rut"], activado__isnull=False).exists()
        usuarios.crear(por=por, tipo=tipo, **datos)
        return "agregados" if conocido else "nuevos"
    lugar = {"distribuidora": datos.get("distribuidora"), "unidad": datos.get("unidad")}
    faltan = set(datos.get("funciones", ())) - {f.value for f in perfil.funciones}
    if all(getattr(perfil, campo) == valor for campo, valor in lugar.items()) and not faltan:
        return "iguales"
    usuarios.editar_perfil(perfil, por=por, **lugar)
    for funcion in sorted(faltan):
        usuarios.asignar(perfil, por=por, funcion=funcion, desde=datos["desde"], hasta=datos["hasta"])
    return "cambiados"
