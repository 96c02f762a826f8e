"""With what words a duty is declared: fields, lines, files, steps, printed documents."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from reclamos.seccion.estados import Estado, Suceso


class Clase(StrEnum):
    """What is typed into a field; each becomes a form field in `forms.py`."""

    TEXTO = "texto"
    PARRAFO = "parrafo"
    FECHA = "fecha"
    ENTERO = "entero"
    MONTO = "monto"
    OPCION = "opcion"
    NIS = "nis"
    CORREO = "correo"
    UNIDAD = "unidad"
    SESION = "sesion"
    EVENTO = "evento"


COLUMNAS = ("interesado", "documento", "correo", "nis", "unidad", "monto", "vence", "sesion", "evento")
"""Fields that are columns of the table, because lists and rules ask for them; the rest is kept in `datos`."""


@dataclass(frozen=True)
class Campo:
    """A field; `nombre` is its key and never changes. `solo_bt`, of a NIS: the mirror must know it, in Baja Tensión."""

    nombre: str
    rotulo: str
    clase: Clase = Clase.TEXTO
    obligatorio: bool = True
    ayuda: str = ""
    opciones: tuple[tuple[str, str], ...] = ()
    largo: int = 120
    solo_bt: bool = False
    pasada: bool = False
    """Of a date: it is of something that happened."""

    def texto(self, valor: Any) -> Any:
        """What a stored value says to a reader."""
        return dict(self.opciones).get(valor, valor)


@dataclass(frozen=True)
class Archivo:
    """A file that comes with a form; `codigo` is the `tipo` of its Adjunto."""

    codigo: str
    nombre: str
    obligatorio: bool = True


@dataclass(frozen=True)
class Renglones:
    """The lines of a case: appliances, contents of a parcel, changes of a contract."""

    uno: str
    varios: str
    campos: tuple[Campo, ...]
    minimo: int = 1


@dataclass(frozen=True)
class Impresion:
    """A document that a step issues; `tipo` is its series."""

    tipo: str
    titulo: str
    plantilla: str


class Quien(StrEnum):
    """Who takes a step: the permission that is asked, in `permissions.py`."""

    SECCION = "tramitar"
    APROBADOR = "aprobar"
    UNIDAD = "resolver_ot"
    COMITE = "decidir"

    @property
    def rotulo(self) -> str:
        """How a page names them."""
        return _QUIENES[self]


_QUIENES = {
    Quien.SECCION: "La sección",
    Quien.APROBADOR: "Otra persona, que no lo propuso",
    Quien.UNIDAD: "La unidad",
    Quien.COMITE: "El Comité",
}


@dataclass(frozen=True)
class Paso:
    """A transition with what it asks for. `de_renglon`: fields filled in for each line."""

    suceso: Suceso
    desde: tuple[Estado, ...]
    hasta: Estado
    texto: str
    quien: Quien = Quien.SECCION
    campos: tuple[Campo, ...] = ()
    archivos: tuple[Archivo, ...] = ()
    de_renglon: tuple[Campo, ...] = ()
    imprime: Impresion | None = None
    avisa: str = ""
    """A notice to the person concerned: `templates/avisos/<avisa>.txt`."""

    @property
    def destructivo(self) -> bool:
        return self.suceso in (Suceso.ANULAR, Suceso.DEVOLVER)


def _juntar(campos: Iterable[Campo]) -> tuple[Campo, ...]:
    """Each name once, under its first label, with every choice that any of them offers."""
    juntos: dict[str, Campo] = {}
    for campo in campos:
        primero = juntos.setdefault(campo.nombre, campo)
        opciones = tuple(dict((*primero.opciones, *campo.opciones)).items())
        juntos[campo.nombre] = replace(primero, opciones=opciones)
    return tuple(juntos.values())


@dataclass(frozen=True)
class Deber:
    """One duty of the section in its own words. `deberes`: where the section's manual lists it."""

    ruta: str
    sigla: str
    nombre: str
    varios: str
    deberes: str
    para_que: str
    icono: str
    campos: tuple[Campo, ...]
    pasos: tuple[Paso, ...]
    inicial: Estado = Estado.REGISTRADO
    femenino: bool = False
    archivos: tuple[Archivo, ...] = ()
    renglones: Renglones | None = None
    lleva_a: tuple[str, ...] = ()
    """Routes of the duties that a case of this one can give rise to."""
    tabla: dict[tuple[Estado, Suceso], Estado] = field(init=False)

    def __post_init__(self) -> None:
        tabla = {(desde, paso.suceso): paso.hasta for paso in self.pasos for desde in paso.desde}
        object.__setattr__(self, "tabla", tabla)

    def paso(self, suceso: str) -> Paso | None:
        """The step of that name."""
        return next((p for p in self.pasos if p.suceso == suceso), None)

    @property
    def todos_los_campos(self) -> dict[str, Campo]:
        """Its own fields and those of its steps, by name, in the order in which they are filled in."""
        juntos = _juntar((*self.campos, *(c for p in self.pasos for c in p.campos)))
        return {c.nombre: c for c in juntos if c.nombre != "comentario"}

    @property
    def columnas(self) -> tuple[Campo, ...]:
        """What its lines say in the end, with what steps add to them."""
        propios = self.renglones.campos if self.renglones else ()
        return _juntar((*propios, *(c for p in self.pasos for c in p.de_renglon)))

    @property
    def nombres_de_archivos(self) -> dict[str, str]:
        """What each of its files is called, by its code."""
        return {a.codigo: a.nombre for a in (*self.archivos, *(a for p in self.pasos for a in p.archivos))}

    @property
    def con_plazo(self) -> bool:
        """A rule may say by when its cases are resolved, where nobody says another day."""
        return VENCE in self.campos

    @property
    def materia(self) -> str:
        """The code of that rule."""
        return f"seccion.{self.ruta}"

    @property
    def se_exporta(self) -> bool:
        """Its approved cases go to the commercial system in batches."""
        return any(p.suceso is Suceso.EXPORTAR for p in self.pasos)


# --- what several duties have in common -----------------------------------------------------------------------------
INTERESADO = Campo("interesado", "Nombre de quien lo pide", largo=150)
DOCUMENTO = Campo("documento", "N° de documento", largo=30, ayuda="C.I. o RUC, como está escrito en el documento.")
CORREO = Campo("correo", "Correo electrónico", Clase.CORREO, obligatorio=False, ayuda="Si lo da, recibe los avisos.")
NIS = Campo("nis", "NIS", Clase.NIS, largo=30)
VENCE = Campo(
    "vence", "Resolver hasta el", Clase.FECHA, obligatorio=False, ayuda="Vacío: según la regla de plazo, si la hay."
)
MOTIVO = Campo("motivo", "Motivo", Clase.PARRAFO, largo=2000)
COMENTARIO = Campo("comentario", "Comentario", Clase.PARRAFO, obligatorio=False, largo=2000)
"""Not kept in `datos`: it is what the history says."""

_E, _S = Estado, Suceso


def anular(*desde: Estado) -> Paso:
    """The case was a mistake, or is not wanted any more."""
    return Paso(_S.ANULAR, desde, _E.ANULADO, "Anular", campos=(Campo("comentario", "Motivo", Clase.PARRAFO),))


def dos_personas(desde: tuple[Estado, ...], *, aprobado: Estado = _E.APROBADO, imprime: Impresion | None = None,
                 proponer: str = "Proponer para aprobación", campos: tuple[Campo, ...] = (),
                 avisa: str = "") -> tuple[Paso, ...]:  # fmt: skip
    """One proposes, another approves or gives it back."""
    return (
        Paso(_S.PROPONER, desde, _E.POR_APROBAR, proponer, campos=campos),
        Paso(
            _S.APROBAR, (_E.POR_APROBAR,), aprobado, "Aprobar", Quien.APROBADOR, (COMENTARIO,), imprime=imprime,
            avisa=avisa,
        ),
        Paso(
            _S.DEVOLVER, (_E.POR_APROBAR,), desde[0], "Devolver", Quien.APROBADOR,
            (Campo("comentario", "Qué hay que corregir", Clase.PARRAFO),),
        ),
    )  # fmt: skip


REMITIR = Paso(
    _S.REMITIR, (_E.PAGO_ORDENADO,), _E.REMITIDO, "Remitir por vía jerárquica",
    campos=(
        Campo("remitido_a", "A quién se remite", ayuda="La jefatura o dependencia que sigue, para el pago."),
        Campo("nota_remision", "N° de la nota", largo=40),
        Campo("remitido", "Fecha de remisión", Clase.FECHA, pasada=True),
    ),
)  # fmt: skip
"""The payment that two people ordered goes up the line."""
EXPORTAR = Paso(_S.EXPORTAR, (_E.APROBADO,), _E.EXPORTADO, "Exportar al SGC")
"""Taken by a batch, never by one case alone."""
