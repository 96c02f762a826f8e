"""Documents of which every download is recorded (R-08): identity cards, by the codes that their domains give them."""

from collections.abc import Iterable

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import perfil_activo
from portal.historial.models import registrar

_tipos: set[str] = set()


def reservar(*tipos: str) -> None:
    """Record who takes files of these types; a domain says so in its `AppConfig.ready()`."""
    _tipos.update(tipos)


def anotar_descarga(adjuntos: Iterable[Adjunto]) -> None:
    """Write down which of `adjuntos` whoever looks takes away, if any is of those."""
    for adjunto in adjuntos:
        if adjunto.tipo in _tipos:
            registrar(
                adjunto.caso, "identidad_descargada", por=perfil_activo(), adjunto=str(adjunto.pk), tipo=adjunto.tipo
            )
