"""The drawn clock: rectangle, strip of days, «¿Quién actúa ahora?»."""

import re

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from portal import reloj
from portal.documentos.turno import Turno
from portal.plazos.plazo import Plazo
from tests.plazos.conftest import en_santiago

PLAZO = {"desde": en_santiago("2026-11-30"), "vence": en_santiago("2026-12-11", "23:59:59")}


def dibujar(plantilla: str, **contexto) -> str:
    """The part's HTML, its drawings left out and its spaces single."""
    return _desnudo(render_to_string(plantilla, contexto))


def rectangulo(plazo: Plazo, quien: str = "") -> str:
    """What the tag of that name draws in a table's cell."""
    return _desnudo(Template("{% plazo plazo quien %}").render(Context({"plazo": plazo, "quien": quien})))


def _desnudo(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("hoy", "campos", "clase"),
    [
        ("2026-12-03", {}, "plazo p-enplazo"),
        ("2026-12-10", {}, "plazo p-porvencer"),
        ("2026-12-16", {}, "plazo p-vencido"),
        ("2026-12-16", {"pausas": ((en_santiago("2026-12-02"), None),)}, "plazo p-pausa"),
        ("2026-12-16", {"cumplido": en_santiago("2026-12-02")}, "plazo p-sin"),
        ("2026-12-16", {"cumplido": en_santiago("2026-12-15")}, "plazo p-sin"),
        ("2026-12-16", {"vence": None}, "plazo p-sin"),
    ],
)
def test_rectangulo(hoy, campos, clase):
    """X-01, X-09: short for the eye, a whole sentence for the screen reader."""
    with reloj.detener(en_santiago(hoy)):
        plazo = Plazo(**{**PLAZO, **campos})
        assert rectangulo(plazo) == (
            f'<span class="{clase}"><span><span aria-hidden="true">{plazo.corto}</span>'
            f'<span class="visually-hidden">{plazo.frase}</span></span></span>'
        )


@pytest.mark.parametrize(
    ("hoy", "visible", "oido"),
    [
        ("2026-12-03", "Solicitante, 5 d", "Solicitante: Quedan 5 días hábiles, hasta el viernes 11 de diciembre"),
        ("2026-12-11", "Solicitante, vence hoy", "Solicitante: Vence hoy, viernes 11 de diciembre"),
    ],
)
def test_rectangulo_de_otro(hoy, visible, oido):
    """S-22: in a company's tray the clock of the applicant says whose it is."""
    with reloj.detener(en_santiago(hoy)):
        html = rectangulo(Plazo(**PLAZO), "Solicitante")
    assert re.findall(r">([^<]+)<", html) == [visible, oido]


def test_te_toca():
    """S-22: the lit box: what, until when, how much is left, which days count; and the way to do it."""
    turno = Turno(True, "", "Pagar $ 38.500", Plazo(**PLAZO), accion_url="/pagar/", accion_texto="Pagar")
    with reloj.detener(en_santiago("2026-12-03")):
        html = dibujar("_turno.html", turno=turno)
    assert html.startswith(
        '<section class="turno" aria-labelledby="turno">'
        '<h2 class="turno-titulo" id="turno">¿Quién actúa ahora? Tú</h2><div class="turno-cuerpo">'
        '<dl class="turno-datos"><div><dt>Qué hacer</dt><dd>Pagar $ 38.500</dd></div>'
        "<div><dt>Hasta cuándo</dt><dd>Vie 11 de diciembre</dd></div>"
        "<div><dt>Quedan</dt><dd>5 días hábiles</dd></div></dl>"
        '<p class="mb-3"><a class="btn btn-primary" href="/pagar/">Pagar</a></p>'
        '<details class="plegable" open><summary class="text-reset">Cómo se cuentan los días</summary>'
    )
    assert re.findall(r'<li class="([^"]*)">', html) == [
        "contado",
        "contado",
        "contado hoy",
        "",
        "saltado",
        "saltado",
        "",
        "saltado",
        "",
        "",
        " vence",
    ]
    assert (
        "Llenos: ya pasaron. Rayados: no se cuentan (fin de semana y 8 de diciembre, La Inmaculada Concepción). "
        "Borde grueso: vence."
    ) in html


@pytest.mark.parametrize(
    ("hoy", "campos", "rotulo", "cifra"),
    [
        ("2026-12-10", {}, "Queda", "1 día hábil"),
        ("2026-12-11", {}, "Vence", "Hoy"),
        ("2026-12-16", {}, "Atraso", "3 días hábiles"),
        ("2026-12-12", {}, "Plazo", "Fuera de plazo"),
        (
            "2026-12-16",
            {"pausas": ((en_santiago("2026-12-02"), None),)},
            "Plazo",
            "En pausa desde el miércoles 2 de diciembre",
        ),
    ],
)
def test_lo_que_queda_en_el_recuadro(hoy, campos, rotulo, cifra):
    """S-22: the third figure of the lit box in each state."""
    with reloj.detener(en_santiago(hoy)):
        html = dibujar("_turno.html", turno=Turno(True, "", "Pagar", Plazo(**{**PLAZO, **campos})))
    assert re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", html)[2] == (rotulo, cifra)


@pytest.mark.parametrize(
    ("hoy", "campos", "parrafo"),
    [
        (
            "2026-12-03",
            {},
            "No tienes que hacer nada. Debe responder hasta el <strong>viernes 11 de diciembre</strong>: "
            "quedan 5 días hábiles. Te avisaremos por correo.",
        ),
        (
            "2026-12-16",
            {},
            "No tienes que hacer nada. Debía responder hasta el <strong>viernes 11 de diciembre</strong>: "
            "3 días hábiles de atraso. Te avisaremos por correo.",
        ),
        (
            "2026-12-16",
            {"pausas": ((en_santiago("2026-12-02"), None),)},
            "No tienes que hacer nada. Debe responder. El plazo está en pausa desde el miércoles 2 de diciembre. "
            "Te avisaremos por correo.",
        ),
        (
            "2026-12-16",
            {"vence": None},
            "No tienes que hacer nada. Debe responder. No hay plazo fijado. Te avisaremos por correo.",
        ),
    ],
)
def test_le_toca_a_otro(hoy, campos, parrafo):
    """S-22: the unlit box says who, what, until when, and that one need do nothing."""
    turno = Turno(False, "Maipo", "Responder", Plazo(**{**PLAZO, **campos}), nota="Te avisaremos por correo.")
    with reloj.detener(en_santiago(hoy)):
        html = dibujar("_turno.html", turno=turno)
    assert html.startswith(
        '<section class="espera turno" aria-labelledby="turno">'
        '<h2 class="turno-titulo" id="turno">¿Quién actúa ahora? Maipo</h2>'
        f'<div class="turno-cuerpo"><p>{parrafo}</p>'
    )


def test_sin_plazo_y_sin_turno():
    """S-22: without a term there is neither strip nor figure; when nobody has to act, nothing is drawn."""
    html = dibujar("_turno.html", turno=Turno(True, "", "Terminar tu solicitud"))
    assert re.findall(r"<dt>([^<]*)</dt>|<(details)", html) == [("Qué hacer", "")]
    assert dibujar("_turno.html", turno=None) == ""


def test_en_papel():
    """S-09: on paper the turn is a sentence."""
    with reloj.detener(en_santiago("2026-12-03")):
        plazo = Plazo(**PLAZO)
        cola = "Quedan 5 días hábiles, hasta el viernes 11 de diciembre."
        assert Turno(False, "Maipo", "Responder", plazo).frase == f"Maipo debe responder. {cola}"
        assert Turno(True, "", "Pagar $ 38.500", plazo).frase == f"Tú debes pagar $ 38.500. {cola}"
        assert Turno(False, "Maipo", "Responder").frase == "Maipo debe responder."


def test_los_dias_que_no_se_muestran_se_dicen():
    """S-22: a long strip says aloud how many days it leaves out."""
    with reloj.detener(en_santiago("2026-12-01")):
        plazo = Plazo(**{**PLAZO, "vence": en_santiago("2027-03-31", "23:59:59")})
        html = dibujar("_dias.html", plazo=plazo)
    fuera = sum(d.omitidos for d in plazo.dias)
    assert re.findall(r"(\d+) días que no se muestran aquí", html) == [str(fuera)]
