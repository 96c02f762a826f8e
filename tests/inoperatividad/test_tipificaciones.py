"""**Tipificaciones**: reviewed, then imported whole or not at all (I-11)."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inoperatividad.models import Lote, Tipificacion

pytestmark = pytest.mark.django_db
RUTA = "/inoperatividad/tipificaciones/"
BUENA = (
    "fecha;hora;punto;tramite;cantidad\n17-11-2026;8;CAC Central;Reclamos;5\n17-11-2026;9;cac central;Reclamos;0\n"
    "2026-11-17;9;Call Center 123;LDR;2\n"
)


def _subir(navegador, texto, nombre="t.csv"):
    datos = texto if isinstance(texto, bytes) else texto.encode()
    return navegador.post(RUTA, {"accion": "revisar", "archivo": SimpleUploadedFile(nombre, datos)})


def _importar(navegador, respuesta):
    return navegador.post(RUTA, {"accion": "importar", "revisado": respuesta.context["clave"]}, follow=True)


def test_reviewed_then_imported_and_twice_is_once(entrar, mesa):
    """I-11: the dry run keeps nothing; the same file again changes nothing, another count replaces."""
    navegador = entrar(mesa.gente["control"])
    revisado = _subir(navegador, BUENA)
    assert "3 filas nuevas" in revisado.content.decode()
    assert not Tipificacion._base_manager.exists()
    assert "3 filas nuevas, 0 cambiadas, 0 iguales" in _importar(navegador, revisado).content.decode()
    revisado = _subir(navegador, BUENA)
    assert "Este mismo archivo se importó" in revisado.content.decode()
    assert "0 filas nuevas, 0 cambiadas, 3 iguales" in _importar(navegador, revisado).content.decode()
    cambiado = _subir(navegador, BUENA.replace("Reclamos;5", "Reclamos;6"))
    assert "0 filas nuevas, 1 cambiadas, 2 iguales" in _importar(navegador, cambiado).content.decode()
    assert sorted(Tipificacion._base_manager.values_list("cantidad", flat=True)) == [0, 2, 6]
    assert Lote._base_manager.count() == 3


def test_every_error_by_line_and_column_and_nothing_kept(entrar, mesa):
    """I-11: all at once; one wrong line and nothing is imported."""
    mala = (
        BUENA + "31-02-2026;8;CAC Central;Reclamos;5\n17-11-2026;24;Otro;Nada;-1\n17-11-2026;8;CAC Central;reclamos;7\n"
    )
    respuesta = _subir(entrar(mesa.gente["control"]), mala)
    assert [str(f) for f in respuesta.context["fallas"]] == [
        "Línea 5, fecha: «31-02-2026» no es una fecha. Ejemplo: 30-11-2026.",
        "Línea 6, hora: «24» no es una hora de 0 a 23.",
        "Línea 6, punto: «Otro» no es un punto de atención de la empresa.",
        "Línea 6, tramite: «Nada» no es Reclamos, Altas, Bajas, Consultas, LDR.",
        "Línea 6, cantidad: «-1» no es un número entero de 0 en adelante.",
        "Línea 7: repite el punto, el trámite, la fecha y la hora de la línea 2.",
    ]
    assert "clave" not in respuesta.context
    assert not Tipificacion._base_manager.exists()


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        (b"", "El archivo está vacío"),
        (b"\xff\xfe\x00nada", "no es un Excel"),
        (b"PK\x03\x04roto", "El Excel está dañado"),
        (b"a,b\n1,2\n", "faltan las columnas fecha, hora, punto, tramite, cantidad"),
        (b"fecha,hora,punto,tramite,cantidad\n", "no tiene filas"),
    ],
)
def test_what_is_no_table_is_refused(entrar, mesa, datos, frase):
    """I-11: with what to do."""
    assert frase in _subir(entrar(mesa.gente["control"]), datos).content.decode()


def test_from_a_spreadsheet(entrar, mesa):
    """I-11: XLSX, with real dates and numbers."""
    libro = openpyxl.Workbook()
    libro.active.append(["Fecha", "Hora", "Punto", "Trámite", "Cantidad"])
    libro.active.append([date(2026, 11, 17), 8, "CAC Central", "Consultas", 12])
    salida = io.BytesIO()
    libro.save(salida)
    navegador = entrar(mesa.gente["control"])
    _importar(navegador, _subir(navegador, salida.getvalue(), "t.xlsx"))
    assert [str(t) for t in Tipificacion._base_manager.all()] == ["17-11-2026 08 h, Consultas: 12"]


def test_what_was_reviewed_is_of_who_reviewed_it(entrar, mesa, ino_control_ajeno):
    """A-12, I-11: another person's reviewed file is not there."""
    revisado = _subir(entrar(mesa.gente["control"]), BUENA)
    assert "ya no está" in _importar(entrar(ino_control_ajeno), revisado).content.decode()
    assert not Tipificacion._base_manager.exists()
