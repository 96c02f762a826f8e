"""Pages ask the database as often for much as for little."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pagos.models import Cobro, Comprobante, Medio
from portal import muestras, reloj
from portal.historial.models import registrar
from solicitudes.models import Estado
from tests.factories import AdjuntoFactory, BorradorFactory, CobroFactory, PerfilFactory

pytestmark = pytest.mark.usefixtures("medios")


def _consultas(navegador, direccion: str) -> int:
    """How many queries the page takes, the second time it is asked for."""
    navegador.get(direccion).getvalue() if direccion.endswith(".zip") else navegador.get(direccion)
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        respuesta = navegador.get(direccion)
        if respuesta.streaming:
            respuesta.getvalue()
    assert respuesta.status_code == 200
    return len(consultas)


def _agregar(solicitud, cuantos: int, rosa, distribuidora) -> None:
    """History by different people, with words and files; charges withdrawn; proofs that were rejected."""
    contenido = muestras.pdf()
    cobro = solicitud.caso.cobros.exclude(estado=Cobro.Estado.RETIRADO).get()
    for _ in range(cuantos):
        autor = PerfilFactory(tipo="distribuidora", distribuidora=distribuidora)
        evento = registrar(solicitud.caso, "comunicada", por=autor, comentario="Hola.")
        adjunto = AdjuntoFactory(caso=solicitud.caso, tipo="comunicacion", evento=evento, bytes=len(contenido))
        adjunto.archivo.save("x", ContentFile(contenido))
        CobroFactory(caso=solicitud.caso, estado=Cobro.Estado.RETIRADO, pedido=reloj.ahora() - timedelta(days=1))
        cobro.comprobantes.create(
            medio=Medio.BOLETA,
            adjunto=AdjuntoFactory(caso=solicitud.caso, tipo="cedula"),
            estado=Comprobante.Estado.RECHAZADO,
            motivo="No se lee.",
            enviado_por=rosa,
            resuelto=reloj.ahora(),
            resuelto_por=autor,
        )


@pytest.mark.parametrize("nombre", ["ver", "imprimir"])
@pytest.mark.parametrize("quien", ["rosa", "marcos", "auditora"])
def test_una_solicitud_con_mucha_historia(puerta, request, rosa, distribuidora, nombre, quien) -> None:
    """S-09: at 1 and at 20 lines, files, charges and proofs, the same number of queries."""
    p = puerta(Estado.PAGO_RECHAZADO)
    navegador = p.entrar(request.getfixturevalue(quien))
    _agregar(p.solicitud, 1, rosa, distribuidora)
    con_una = _consultas(navegador, p.direccion(nombre))
    _agregar(p.solicitud, 19, rosa, distribuidora)
    assert _consultas(navegador, p.direccion(nombre)) == con_una
    assert con_una < 40


def test_el_zip(puerta, rosa, distribuidora) -> None:
    """S-09: at 1 and at 20 files."""
    p = puerta()
    navegador = p.entrar(rosa)
    contenido = muestras.pdf()

    def agregar() -> None:
        adjunto = AdjuntoFactory(caso=p.solicitud.caso, nombre="a.pdf", bytes=len(contenido))
        adjunto.archivo.save("x", ContentFile(contenido))

    agregar()
    con_uno = _consultas(navegador, p.direccion("descargar"))
    for _ in range(19):
        agregar()
    assert _consultas(navegador, p.direccion("descargar")) == con_uno


@pytest.mark.parametrize("direccion", ["/", "/solicitudes/nuevo/"])
def test_los_borradores(entrar, todo, rosa, direccion) -> None:
    """S-08: at 1 and at 20 drafts."""
    navegador = entrar(rosa)
    BorradorFactory(solicitante=rosa)
    con_uno = _consultas(navegador, direccion)
    for _ in range(19):
        AdjuntoFactory(caso=BorradorFactory(solicitante=rosa).caso)
    assert _consultas(navegador, direccion) == con_uno


def test_un_borrador_con_muchos_archivos(entrar, todo, rosa, comuna) -> None:
    """S-07: at 1 and at 20 files."""
    borrador = BorradorFactory(solicitante=rosa, formulario="NC")
    navegador = entrar(rosa)
    AdjuntoFactory(caso=borrador.caso, tipo="otros")
    con_uno = _consultas(navegador, borrador.get_absolute_url())
    for _ in range(19):
        AdjuntoFactory(caso=borrador.caso, tipo="otros")
    assert _consultas(navegador, borrador.get_absolute_url()) == con_uno
