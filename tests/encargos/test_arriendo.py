"""The lease: whoever holds it, and nobody else, writes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal import reloj
from portal.avisos.models import Aviso
from portal.encargos.models import Perdido


def nuevo(n: int = 0) -> Aviso:
    aviso = Aviso(plantilla="prueba", para=f"persona{n}@correo.example", asunto="Hola", texto="Hola")
    aviso.save()
    return aviso


@pytest.mark.django_db
def test_uno_lo_toma_y_otro_no(detenido):
    """X-02: a row is taken once; what is not due is not taken."""
    aviso = nuevo()
    tomado = Aviso.tomar(aviso.pk)
    assert (tomado.intentos, tomado.estado) == (1, Aviso.Estado.EN_CURSO)
    assert Aviso.tomar(aviso.pk) is None
    tomado.terminar()
    assert Aviso.tomar(aviso.pk) is None


@pytest.mark.django_db
def test_quien_perdio_el_arriendo_ya_no_escribe(detenido):
    """X-02: a holder who was too slow finds out at the next word; the new holder's word counts."""
    aviso = nuevo()
    lento = Aviso.tomar(aviso.pk)
    with reloj.adelantar(minutes=4):
        rapido = Aviso.tomar(aviso.pk)
        for palabra in (lento.terminar, lento.renovar, lambda: lento.fallar("x"), lambda: lento.reintentar("x")):
            with pytest.raises(Perdido):
                palabra()
        rapido.terminar()
    assert Aviso.todos().get().estado == Aviso.Estado.HECHO


@pytest.mark.django_db
def test_renovar_alarga(detenido):
    """X-04: long work keeps its lease by saying so."""
    aviso = nuevo()
    tomado = Aviso.tomar(aviso.pk)
    with reloj.adelantar(minutes=2):
        tomado.renovar()
    with reloj.adelantar(minutes=4):
        assert Aviso.tomar(aviso.pk) is None
    with reloj.adelantar(minutes=6):
        assert Aviso.tomar(aviso.pk) is not None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_veinte_a_la_vez_y_uno_lo_tiene():
    """X-02: twenty workers after the same ten rows: each row has one holder."""
    claves = [nuevo(n).pk for n in range(10)]

    def tomar_todos(_: int) -> list[int]:
        tomados = [pk for pk in claves if Aviso.tomar(pk) is not None]
        connection.close()
        return tomados

    with ThreadPoolExecutor(20) as hilos:
        tomados = [pk for lista in hilos.map(tomar_todos, range(20)) for pk in lista]
    assert sorted(tomados) == sorted(claves)
