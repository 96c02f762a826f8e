"""**Qué está caído ahora** (I-12): what is down, since when, whom it concerns; and what works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from inoperatividad.models import Aplicativo, Masiva, Registro, TipoTramite
from portal import reloj
from portal.cuentas.models import Perfil


def duracion(cuanto: timedelta) -> str:
    """«38 min», «1 h 02 min», «2 d 3 h»."""
    minutos = max(int(cuanto.total_seconds() // 60), 0)
    if minutos < 60:
        return f"{minutos} min"
    if minutos < 24 * 60:
        return f"{minutos // 60} h {minutos % 60:02d} min"
    return f"{minutos // 1440} d {minutos % 1440 // 60} h"


@dataclass(frozen=True)
class Caida:
    """A masiva under way as the page shows it; `propios`: open records of the looking profile's reach."""

    masiva: Masiva
    aplicativos: str
    claves: tuple[int, ...]
    tramites: str
    puntos: int
    propios: int
    desde: datetime
    tiempo: str

    @property
    def de_hoy(self) -> bool:
        return reloj.ahora() - self.desde < timedelta(hours=18)


def _lista(palabras: list[str]) -> str:
    *primeras, ultima = palabras or [""]
    return f"{', '.join(primeras)} y {ultima}" if primeras else ultima


@dataclass(frozen=True)
class Situacion:
    caidas: list[Caida]
    locales: list[Registro]
    funcionan: list[Aplicativo]


def situacion(perfil: Perfil) -> Situacion:
    """Everything for the page, in a fixed number of queries; what other points recorded is only counted."""
    masivas = list(Masiva.objects.vivas().prefetch_related("aplicativos").order_by("inicio"))
    # Counted over the whole company: how many points are affected is no secret of each of them.
    abiertos: dict[int, list[tuple[str, int]]] = {}
    todos = Registro._base_manager.filter(masiva__in=masivas, estado=Registro.Estado.ABIERTO)
    for clave, tramite, unidad in todos.values_list("masiva", "tipo_tramite", "unidad"):
        abiertos.setdefault(clave, []).append((tramite, unidad))
    visibles = perfil.unidades_visibles
    caidas, caidos = [], set()
    for masiva in masivas:
        aplicativos = list(masiva.aplicativos.all())
        caidos |= {a.pk for a in aplicativos}
        suyos = abiertos.get(masiva.pk, [])
        tramites = {t for t, _ in suyos}
        caidas.append(
            Caida(
                masiva=masiva,
                aplicativos=_lista([a.nombre for a in aplicativos]),
                claves=tuple(a.pk for a in aplicativos),
                tramites=_lista([t.label for t in TipoTramite if t.value in tramites]),
                puntos=len({u for _, u in suyos}),
                propios=sum(1 for _, u in suyos if visibles is not None and u in visibles),
                desde=masiva.inicio,
                tiempo=duracion(masiva.duracion),
            )
        )
    locales = Registro.objects.abiertos().filter(masiva=None).select_related("unidad", "motivo", "consulta")
    return Situacion(
        caidas=caidas,
        locales=list(locales.order_by("inicio")[:20]),
        funcionan=[a for a in Aplicativo.objects.filter(activo=True) if a.pk not in caidos],
    )
