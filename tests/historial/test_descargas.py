"""R-08, X-03: who takes an identity document away is written down, for the SEC alone."""

import pytest

from portal.historial.models import Evento
from tests import factories

pytestmark = pytest.mark.django_db


def _archivo(solicitud, tipo: str):
    from django.core.files.base import ContentFile

    adjunto = factories.AdjuntoFactory(caso=solicitud.caso, tipo=tipo, nombre=f"{tipo}.pdf", bytes=18)
    adjunto.archivo.save("x", ContentFile(b"%PDF-1.7 de prueba"), save=True)
    return adjunto


def _descargas() -> list[tuple[int | None, str]]:
    eventos = Evento.objects.filter(hecho="identidad_descargada").order_by("pk")
    return [(e.perfil_id, e.datos["tipo"]) for e in eventos]


@pytest.fixture
def solicitud(todo, rosa, marcos):
    return factories.SolicitudFactory(solicitante=rosa, distribuidora=marcos.distribuidora)


def test_one_by_one(entrar, marcos, solicitud):
    """R-08: an identity card is recorded, another document is not; asking for its headers takes nothing."""
    cedula, formulario = _archivo(solicitud, "cedula"), _archivo(solicitud, "formulario")
    navegador = entrar(marcos)
    for adjunto in (cedula, formulario):
        b"".join(navegador.get(f"/adjuntos/{adjunto.pk}/").streaming_content)
    navegador.head(f"/adjuntos/{cedula.pk}/")
    assert _descargas() == [(marcos.pk, "cedula")]
    assert Evento.objects.get(hecho="identidad_descargada").desde == "127.0.0.1"


def test_all_as_a_zip(entrar, marcos, solicitud):
    """R-08: and each one in the zip of a case."""
    for tipo in ("cedula", "formulario", "cedula_poderdante"):
        _archivo(solicitud, tipo)
    b"".join(entrar(marcos).get(f"/solicitudes/folio/{solicitud.folio}/documentos.zip").streaming_content)
    assert _descargas() == [(marcos.pk, "cedula"), (marcos.pk, "cedula_poderdante")]


def test_not_on_the_page_of_the_case(entrar, marcos, solicitud, auditora):
    """R-08: what somebody looked at is no step of the case; the SEC finds it in the history."""
    cedula = _archivo(solicitud, "cedula")
    b"".join(entrar(marcos).get(f"/adjuntos/{cedula.pk}/").streaming_content)
    frase = "Descargó un documento de identidad"
    assert frase not in entrar(marcos).get(f"/solicitudes/folio/{solicitud.folio}/").content.decode()
    filas = entrar(auditora).get("/historial/").context["registro"].filas
    assert [f["frase"] for f in filas] == [frase]
