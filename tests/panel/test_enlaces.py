"""Enlaces de Interés: read and downloaded by applicants, edited by the SEC."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras
from portal.historial.models import Evento
from solicitudes import publicacion
from solicitudes.models import Enlace
from tests.solicitudes.puerta import Pagina

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo")]
LISTA, NUEVO = "/solicitudes/enlaces/editar/", "/solicitudes/enlaces/editar/nuevo/"
DATOS = {"grupo": "enlace", "titulo": "Preguntas", "texto": "Las de siempre.", "direccion": "", "orden": "9"}
DEL_MANUAL = [
    "Proceso de Conexión", "Descarga de Formularios", "Declaración de puesta en servicio (TE4)",
    "La Generación Ciudadana en la SEC", "Acerca de la Generación Ciudadana", "Ayuda",
]  # fmt: skip


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("formulario.pdf", muestras.pdf("En blanco"))


def test_vienen_los_del_manual(entrar, rosa):
    """S-16: a new installation has the six of the manual, in its order."""
    titulos = Pagina(entrar(rosa).get("/solicitudes/enlaces/"))._todos("//h2[starts-with(@id, 'e-')]")
    assert titulos == DEL_MANUAL


def test_un_formulario_en_blanco_se_publica_y_se_descarga(entrar, rosa, jefa_sec):
    """S-16: uploaded by the SEC, an applicant downloads the very bytes."""
    contenido = _pdf()
    datos = DATOS | {"grupo": "formulario", "titulo": "Solicitud de Conexión", "texto": "", "archivo": contenido}
    pagina = Pagina(entrar(jefa_sec).post(NUEVO, datos, follow=True))
    assert pagina.mensajes == ["Guardamos «Solicitud de Conexión»."]
    enlace = Enlace.objects.get(titulo="Solicitud de Conexión")
    lectura = Pagina(entrar(rosa).get("/solicitudes/enlaces/"))
    assert f"/solicitudes/enlaces/{enlace.pk}/archivo/" in lectura.texto
    bajado = entrar(rosa).get(f"/solicitudes/enlaces/{enlace.pk}/archivo/")
    assert b"".join(bajado.streaming_content) == muestras.pdf("En blanco")
    assert bajado.headers["Content-Disposition"].startswith("attachment")
    assert entrar(rosa).get("/solicitudes/enlaces/999999/archivo/").status_code == 404


def test_se_cambia_y_se_borra_con_su_historia(entrar, rosa, jefa_sec):
    """S-16: what it said before and who changed it stay; deleted, it is no more on the page."""
    enlace = Enlace.objects.get(titulo="Ayuda")
    navegador = entrar(jefa_sec)
    navegador.post(f"{LISTA}{enlace.pk}/", DATOS | {"titulo": "Ayuda", "texto": "Llama al 600.", "orden": "6"})
    assert "Llama al 600." in entrar(rosa).get("/solicitudes/enlaces/").text
    evento = Evento.objects.get(hecho="enlace_cambiado")
    assert [c[0] for c in evento.datos["cambios"]] == ["Texto"]
    pagina = Pagina(navegador.post(f"{LISTA}{enlace.pk}/borrar/", follow=True))
    assert pagina.mensajes[-1] == "Borramos «Ayuda»."
    assert pagina.historial == ["Borró un enlace", "Cambió un enlace"]
    assert "Llama al 600." not in entrar(rosa).get("/solicitudes/enlaces/").text


@pytest.mark.parametrize(
    ("cambio", "error"),
    [
        ({"titulo": ""}, "Completa este campo."),
        ({"titulo": "Ayuda"}, "Ya hay un enlace con ese título. Escribe otro."),
        ({"texto": ""}, "Escribe un texto o una dirección, o adjunta un archivo: tiene que llevar a algo."),
        ({"direccion": "javascript:alert(1)"}, "Escribe una dirección completa. Ejemplo: https://www.sec.cl/"),
        ({"direccion": "ftp://sec.example/x"}, "La dirección empieza con https:// o http://."),
        ({"grupo": "formulario"}, "Adjunta el formulario en blanco: es lo que se descarga."),
        ({"grupo": "otro"}, "Elige una opción de la lista: «otro» no está en ella."),
        ({"orden": "0"}, "Escribe 1 o más."),
        ({"archivo": "malo"}, "formulario.pdf"),
    ],
)
def test_lo_que_no_sirve_se_dice(entrar, jefa_sec, cambio, error):
    """S-16: refused beside its field; files are judged by their content."""
    antes = Enlace.objects.count()
    datos = DATOS | cambio
    if datos.get("archivo"):
        datos["archivo"] = SimpleUploadedFile("formulario.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    pagina = Pagina(entrar(jefa_sec).post(NUEVO, datos))
    assert len(pagina.errores) == 1
    assert error in pagina.errores[0]
    assert Enlace.objects.count() == antes


def test_los_demas_no_los_editan(auditora, marcos):
    """S-16, A-11: at the action too."""
    enlace = Enlace.objects.first()
    for perfil in (auditora, marcos):
        with pytest.raises(PermissionDenied):
            publicacion.publicar(enlace, por=perfil, titulo="x")
        with pytest.raises(PermissionDenied):
            publicacion.retirar(enlace, por=perfil)
