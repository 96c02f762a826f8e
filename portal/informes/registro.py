"""The kinds of spreadsheet; an app declares its own in `informes.py`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from portal.cuentas.models import Perfil
from portal.informes import libro
from portal.informes.libro import Columna

TIPOS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Parametros = dict[str, str]
"""A list's filter, as it stands in the address."""


class Contar(Protocol):
    """Passes rows on, notes the progress, and ends the work when it was cancelled."""

    def __call__(self, filas: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]: ...

    def sumar(self, filas: int) -> None:
        """So many rows at once, for who does not handle them one by one."""


class Reporte(ABC):
    """A kind of spreadsheet; the task works under the asking profile's scope, so querysets need no filter of their own.

    `codigo` is unique; `titulo` names the page, the sheet and, with the date, the file; `permiso` (`app.codename`) is
    asked again when the file is made, nobody is asked when it is empty.
    """

    codigo: ClassVar[str]
    titulo: ClassVar[str]
    columnas: ClassVar[Sequence[Columna]]
    permiso: ClassVar[str] = ""

    @abstractmethod
    def filas(self, perfil: Perfil, parametros: Parametros) -> Iterator[Sequence[Any]]:
        """The rows, one by one (`queryset.iterator()`); dates, moments and numbers as such."""

    def extension(self, parametros: Parametros) -> str:
        """What kind of file it is: a key of `TIPOS`."""
        return "xlsx"

    def total(self, perfil: Perfil, parametros: Parametros) -> int | None:
        """How many rows there will be, for the progress bar; None when counting is not worth it."""
        return None

    def escribir(self, destino: Path, perfil: Perfil, parametros: Parametros, contando: Contar) -> None:
        """Write the workbook to `destino`, the rows passed through `contando`; a layout of one's own overrides it."""
        libro.escribir(
            destino,
            self.titulo,
            self.columnas_para(perfil, parametros),
            contando(self.filas(perfil, parametros)),
            zona=perfil.zona_horaria,
        )

    def columnas_para(self, perfil: Perfil, parametros: Parametros) -> Sequence[Columna]:
        """The columns that this profile gets."""
        return self.columnas


_REGISTRO: dict[str, Reporte] = {}


def informe(clase: type[Reporte]) -> type[Reporte]:
    """Class decorator: makes a kind of spreadsheet known."""
    if clase.codigo in _REGISTRO and type(_REGISTRO[clase.codigo]).__qualname__ != clase.__qualname__:
        raise ValueError(f"Dos informes se llaman «{clase.codigo}».")
    _REGISTRO[clase.codigo] = clase()
    return clase


def reporte(codigo: str) -> Reporte | None:
    """The kind of that code, if there is one."""
    return _REGISTRO.get(codigo)
