"""Storing, linking, taking away, sweeping."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import adjuntar, guardar, quitar, vincular
from portal.adjuntos.models import Adjunto, Guardado
from portal.adjuntos.revision import ArchivoRechazado
from portal.adjuntos.tasks import barrer_huerfanos

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("todo")]


def guardados(carpetas: Path) -> list[Path]:
    """Everything in the storage."""
    return sorted(p for p in (carpetas / "adjuntos").rglob("*") if p.is_file())


def test_adjuntar(solicitud, revisado, rosa, carpetas) -> None:
    """X-03: stored under a key that says nothing, readable by the portal alone, with the hash of what was kept."""
    dado = revisado("cédula.pdf")
    adjunto = adjuntar(solicitud.caso, dado, tipo="poder", por=rosa)
    (ruta,) = guardados(carpetas)
    assert hashlib.sha256(ruta.read_bytes()).hexdigest() == dado.sha256
    assert adjunto.archivo.name == str(ruta.relative_to(carpetas / "adjuntos"))
    assert (adjunto.nombre, adjunto.sha256, adjunto.bytes) == ("cédula.pdf", dado.sha256, ruta.stat().st_size)
    assert (ruta.stat().st_mode & 0o777, len(ruta.name), Guardado.objects.count()) == (0o600, 32, 0)


def test_huerfano(solicitud, revisado, rosa, carpetas) -> None:
    """X-03: of an action that was rolled back no row is left, and its file is swept a day later, not before."""
    queda = adjuntar(solicitud.caso, revisado(), tipo="poder", por=rosa)
    with transaction.atomic():
        adjuntar(solicitud.caso, revisado(), tipo="poder", por=rosa)
        transaction.set_rollback(True)
    assert (Adjunto.objects.count(), Guardado.objects.count(), len(guardados(carpetas))) == (1, 0, 2)
    with reloj.adelantar(hours=23):
        assert barrer_huerfanos() == 0
    with reloj.adelantar(hours=25):
        assert barrer_huerfanos() == 1
    assert [str(p.relative_to(carpetas / "adjuntos")) for p in guardados(carpetas)] == [queda.archivo.name]


def test_guardado_sin_formulario(revisado, rosa, carpetas, conserva) -> None:
    """X-03: a file that waited for its form in vain goes, row and bytes."""
    conserva("adjuntos.sin_formulario")
    guardar(revisado(), por=rosa)
    with reloj.adelantar(hours=25):
        call_command("conservacion")
        assert barrer_huerfanos() == 1
    assert (Guardado.objects.count(), guardados(carpetas)) == (0, [])


def test_barrer_nada() -> None:
    """X-03: before the first file there is nothing to sweep."""
    assert barrer_huerfanos() == 0


def test_quitar(solicitud, revisado, rosa, carpetas) -> None:
    """S-07: the bytes go with the row when the transaction commits, and stay when it does not."""
    adjunto = adjuntar(solicitud.caso, revisado(), tipo="poder", por=rosa)
    with transaction.atomic():
        quitar(adjunto, por=rosa)
        transaction.set_rollback(True)
    assert (Adjunto.objects.count(), len(guardados(carpetas))) == (1, 1)
    quitar(Adjunto.objects.get(), por=rosa)
    assert (Adjunto.objects.count(), guardados(carpetas)) == (0, [])


def test_un_archivo_se_vincula_una_vez(solicitud, revisado, rosa, carpetas) -> None:
    """S-07: a form sent twice with the file that it carried along: the second is told to choose it again."""
    guardado = guardar(revisado(), por=rosa)
    gemelo = Guardado.objects.get()
    unico = vincular(guardado, solicitud.caso, tipo="otros", por=rosa)
    with pytest.raises(ArchivoRechazado, match=r"ya no está guardado\. Elígelo de nuevo\."):
        vincular(gemelo, solicitud.caso, tipo="otros", por=rosa)
    assert [str(p.relative_to(carpetas / "adjuntos")) for p in guardados(carpetas)] == [unico.archivo.name]


def test_si_se_deshace_el_archivo_sigue_guardado(solicitud, revisado, rosa) -> None:
    """S-07: the form that comes back with an error names the file again, and it is there."""
    guardado = guardar(revisado(), por=rosa)
    clave = guardado.pk
    with transaction.atomic():
        vincular(guardado, solicitud.caso, tipo="otros", por=rosa)
        transaction.set_rollback(True)
    assert (guardado.pk, Guardado.objects.get().pk) == (clave, clave)


def test_disco_lleno(solicitud, revisado, rosa, carpetas, monkeypatch) -> None:
    """X-03: a full disk is said in words, and leaves neither a row nor half a file."""

    def lleno(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", lleno)
    with pytest.raises(ArchivoRechazado) as error:
        adjuntar(solicitud.caso, revisado(), tipo="poder", por=rosa)
    assert error.value.messages == [
        "No pudimos guardar poder.pdf por un problema nuestro. Inténtalo de nuevo en unos minutos."
    ]
    assert (Adjunto.objects.count(), Guardado.objects.count(), guardados(carpetas)) == (0, 0, [])
