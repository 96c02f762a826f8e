"""A-10: limits on failed sign-ins."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from portal import reloj
from portal.acceso import limites
from portal.acceso.models import Limite
from tests.acceso.ayuda import contando, ingresar

MAL = "no es esta"


def fallar(veces, perfil, **otros):
    return [ingresar(Client(), perfil, password=MAL, **otros).status_code for _ in range(veces)]


def test_five_failures_per_account(rosa, detenido):
    """A-10: the sixth is refused unseen, right or wrong, with the time to try again; half an hour later it works."""
    assert fallar(6, rosa) == [200] * 5 + [429]
    respuesta = ingresar(Client(), rosa)
    assert respuesta.status_code == 429
    assert "Podrás intentar de nuevo a las 10:30." in respuesta.content.decode()
    with reloj.adelantar(minutes=29):
        assert ingresar(Client(), rosa).status_code == 429
    with reloj.adelantar(minutes=30, seconds=1):
        assert ingresar(Client(), rosa).status_code == 302


def test_unknown_accounts_are_limited_alike(rosa, detenido):
    """A-10: the limit says nothing about whether the account exists."""
    conocida = [ingresar(Client(), rosa, password=MAL, REMOTE_ADDR="10.0.0.1") for _ in range(7)]
    ajena = {"login": "20123123-K", "perfil": "solicitante", "password": MAL}
    desconocida = [ingresar(Client(), **ajena, REMOTE_ADDR="10.0.0.2") for _ in range(7)]
    assert [r.status_code for r in conocida] == [r.status_code for r in desconocida]
    assert [str(r.context["form"].errors) for r in conocida] == [str(r.context["form"].errors) for r in desconocida]


def test_reformatting_does_not_help(rosa):
    """A-10: all ways to write a RUT are one account."""
    maneras = ["12345678-5", "12.345.678-5", "123456785", " 12345678 5", "012345678-5", "12345678−5"]
    codigos = [ingresar(Client(), rosa, login=m, password=MAL).status_code for m in maneras]
    assert codigos == [200] * 5 + [429]


def test_changing_the_profile_does_not_help(rosa):
    """A-10: a right password with a profile that is not held counts as a failure and forgives none."""
    perfiles = ["solicitante", "sec", "agente"]
    codigos = [ingresar(Client(), rosa, perfil=p, password=MAL).status_code for p in perfiles]
    codigos += [ingresar(Client(), rosa, perfil="sec").status_code for _ in range(3)]
    assert codigos == [200] * 5 + [429]


def test_successes_are_free(rosa):
    """A-10: signing in thirty times from one address is nobody's attack, and does not forgive failures."""
    assert fallar(4, rosa) == [200] * 4
    assert [ingresar(Client(), rosa).status_code for _ in range(30)] == [302] * 30
    assert fallar(2, rosa) == [200, 429]


def test_twenty_failures_per_address(rosa, detenido):
    """A-10: one address has twenty failures an hour, over all accounts; another address has its own."""
    codigos = []
    for n in range(22):
        datos = {"login": f"{10_000_000 + n}-0", "perfil": "solicitante"}
        codigos.append(ingresar(Client(), **datos, REMOTE_ADDR="10.1.1.1").status_code)
    assert codigos == [200] * 20 + [429] * 2
    assert ingresar(Client(), rosa, REMOTE_ADDR="10.1.1.1").status_code == 429
    assert ingresar(Client(), rosa, REMOTE_ADDR="10.1.1.2").status_code == 302
    with reloj.adelantar(minutes=60, seconds=1):
        assert ingresar(Client(), rosa, REMOTE_ADDR="10.1.1.1").status_code == 302


def test_an_ipv6_customer_is_one_address(db):
    """A-10: the addresses of one /64 count together."""
    codigos = []
    for n in range(21):
        datos = {"login": f"{10_000_000 + n}-0", "perfil": "solicitante"}
        codigos.append(ingresar(Client(), **datos, REMOTE_ADDR=f"2001:db8:0:1::{n:x}").status_code)
    assert codigos == [200] * 20 + [429]


def test_nobody_locks_the_owner_out(rosa):
    """A-10: a browser that the account has used keeps its own allowance, whatever strangers do."""
    propio = Client()
    ingresar(propio, rosa)
    propio.post("/salir/")
    assert fallar(6, rosa, REMOTE_ADDR="10.3.3.3")[-1] == 429
    assert ingresar(Client(), rosa).status_code == 429
    assert ingresar(propio, rosa).status_code == 302


def test_a_known_browser_is_limited_too(rosa):
    """A-10: its own allowance is five; it is known to one account, not to others."""
    propio = Client()
    ingresar(propio, rosa)
    propio.post("/salir/")
    assert [ingresar(propio, rosa, password=MAL).status_code for _ in range(6)] == [200] * 5 + [429]
    assert ingresar(Client(), rosa).status_code == 302


def test_a_forged_browser_cookie(rosa):
    """A-10: the cookie is signed; an invented one is no known browser."""
    falso = Client()
    falso.cookies["navegador"] = "abc.def:1:firma"
    assert [ingresar(falso, rosa, password=MAL).status_code for _ in range(6)] == [200] * 5 + [429]


def test_dead_attempts_count_as_failures(db, detenido):
    """A-10: an attempt whose process died keeps its place: nothing is gained by killing it."""
    sujeto = (limites.CLAVE_ACTUAL, "alguien")
    for _ in range(5):
        limites._apartar((sujeto,))
    with reloj.adelantar(seconds=limites.ABANDONO + 1), pytest.raises(limites.Limitado), limites.intento(sujeto):
        pass


def test_old_attempts_are_forgotten(conserva, detenido):
    """A-10: rows go a day after they stop counting."""
    conserva("acceso.intentos")
    with limites.intento((limites.CLAVE_ACTUAL, "alguien")):
        pass
    with reloj.adelantar(hours=24):
        call_command("conservacion")
        assert Limite.objects.count() == 1
    with reloj.adelantar(hours=49):
        call_command("conservacion")
    assert Limite.objects.count() == 0


def a_la_vez(cuantos, hacer):
    """Do it in as many threads at the same moment; what each one answered."""
    juntos, respuestas, llave = threading.Barrier(cuantos), [], threading.Lock()

    def uno(n):
        try:
            juntos.wait()
            respuesta = hacer(n)
            with llave:
                respuestas.append(respuesta)
        finally:
            connection.close()

    hilos = [threading.Thread(target=uno, args=(n,)) for n in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return respuestas


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_wrong_passwords_at_once(settings, rosa):
    """A-10: of fifty at the same moment five are looked at, and none of the others is hashed."""
    with contando(settings) as hasher:
        codigos = a_la_vez(50, lambda n: ingresar(Client(), rosa, password=MAL, REMOTE_ADDR=f"10.4.4.{n}").status_code)
        assert (sorted(codigos), hasher.veces) == ([200] * 5 + [429] * 45, 5)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_accounts_from_one_address_at_once(settings):
    """A-10: of fifty accounts tried at once from one address, twenty are looked at."""
    with contando(settings) as hasher:

        def hacer(n):
            datos = {"login": f"{10_000_000 + n}-0", "perfil": "solicitante", "password": MAL}
            return ingresar(Client(), **datos, REMOTE_ADDR="10.5.5.5").status_code

        codigos = a_la_vez(50, hacer)
        assert (sorted(codigos), hasher.veces) == ([200] * 20 + [429] * 30, 20)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_right_passwords_from_one_desk(settings, rosa):
    """A-10: successes are free also when they come all at once: everybody gets in."""
    codigos = a_la_vez(50, lambda n: ingresar(Client(), rosa, REMOTE_ADDR="10.6.6.6").status_code)
    assert codigos == [302] * 50
