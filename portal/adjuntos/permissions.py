"""Who may read a file."""

from portal.adjuntos.models import Adjunto
from portal.cuentas.models import Perfil


def puede_descargar(perfil: Perfil, adjunto: Adjunto) -> bool:
    """What its document says; of a case not filed yet there is no document, and only its holder sees it (A-12).

    ObjectDoesNotExist when the document is not to be seen.
    """
    caso = adjunto.caso
    if caso.numero is None:
        return caso.titular_id == perfil.pk
    return caso.documento().puede_leer(perfil, adjunto)
