"""The head's decisions, the officer's corrections, and every event in every state."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from gestiones import actions
from gestiones.actions import Datos
from gestiones.models import Estado, Gestion, Suceso
from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from portal.documentos.models import TransicionInvalida
from portal.historial.models import Evento
from tests.gestiones.ayuda import DATOS, ahora, campos, grabar, instante

REVISAR = "/gestiones/revisar/"


@pytest.fixture(autouse=True)
def _de_manana():
    with reloj.detener(instante(18, 10)):
        yield


def estados() -> list[str]:
    return list(Gestion._base_manager.order_by("numero").values_list("estado", flat=True))


def hechos(gestion: Gestion) -> list[str]:
    return list(Evento.objects.filter(caso=gestion.caso).values_list("hecho", flat=True))


def test_validate_one(nadia, ramon, entrar):
    """G-07: the head validates from the entry's page; it is closed and says so."""
    gestion = grabar(nadia)
    navegador = entrar(ramon)
    assert "Validar" in navegador.get(gestion.get_absolute_url()).content.decode()
    navegador.post(REVISAR, {"numero": gestion.numero, "accion": "validar", "volver": gestion.get_absolute_url()})
    assert estados() == ["validada"]
    assert hechos(gestion) == ["gestion_grabada", "gestion_validada"]
    assert "Corregir</a>" not in entrar(nadia).get(gestion.get_absolute_url()).content.decode()


def test_validate_in_bulk(nadia, teresa, ramon, entrar):
    """G-07: many at once; what was decided meanwhile is said."""
    numeros = [grabar(p).numero for p in (nadia, nadia, teresa)]
    with como(ramon):
        actions.validar(numeros[:1], por=ramon)
    texto = entrar(ramon).post(REVISAR, {"numero": numeros, "accion": "validar"}, follow=True).content.decode()
    assert "Validaste 2 gestiones" in texto
    assert "1 ya no esperaba revisión" in texto
    assert estados() == ["validada"] * 3


def test_observe_asks_why_and_the_officer_corrects(nadia, ramon, entrar):
    """G-07: with a reason; corrected it waits again, with another type and the moment it had."""
    gestion = grabar(nadia)
    navegador = entrar(ramon)
    pregunta = navegador.post(REVISAR, {"numero": gestion.numero, "accion": "observar"}).content.decode()
    assert "Observar la gestión" in pregunta
    assert "Escribe el motivo" in (
        navegador.post(REVISAR, {"numero": gestion.numero, "accion": "observar", "motivo": " "}).content.decode()
    )
    navegador.post(REVISAR, {"numero": gestion.numero, "accion": "observar", "motivo": "Es una solicitud"})
    assert (ahora(gestion).estado, ahora(gestion).reparo) == ("observada", "Es una solicitud")
    with reloj.adelantar(hours=8):
        pagina = entrar(nadia).get(f"/gestiones/{gestion.numero}/corregir/").content.decode()
        assert "Es una solicitud" in pagina
        datos = campos(clave=str(gestion.caso.clave), tipo="4")
        entrar(nadia).post(f"/gestiones/{gestion.numero}/corregir/", datos)
    corregida = ahora(gestion)
    assert (corregida.estado, corregida.tipo, corregida.reparo) == ("grabada", 4, "")
    assert (corregida.momento, corregida.extraordinaria) == (instante(18, 10), False)


def test_correcting_enforces_the_same_order(nadia, entrar):
    """G-01: the document first, the reference known."""
    gestion = grabar(nadia)
    navegador, ruta = entrar(nadia), f"/gestiones/{gestion.numero}/corregir/"
    assert "Revisa el número" in navegador.post(ruta, campos(documento="1")).content.decode()
    assert "No existe" in navegador.post(ruta, campos(referencia="1")).content.decode()
    assert ahora(gestion).documento == "1730558"


def test_nobody_corrects_anothers_entry(nadia, teresa, ramon, entrar):
    """G-07: 403 for the colleague who sees it, and for the head."""
    gestion = grabar(nadia)
    ruta = f"/gestiones/{gestion.numero}/corregir/"
    assert [entrar(p).get(ruta).status_code for p in (teresa, ramon)] == [403, 403]
    with como(teresa), pytest.raises(PermissionDenied):
        actions.corregir(gestion, DATOS, por=teresa)


def test_officers_do_not_validate(nadia, teresa, entrar):
    """G-07: 403, at the action too."""
    gestion = grabar(nadia)
    datos = {"numero": gestion.numero, "accion": "validar"}
    assert entrar(teresa).post(REVISAR, datos).status_code == 403
    with como(teresa), pytest.raises(PermissionDenied):
        actions.validar([gestion.numero], por=teresa)


def test_another_units_entries_do_not_exist(nadia, lejana, jefe_lejano, entrar):
    """A-12: 404 for the page; ticked by hand they are not there; found by no search."""
    gestion = grabar(nadia)
    for perfil in (lejana, jefe_lejano):
        navegador = entrar(perfil)
        rutas = [gestion.get_absolute_url(), f"{gestion.get_absolute_url()}corregir/"]
        permitidas = rutas if perfil is lejana else rutas[:1]
        assert {navegador.get(r).status_code for r in permitidas} == {404}
        assert "No existen gestiones" in navegador.get("/gestiones/").content.decode()
    texto = entrar(jefe_lejano).post(REVISAR, {"numero": gestion.numero, "accion": "validar"}, follow=True)
    assert "Marca al menos una gestión" in texto.content.decode()
    assert estados() == ["grabada"]


def test_a_head_sees_the_branch_below(nadia, ramon, atencion, jefe_lejano, otra_agencia, entrar):
    """A-12: a unit made dependent comes into sight, upward nothing does."""
    gestion = grabar(nadia)
    atencion.superior = otra_agencia
    atencion.save()
    assert entrar(jefe_lejano).get(gestion.get_absolute_url()).status_code == 200
    with como(jefe_lejano):
        assert len(actions.validar([gestion.numero], por=jefe_lejano)) == 1


def test_company_wide_functions_look_and_do_not_decide(nadia, lucia, entrar):
    """A-12: control y seguimiento reads all units, decides nothing."""
    gestion = grabar(nadia)
    navegador = entrar(lucia)
    assert navegador.get(gestion.get_absolute_url()).status_code == 200
    assert navegador.post(REVISAR, {"numero": gestion.numero}).status_code == 403


@pytest.mark.parametrize("suceso", list(Suceso))
@pytest.mark.parametrize("estado", list(Estado))
def test_every_event_in_every_state(estado, suceso):
    """G-07: what the table does not have is refused in words."""
    gestion = Gestion(numero=7, estado=estado)
    destino = Gestion.TRANSICIONES.get((estado, suceso))
    if destino is None:
        with pytest.raises(TransicionInvalida, match=f"No se puede {suceso.label}: Gestión 7 está en estado"):
            gestion.suceder(suceso)
    else:
        gestion.suceder(suceso)
    assert gestion.estado == (destino or estado)


def test_a_validated_entry_is_closed(nadia, ramon, entrar):
    """G-07: the officer is told on the form."""
    gestion = grabar(nadia)
    with como(ramon):
        actions.validar([gestion.numero], por=ramon)
    texto = entrar(nadia).post(f"/gestiones/{gestion.numero}/corregir/", campos(tipo="4")).content.decode()
    assert "No se puede corregir" in texto
    assert ahora(gestion).tipo == 5


def test_observing_needs_words(nadia, ramon):
    """G-07: at the action."""
    gestion = grabar(nadia)
    with como(ramon), pytest.raises(ValidationError):
        actions.observar([gestion.numero], por=ramon, motivo="  ")


def test_the_way_back_stays_in_the_portal(nadia, ramon, entrar):
    """G-07: an address of somewhere else is not followed."""
    gestion = grabar(nadia)
    datos = {"numero": gestion.numero, "accion": "validar", "volver": "https://mal.example/"}
    assert entrar(ramon).post(REVISAR, datos).url == "/gestiones/"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once(nadia, ramon, atencion):
    """G-07: validate and observe pressed at the same moment: one wins, one row of history."""
    gestion = grabar(nadia)

    def decidir(numero: int) -> int:
        try:
            with reloj.detener(instante(18, 11)), como(ramon):
                if numero % 2:
                    return len(actions.validar([gestion.numero], por=ramon))
                return len(actions.observar([gestion.numero], por=ramon, motivo="No corresponde"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hilos:
        assert sum(hilos.map(decidir, range(8))) == 1
    assert len(hechos(gestion)) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_and_a_form_sent_at_once_is_one(nadia, teresa):
    """G-04: officers at once; the same form from two tabs is one entry."""
    claves = [f"00000000-0000-4000-8000-{n // 2:012}" for n in range(16)]

    def mandar(n: int) -> int:
        por = nadia if n % 4 < 2 else teresa
        try:
            with reloj.detener(instante(18, 11)), como(por):
                return actions.grabar(Datos(**DATOS.__dict__), por=por, clave=claves[n]).numero
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as hilos:
        numeros = list(hilos.map(mandar, range(16)))
    with sin_ambito():
        assert sorted(Gestion.objects.values_list("numero", flat=True)) == sorted(set(numeros))
    assert len(set(numeros)) == 8
    assert max(numeros) - min(numeros) == 7
