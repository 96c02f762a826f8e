"""The section's people, and the clock by which they live through their stories."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras, reloj
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil
from portal.plazos import calendario
from reclamos.seccion import actions
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.models import Asunto, Lote
from reclamos.seccion.red.actions import FUENTE, Datos, registrar_evento
from reclamos.seccion.red.models import EventoRed

Historia = Callable[["Vida"], Iterator[int]]
"""A story: what it yields is how many business days before today the lines that follow happen."""
ZONA = "America/Asuncion"


class Vida:
    """Who there is, and what they can do."""

    def __init__(self, perfiles: dict[str, Perfil], azar: Random) -> None:
        self.azar = azar
        self.lucia, self.estela = perfiles["Lucía"], perfiles["Estela"]
        self.oscar, self.ramon = perfiles["Óscar"], perfiles["Ramón"]
        self.hoy = reloj.hoy(ZONA)

    def vivir(self, historias: Iterable[Historia]) -> None:
        """All the stories at once, in the order of their days: what is numbered is numbered by when it happened."""
        agenda: list[tuple[datetime, int, Iterator[int]]] = []
        for numero, historia in enumerate(historias):
            pasos = historia(self)
            agenda.append((self._momento(next(pasos), numero), numero, pasos))
        heapq.heapify(agenda)
        while agenda:
            momento, numero, pasos = heapq.heappop(agenda)
            with reloj.detener(momento):
                dias = next(pasos, None)
            if dias is not None:
                siguiente = max(self._momento(dias, numero), momento + timedelta(minutes=25))
                heapq.heappush(agenda, (siguiente, numero, pasos))

    def dia(self, dias: int) -> date:
        """So many business days before today; after it, where negative."""
        if dias <= 0:
            return calendario.sumar_habiles("PY", self.hoy, -dias)
        dia = self.hoy
        for _ in range(dias):
            dia -= timedelta(days=1)
            while not calendario.es_habil("PY", dia):
                dia -= timedelta(days=1)
        return dia

    def _momento(self, dias: int, numero: int) -> datetime:
        """An hour of that working day, another one for each story."""
        return datetime.combine(self.dia(dias), time(8 + numero % 6, 7 * numero % 60), ZoneInfo(ZONA))

    def _clave(self) -> UUID:
        return UUID(int=self.azar.getrandbits(128), version=4)

    def _archivos(self, nombres: Iterable[str], por: Perfil) -> dict[str, Guardado | None]:
        guardados: dict[str, Guardado | None] = {}
        for nombre in nombres:
            subido = SimpleUploadedFile(f"{nombre}.pdf", muestras.pdf(nombre.capitalize()))
            revisado = revisar(subido, formatos=("pdf",), maximo=5 * 1024 * 1024)
            guardados[nombre] = guardar(revisado, por=por, tipo=nombre)
        return guardados

    # --- what they do -----------------------------------------------------------------------------------------------
    def abrir(
        self, ruta: str, *, renglones: Iterable[dict[str, Any]] = (), origen: Asunto | None = None, **valores: Any
    ) -> Asunto:
        """Lucía registers a case, with the files that it cannot do without."""
        deber, por = de_ruta(ruta), self.lucia
        archivos = self._archivos((a.codigo for a in deber.archivos if a.obligatorio), por)
        with como(por):
            return actions.registrar_asunto(
                deber, por=por, clave=self._clave(), valores=valores, renglones=list(renglones), archivos=archivos,
                origen=origen,
            )  # fmt: skip

    def paso(
        self, asunto: Asunto, suceso: str, por: Perfil, *, renglones: Iterable[dict[str, Any]] = (), **valores: Any
    ) -> Asunto:
        """Somebody takes a step, with the files that it cannot do without."""
        paso = asunto.deber.paso(suceso)
        assert paso is not None  # noqa: S101 - a misspelt step of this very package
        archivos = self._archivos((a.codigo for a in paso.archivos if a.obligatorio), por)
        with como(por):
            return actions.dar_paso(
                asunto, suceso=suceso, por=por, valores=valores, renglones=list(renglones), archivos=archivos
            )

    def evento(self, *, ocurrio: date, hora: int, minutos: int, **datos: Any) -> EventoRed:
        """Lucía puts a network event into the register, from the document that came."""
        desde = datetime.combine(ocurrio, time(hora, 14), ZoneInfo(ZONA))
        archivo = self._archivos((FUENTE,), self.lucia)[FUENTE]
        assert archivo is not None  # noqa: S101 - it was made a line before
        with como(self.lucia):
            return registrar_evento(
                por=self.lucia, clave=self._clave(), archivo=archivo,
                datos=Datos(desde=desde, hasta=desde + timedelta(minutes=minutos), **datos),
            )  # fmt: skip

    def exportar(self, por: Perfil) -> Lote:
        with como(por):
            return actions.exportar(por=por)

    def cargar(self, lote: Lote, por: Perfil) -> None:
        with como(por):
            actions.cargar_lote(lote, por=por)
