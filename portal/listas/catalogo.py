"""Small tables that every list names (companies, rules), kept in memory by each process."""

import time
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

M = TypeVar("M", bound=Model)
VIGENCIA = 60  # seconds after which another process's change is seen at the latest


class Catalogo(Generic[M]):
    """All rows of `modelo` by key. A change in this process is seen at once."""

    def __init__(self, modelo: type[M]) -> None:
        self._modelo = modelo
        self._filas: dict[Any, M] = {}
        self._hasta = 0.0
        post_save.connect(self._olvidar, sender=modelo, weak=False)
        post_delete.connect(self._olvidar, sender=modelo, weak=False)

    def _olvidar(self, **kwargs: Any) -> None:
        self._hasta = 0.0

    def todo(self) -> dict[Any, M]:
        """Every row by key."""
        if time.monotonic() > self._hasta:
            self._filas = self._modelo._base_manager.in_bulk()
            self._hasta = time.monotonic() + VIGENCIA
        return self._filas

    def de(self, clave: Any) -> M:
        """The row with that key; one that is newer than the memory is fetched."""
        if clave not in self.todo():
            self._olvidar()
        return self.todo()[clave]
