"""Filing a complaint through the user's door, with an account and without (Q-01)."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal import muestras, reloj
from portal.avisos.models import Aviso
from reclamos import puerta
from reclamos.models import Borrador, Estado, Materia, Reclamo
from tests.factories import rut
from tests.seguridad.casos import respuesta_al_captcha

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruta(distribuidora, materias) -> str:
    return f"/reclamos/nuevo/{distribuidora.codigo}/"


@pytest.fixture
def escrito(materias):
    def _escrito(**cambios):
        return {
            "accion": "grabar",
            "suministro": "2.210.733",
            "materia": materias["suministro"].pk,
            "hecho_el": f"{reloj.hoy():%Y-%m-%d}",
            "que_paso": "Se corta la luz\r\ncada noche.",
            "que_pide": "Que la reparen.",
            "anterior": "sin_respuesta",
            **cambios,
        }

    return _escrito


def anonimo(**cambios):
    datos = {"nombre": "Marta Ríos", "documento_tipo": "rut", "documento": rut(7_654_321), "correo": "m@correo.example"}
    return datos | respuesta_al_captcha() | cambios


def pdf(nombre="foto.pdf"):
    return SimpleUploadedFile(nombre, muestras.pdf())


def test_without_an_account(ruta, escrito, todo):
    """Q-01, Q-03, Q-17: captcha, document and mail; the page of the case opens in that browser and in no other."""
    navegador = Client()
    clave = uuid4()
    respuesta = navegador.post(f"{ruta}{clave}/", escrito() | anonimo() | {"doc-documentos": pdf()}, follow=True)
    reclamo = Reclamo.objects.get()
    assert respuesta.redirect_chain == [(reclamo.get_absolute_url(), 302)]
    assert (reclamo.estado, reclamo.solicitante, reclamo.suministro) == (Estado.INGRESADO, None, "2210733")
    pagina = respuesta.content.decode()
    for dicho in (reclamo.ingreso, "¿Quién actúa ahora? Yungay Norte", "foto.pdf", "Marta Ríos"):
        assert dicho in pagina
    assert Client().get(reclamo.get_absolute_url())["Location"] == "/reclamos/estado/"
    aviso = Aviso.todos().get()
    assert (aviso.para, aviso.adjuntos.get().nombre) == ("m@correo.example", "foto.pdf")
    assert reclamo.ingreso in aviso.asunto
    assert "debe responder a más tardar el" in aviso.texto
    adjunto = reclamo.caso.adjuntos.get()
    archivo = f"{reclamo.get_absolute_url()}archivo/{adjunto.pk}/"
    buena = navegador.get(archivo)
    assert b"".join(buena.streaming_content).startswith(b"%PDF")
    assert Client().get(archivo).status_code == 404


def test_without_captcha_nothing_is_filed_and_nothing_is_lost(ruta, escrito, todo):
    """Q-01: what was written and the file that passed stay; the other file is refused by its content."""
    navegador, clave = Client(), uuid4()
    falso = SimpleUploadedFile("falso.pdf", b"MZ\x90\x00" * 200)
    sin = {c: v for c, v in anonimo().items() if not c.startswith("captcha")}
    respuesta = navegador.post(f"{ruta}{clave}/", escrito() | sin | {"doc-documentos": [pdf(), falso]})
    pagina = respuesta.content.decode()
    for dicho in ("falso.pdf", "foto.pdf</strong>", "Marta Ríos"):
        assert dicho in pagina
    assert not Reclamo.objects.exists()
    respuesta = navegador.post(f"{ruta}{clave}/", escrito() | sin)
    assert "Marca la verificación o responde la pregunta" in respuesta.content.decode()
    bien = navegador.post(f"{ruta}{clave}/", escrito() | anonimo())
    assert bien.status_code == 302
    assert [a.nombre for a in Reclamo.objects.get().caso.adjuntos.all()] == ["foto.pdf"]
    assert not Borrador.objects.exists()


def test_somebody_elses_draft_is_not_there(ruta, escrito, todo, entrar, rosa):
    """Q-01, A-12: the key of a draft opens nothing in another browser, signed in or not."""
    clave = uuid4()
    Client().post(f"{ruta}{clave}/", escrito(accion="guardar") | anonimo())
    assert Borrador.objects.count() == 1
    for otro in (Client(), entrar(rosa)):
        assert otro.get(f"{ruta}{clave}/").status_code == 404
        assert otro.post(f"{ruta}{clave}/", escrito() | anonimo()).status_code == 404
        assert otro.post(f"{ruta}{clave}/subir/", {"doc-documentos": pdf()}).status_code == 404


def test_with_an_account_it_is_filed_once(ruta, escrito, entrar, rosa, todo):
    """Q-01: the account says who; the same form sent twice is one complaint."""
    navegador, clave = entrar(rosa), uuid4()
    primera = navegador.post(f"{ruta}{clave}/", escrito())
    segunda = navegador.post(f"{ruta}{clave}/", escrito())
    reclamo = Reclamo.objects.get()
    assert primera["Location"] == segunda["Location"] == reclamo.get_absolute_url()
    assert (reclamo.solicitante, reclamo.documento, reclamo.correo) == (
        rosa,
        rosa.usuario.identificador,
        rosa.usuario.email,
    )
    assert Aviso.todos().count() == 1


@pytest.mark.parametrize(
    ("cambios", "dicho"),
    [
        ({"materia": "suspender-pago"}, "No se pide así."),
        ({"materia": "facturacion"}, "Escribe el monto que reclamas"),
        ({"materia": "facturacion", "monto": "doce"}, "Escribe el monto solo con números"),
        ({"hecho_el": "2099-01-01"}, "Ese día todavía no llega"),
        ({"hecho_el": "ayer"}, "Escribe una fecha que exista"),
        ({"anterior": "atencion"}, "Di qué atención fue"),
        ({"anterior": ""}, "¿Ya lo hablaste con la empresa? Elige una de las dos"),
        ({"suministro": "hola; drop"}, "solo letras y números"),
        ({"que_pide": ""}, "Escribe qué pides"),
        ({"materia": "999999"}, "Elige una materia de la lista"),
    ],
)
def test_bad_input_is_said_beside_its_field(cambios, dicho, ruta, escrito, entrar, rosa, todo):
    """Q-01: what cannot be complained about is explained and refused; every mistake has its sentence."""
    if (materia := Materia.objects.filter(codigo=cambios.get("materia", "")).first()) is not None:
        cambios = cambios | {"materia": materia.pk}
    respuesta = entrar(rosa).post(f"{ruta}{uuid4()}/", escrito(**cambios))
    assert respuesta.status_code == 200
    assert dicho in respuesta.content.decode()
    assert not Reclamo.objects.exists()


def test_a_last_day_to_complain(ruta, escrito, entrar, rosa, todo, detenido):
    """Q-04: what happened before the last day of its matter is refused, saying until when it was possible."""
    from datetime import date

    from portal.plazos.models import Regla

    Regla.objects.create(
        materia="reclamos.presentar.suministro", cantidad=30, unidad="corridos", vigente_desde=date(2015, 1, 1)
    )
    respuesta = entrar(rosa).post(f"{ruta}{uuid4()}/", escrito(hecho_el="2026-09-01"))
    assert "se podía reclamar hasta el 01-10-2026" in respuesta.content.decode()
    assert entrar(rosa).post(f"{ruta}{uuid4()}/", escrito(hecho_el="2026-11-01")).status_code == 302


def test_limits_against_abuse(ruta, escrito, todo, settings):
    """Q-01: no more than a handful for one document, nor than some from one address."""
    for _ in range(puerta.INGRESO_POR_DOCUMENTO.maximo):
        assert Client().post(f"{ruta}{uuid4()}/", escrito() | anonimo()).status_code == 302
    otra = Client().post(f"{ruta}{uuid4()}/", escrito() | anonimo())
    assert otra.status_code == 429
    assert "Llegaron demasiados reclamos desde aquí" in otra.content.decode()
    assert Client().post(f"{ruta}{uuid4()}/", escrito() | anonimo(documento=rut(8_888_888))).status_code == 302


def test_an_agent_files_for_a_customer(ruta, escrito, entrar, agente, seguimiento, todo):
    """Q-05: channel and origin are noted, the unit is the agent's, and no captcha is asked for."""
    datos = {c: v for c, v in anonimo().items() if not c.startswith("captcha")}
    navegador = entrar(agente)
    assert navegador.get("/reclamos/nuevo/")["Location"] == ruta
    sin_canal = navegador.post(f"{ruta}{uuid4()}/", escrito() | datos)
    assert "Elige por dónde llegó" in sin_canal.content.decode()
    bien = navegador.post(f"{ruta}{uuid4()}/", escrito() | datos | {"canal": "telefono", "origen": "interno"})
    reclamo = Reclamo.objects.get()
    assert bien["Location"] == reclamo.get_absolute_url()
    assert (reclamo.canal, reclamo.origen, reclamo.ingresado_por, reclamo.unidad) == (
        "telefono",
        "interno",
        agente,
        agente.unidad,
    )
    assert navegador.get(reclamo.get_absolute_url()).status_code == 200
    assert reclamo.caso.titular is None


def test_an_agent_files_at_the_own_company_only(entrar, agente, otra_distribuidora, materias):
    """Q-05, A-12: another company's form is not there."""
    assert entrar(agente).get(f"/reclamos/nuevo/{otra_distribuidora.codigo}/").status_code == 404


def test_forgotten_drafts_of_nobody_go(ruta, escrito, todo, entrar, rosa):
    """Q-01: after a day a draft without an account goes with its files; an account's stays."""
    from reclamos.vigilancia import vigilar

    Client().post(f"{ruta}{uuid4()}/", escrito(accion="guardar") | anonimo() | {"doc-documentos": pdf()})
    entrar(rosa).post(f"{ruta}{uuid4()}/", escrito(accion="guardar"))
    vigilar()
    assert Borrador.objects.count() == 2
    with reloj.adelantar(days=2):
        vigilar()
    assert [b.autor for b in Borrador.objects.all()] == [rosa]


def test_advice_is_recorded(entrar, agente, seguimiento, otra_dx, todo):
    """Q-05: what was asked and what was said, for the unit and for the whole company's section."""
    datos = {"canal": "mostrador", "consulta": "¿Dónde pago?", "respuesta": "En cualquier caja."}
    navegador = entrar(agente)
    assert (
        "Escribe qué se le dijo"
        in navegador.post("/reclamos/orientaciones/", datos | {"respuesta": ""}).content.decode()
    )
    assert navegador.post("/reclamos/orientaciones/", datos).status_code == 302
    assert "¿Dónde pago?" in entrar(seguimiento).get("/reclamos/orientaciones/").content.decode()
