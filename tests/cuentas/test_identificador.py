"""RUT and RUC: one stored form, whatever was typed; nothing false gets through."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cuentas.identificador import CLASES, normalizar, presentar, validar

libre = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
BOM, NBSP, RAYA, SUAVE = "\ufeff", "\u00a0", "\u2013", "\u00ad"


def digito(cuerpo: int) -> str:
    """Modulo 11, worked out here."""
    suma = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(str(cuerpo))))
    return "0K987654321"[suma % 11]


ruts = st.integers(1_000_000, 99_999_999).map(lambda cuerpo: f"{cuerpo}-{digito(cuerpo)}")


@pytest.mark.parametrize(
    "escrito",
    [
        "12.345.678-5",
        "12345678-5",
        "123456785",
        " 12 345 678 - 5 ",
        "012.345.678-5",
        "000012345678-5",
        f"{BOM}12.345.678-5",
        f"12.345.678{RAYA}5",
        "12.345.678\u20145",
        "12.345.678\u22125",
        "12.345.678\u20115",
        f"12{NBSP}345{NBSP}678-5",
        f"12.345.678{SUAVE}-5",
        "12.345.678-5\r\n",
        "\u200e12.345.678-5\u200b",
        "１２３４５６７８－５",
        "12,345,678-5",
    ],
)
def test_un_rut_escrito_de_muchas_formas(escrito):
    """A-01: dots, spaces, hyphens, zeros and what copying brings along do not matter."""
    assert validar(escrito) == "12345678-5"


@pytest.mark.parametrize("escrito", ["16.543.210-k", "16543210K", "16543210-\u212a"])
def test_la_k_es_mayuscula(escrito):
    """A-01: `k` and `K`, and the sign for kelvin, are one letter."""
    assert validar(escrito) == "16543210-K"


@pytest.mark.parametrize(
    "escrito",
    [
        "",
        "   ",
        "-",
        "K",
        "0",
        "00000000-0",
        "0-0",
        "-12531909-2",
        f"{RAYA}12531909-2",
        " -12531909-2",
        "--12531909-2",
        "12345678-4",
        "12345678-K",
        "12345678",
        "1-9",
        "123456789012-3",
        "١٢٣٤٥٦٧٨-5",
        "12345678-٥",
        "12K45678-5",
        "+12345678-5",
        "12.345.678-5 o 1",
        "12/345/678-5",
        "\x00",
        "🙂",
        "1e7-9",
    ],
)
def test_lo_que_no_es_un_rut(escrito):
    """A-01: refused with one sentence that says how to write it."""
    with pytest.raises(ValidationError) as error:
        validar(escrito)
    assert error.value.messages == [
        "Revisa el RUT: escríbelo completo, con su dígito verificador. Ejemplo: 12.345.678-5."
    ]


@libre
@given(ruts, st.data())
def test_todo_rut_sobrevive_a_su_adorno(rut, datos):
    """A-01: any RUT, with anything that people and clipboards put in between, comes out the same."""
    adorno = st.text(f". {NBSP}{BOM}{RAYA}-\t·,", max_size=3)
    partes = [datos.draw(adorno) + c for c in rut.replace("-", "")]
    partes[0] = partes[0].translate({ord(g): None for g in f"{RAYA}-"})
    escrito = datos.draw(st.sampled_from(["", "0", "00", BOM, NBSP])) + "".join(partes) + datos.draw(adorno)
    assert validar(escrito) == validar(escrito.lower()) == rut


@libre
@given(ruts)
def test_otro_digito_verificador_nunca_pasa(rut):
    """A-01: of the eleven check digits one is right."""
    aceptados = []
    for ultimo in "0123456789K":
        try:
            aceptados.append(validar(rut[:-1] + ultimo))
        except ValidationError:
            continue
    assert aceptados == [rut]


@libre
@given(st.text(), st.sampled_from(sorted(CLASES)))
def test_ningun_texto_lo_rompe(texto, clase):
    """A-01: whatever is pasted either has the stored form or is refused; the stored form is stable."""
    normal = normalizar(texto, clase)
    try:
        assert validar(texto, clase) == normal
    except ValidationError:
        return
    assert re.fullmatch(CLASES[clase].patron, normal)
    assert normalizar(normal, clase) == normal


@pytest.mark.parametrize(
    ("clase", "escrito", "normal"),
    [
        ("py.ruc", "80.012.345-0", "80012345-0"),
        ("py.ruc", "080012345 0", "80012345-0"),
        ("pe.ruc", "20123456786", "20123456786"),
        ("pe.ruc", f"{BOM}20-12345678-6 ", "20123456786"),
    ],
)
def test_el_ruc_de_paraguay_y_el_del_peru(settings, clase, escrito, normal):
    """A-01: the other two kinds; Peru's has eleven digits and no hyphen."""
    assert validar(escrito, clase) == normal
    settings.IDENTIFICADOR = clase
    assert (validar(escrito), presentar(normal)) == (normal, normal)


@pytest.mark.parametrize(
    ("clase", "escrito"),
    [
        ("py.ruc", "80012345-1"),
        ("py.ruc", "-80012345-0"),
        ("py.ruc", "80012345-K"),
        ("py.ruc", "0-0"),
        ("py.ruc", "800123450000-0"),
        ("pe.ruc", "20123456780"),
        ("pe.ruc", "30123456786"),
        ("pe.ruc", "2012345678"),
        ("pe.ruc", "2012345678K"),
        ("pe.ruc", "-20123456786"),
    ],
)
def test_lo_que_no_es_un_ruc(settings, clase, escrito):
    """A-01: wrong digit, sign, letter, length, kind of holder; the message shows that kind's example."""
    settings.IDENTIFICADOR, settings.IDENTIFICADOR_NOMBRE = clase, "RUC"
    with pytest.raises(ValidationError) as error:
        validar(escrito)
    assert error.value.messages == [
        f"Revisa el RUC: escríbelo completo, con su dígito verificador. Ejemplo: {CLASES[clase].ejemplo}."
    ]


@pytest.mark.parametrize("clase", sorted(CLASES))
def test_los_ejemplos_son_validos(clase):
    """A-01: an example that we show is one that we accept."""
    validar(CLASES[clase].ejemplo, clase)


@pytest.mark.parametrize(
    ("normal", "visible"),
    [("12345678-5", "12.345.678-5"), ("5126663-3", "5.126.663-3"), ("16543210-K", "16.543.210-K"), ("zx", "zx")],
)
def test_para_los_ojos(normal, visible):
    """A-06: a RUT is shown with its dots; what is none, as it stands."""
    assert presentar(normal) == visible
