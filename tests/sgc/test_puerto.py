"""The door to the commercial system: numbers as people type them, and who is asked in which order."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.cuentas.ambito import SinAmbito, como
from portal.sgc import puerto
from portal.sgc.models import Cliente, Expediente, Suministro
from portal.sgc.numeros import normalizar, validar
from portal.sgc.puerto import Clase, Referencia, buscar_referencia, buscar_referencias, buscar_suministro


@pytest.fixture
def fuentes(monkeypatch):
    """Sources registered in a test go away with it."""
    monkeypatch.setattr(puerto, "_fuentes", {clase: [] for clase in Clase})


@pytest.mark.parametrize(
    "escrito", ["2210733", " 2.210.733 ", "02210733", "2 210 733", "\ufeff2210733\u200b", "２２１０７３３"]
)
def test_a_nis_is_found_however_it_is_typed(espejo, escrito):
    """X-05: dots, spaces, zeros in front and what copying brings along do not matter."""
    suministro = buscar_suministro(espejo, escrito)
    assert suministro is not None
    assert (suministro.nis, suministro.titular.nombre) == ("2210733", "Eusebia Benítez de Cáceres")


def test_what_is_found_says_whom_and_where(espejo):
    """X-05: NIS, file and complaint, with what is known of each."""
    encontradas = [buscar_referencias(espejo, t) for t in ("2210733", "4417/2026", "r-20931", "1", "", "%", "\x00")]
    assert [[(str(r), r.detalle) for r in lista] for lista in encontradas] == [
        [("NIS 2210733", "Eusebia Benítez de Cáceres, BT, Ytororó 845, Lambaré")],
        [("Expediente 4417/2026", "Suministro nuevo")],
        [("Reclamo R-20931", "Eusebia Benítez de Cáceres, BT, Ytororó 845, Lambaré")],
        [],
        [],
        [],
        [],
    ]


def test_another_company_finds_nothing(espejo, distribuidora):
    """X-05, A-12: each company asks its own mirror."""
    assert buscar_referencias(distribuidora, "2210733") == []


def test_a_registered_source_answers_what_the_mirror_does_not_know(espejo, fuentes):
    """X-05: a complaint of this portal counts; the mirror's own word goes before it."""
    puerto.registrar_fuente(Clase.RECLAMO, lambda empresa, numero: Referencia(Clase.RECLAMO, numero, titular="Portal"))
    assert buscar_referencia(espejo, Clase.RECLAMO, "RP-1").titular == "Portal"
    assert buscar_referencia(espejo, Clase.RECLAMO, "R-20931").titular == "Eusebia Benítez de Cáceres"
    assert buscar_referencia(espejo, Clase.NIS, "RP-1") is None


def test_the_same_number_may_stand_for_two_things(espejo):
    """X-05: both are given; whoever asks chooses."""
    Expediente._base_manager.create(distribuidora=espejo, clase="expediente", numero="2210733")
    assert [r.clase for r in buscar_referencias(espejo, "2210733")] == [Clase.NIS, Clase.EXPEDIENTE]


@pytest.mark.parametrize(
    ("escrito", "normal"),
    [("0", "0"), ("000", "0"), ("", ""), ("5000000-7", "5000000-7"), ("r–20931", "R-20931"), ("0044/2026", "44/2026")],
)
def test_normal_form_of_a_number(escrito, normal):
    """X-05: one form for what is stored and for what is asked."""
    assert normalizar(escrito) == normal


@pytest.mark.parametrize("escrito", ["", "-", "12--3", "'; drop", "1" * 31, "<b>", "=1+1"])
def test_what_cannot_be_a_number_is_refused(escrito):
    """X-05: with a sentence."""
    with pytest.raises(ValidationError, match="Revisa el NIS"):
        validar(escrito, "NIS")


def test_the_mirror_belongs_to_its_company(espejo, agente):
    """A-12: without a scope it refuses; another company's staff sees none of it."""
    with pytest.raises(SinAmbito):
        Suministro.objects.count()
    with como(agente):
        assert [m.objects.count() for m in (Cliente, Suministro, Expediente)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("modelo", "cambio"),
    [
        (Suministro, {"nis": "2210733"}),
        (Suministro, {"nis": ""}),
        (Suministro, {"tension": "AT"}),
        (Suministro, {"estado": "otro"}),
        (Cliente, {"documento": "80012345-0", "tipo_documento": "ruc"}),
        (Cliente, {"nombre": ""}),
        (Cliente, {"documento": ""}),
    ],
)
def test_the_database_refuses_nonsense(espejo, modelo, cambio):
    """X-05: one NIS and one document per company, known words, nothing without a name."""
    fila = modelo._base_manager.order_by("pk").first()
    if cambio.get("nis"):
        fila = modelo._base_manager.get(nis="9900031")
    with pytest.raises(IntegrityError), transaction.atomic():
        modelo._base_manager.filter(pk=fila.pk).update(**cambio)


@pytest.mark.parametrize("cambio", [{"clase": "reclamo", "numero": "R-20931"}, {"numero": ""}, {"clase": "otra"}])
def test_the_database_refuses_a_second_file_of_the_same_number(espejo, cambio):
    """X-05: one number of each kind per company."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Expediente._base_manager.filter(numero="4417/2026").update(**cambio)
