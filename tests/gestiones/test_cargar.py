"""Carga de Gestión de Atención al Cliente, in the order of PA0580."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gestiones import actions
from gestiones.models import Borrador, Designacion, Gestion
from portal import reloj
from portal.cuentas.ambito import como
from portal.sgc.models import Ajuste, Expediente
from tests.gestiones.ayuda import CARGAR, DATOS, campos, grabar, instante, pagina


@pytest.fixture(autouse=True)
def _de_manana():
    """Wednesday 18 November 2026, 10:00 in Asunción."""
    with reloj.detener(instante(18, 10)):
        yield


def grabadas() -> list[Gestion]:
    return list(Gestion._base_manager.order_by("numero"))


def test_the_whole_entry(nadia, entrar):
    """G-04: document, reference, type, Grabar: logged with the server's moment; ready for the next client at once."""
    texto = pagina(entrar(nadia), observacion="Se explicó la factura")
    (gestion,) = grabadas()
    assert (gestion.documento, gestion.referencia, gestion.clase, gestion.tipo) == ("1730558", "2210733", "nis", 5)
    assert (gestion.agente, gestion.momento, gestion.extraordinaria) == (nadia, instante(18, 10), False)
    assert (gestion.titular, gestion.tension, gestion.verificada) == ("Eusebia Benítez de Cáceres", "BT", True)
    assert gestion.caso.numero == str(gestion.numero)
    assert "Grabada a las 10:00" in texto
    assert 'id="id_documento" maxlength="30" value=""' in texto


@pytest.mark.parametrize(
    ("tipo", "numero", "queja"),
    [
        ("ci", "", "Escribe el número de documento"),
        ("ci", "12", "Revisa el número de C.I."),
        ("ruc", "80012345-1", "con su dígito verificador"),
        ("rut", "1730558", "Elige el tipo de documento"),
        ("", "1730558", "Elige el tipo de documento"),
    ],
)
def test_nothing_else_is_open_before_a_valid_document(nadia, entrar, tipo, numero, queja):
    """G-01: on the server too: the rest is neither judged nor shown, whatever was sent with it."""
    texto = pagina(entrar(nadia), tipo_documento=tipo, documento=numero, referencia="no existe", tipo="9")
    assert queja in texto
    assert "No existe en el sistema comercial" not in texto
    assert 'name="referencia"' not in texto
    assert grabadas() == []


def test_a_valid_document_opens_the_rest(nadia, entrar):
    """G-01: the person need not be known."""
    texto = pagina(entrar(nadia), documento="4999888", paso="documento", referencia=None, tipo=None)
    assert 'name="referencia"' in texto
    assert "Error:" not in texto


@pytest.mark.parametrize(
    ("escrita", "hallada"),
    [
        ("2.210.733", "NIS 2210733"),
        ("9900031", "Textil Ypacaraí S.A., MT, Ruta 2, km 38"),
        ("4417/2026", "Expediente 4417/2026"),
        ("r-20931", "Reclamo R-20931"),
    ],
)
def test_it_shows_what_the_reference_is(nadia, entrar, escrita, hallada):
    """G-02: NIS, file or complaint, with whom and what it found."""
    assert hallada in pagina(entrar(nadia), referencia=escrita, paso="referencia", tipo=None)


def test_an_unknown_reference_is_refused(nadia, entrar):
    """G-02: it must exist in the commercial system; what was typed stays."""
    texto = pagina(entrar(nadia), referencia="7777777")
    assert "No existe en el sistema comercial" in texto
    assert 'value="7777777"' in texto
    assert grabadas() == []


def test_a_company_may_take_what_the_mirror_does_not_know(nadia, entrar, espejo, ramon):
    """G-02: by its own switch; the kind is asked, and the entry is marked as not verified for the head."""
    Ajuste.objects.create(distribuidora=espejo, admite_no_verificadas=True)
    navegador = entrar(nadia)
    assert "Elige qué es" in pagina(navegador, referencia="7777777")
    pagina(navegador, referencia="7777777", clase="nis")
    (gestion,) = grabadas()
    assert (gestion.referencia, gestion.clase, gestion.verificada) == ("7777777", "nis", False)
    assert "no verificado" in entrar(ramon).get("/gestiones/?no_verificadas=on").content.decode()


def test_one_number_that_is_two_things_asks_which(nadia, entrar, espejo):
    """G-02: the officer chooses."""
    Expediente._base_manager.create(distribuidora=espejo, clase="expediente", numero="2210733", asunto="Traslado")
    navegador = entrar(nadia)
    texto = pagina(navegador)
    assert "Elige cuál de ellos es" in texto
    assert "Traslado" in texto
    pagina(navegador, clase="expediente")
    assert [g.clase for g in grabadas()] == ["expediente"]


def test_preferential_says_for_whom(nadia, entrar):
    """G-03: which of the three."""
    navegador = entrar(nadia)
    assert "Elige a quién se atendió" in pagina(navegador, tipo="2")
    assert "Elige una de la lista" in pagina(navegador, tipo="2", preferencial="otra")
    pagina(navegador, tipo="2", preferencial="embarazada")
    pagina(navegador, tipo="3", preferencial="embarazada")
    assert [(g.tipo, g.preferencial) for g in grabadas()] == [(2, "embarazada"), (3, "")]


def test_large_clients_are_in_medium_voltage(nadia, entrar):
    """G-03: in MT at once; else it warns, and asks to confirm with an observation."""
    navegador = entrar(nadia)
    pagina(navegador, referencia="9900031", tipo="1")
    aviso = pagina(navegador, tipo="1")
    assert "no figura en Media Tensión" in aviso
    assert "Explica en la observación" in pagina(navegador, tipo="1", confirma_grandes="on")
    assert "Confírmalo" in pagina(navegador, tipo="1", observacion="Edificio en trámite de MT")
    assert len(grabadas()) == 1
    pagina(navegador, tipo="1", confirma_grandes="on", observacion="Edificio en trámite de MT")
    assert [(g.tension, g.observacion) for g in grabadas()] == [("MT", ""), ("BT", "Edificio en trámite de MT")]


def test_a_repeated_entry_is_pointed_out_and_not_forbidden(nadia, teresa, entrar):
    """G-09: same officer, document, reference, type, day; anybody else's or another day's is no repetition."""
    navegador = entrar(nadia)
    pagina(navegador)
    assert "Ya grabaste hoy" in pagina(navegador)
    assert len(grabadas()) == 1
    pagina(navegador, tipo="4")
    pagina(entrar(teresa))
    pagina(navegador, confirma_repetida="on")
    with reloj.adelantar(days=1):
        pagina(entrar(nadia))
    assert len(grabadas()) == 5


def test_sent_twice_it_is_one(nadia, entrar):
    """G-04: a second click, or the same form sent again, logs nothing more."""
    navegador, datos = entrar(nadia), campos()
    for _ in range(3):
        navegador.post(CARGAR, datos)
    assert len(grabadas()) == 1


def test_the_key_of_another_officer_gives_nothing_away(nadia, teresa, entrar):
    """A-12: somebody else's key is no way to somebody else's entry."""
    datos = campos()
    entrar(nadia).post(CARGAR, datos)
    with como(teresa), pytest.raises(Exception, match="Caso"):
        actions.grabar(DATOS, por=teresa, clave=datos["clave"])


def test_what_was_typed_is_there_again(nadia, teresa, entrar):
    """G-04: the session ended between two steps: the same officer finds the draft, nobody else does."""
    pagina(entrar(nadia), paso="referencia", tipo=None)
    otra_vez = entrar(nadia).get(CARGAR).content.decode()
    assert "Retomamos lo que escribiste a las 10:00" in otra_vez
    assert 'value="1.730.558"' in otra_vez
    assert 'value="2210733"' in otra_vez
    assert "Retomamos" not in entrar(teresa).get(CARGAR).content.decode()
    pagina(entrar(nadia))
    assert Borrador._base_manager.count() == 0


def test_limpiar_throws_the_draft_away(nadia, entrar):
    """G-04: and shows an empty form."""
    navegador = entrar(nadia)
    pagina(navegador, paso="documento", referencia=None, tipo=None)
    assert "Retomamos" not in pagina(navegador, paso="limpiar")
    assert Borrador._base_manager.count() == 0


def test_the_pieces_that_a_script_asks_for(nadia, entrar):
    """G-04: with htmx each step answers with the part that changes, and the last one with the next form."""
    navegador = entrar(nadia)
    pieza = {"HTTP_HX_REQUEST": "true"}
    hallazgo = navegador.post(CARGAR, campos(paso="referencia", tipo=None), **pieza).content.decode()
    assert hallazgo.lstrip().startswith('<div id="hallazgo"')
    nueva = navegador.post(CARGAR, campos(), **pieza).content.decode()
    assert nueva.lstrip().startswith('<div id="carga"')
    assert "Grabada a las 10:00" in nueva


def test_who_is_not_defined_for_the_day_cannot_log(atencion, nadia, entrar):
    """G-06: the form says what to do, and keeps what was typed."""
    Designacion._base_manager.filter(funcionario=nadia).update(hasta=instante(17, 1).date())
    texto = pagina(entrar(nadia))
    assert "Hoy no estás entre los funcionarios que atienden" in texto
    assert 'value="2210733"' in texto
    assert grabadas() == []


def test_support_logs_for_the_unit_supported(lejana, atencion, nadia, designar, entrar):
    """G-06: an officer of another unit, de apoyo, sees the own entry; the unit owns it."""
    Designacion._base_manager.filter(funcionario=lejana).delete()
    designar(lejana, atencion, "apoyo")
    pagina(entrar(lejana))
    (gestion,) = grabadas()
    assert gestion.unidad == atencion
    assert entrar(lejana).get(f"/gestiones/{gestion.numero}/").status_code == 200


def test_the_page_does_not_ask_more_with_more_entries(nadia, entrar):
    """X-07: queries at 1 and at 6 entries of today are the same."""
    navegador = entrar(nadia)
    cuentas = []
    for cuantas in (1, 5):
        for _ in range(cuantas):
            grabar(nadia)
        with CaptureQueriesContext(connection) as consultas:
            navegador.get(CARGAR)
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


@pytest.mark.parametrize(
    "mal",
    [
        {"documento": "12"},
        {"tipo": 2},
        {"tipo": 5, "preferencial": "embarazada"},
        {"tipo": 1, "tension": "BT"},
    ],
)
def test_the_action_refuses_what_no_form_may_let_through(nadia, mal):
    """G-01, G-03: whoever calls it."""
    with pytest.raises(ValidationError):
        grabar(nadia, **mal)


@pytest.mark.parametrize(
    "mal",
    [
        {"tipo": 9},
        {"tipo": 2, "preferencial": ""},
        {"tipo": 1, "tension": "", "observacion": ""},
        {"documento": ""},
        {"referencia": ""},
        {"estado": "observada", "reparo": ""},
    ],
)
def test_the_database_refuses_nonsense(nadia, mal):
    """G-03, G-07: named constraints."""
    gestion = grabar(nadia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gestion._base_manager.filter(pk=gestion.pk).update(**mal)


def test_only_officers_log(ramon, lucia):
    """A-11: 403 for a head, at the action too."""
    for perfil in (ramon, lucia):
        with como(perfil), pytest.raises(PermissionDenied):
            actions.grabar(DATOS, por=perfil, clave=uuid4())
