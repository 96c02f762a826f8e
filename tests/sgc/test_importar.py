"""Bringing the mirror up to date from a file: by command and by page, all or nothing, as often as one likes."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from portal import reloj
from portal.cuentas.ambito import como
from portal.sgc import actions, puerto
from portal.sgc.models import Cliente, Expediente, Importacion, Suministro
from portal.sgc.puerto import buscar_suministro

ENCABEZADO = "NIS;Tensión;Dirección;Zona;Tipo de documento;Documento;Titular;Correo"
BUENAS = [
    "2210733;BT;Ytororó 845;Lambaré;C.I.;1.730.558;Eusebia Benítez de Cáceres;",
    "9.900.031;Media Tensión;Ruta 2, km 38;;RUC;80012345-0;Textil Ypacaraí S.A.;cuentas@textil.example",
    "2210734;bt;Ytororó 847;Lambaré;ci;1730558;Eusebia Benítez de Cáceres;",
]


@pytest.fixture
def escribir(tmp_path):
    """Write lines to a file; its path."""

    def _escribir(*lineas: str, nombre: str = "espejo.csv", codificacion: str = "utf-8"):
        ruta = tmp_path / nombre
        ruta.write_bytes("\r\n".join(lineas).encode(codificacion))
        return ruta

    return _escribir


def importar(empresa, ruta, *mas: str) -> str:
    salida = io.StringIO()
    call_command("importar_sgc", empresa.codigo, str(ruta), *mas, stdout=salida, stderr=salida)
    return salida.getvalue()


def foto() -> list[tuple]:
    campos = ("nis", "tension", "estado", "direccion", "titular__documento", "titular__nombre", "titular__correo")
    return sorted(Suministro._base_manager.values_list(*campos))


TODO = [
    ("2210733", "BT", "activo", "Ytororó 845", "1730558", "Eusebia Benítez de Cáceres", ""),
    ("2210734", "BT", "activo", "Ytororó 847", "1730558", "Eusebia Benítez de Cáceres", ""),
    ("9900031", "MT", "activo", "Ruta 2, km 38", "80012345-0", "Textil Ypacaraí S.A.", "cuentas@textil.example"),
]


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separador", [";", "\t"])
def test_a_file_becomes_the_mirror(paraguaya, escribir, codificacion, separador):
    """X-05: supplies with their holders, whatever the dress of the CSV; the port finds them at once."""
    lineas = [linea.replace(";", separador) for linea in (ENCABEZADO, *BUENAS)]
    assert "Se importaron 3 filas" in importar(paraguaya, escribir(*lineas, codificacion=codificacion))
    assert foto() == TODO
    assert buscar_suministro(paraguaya, "9900031").en_media_tension
    assert puerto.actualizado(paraguaya) is not None


def test_a_workbook_says_the_same(paraguaya, tmp_path):
    """X-05: XLSX, numbers as numbers."""
    libro = Workbook()
    for linea in (ENCABEZADO, *BUENAS):
        libro.active.append([int(c) if c.isdecimal() else c for c in linea.split(";")])
    libro.save(tmp_path / "espejo.xlsx")
    assert "3 nuevas" in importar(paraguaya, tmp_path / "espejo.xlsx")
    assert foto() == TODO


def test_again_changes_nothing(paraguaya, escribir):
    """X-05: the same file twice is the same mirror; a changed line changes its row and keeps its key."""
    importar(paraguaya, escribir(ENCABEZADO, *BUENAS))
    claves = dict(Suministro._base_manager.values_list("nis", "pk"))
    assert "0 nuevas, 0 cambiadas, 3 iguales" in importar(paraguaya, escribir(ENCABEZADO, *BUENAS))
    otra = BUENAS[0].replace("Ytororó 845", "Ytororó 900")
    assert "0 nuevas, 1 cambiadas, 0 iguales" in importar(paraguaya, escribir(ENCABEZADO, otra))
    assert dict(Suministro._base_manager.values_list("nis", "pk")) == claves
    assert buscar_suministro(paraguaya, "2210733").direccion == "Ytororó 900"


def test_a_rehearsal_writes_nothing(paraguaya, escribir):
    """X-05: the dry run says what would happen."""
    assert "Se importarían 3 filas" in importar(paraguaya, escribir(ENCABEZADO, *BUENAS), "--ensayo")
    assert foto() == []
    assert puerto.actualizado(paraguaya) is None


def test_errors_by_line_and_column_and_nothing_imported(paraguaya, escribir):
    """X-05: every error is named, good lines beside it do not enter."""
    malas = [
        "2210735;AT;;;C.I.;1730558;Ana;",
        "2210736;BT;;;RUC;80012345-1;Ana;",
        ";BT;;;C.I.;1730558;;no-es-correo",
    ]
    with pytest.raises(CommandError, match=r"5 errores\. No se importó nada"):
        importar(paraguaya, escribir(ENCABEZADO, *BUENAS, *malas))
    assert foto() == []
    errores = Importacion.todos().get().errores
    assert [(linea, columna) for linea, columna, _ in errores] == [
        (5, "Tensión"), (6, "Documento"), (7, "NIS"), (7, "Titular"), (7, "Correo"),
    ]  # fmt: skip


def test_the_same_nis_twice_is_an_error(paraguaya, escribir):
    """X-05: the file contradicts itself: which line, and which one came before."""
    with pytest.raises(CommandError):
        importar(paraguaya, escribir(ENCABEZADO, *BUENAS, BUENAS[0].replace("2210733", "2.210.733")))
    assert Importacion.todos().get().errores == [[5, "NIS", "Ya está en la línea 2."]]


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (b"", "vac"),
        (b"NIS;Direccion\n1;x", "Faltan columnas"),
        (ENCABEZADO.encode(), "no tiene filas"),
        (b"PK\x03\x04basura", "no se puede abrir"),
        (b"\x00\x01\x02\x00" * 50, "tabla de texto"),
    ],
)
def test_what_is_no_table_is_refused_in_words(paraguaya, tmp_path, contenido, frase):
    """X-05: empty, other columns, no rows, a broken workbook, bytes."""
    (tmp_path / "malo").write_bytes(contenido)
    with pytest.raises(CommandError, match=frase):
        importar(paraguaya, tmp_path / "malo")


def test_unknown_company_or_file(paraguaya, tmp_path):
    """X-05: bad arguments get a sentence."""
    with pytest.raises(CommandError, match="No hay una distribuidora"):
        call_command("importar_sgc", "nadie", str(tmp_path))
    with pytest.raises(CommandError, match="No hay un archivo"):
        importar(paraguaya, tmp_path / "no-esta.csv")


def test_files_and_complaints(espejo, escribir):
    """X-05: they hang on supplies of the mirror; an unknown NIS is an error with its line."""
    buenas = ["Clase;Número;NIS;Asunto", "Expediente;55/2026;2210733;Traslado", "RECLAMO;R-7;;Factura alta"]
    assert "2 nuevas" in importar(espejo, escribir(*buenas), "--contenido", "expedientes")
    assert Expediente._base_manager.get(numero="55/2026").suministro.nis == "2210733"
    assert "2 iguales" in importar(espejo, escribir(*buenas), "--contenido", "expedientes")
    with pytest.raises(CommandError):
        importar(espejo, escribir(buenas[0], "Reclamo;R-8;404;"), "--contenido", "expedientes")
    assert Importacion.todos().first().errores[0][:2] == [2, "NIS"]


@pytest.fixture
def trabajando(django_capture_on_commit_callbacks):
    """Inside, background work that a commit sets off is done at once."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_by_page_rehearse_then_apply(espejo, lucia, entrar, escribir, trabajando):
    """X-05: the page rehearses in the background, shows what would happen, and applies when a person says so."""
    navegador = entrar(lucia)
    archivo = SimpleUploadedFile("nuevo.csv", escribir(ENCABEZADO, "77;MT;;;C.I.;4555666;Hugo Ríos;").read_bytes())
    with trabajando():
        navegador.post("/sgc/importar/", {"contenido": "suministros", "archivo": archivo})
    importacion = Importacion.todos().get()
    respuesta = navegador.get(f"/sgc/importar/{importacion.pk}/")
    assert "El ensayo salió bien" in respuesta.content.decode()
    assert buscar_suministro(espejo, "77") is None
    with trabajando():
        navegador.post(f"/sgc/importar/{importacion.pk}/aplicar/")
    respuesta = navegador.get(f"/sgc/importar/{importacion.pk}/")
    assert "Se aplicó todo" in respuesta.content.decode()
    assert buscar_suministro(espejo, "77").titular.nombre == "Hugo Ríos"
    assert not Importacion.todos().get().archivo
    respuesta = navegador.post(f"/sgc/importar/{importacion.pk}/aplicar/", follow=True)
    assert "ya se aplicó" in respuesta.content.decode()


@pytest.mark.parametrize(
    ("nombre", "contenido", "frase"),
    [("a.pdf", b"%PDF", "no es CSV ni XLSX"), ("a.csv", b"", "El archivo está vacío"), (None, b"", "Elige el archivo")],
)
def test_a_bad_upload_is_refused_on_the_form(espejo, lucia, entrar, nombre, contenido, frase):
    """X-05: beside its field."""
    datos = {"contenido": "suministros"} | ({"archivo": SimpleUploadedFile(nombre, contenido)} if nombre else {})
    assert frase in entrar(lucia).post("/sgc/importar/", datos).content.decode()


def test_errors_are_shown_on_the_page(espejo, lucia, entrar, trabajando):
    """X-05: the list by line and column, hostile text as text; the file is let go."""
    archivo = SimpleUploadedFile("a.csv", f"{ENCABEZADO}\n<b>;BT;;;C.I.;1730558;Ana;".encode())
    with trabajando():
        pagina = entrar(lucia).post("/sgc/importar/", {"contenido": "suministros", "archivo": archivo})
    pagina = entrar(lucia).get(pagina.url)
    assert "Hay 1 error: no se importó nada" in pagina.content.decode()
    importacion = Importacion.todos().get()
    assert (importacion.errores[0][:2], bool(importacion.archivo)) == ([2, "NIS"], False)


def test_another_company_does_not_see_an_import(espejo, lucia, admin_dx, entrar):
    """A-12: 404 for its page, and the list is empty."""
    with como(lucia):
        importacion = actions.pedir(SimpleUploadedFile("a.csv", b"x"), por=lucia, contenido="suministros")
    navegador = entrar(admin_dx)
    assert navegador.get(f"/sgc/importar/{importacion.pk}/").status_code == 404
    assert navegador.post(f"/sgc/importar/{importacion.pk}/aplicar/").status_code == 404
    assert "No hay importaciones" in navegador.get("/sgc/").content.decode()


def test_files_never_applied_are_thrown_away(espejo, lucia, trabajando, conserva):
    """X-05: after two days nobody wants them."""
    conserva("sgc.archivos")
    with trabajando(), como(lucia):
        bueno = SimpleUploadedFile("a.csv", f"{ENCABEZADO}\n{BUENAS[0]}".encode())
        importacion = actions.pedir(bueno, por=lucia, contenido="suministros")
    ruta = Importacion.todos().get().archivo.path
    with reloj.adelantar(days=3), trabajando():
        call_command("conservacion")
    importacion = Importacion.todos().get()
    assert not importacion.archivo
    assert not importacion.aplicable
    assert not Path(ruta).exists()


def test_the_mirror_does_not_mix_companies(espejo, distribuidora, escribir):
    """A-12: the same NIS at another company is another supply."""
    cliente = Cliente._base_manager.create(
        distribuidora=distribuidora, tipo_documento="rut", documento="12345678-5", nombre="Rosa"
    )
    Suministro._base_manager.create(distribuidora=distribuidora, nis="2210733", tension="MT", titular=cliente)
    importar(espejo, escribir(ENCABEZADO, BUENAS[0].replace("845", "1")))
    assert buscar_suministro(distribuidora, "2210733").tension == "MT"
    assert buscar_suministro(espejo, "2210733").direccion == "Ytororó 1"


def test_the_switch_for_what_the_mirror_does_not_know(espejo, lucia, entrar):
    """X-05, G-02: off unless set; the page sets it and unsets it, for the own company alone."""
    navegador = entrar(lucia)
    valores = [puerto.admite_no_verificadas(espejo)]
    for datos in ({"admite_no_verificadas": "on"}, {}):
        navegador.post("/sgc/ajustar/", datos)
        valores.append(puerto.admite_no_verificadas(espejo))
    assert valores == [False, True, False]


def test_the_page_says_how_old_the_mirror_is(espejo, lucia, entrar, escribir):
    """X-05: and that nothing was imported yet."""
    navegador = entrar(lucia)
    assert "Todavía no se importó nada" in navegador.get("/sgc/").content.decode()
    importar(espejo, escribir(ENCABEZADO, *BUENAS))
    with reloj.adelantar(hours=5):
        assert "Está al" in entrar(lucia).get("/sgc/").content.decode()
