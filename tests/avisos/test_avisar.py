"""Writing notices: rendered now, one row per address, in the transaction of what they announce."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings as ajustes
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.avisos.actions import avisar
from portal.avisos.fuente import PlantillaMalEscrita, partir
from portal.avisos.lenguaje import revisar
from portal.avisos.models import Aviso
from portal.avisos.redaccion import redactar
from portal.cuentas.ambito import como

pytestmark = pytest.mark.django_db

PAGO = """Asunto: {{ folio }}: tienes que pagar {{ monto }}

Te toca a ti: pagar {{ monto }}

{{ empresa }} ya tiene lista la respuesta a tu {{ formulario }}.

{% if comentario %}Dice: {{ comentario }}{% endif %}
"""
CONTEXTO = {
    "monto": "$ 38.500",
    "empresa": "Eléctrica del Maipo",
    "formulario": "Solicitud de Conexión",
    "plazo_texto": "Hasta el **viernes 11 de diciembre de 2026**. Quedan 5 días hábiles.",
    "boton": ("Ver cómo pagar", "/s/YN194"),
    "datos": [("N° Folio", "YN194"), ("Concepto", "Informe de criterios técnicos")],
    "motivo": "porque enviaste la solicitud YN194",
}


class Lector(HTMLParser):
    """What a mail program sees: tags that matter, links, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.etiquetas: list[str] = []
        self.enlaces: list[str] = []
        self.texto = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.etiquetas.append(tag)
        self.enlaces += [v for k, v in attrs if k == "href" and v]

    def handle_data(self, data: str) -> None:
        self.texto += data


def test_asunto_texto_y_html_dicen_lo_mismo(plantillas, rosa, caso, settings):
    """X-02: subject, text and HTML with greeting, title, deadline, one button, data, contact and why."""
    settings.DIRECCION_PUBLICA = "https://ventanilla.example"
    plantillas("pago", PAGO)
    (aviso,) = avisar(caso, "pago", para=[(rosa.usuario.email, rosa)], contexto=CONTEXTO)
    assert aviso.asunto == "YN194: tienes que pagar $ 38.500"
    assert aviso.texto == (
        "Hola, Rosa:\n\nTe toca a ti: pagar $ 38.500\n\n"
        "Eléctrica del Maipo ya tiene lista la respuesta a tu Solicitud de Conexión.\n\n"
        "Hasta el viernes 11 de diciembre de 2026. Quedan 5 días hábiles.\n\n"
        "Ver cómo pagar:\nhttps://ventanilla.example/s/YN194\n\n"
        "- - - - - - - - - - - - - - - - - - - -\n"
        "N° Folio: YN194\nConcepto: Informe de criterios técnicos\n"
        "- - - - - - - - - - - - - - - - - - - -\n\n"
        "¿No funciona el enlace? Ingresa a https://ventanilla.example con tu RUT y busca el folio YN194. "
        "Nunca te pediremos la contraseña por correo.\n\n"
        "-- \nVentanilla, Trámites de electricidad\n"
        "Responsable: Superintendencia de Electricidad y Combustibles (SEC). Contacto: ventanilla@sec.example.\n"
        "Recibes este aviso porque enviaste la solicitud YN194.\n"
    )
    html = Lector(aviso.html)
    for trozo in (
        "Hola, Rosa:",
        "Te toca a ti: pagar $ 38.500",
        "viernes 11 de diciembre de 2026",
        "Ver cómo pagar",
        "Informe de criterios técnicos",
        "Recibes este aviso porque enviaste la solicitud YN194.",
    ):
        assert trozo in html.texto
    assert html.etiquetas.count("strong") == 1
    assert set(html.enlaces) == {
        "data:,",
        "https://ventanilla.example/s/YN194",
        "https://ventanilla.example",
        "mailto:ventanilla@sec.example",
    }


def test_una_fila_por_direccion_distinta(plantillas, rosa, pedro, caso):
    """X-02: the same address written in another case is one recipient; an empty one is none."""
    plantillas("pago", PAGO)
    para = [("ROSA@correo.example", None), ("", None), (" rosa@correo.example ", rosa), ("otra@correo.example", pedro)]
    avisos = avisar(caso, "pago", para=para, contexto=CONTEXTO)
    assert [(a.para, a.perfil) for a in avisos] == [("ROSA@correo.example", rosa), ("otra@correo.example", pedro)]
    assert avisos[0].texto.startswith("Hola, Rosa:")
    assert avisos[1].texto.startswith("Hola, Pedro:")


def test_sin_nombre_saluda_igual(plantillas, caso):
    """X-02: an additional address has no profile: the greeting has no name."""
    plantillas("pago", PAGO)
    (aviso,) = avisar(caso, "pago", para=[("anexo@correo.example", None)], contexto=CONTEXTO)
    assert aviso.texto.startswith("Hola:\n")


@pytest.mark.django_db(transaction=True)
def test_lo_que_se_deshace_no_avisa(plantillas, rosa, caso, mailoutbox):
    """X-02: a transaction that is rolled back leaves no row and sends nothing; one that is committed sends once."""
    plantillas("pago", PAGO)

    def avisar_y(fallar: bool) -> None:
        with transaction.atomic():
            avisar(caso, "pago", para=[(rosa.usuario.email, rosa)], contexto=CONTEXTO)
            assert mailoutbox == []
            if fallar:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        avisar_y(fallar=True)
    assert (Aviso.todos().count(), len(mailoutbox)) == (0, 0)
    avisar_y(fallar=False)
    assert (Aviso.todos().count(), len(mailoutbox)) == (1, 1)


HOSTIL = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            "Ana\r\nBcc: todos@correo.example",
            "x\n\nAsunto: otro\n\nOtro título",
            "{{ settings.SECRET_KEY }}{% include 'base.html' %}",
            "{% debug %}",
            "<script>alert(1)</script>",
            "</title><img src=x onerror=alert(1)>",
            '" onmouseover="alert(1)',
            "\x00\x1b[31m\u202e\u2028",
            '=HYPERLINK("http://x")',
            "**negrita**",
            "ñ" * 400,
        ]
    ),
)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nombre=HOSTIL, comentario=HOSTIL)
def test_lo_que_la_gente_escribe_no_se_sale_de_su_lugar(plantillas, rosa, caso, nombre, comentario):
    """X-02: values become neither headers nor markup nor template code, whatever is in them."""
    plantillas("pago", PAGO.replace("{{ folio }}:", "{{ folio }}: {{ empresa }}"))
    limpio = redactar("pago", contexto=CONTEXTO | {"comentario": "x"}, caso=caso, perfil=rosa)
    contexto = CONTEXTO | {
        "empresa": nombre,
        "comentario": comentario,
        "saludo": nombre or "x",
        "datos": [(nombre, comentario), ("N° Folio", "YN194")],
    }
    hostil = redactar("pago", contexto=contexto | {"comentario": comentario or "x"}, caso=caso, perfil=rosa)
    assert "\n" not in hostil.asunto
    assert hostil.asunto.isprintable() or hostil.asunto.replace("\u202e", "").strip()
    assert len(hostil.asunto) <= 200
    etiquetas_limpias = [e for e in Lector(limpio.html).etiquetas if e != "br"]
    etiquetas = [e for e in Lector(hostil.html).etiquetas if e not in ("br", "p")]
    assert etiquetas == [e for e in etiquetas_limpias if e != "p"]
    assert Lector(hostil.html).enlaces == Lector(limpio.html).enlaces
    assert ajustes.SECRET_KEY not in hostil.html + hostil.texto
    assert "\x00" not in hostil.html + hostil.texto + hostil.asunto


def test_una_llave_escrita_por_la_gente_llega_tal_cual(plantillas, rosa, caso):
    """X-02: `{{ … }}` in a comment arrives as it was typed."""
    plantillas("pago", PAGO)
    contexto = CONTEXTO | {"comentario": "usa {{ folio }} & <b>eso</b>\notra línea"}
    mensaje = redactar("pago", contexto=contexto, caso=caso, perfil=rosa)
    assert "Dice: usa {{ folio }} & <b>eso</b>\notra línea\n" in mensaje.texto
    assert "Dice: usa {{ folio }} &amp; &lt;b&gt;eso&lt;/b&gt;<br>otra línea" in mensaje.html


@pytest.mark.parametrize("texto", ["", "Asunto: x", "Asunto: x\n\nTítulo", "Título\n\nAsunto: x\n\nPárrafo"])
def test_una_plantilla_incompleta_se_rechaza(texto):
    """X-02: a template without subject, title or paragraph is refused in words."""
    with pytest.raises(PlantillaMalEscrita):
        partir(texto)


@pytest.mark.parametrize("ruta", sorted((Path(ajustes.BASE_DIR) / "templates/avisos").glob("[!_]*.txt")), ids=str)
def test_las_plantillas_del_portal_sirven(ruta):
    """X-02, R-04: every template that ships says nothing that its editor could not say."""
    revisar(ruta.read_text(), ruta.read_text())


def test_cada_quien_ve_los_suyos(aviso, caso, rosa, pedro, auditora, marcos):
    """A-12: a person sees the notices sent to oneself; the SEC's auditor sees all."""
    propio, ajeno = aviso(), aviso(perfil=None, para="anexo@correo.example")
    for perfil, vistos in [(rosa, {propio}), (pedro, set()), (marcos, set()), (auditora, {propio, ajeno})]:
        with como(perfil):
            assert set(Aviso.objects.de(caso)) == vistos
