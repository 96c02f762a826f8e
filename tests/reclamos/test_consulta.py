"""Following a complaint without an account (Q-17)."""

import re

import pytest
from django.test import Client

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from reclamos import puerta
from reclamos.models import Estado, Reclamo
from tests.acceso.ayuda import sin_fichas
from tests.factories import rut
from tests.seguridad.casos import respuesta_al_captcha

pytestmark = pytest.mark.django_db
DOCUMENTO = rut(7_654_321)


def consultar(navegador, codigo, documento=DOCUMENTO):
    return navegador.post("/reclamos/estado/", {"codigo": codigo, "documento": documento} | respuesta_al_captcha())


@pytest.mark.parametrize("escrito", [DOCUMENTO, "7654321" + DOCUMENTO[-1], "7.654.321-" + DOCUMENTO[-1].lower()])
def test_code_and_document_open_it(escrito, reclamo_en):
    """Q-17: by its code or its N° de ingreso, the document written in any way."""
    reclamo = reclamo_en(Estado.EN_TRAMITE)
    for codigo in (reclamo.codigo, f" {reclamo.ingreso.lower()} "):
        navegador = Client()
        assert consultar(navegador, codigo, escrito)["Location"] == reclamo.get_absolute_url()
        assert reclamo.codigo in navegador.get(reclamo.get_absolute_url()).content.decode()


def test_unknown_code_and_wrong_document_are_answered_alike(reclamo_en):
    """Q-17: nothing tells a complaint that exists from one that does not; its page neither."""
    reclamo = reclamo_en(Estado.EN_TRAMITE)

    def limpia(respuesta, dicho):
        cuerpo = re.sub(r"¿Cuánto es [^?]+\?", "", sin_fichas(respuesta.content))
        return respuesta.status_code, re.sub(r'value="[^"]*"', "", cuerpo.replace(dicho, ""))

    mala = consultar(Client(), reclamo.codigo, rut(9_999_999))
    nada = consultar(Client(), "R-2026-999999", rut(9_999_999))
    assert limpia(mala, reclamo.codigo) == limpia(nada, "R-2026-999999")
    assert "No encontramos un reclamo" in mala.content.decode()
    paginas = [Client().get(f"/reclamos/caso/{n}/") for n in (reclamo.ingreso, "R999999")]
    assert {(p.status_code, p["Location"]) for p in paginas} == {(302, "/reclamos/estado/")}


def test_limits_on_guessing(reclamo_en):
    """Q-17: ten wrong documents for one code, and even the right one has to wait; right ones are free."""
    reclamo = reclamo_en(Estado.EN_TRAMITE)
    for _ in range(puerta.CONSULTA_POR_CODIGO.maximo + 3):
        assert consultar(Client(), reclamo.codigo).status_code == 302
    for n in range(puerta.CONSULTA_POR_CODIGO.maximo):
        assert consultar(Client(), reclamo.codigo, rut(1_000_000 + n)).status_code == 200
    assert consultar(Client(), reclamo.codigo).status_code == 429


def test_the_key_opens_that_case_alone(reclamo_en, rosa):
    """Q-17, A-12: neither another anonymous complaint nor one of somebody with an account."""
    suyo, otro, de_rosa = (
        reclamo_en(Estado.EN_TRAMITE),
        reclamo_en(Estado.EN_TRAMITE),
        reclamo_en(Estado.RESPONDIDO, por=rosa),
    )
    navegador = Client()
    consultar(navegador, suyo.codigo)
    for ajeno in (otro, de_rosa):
        assert navegador.get(ajeno.get_absolute_url())["Location"] == "/reclamos/estado/"
        assert (
            navegador.post(f"{ajeno.get_absolute_url()}apelar/", {"motivo": "No."})["Location"] == "/reclamos/estado/"
        )
    with sin_ambito():
        adjunto = de_rosa.caso.adjuntos.get(tipo="resolucion")
    assert navegador.get(f"{suyo.get_absolute_url()}archivo/{adjunto.pk}/").status_code == 404


def test_the_key_completes_appeals_and_complains(reclamo_en, detenido):
    """Q-04, Q-17: everything that the holder of an account does, without one."""
    navegador = Client()
    for estado, acto, datos, dias, despues in (
        (Estado.POR_COMPLETAR, "completar", {"texto": "Aquí va."}, 1, Estado.EN_TRAMITE),
        (Estado.RESPONDIDO, "apelar", {"motivo": "No revisaron."}, 1, Estado.EN_APELACION),
        (Estado.EN_TRAMITE, "queja", {"motivo": "No responden."}, 60, Estado.EN_TRAMITE),
    ):
        reclamo = reclamo_en(estado)
        with reloj.adelantar(days=dias):
            consultar(navegador, reclamo.codigo)
            assert navegador.get(f"{reclamo.get_absolute_url()}{acto}/").status_code == 200
            hecho = navegador.post(f"{reclamo.get_absolute_url()}{acto}/", datos, follow=True)
        assert hecho.redirect_chain == [(reclamo.get_absolute_url(), 302)]
        with sin_ambito():
            assert Reclamo.objects.get(pk=reclamo.pk).estado == despues
            evento = next(e for e in reclamo.caso.eventos.all()) if acto == "completar" else None
        assert evento is None or evento.perfil is None


def test_who_holds_code_and_document_of_an_account_looks_and_does_nothing(reclamo_en, rosa):
    """Q-17, A-12: the page opens, and acts stay with the account."""
    reclamo = reclamo_en(Estado.RESPONDIDO, por=rosa)
    navegador = Client()
    consultar(navegador, reclamo.codigo, rosa.usuario.identificador)
    pagina = navegador.get(reclamo.get_absolute_url()).content.decode()
    assert reclamo.codigo in pagina
    assert "apelar/" not in pagina
    assert navegador.post(f"{reclamo.get_absolute_url()}apelar/", {"motivo": "No."}).status_code == 403
