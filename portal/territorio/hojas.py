"""Reference data in CSV files: read whole, every error by its line, nothing taken when one is wrong."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import Model


class DatosErroneos(Exception):
    """What is wrong in a file, one sentence a line; nothing of it may be kept."""

    def __init__(self, errores: Iterable[str]) -> None:
        self.errores = list(errores)
        super().__init__("\n".join(self.errores))


class Hoja:
    """The lines of a CSV file in UTF-8 whose first line names its columns.

    `filas` are pairs (line number, cells by column, trimmed). Columns beyond `columnas` are left aside.
    """

    def __init__(self, archivo: Path, columnas: Iterable[str], clave: Iterable[str] = ()) -> None:
        """`clave`: the columns by which no two lines may be alike, none of them empty."""
        self.archivo = archivo
        self.errores: list[str] = []
        self.filas: list[tuple[int, dict[str, str]]] = []
        self._leer(list(columnas))
        self._exigir_clave(list(clave))

    def _leer(self, columnas: list[str]) -> None:
        try:
            with self.archivo.open(encoding="utf-8-sig", newline="") as abierto:
                lector = csv.DictReader(abierto, strict=True)
                if faltan := [c for c in columnas if c not in (lector.fieldnames or [])]:
                    return self.error(1, f"faltan las columnas: {', '.join(faltan)}.")
                for fila in lector:
                    if None in fila or None in fila.values():
                        self.error(lector.line_num, f"debe tener {len(lector.fieldnames or [])} columnas.")
                    else:
                        self.filas.append((lector.line_num, {c: fila[c].strip() for c in columnas}))
        except FileNotFoundError:
            raise DatosErroneos([f"{self.archivo}: no existe."]) from None
        except UnicodeDecodeError:
            raise DatosErroneos([f"{self.archivo}: no está en UTF-8. Guárdalo con esa codificación."]) from None
        except csv.Error as error:
            raise DatosErroneos([f"{self.archivo}: no se puede leer como CSV ({error})."]) from None
        return None

    def _exigir_clave(self, clave: list[str]) -> None:
        vistas: dict[tuple[str, ...], int] = {}
        for linea, fila in self.filas if clave else []:
            valor = tuple(fila[c] for c in clave)
            if not all(valor):
                self.error(linea, f"falta {' o '.join(clave)}.")
            elif valor in vistas:
                self.error(linea, f"{', '.join(valor)}: ya está en la línea {vistas[valor]}.")
            vistas.setdefault(valor, linea)

    def error(self, linea: int, que: str) -> None:
        self.errores.append(f"{self.archivo.name}, línea {linea}: {que}")

    def revisar(self, linea: int, objeto: Model, *, sin: Iterable[str] = ()) -> None:
        """Note what the model's own rules find wrong, leaving the fields `sin` aside."""
        try:
            objeto.full_clean(exclude=set(sin))
        except ValidationError as error:
            for campo, mensajes in error.message_dict.items():
                for mensaje in mensajes:
                    self.error(linea, mensaje if campo == "__all__" else f"{campo}: {mensaje}")

    def terminar(self) -> None:
        """Raise DatosErroneos with everything noted, if anything was."""
        if self.errores:
            raise DatosErroneos(self.errores)
