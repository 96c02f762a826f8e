"""A list with its filter and the button for its spreadsheet: what most pages of lists are made of (X-07)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from portal.listas.filtro import Filtro
from portal.listas.lista import Columna, Fuente, Lista, Total


def excel(informe: str, datos: QueryDict, total: Total) -> dict[str, Any] | None:
    """The button that asks for what is shown as a spreadsheet: its address, and how many rows; None without any."""
    consulta = datos.urlencode()
    url = reverse("informes:pedir", args=[informe]) + (f"?{consulta}" if consulta else "")
    return {"url": url, "cuantas": total.n, "mas": total.mas} if total.n else None


def direccion(parametros: Mapping[str, str]) -> QueryDict:
    """What a spreadsheet was asked with, as the address of its list."""
    datos = QueryDict(mutable=True)
    datos.update(parametros)
    return datos


class ListaFiltrada(Lista):
    """What `datos` (the address) asks of `consulta`, where `filtro` was applied already. `informe`: its spreadsheet."""

    def __init__(
        self,
        datos: QueryDict,
        filtro: Filtro,
        consulta: QuerySet[Any],
        columnas: Sequence[Columna],
        por_omision: str,
        *,
        informe: str,
    ) -> None:
        super().__init__(datos, Fuente(consulta), columnas, por_omision)
        self.filtro, self._informe = filtro, informe

    @property
    def excel(self) -> dict[str, Any] | None:
        return excel(self._informe, self.datos, self.fuente.total)
