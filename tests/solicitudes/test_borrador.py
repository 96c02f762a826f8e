"""Filing through the page (S-03 to S-08): what passed is kept, what is wrong is said, once is once."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import muestras
from portal.avisos.models import Aviso
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora
from portal.documentos.models import Caso
from solicitudes.formularios import DOCUMENTOS, MIB, Cuando, Formulario
from solicitudes.models import Borrador, Estado, Solicitud

pytestmark = pytest.mark.usefixtures("todo")
SC, NC, MC, SI = Formulario.SC, Formulario.NC, Formulario.MC, Formulario.SI


def _direccion(formulario: Formulario, clave: uuid.UUID | None = None) -> str:
    return reverse("solicitudes:borrador", args=[formulario.ruta, clave or uuid.uuid4()])


@pytest.fixture
def escrito(distribuidora: Distribuidora, comuna) -> dict[str, Any]:
    """The general data, all right."""
    return {
        "distribuidora": distribuidora.pk,
        "numero_cliente": "5000000-7",
        "region": comuna.region_id,
        "comuna": comuna.pk,
        "correo_adicional": "jorge@correo.example",
    }


@pytest.fixture
def obligatorios(subido) -> Callable[[Formulario], dict[str, Any]]:
    """A good file for each document that is always mandatory."""

    def _obligatorios(formulario: Formulario) -> dict[str, Any]:
        return {
            f"doc-{tipo.codigo}": subido(f"{tipo.codigo}.pdf")
            for tipo in DOCUMENTOS[formulario]
            if tipo.obligatorio is Cuando.SIEMPRE
        }

    return _obligatorios


@pytest.fixture
def navegador(entrar, rosa) -> Client:
    return entrar(rosa)


@pytest.mark.parametrize("formulario", Formulario)
def test_se_envia_con_folio_acuse_y_estado(navegador, escrito, obligatorios, rosa, formulario) -> None:
    """S-03 to S-06, S-08: a right form is filed: state, folio, both acknowledgements, the page, no draft left."""
    respuesta = navegador.post(_direccion(formulario), {**escrito, **obligatorios(formulario)}, follow=True)
    solicitud = Solicitud.objects.get()
    assert respuesta.redirect_chain == [(reverse("solicitudes:ver", args=["YN1"]), 302)]
    assert "Tu folio es YN1" in respuesta.text
    assert (solicitud.folio, solicitud.formulario, solicitud.solicitante) == ("YN1", formulario, rosa)
    assert solicitud.estado == (Estado.ENVIADO if formulario is MC else Estado.PENDIENTE_RESPUESTA)
    assert list(Aviso.todos().order_by("para").values_list("para", "plantilla")) == [
        ("jorge@correo.example", f"solicitud_recibida_{formulario}"),
        (rosa.usuario.email, f"solicitud_recibida_{formulario}"),
    ]
    assert not Borrador.objects.exists()


def test_con_el_octavo_archivo_rechazado_se_reenvia_solo_ese(navegador, escrito, obligatorios, subido) -> None:
    """S-07, without JavaScript: seven files stay, the eighth is refused; sent again with it alone, it files."""
    clave = uuid.uuid4()
    archivos = obligatorios(NC) | {"doc-cedula": subido("cedula.pdf"), "doc-poder": subido("poder.pdf")}
    assert len(archivos) == 7
    archivos["doc-otros"] = SimpleUploadedFile("formularios.mwb.bak", b"respaldo de una base" * 50)
    primera = navegador.post(_direccion(NC, clave), {**escrito, **archivos})
    assert primera.status_code == 200
    assert "Error: " in primera.text
    assert "formularios.mwb.bak" in primera.text
    assert Solicitud.objects.count() == 0
    assert Borrador.objects.get().caso.adjuntos.count() == 7
    assert primera.text.count("· guardado") == 7
    segunda = navegador.post(_direccion(NC, clave), {**escrito, "doc-otros": subido("plano.pdf")})
    assert segunda.status_code == 302
    assert Solicitud.objects.get().caso.adjuntos.count() == 8


def test_lo_escrito_se_conserva_aunque_este_mal(navegador, escrito) -> None:
    """S-08: words that are wrong come back as they were written, and are there again when the draft is resumed."""
    clave = uuid.uuid4()
    escrito |= {"correo_adicional": "jorge arroba correo", "numero_cliente": "  zx  "}
    respuesta = navegador.post(_direccion(SI, clave), escrito)
    assert 'value="jorge arroba correo"' in respuesta.text
    assert "Revisa el correo" in respuesta.text
    assert "Falta: Formulario de Solicitud de Información" in respuesta.text
    retomada = navegador.get(_direccion(SI, clave))
    assert 'value="jorge arroba correo"' in retomada.text
    assert "Revisa el correo" not in retomada.text


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"distribuidora": ""}, "Elige tu empresa distribuidora"),
        ({"distribuidora": "999999"}, "Elige una empresa distribuidora de la lista"),
        ({"distribuidora": "uno"}, "Elige una empresa distribuidora de la lista"),
        ({"numero_cliente": "   "}, "Escribe el Número de cliente"),
        ({"numero_cliente": "9" * 41}, "40"),
        ({"region": ""}, "Elige la región"),
        ({"comuna": ""}, "Elige la comuna"),
        ({"comuna": "99999"}, "Elige una comuna de la lista"),
        ({"sin_cliente": "on", "factibilidad": ""}, "Escribe el Número de Factibilidad"),
        ({"correo_adicional": "a@"}, "Revisa el correo"),
    ],
)
def test_cada_dato_malo_se_dice_junto_a_su_campo(navegador, escrito, obligatorios, cambio, frase) -> None:
    """S-03, S-04: nothing is filed and the sentence stands beside the field."""
    respuesta = navegador.post(_direccion(SC), {**escrito, **obligatorios(SC), **cambio})
    assert respuesta.status_code == 200
    assert "invalid-feedback" in respuesta.text
    assert frase in respuesta.text
    assert not Solicitud.objects.exists()


def test_la_comuna_debe_ser_de_la_region(navegador, escrito, obligatorios) -> None:
    """S-03: a comuna of another region is refused, whatever the browser offered."""
    from tests.factories import ComunaFactory, RegionFactory

    otra = ComunaFactory(codigo="05802", nombre="Limache", region=RegionFactory(codigo="05", nombre="Valparaíso"))
    respuesta = navegador.post(_direccion(SI), {**escrito, **obligatorios(SI), "comuna": otra.pk})
    assert "Limache no es de la región" in respuesta.text


def test_una_empresa_que_ya_no_rige_no_se_puede_elegir(navegador, escrito, obligatorios, distribuidora) -> None:
    """S-07: only companies in force."""
    Distribuidora.objects.filter(pk=distribuidora.pk).update(estado=Distribuidora.Estado.FUSIONADA)
    respuesta = navegador.post(_direccion(SI), {**escrito, **obligatorios(SI)})
    assert "Elige una empresa distribuidora de la lista" in respuesta.text


def test_sin_numero_de_cliente_basta_la_factibilidad(navegador, escrito, obligatorios) -> None:
    """S-04, S-11: the N° de Factibilidad takes its place, as free text, trimmed."""
    escrito |= {"sin_cliente": "on", "factibilidad": "  zx-á/9 ", "numero_cliente": "algo que quedó escrito"}
    navegador.post(_direccion(SC), {**escrito, **obligatorios(SC)})
    solicitud = Solicitud.objects.get()
    assert (solicitud.numero_cliente, solicitud.factibilidad) == ("", "zx-á/9")


@pytest.mark.parametrize("formulario", [SI, SC, NC])
def test_actuar_por_otro_pide_poder_y_su_cedula(navegador, escrito, obligatorios, subido, formulario) -> None:
    """S-07, S-19: then, and only then, the power and the grantor's card are mandatory."""
    clave = uuid.uuid4()
    respuesta = navegador.post(
        _direccion(formulario, clave), {**escrito, **obligatorios(formulario), "actua_por_otro": "on"}
    )
    faltan = {"Falta: Poder simple", "Falta: Copia cédula de identidad de quien te dio el poder"}
    if formulario is NC:
        faltan.add("Falta: Copia cédula de identidad<")
    assert all(falta in respuesta.text for falta in faltan)
    archivos = {f"doc-{c}": subido(f"{c}.pdf") for c in ("poder", "cedula_poderdante", "cedula")}
    assert (
        navegador.post(_direccion(formulario, clave), {**escrito, **archivos, "actua_por_otro": "on"}).status_code
        == 302
    )
    assert Solicitud.objects.get().actua_por_otro


def test_el_medidor_propio_abre_tres_documentos(navegador, escrito, obligatorios, subido) -> None:
    """S-06: two of them mandatory; those of a meter that is not brought are not kept."""
    clave = uuid.uuid4()
    con_medidor = {**escrito, "medidor_propio": "on"}
    respuesta = navegador.post(_direccion(NC, clave), {**con_medidor, **obligatorios(NC)})
    assert "Falta: Comprobante de exactitud" in respuesta.text
    assert "Falta: Comprobante de Autorización de comercialización" in respuesta.text
    assert "Falta: Comprobante de entrega del equipo de medida" not in respuesta.text
    navegador.post(_direccion(NC, clave), {**con_medidor, "doc-exactitud": subido("exactitud.pdf")})
    navegador.post(_direccion(NC, clave), escrito)
    solicitud = Solicitud.objects.get()
    assert not solicitud.medidor_propio
    assert not solicitud.caso.adjuntos.filter(tipo="exactitud").exists()


def test_el_contrato_es_pdf_de_un_mega(navegador, escrito, obligatorios) -> None:
    """S-07: exactly 1 MiB passes, one byte more does not, a picture neither."""
    archivos = obligatorios(NC)
    justo = {"doc-contrato": SimpleUploadedFile("contrato.pdf", muestras.pdf(tamano=MIB))}
    largo = {"doc-contrato": SimpleUploadedFile("contrato.pdf", muestras.pdf(tamano=MIB + 1))}
    foto = {"doc-contrato": SimpleUploadedFile("contrato.pdf", muestras.jpg())}
    for malo in (largo, foto):
        assert "contrato" in navegador.post(_direccion(NC), {**escrito, **archivos, **malo}).text
        assert not Solicitud.objects.exists()
        archivos = {nombre: archivo for nombre, archivo in archivos.items() if archivo.seek(0) == 0}
    assert navegador.post(_direccion(NC), {**escrito, **archivos, **justo}).status_code == 302


def test_dos_clics_en_grabar_envian_una_vez(navegador, escrito, obligatorios) -> None:
    """S-08: the same page sent twice is one request, and both answers lead to it."""
    clave = uuid.uuid4()
    primera = navegador.post(_direccion(SI, clave), {**escrito, **obligatorios(SI)})
    segunda = navegador.post(_direccion(SI, clave), {**escrito, **obligatorios(SI)})
    assert primera["Location"] == segunda["Location"] == reverse("solicitudes:ver", args=["YN1"])
    assert Solicitud.objects.count() == Caso.objects.count() == 1


def test_el_borrador_de_otro_no_existe(navegador, entrar, pedro, escrito) -> None:
    """S-08, A-12: somebody else's draft can be neither read, written, discarded nor fed with files."""
    clave = uuid.uuid4()
    navegador.post(_direccion(SI, clave), escrito)
    ajeno = entrar(pedro)
    assert ajeno.get(_direccion(SI, clave)).status_code == 404
    assert ajeno.post(_direccion(SI, clave), escrito).status_code == 404
    assert ajeno.post(reverse("solicitudes:descartar", args=[SI.ruta, clave])).status_code == 404
    assert ajeno.post(reverse("solicitudes:subir", args=[SI.ruta, clave, "cedula"])).status_code == 404
    assert Borrador.objects.get().datos["numero_cliente"] == "5000000-7"


def test_un_archivo_se_quita_y_el_borrador_se_descarta(
    navegador, escrito, subido, carpetas, django_capture_on_commit_callbacks
) -> None:
    """S-08: a file can be taken out, a draft thrown away; their bytes go too."""
    clave = uuid.uuid4()
    navegador.post(_direccion(SI, clave), {**escrito, "doc-cedula": subido("a.pdf"), "doc-otros": subido("b.pdf")})
    adjunto = Borrador.objects.get().caso.adjuntos.get(tipo="otros")
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = navegador.post(_direccion(SI, clave), {**escrito, "accion": f"quitar:{adjunto.pk}"})
        assert respuesta.text.count("· guardado") == 1
        assert "Error: " not in respuesta.text
        navegador.post(reverse("solicitudes:descartar", args=[SI.ruta, clave]))
    assert (Borrador.objects.count(), Caso.objects.count()) == (0, 0)
    assert [ruta for ruta in (carpetas / "adjuntos").rglob("*") if ruta.is_file()] == []


def test_subir_uno_a_uno_responde_su_fila(navegador, escrito, subido) -> None:
    """S-07, with JavaScript: a file is kept as soon as it is chosen; a refused one is said in its row."""
    clave = uuid.uuid4()
    direccion = reverse("solicitudes:subir", args=[SI.ruta, clave, "formulario"])
    buena = navegador.post(direccion, {"doc-formulario": subido("formulario.pdf")})
    assert "· guardado" in buena.text
    assert "<html" not in buena.text
    mala = navegador.post(direccion, {"doc-formulario": SimpleUploadedFile("a.pdf", b"")})
    assert "está vacío" in mala.text
    assert "formulario.pdf" in mala.text
    assert Borrador.objects.get().caso.adjuntos.count() == 1
    assert navegador.post(reverse("solicitudes:subir", args=[SI.ruta, clave, "nada"])).status_code == 404


def test_campos_de_mas_no_tienen_efecto(navegador, escrito, obligatorios, rosa, pedro) -> None:
    """S-08: estado, folio, solicitante sent along change nothing."""
    de_mas = {"estado": "respondido", "folio": "XX9", "solicitante": pedro.pk, "respondido": "2020-01-01", "caso": 7}
    navegador.post(_direccion(SI), {**escrito, **obligatorios(SI), **de_mas})
    with sin_ambito():
        solicitud = Solicitud.objects.get()
    assert (solicitud.estado, solicitud.folio, solicitud.solicitante, solicitud.respondido) == (
        "pendiente_respuesta",
        "YN1",
        rosa,
        None,
    )
