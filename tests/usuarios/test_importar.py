"""A-08: users from a spreadsheet; a dry run, all or nothing, the same again changes nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from portal import reloj
from portal.acceso.importacion.actions import CAMPOS
from portal.avisos.models import Aviso
from portal.cuentas.models import Perfil, Usuario
from tests.factories import rut

pytestmark = pytest.mark.django_db
TITULOS = list(CAMPOS)


def fila(numero: int, **otros: str) -> list[str]:
    """A row of somebody's, tramitador of company 1."""
    celdas = {
        "RUT": rut(20_100_000 + numero),
        "Nombres": f"Persona {numero}",
        "Apellidos": "De Prueba",
        "E-mail": f"p{numero}@empresa.example",
        "Perfil": "Distribuidora",
        "Distribuidora": "Yungay Norte",
        "Funciones": "tramitador",
        **otros,
    }
    return [celdas.get(titulo, "") for titulo in TITULOS]


def xlsx(*filas: list, titulos: list[str] = TITULOS) -> SimpleUploadedFile:
    libro = Workbook()
    for una in (titulos, *filas):
        libro.active.append(una)
    salida = io.BytesIO()
    libro.save(salida)
    return SimpleUploadedFile("usuarios.xlsx", salida.getvalue())


def en_csv(*filas: list, codificacion: str = "utf-8-sig", separador: str = ";") -> SimpleUploadedFile:
    salida = io.StringIO()
    csv.writer(salida, delimiter=separador).writerows([TITULOS, *filas])
    return SimpleUploadedFile("usuarios.csv", salida.getvalue().encode(codificacion))


@pytest.fixture
def administra(entrar, jefa_sec, distribuidora, unidad):
    return entrar(jefa_sec)


def probar(navegador, archivo: SimpleUploadedFile):
    return navegador.post("/usuarios/importar/", {"archivo": archivo})


def grabar(navegador, archivo: SimpleUploadedFile):
    return navegador.post(
        "/usuarios/importar/grabar/", {"probada": probar(navegador, archivo).context["probada"]}, follow=True
    )


def test_dry_run_then_all(administra):
    """A-08: trying keeps nothing and invites nobody; saving does both."""
    archivo = xlsx(fila(1), fila(2, Perfil="Agente", Unidad="Oficina Centro", Funciones="agente", Desde="2026-01-01"))
    respuesta = probar(administra, archivo)
    assert respuesta.context["resultado"].cuentas == {"nuevos": 2}
    assert not Usuario.objects.filter(identificador=rut(20_100_001)).exists()
    assert not Aviso._base_manager.exists()
    archivo.seek(0)
    assert "2 personas nuevas" in grabar(administra, archivo).content.decode()
    agente = Perfil.objects.get(usuario__identificador=rut(20_100_002))
    assert (agente.tipo, agente.unidad.nombre, agente.asignaciones.get().desde.isoformat()) == (
        "agente",
        "Oficina Centro",
        "2026-01-01",
    )
    assert Aviso._base_manager.filter(plantilla="cuenta_invitacion").count() == 2


def test_the_same_again(administra):
    """A-08: nothing changes, nobody is invited twice."""
    grabar(administra, xlsx(fila(1)))
    assert "1 que ya estaban así" in grabar(administra, xlsx(fila(1))).content.decode()
    assert Aviso._base_manager.count() == 1


def test_completing(administra, rosa, otra_distribuidora):
    """A-08: a known person gets a profile; a known profile gets its new company and what functions it lacks."""
    grabar(administra, xlsx(fila(1)))
    suya = fila(9, RUT=rosa.usuario.identificador)
    cambiada = fila(1, Distribuidora=otra_distribuidora.codigo, Funciones="Validador de pagos")
    html = grabar(administra, xlsx(suya, cambiada)).content.decode()
    assert "0 personas nuevas, 1 perfiles agregados, 1 cambiados" in html
    perfil = Perfil.objects.get(usuario__identificador=rut(20_100_001))
    assert perfil.distribuidora == otra_distribuidora
    assert {f.label for f in perfil.funciones} == {"tramitador", "validador de pagos"}
    rosa.usuario.refresh_from_db()
    assert rosa.usuario.nombres == "Rosa"


@pytest.mark.parametrize(
    ("codificacion", "separador"), [("utf-8-sig", ";"), ("cp1252", ";"), ("utf-8", ","), ("utf-8", "\t")]
)
def test_csv_as_people_have_it(administra, codificacion, separador):
    """A-08: of any of the usual encodings and separators."""
    grabar(administra, en_csv(fila(1, Nombres="Ñusta"), codificacion=codificacion, separador=separador))
    assert Usuario.objects.get(identificador=rut(20_100_001)).nombres == "Ñusta"


@pytest.mark.parametrize(
    ("otros", "columna", "frase"),
    [
        ({"RUT": "1-1"}, "RUT", "Revisa el RUT"),
        ({"E-mail": "x"}, "E-mail", "Revisa el correo"),
        ({"Perfil": "Rey"}, "Perfil", "Debe ser uno de: Solicitante"),
        ({"Distribuidora": "Nadie S.A."}, "Distribuidora", "No hay una empresa"),
        ({"Distribuidora": ""}, "Distribuidora", "Elige la empresa"),
        ({"Unidad": "Marte"}, "Unidad", "no tiene una unidad"),
        ({"Funciones": "tramitador; mago"}, "Funciones", "mago"),
        ({"Desde": "mañana"}, "Desde", "Escribe una fecha que exista"),
        ({"Desde": "2026-02-01", "Hasta": "2026-01-01"}, "Hasta", "Termina antes de empezar"),
        ({"RUT": rut(20_100_001)}, "RUT", "Repite el RUT y el perfil de la línea 2"),
    ],
)
def test_errors_by_line_and_column(administra, otros, columna, frase):
    """A-08: one wrong line, and nothing is taken."""
    respuesta = probar(administra, xlsx(fila(1), fila(2, **otros)))
    (error,) = respuesta.context["resultado"].errores
    assert (error.linea, error.columna, frase in error.mensaje) == (3, columna, True)
    assert "probada" not in respuesta.context
    assert not Usuario.objects.filter(nombres__startswith="Persona").exists()


@pytest.mark.parametrize(
    ("archivo", "frase"),
    [
        (lambda: SimpleUploadedFile("x.xlsx", b"PK\x03\x04basura"), "No pudimos leer"),
        (lambda: SimpleUploadedFile("x.csv", b"a\x00b"), "No pudimos leer"),
        (lambda: SimpleUploadedFile("x.csv", b""), "El archivo está vacío"),
        (lambda: SimpleUploadedFile("x.csv", b"RUT;Nombres\n"), "Faltan columnas"),
        (lambda: xlsx(), "ninguna fila"),
        (lambda: xlsx(*([fila(1)] * 501)), "501 filas"),
        (lambda: SimpleUploadedFile("x.csv", b"a" * (1024 * 1024 + 1)), "más de 1 MB"),
    ],
)
def test_files_that_are_none(administra, archivo, frase):
    """A-08: a file that cannot be taken is refused in words."""
    respuesta = probar(administra, archivo())
    assert (respuesta.status_code, frase in respuesta.content.decode()) == (200, True)


def test_only_what_was_tried(administra, entrar, otro_jefe):
    """A-08: a made-up or an old trial, or somebody else's, is not saved."""
    probada = probar(administra, xlsx(fila(1))).context["probada"]
    with reloj.adelantar(hours=0):
        for navegador, dato in ((administra, "inventada"), (administra, ""), (entrar(otro_jefe), probada)):
            respuesta = navegador.post("/usuarios/importar/grabar/", {"probada": dato}, follow=True)
            assert "Esa prueba ya no vale" in respuesta.content.decode()
    assert not Usuario.objects.filter(nombres__startswith="Persona").exists()


def test_what_changed_meanwhile(administra, distribuidora):
    """A-08: tried well, no longer well when saved: nothing is taken and it is said."""
    probada = probar(administra, xlsx(fila(1), fila(2))).context["probada"]
    distribuidora.estado = "fusionada"
    distribuidora.save()
    respuesta = administra.post("/usuarios/importar/grabar/", {"probada": probada})
    assert len(respuesta.context["resultado"].errores) == 2
    assert not Usuario.objects.filter(nombres__startswith="Persona").exists()


def test_the_template_is_what_is_asked_for(administra):
    """A-08: its headings are those that importing wants."""
    contenido = administra.get("/usuarios/importar/plantilla/").content
    hoja = load_workbook(io.BytesIO(contenido)).active
    assert [celda.value for celda in hoja[1]] == TITULOS
