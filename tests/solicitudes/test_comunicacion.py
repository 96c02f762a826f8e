"""Comunicación: the company writes to a customer about a folio."""

import pytest
from django.core import mail
from django.urls import reverse

from portal.avisos.models import Aviso
from portal.historial.models import Evento
from solicitudes.models import Estado
from tests.factories import SolicitudFactory
from tests.solicitudes.puerta import DE_5_MIB, MALOS, Pagina, avisados, de_la_solicitud, malo, pdf

pytestmark = pytest.mark.usefixtures("detenido")
NO_HAY = "No hay una solicitud {} de tu empresa. Revisa el folio"


@pytest.fixture
def escribir(entrar, marcos):
    """Send the form as it is on the page, with these fields, and follow."""

    def _escribir(**datos) -> Pagina:
        return Pagina(entrar(marcos).post(reverse("solicitudes:comunicacion"), datos, follow=True))

    return _escribir


@pytest.mark.parametrize("estado", Estado)
def test_se_muestra_de_quien_es_y_despues_se_envia(puerta, escribir, rosa, medios, a_rosa_y_jorge, estado) -> None:
    """S-12: nothing leaves before the customer was shown; then mail to both, history, state unchanged."""
    p = puerta(estado, numero_solicitud="2026-8")
    folio = p.solicitud.folio
    pagina = escribir(folio=f" {folio.lower()} ", comentario="Iremos el lunes.")
    assert (pagina.camino, avisados(p.solicitud)) == ([], [])
    assert "Revisa que sea la persona correcta y presiona Grabar." in pagina.mensajes
    for dato in (rosa.nombre, rosa.usuario.email, "5000000-7", "2026-8"):
        assert dato in pagina.arbol.text_content()
    assert pagina.campo("confirmado") == folio
    pagina = escribir(folio=folio, comentario="Iremos el lunes.", confirmado=folio)
    assert pagina.camino == [p.direccion("ver")]
    assert f"Enviamos tu mensaje al solicitante de {folio}." in pagina.mensajes
    assert p.releer().estado == estado
    suya = p.ver(rosa)
    assert (suya.historial, suya.notas) == (["Comunicación al solicitante"], ["Iremos el lunes."])
    asunto = f"Yungay Norte te escribe por tu solicitud {folio}"
    assert avisados(p.solicitud) == a_rosa_y_jorge("comunicacion", asunto)
    for aviso in Aviso.todos():
        assert "«Iremos el lunes.»" in aviso.texto


def test_desde_la_solicitud_ya_viene_confirmada(puerta, entrar, escribir, marcos) -> None:
    """S-12: the button of the page brings the folio, and the customer is on the screen."""
    p = puerta()
    pagina = Pagina(entrar(marcos).get(p.ver(marcos).botones["Comunicación"]))
    assert (pagina.campo("folio"), pagina.campo("confirmado")) == (p.solicitud.folio, p.solicitud.folio)
    pagina = escribir(folio=pagina.campo("folio"), confirmado=pagina.campo("confirmado"), comentario="Hola.")
    assert pagina.camino == [p.direccion("ver")]


def test_si_se_cambia_el_folio_se_vuelve_a_mostrar(puerta, escribir, en_estado) -> None:
    """S-12: what was confirmed is this customer, not another one."""
    p, otra = puerta(), en_estado()
    pagina = escribir(folio=otra.folio, comentario="Hola.", confirmado=p.solicitud.folio)
    assert pagina.camino == []
    assert pagina.campo("confirmado") == otra.folio
    assert not Aviso.todos().exists()


def test_una_empresa_con_prefijo_en_minusculas(puerta, escribir) -> None:
    """S-08, S-12: the two characters of a folio are any two."""
    p = puerta(folio="yñ77")
    pagina = escribir(folio="yñ77", comentario="Hola.", confirmado="yñ77")
    assert pagina.camino == [p.direccion("ver")]


def test_el_folio_ajeno_contesta_como_el_que_no_existe(puerta, escribir, otra_distribuidora) -> None:
    """S-12, A-12: nothing is learnt about another company's; what was typed and the file stay."""
    ajena = SolicitudFactory(distribuidora=otra_distribuidora)
    paginas = []
    for folio in (ajena.folio, "V+987654321"):
        pagina = escribir(folio=folio, comentario="Quedó escrito.", archivo=pdf())
        assert pagina.errores == [NO_HAY.format(folio)]
        assert (pagina.campo("folio"), pagina.campo("comentario")) == (folio, "Quedó escrito.")
        assert list(pagina.guardados) == ["archivo-guardado"]
        paginas.append(" ".join(pagina.arbol.text_content().replace(folio, "FOLIO").split()))
    assert paginas[0] == paginas[1]
    assert ajena.solicitante.nombre not in paginas[0]
    assert not Evento.objects.exists()


@pytest.mark.parametrize(
    "mensaje",
    ["x" * 300, "x" * 100 + "\r\n" + "y" * 100 + "\r\n" + "z" * 98, "ñ🙂" * 150, "🙂" * 300],
    ids=["justo", "saltos de línea", "letras y emoji", "emoji"],
)
def test_caben_trescientos_caracteres(puerta, escribir, mensaje) -> None:
    """S-12: a line break is one character, an emoji too; the history keeps every one of them."""
    p = puerta()
    folio = p.solicitud.folio
    pagina = escribir(folio=folio, comentario=mensaje, confirmado=folio)
    assert pagina.camino == [p.direccion("ver")], pagina.errores
    nota = p.solicitud.caso.eventos.get().nota
    assert nota == mensaje.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("mensaje", "frase"),
    [
        ("", "Escribe el mensaje"),
        (" \r\n ", "Escribe el mensaje"),
        ("x" * 301, "Escribe a lo más 300 caracteres. Ahora son 301"),
        ("🙂" * 301, "Escribe a lo más 300 caracteres. Ahora son 301"),
        ("x" * 150 + "\r\n" + "y" * 150, "Escribe a lo más 300 caracteres. Ahora son 301"),
    ],
    ids=["nada", "blancos", "uno más", "emoji", "salto de línea"],
)
def test_el_mensaje_es_obligatorio_y_cabe(puerta, escribir, mensaje, frase) -> None:
    """S-12: nothing is cut in silence; the words and the file stay."""
    p = puerta()
    folio = p.solicitud.folio
    pagina = escribir(folio=folio, comentario=mensaje, confirmado=folio, archivo=pdf("carta.pdf"))
    assert pagina.errores == [frase]
    assert pagina.campo("comentario") == mensaje.replace("\r\n", "\n")
    pagina = escribir(folio=folio, comentario="Corto.", confirmado=folio, **pagina.guardados)
    assert pagina.camino == [p.direccion("ver")]
    assert de_la_solicitud(p.solicitud, "comunicacion") == ["carta.pdf"]


def test_el_archivo_va_en_el_correo(puerta, escribir, rosa, django_capture_on_commit_callbacks) -> None:
    """S-12: attached to both mails, downloadable for the applicant; shown first, it is not chosen twice."""
    p = puerta()
    folio = p.solicitud.folio
    primera = escribir(folio=folio, comentario="Va la carta.", archivo=pdf("carta ñandú.pdf"))
    assert "carta ñandú.pdf" in primera.texto
    with django_capture_on_commit_callbacks(execute=True):
        escribir(folio=folio, comentario="Va la carta.", confirmado=folio, **primera.guardados)
    assert sorted(m.to[0] for m in mail.outbox) == sorted([rosa.usuario.email, "jorge@correo.example"])
    for mensaje in mail.outbox:
        ((nombre, contenido, tipo),) = mensaje.attachments
        assert (nombre, tipo, contenido[:5]) == ("carta ñandú.pdf", "application/pdf", b"%PDF-")
    assert "carta ñandú.pdf" in p.ver(rosa).texto


@pytest.mark.parametrize("cual", MALOS)
def test_los_archivos_malos_se_niegan(puerta, escribir, cual) -> None:
    """S-12: by content."""
    p = puerta()
    folio = p.solicitud.folio
    pagina = escribir(folio=folio, comentario="Hola.", confirmado=folio, archivo=malo(cual))
    (frase,) = pagina.errores
    assert frase.startswith(MALOS[cual][0])
    assert not Aviso.todos().exists()


def test_el_archivo_pesa_a_lo_mas_cinco_mib(puerta, escribir) -> None:
    """S-12: the limit is inclusive."""
    p = puerta()
    folio = p.solicitud.folio
    escrito = {"folio": folio, "comentario": "Hola.", "confirmado": folio}
    pagina = escribir(**escrito, archivo=pdf("g.pdf", tamano=DE_5_MIB + 1))
    assert pagina.errores == ["g.pdf pesa 5,3 MB y el máximo es 5 MB. Guárdalo con menos páginas o menos resolución."]
    assert escribir(**escrito, archivo=pdf("g.pdf", tamano=DE_5_MIB)).camino == [p.direccion("ver")]


def test_sin_folio_no_hay_a_quien(escribir, todo) -> None:
    """S-12: folio mandatory."""
    pagina = escribir(comentario="Hola.")
    assert pagina.errores == ["Escribe el folio"]
    assert pagina.campo("comentario") == "Hola."


@pytest.mark.parametrize("folio", ["\x00", "YN1\x00", "'; --", "<b>", "9" * 15, "YN" + "٣" * 3])
def test_un_folio_raro_es_un_folio_que_no_existe(escribir, todo, folio) -> None:
    """S-12: whatever is typed, a sentence."""
    pagina = escribir(folio=folio, comentario="Hola.")
    assert pagina.codigo == 200
    assert len(pagina.errores) == 1


def test_un_folio_raro_en_la_direccion(entrar, marcos, todo) -> None:
    """S-12: the form opens without a customer."""
    pagina = Pagina(entrar(marcos).get(reverse("solicitudes:comunicacion", query={"folio": "YN\x001"})))
    assert (pagina.codigo, pagina.arbol.xpath("//input[@name='confirmado']")) == (200, [])


def test_quien_puede_escribir(entrar, todo, marcos, valentina, admin_dx, otra_dx, rosa, auditora, jefa_sec) -> None:
    """S-12: who handles requests at a company."""
    direccion = reverse("solicitudes:comunicacion")
    vistos = {p: entrar(p).get(direccion).status_code for p in (marcos, otra_dx, valentina, admin_dx, rosa, auditora)}
    assert vistos == {marcos: 200, otra_dx: 200, valentina: 403, admin_dx: 403, rosa: 403, auditora: 403}
    assert entrar(jefa_sec).post(direccion, {"folio": "YN1"}).status_code == 403
