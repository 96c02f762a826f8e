"""The shared machinery of lists, over rows that any domain might have."""

import pytest
from django.http import QueryDict

from portal.documentos.models import Contador
from portal.listas.lista import LIMITE, Columna, Fuente, Lista

SERIE = Columna("serie", "Serie", ("serie",))
ULTIMO = Columna("ultimo", "Último", ("ultimo", "pk"))


def lista(direccion: str, n: int, *, contar_todo: bool = True) -> Lista:
    """The list at `direccion` over the numbers 1 to `n`."""
    Contador.objects.all().delete()
    Contador.objects.bulk_create(Contador(serie=f"serie {i:05}", ultimo=i) for i in range(1, n + 1))
    fuente = Fuente(Contador.objects.all(), contar_todo=contar_todo)
    return Lista(QueryDict(direccion), fuente, [SERIE, ULTIMO], "ultimo")


def numeros(una: Lista) -> list[int]:
    return [fila.ultimo for fila in una.pagina.object_list]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("direccion", "esperadas"),
    [
        ("", range(1, 11)),
        ("p=2", range(11, 21)),
        ("p=4", range(31, 36)),
        ("orden=-ultimo", range(35, 25, -1)),
        ("orden=-serie&p=4", range(5, 0, -1)),
        ("tamano=25&p=2", range(26, 36)),
    ],
)
def test_pagina_orden_y_tamano(direccion, esperadas):
    """X-07: page, order and size are in the address; the last pages are found from the other end."""
    una = lista(direccion, 35)
    assert numeros(una) == list(esperadas)
    assert una.avisos == []
    assert una.pagina.paginator.count == 35


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("direccion", "pagina", "avisos"),
    [
        ("p=abc", 1, ["Esa página no existe. Te mostramos la primera."]),
        ("p=-1", 1, ["Esa página no existe. Te mostramos la primera."]),
        ("p=0", 1, ["Esa página no existe. Te mostramos la primera."]),
        ("p=1.5", 1, ["Esa página no existe. Te mostramos la primera."]),
        ("p=" + "9" * 5000, 1, ["Esa página no existe. Te mostramos la primera."]),
        ("p=999999", 4, ["Esa página no existe. Te mostramos la última, la 4."]),
        ("orden=zzz", 1, ["No se puede ordenar así. Elige el orden en el título de una columna."]),
        ("orden=--serie", 1, ["No se puede ordenar así. Elige el orden en el título de una columna."]),
        ("tamano=7", 1, ["Se puede mostrar 10, 25, 50 o 100 ítems. Te mostramos 10."]),
        ("orden=&tamano=&p=", 1, []),
    ],
)
def test_direccion_sin_sentido(direccion, pagina, avisos):
    """X-07: what makes no sense in the address is replaced, and said."""
    una = lista(direccion, 35)
    assert una.pagina.number == pagina
    assert una.avisos == avisos
    assert len(una.pagina.object_list) == (5 if pagina == 4 else 10)


@pytest.mark.django_db
def test_sin_filas():
    """X-07: an empty list has one page and no rows."""
    una = lista("p=3", 0)
    assert (una.pagina.number, una.pagina.object_list, una.pagina.start_index(), una.pagina.end_index()) == (
        1,
        [],
        0,
        0,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("n", "mas"), [(LIMITE, False), (LIMITE + 1, True)])
def test_cuenta_hasta_mil(n, mas):
    """S-02: what was typed is counted up to a thousand; beyond, «más de 1000»."""
    una = lista("", n, contar_todo=False)
    assert (una.pagina.paginator.count, una.pagina.paginator.mas) == (LIMITE, mas)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pagina", "primera", "cuantas", "paginas"),
    [(1, 1, 10, 101), (100, 991, 10, 101), (101, 1001, 10, 102), (103, 1021, 4, 103)],
)
def test_mas_de_mil_se_hojea_hasta_el_final(pagina, primera, cuantas, paginas):
    """S-02: nobody counted, and every page can be reached all the same."""
    una = lista(f"p={pagina}", LIMITE + 24, contar_todo=False)
    assert numeros(una) == list(range(primera, primera + cuantas))
    assert una.pagina.paginator.num_pages == paginas


@pytest.mark.django_db
def test_mas_de_mil_tiene_ultima_pagina():
    """S-02: a page after the last one of an uncounted list falls back, with words."""
    una = lista("p=104", LIMITE + 24, contar_todo=False)
    assert una.pagina.number == 101
    assert una.avisos == ["Son demasiadas para llegar hasta esa página: filtra más."]
