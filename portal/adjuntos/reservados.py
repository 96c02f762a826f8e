"""Identity documents, by the codes that their domains give them: stored encrypted, each download recorded (R-08)."""

from collections.abc import Iterable

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import perfil_activo
from portal.historial.models import registrar

_tipos: set[str] = set()


def reservar(*tipos: str) -> None:
    """Encrypt files of these types and record who takes them; a domain says so in its `AppConfig.ready()`."""
    _tipos.update(tipos)


def es_reservado(tipo: str) -> bool:
    return tipo in _tipos


def tipos_reservados() -> set[str]:
    return set(_tipos)


def anotar_descarga(adjuntos: Iterable[Adjunto]) -> None:
    """Write down which of `adjuntos` whoever looks takes away, if any is of those."""
    for adjunto in adjuntos:
        if es_reservado(adjunto.tipo):
            registrar(
                adjunto.caso, "identidad_descargada", por=perfil_activo(), adjunto=str(adjunto.pk), tipo=adjunto.tipo
            )
