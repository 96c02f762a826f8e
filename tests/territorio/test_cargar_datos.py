"""`manage.py cargar_datos`: repeatable, careful with what people edited, all or nothing."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from portal.cuentas.carga import DISTRIBUIDORAS, prefijo_de
from portal.cuentas.models import Distribuidora
from portal.normativa.materias import materias
from portal.plazos.carga import archivos
from portal.plazos.models import Regla
from portal.territorio import carga
from portal.territorio.hojas import DatosErroneos
from portal.territorio.models import Comuna, Region

pytestmark = pytest.mark.django_db
DE_NORTE_A_SUR = ["15", "01", "02", "03", "04", "05", "13", "06", "07", "16", "08", "09", "14", "10", "11", "12"]


def cargar(*argumentos: str, **opciones) -> list[str]:
    """What the command says, line by line."""
    salida = StringIO()
    call_command("cargar_datos", *argumentos, stdout=salida, **opciones)
    return salida.getvalue().splitlines()


@pytest.fixture
def lista(tmp_path: Path):
    """Write the shipped list of companies with some lines changed; returns its path."""

    def _lista(*, fuera: tuple[str, ...] = (), **cambios: dict[str, str]) -> Path:
        with DISTRIBUIDORAS.open(encoding="utf-8", newline="") as abierto:
            lector = csv.DictReader(abierto)
            filas = [{**f, **cambios.get(f["codigo"], {})} for f in lector]
        archivo = tmp_path / "empresas.csv"
        with archivo.open("w", encoding="utf-8", newline="") as abierto:
            escritor = csv.DictWriter(abierto, [c for c in lector.fieldnames if c not in fuera], extrasaction="ignore")
            escritor.writeheader()
            escritor.writerows(filas)
        return archivo

    return _lista


def test_carga_todo_y_se_puede_repetir():
    """X-10: sixteen regions from north to south, 346 comunas, 39 companies; a second time nothing changes."""
    assert cargar() == [
        "Territorio: 16 regiones y 346 comunas; 362 nuevas o cambiadas.",
        "Distribuidoras: 39; 39 nuevas, 0 cambiadas, 0 datos editados que se conservan.",
        "Reglas de plazo: 21 nuevas.",
        "Reglas de conservación: 19 nuevas.",
        "Materias de reclamo: 34; 34 nuevas.",
    ]
    assert list(Region.objects.values_list("codigo", flat=True)) == DE_NORTE_A_SUR
    assert Comuna.objects.get(codigo="05801").region.nombre == "Valparaíso"
    antes = [list(m.objects.order_by("pk").values()) for m in (Region, Comuna, Distribuidora, Regla)]
    assert cargar() == [
        "Territorio: 16 regiones y 346 comunas; 0 nuevas o cambiadas.",
        "Distribuidoras: 39; 0 nuevas, 0 cambiadas, 0 datos editados que se conservan.",
        "Reglas de plazo: 0 nuevas.",
        "Reglas de conservación: 0 nuevas.",
        "Materias de reclamo: 34; 0 nuevas.",
    ]
    assert [list(m.objects.order_by("pk").values()) for m in (Region, Comuna, Distribuidora, Regla)] == antes


def test_una_empresa_con_todos_sus_datos():
    """X-10: state, successor, regions, prefix and zone come from the list."""
    cargar()
    chilectra = Distribuidora.objects.get(codigo="CHILECTRA")
    assert (chilectra.estado, chilectra.sucesora.codigo, chilectra.prefijo) == ("renombrada", "ENEL", "YN")
    frontel = Distribuidora.objects.get(codigo="FRONTEL")
    assert sorted(frontel.regiones.values_list("pk", flat=True)) == ["08", "09", "16"]
    zonas = Distribuidora.objects.exclude(zona_horaria="America/Santiago").values_list("codigo", "zona_horaria")
    assert dict(zonas) == {
        "EDELMAG": "America/Punta_Arenas",
        "EDELAYSEN": "America/Coyhaique",
        "SASIPA": "Pacific/Easter",
    }


def test_los_prefijos_del_manual():
    """S-08: the two characters that the manual shows; Chilectra's pass to its successor, two companies share them."""
    cargar()
    del_manual = Distribuidora.objects.filter(prefijo__in=["YN", "OV", "V+", "FE", "PS"])
    assert dict(del_manual.values_list("codigo", "prefijo")) == {
        "ENEL": "YN",
        "CHILECTRA": "YN",
        "CHILQUINTA": "OV",
        "CRELL": "V+",
        "SOCOEPA": "FE",
        "ENELSA": "PS",
    }


@pytest.mark.parametrize(
    ("nombre", "prefijo"),
    [
        ("Luz Osorno", "LO"),
        ("Eléctrica Til Til", "ET"),
        ("CGE", "CE"),
        ("D.E.S.A.", "DA"),
        ("Ñuñoa Ávila", "NA"),
        ("X", "XX"),
        ("¡!", "XX"),
        ("Luz 24", "L2"),
    ],
)
def test_un_prefijo_se_deriva_del_nombre(nombre, prefijo):
    """S-08: any two characters, always the same ones for the same name."""
    assert prefijo_de(nombre) == prefijo


def test_conserva_lo_editado_y_sigue_al_archivo_en_lo_demas(lista):
    """X-10: a field that a person edited stays; one that nobody touched follows the list."""
    cargar()
    frontel = Distribuidora.objects.get(codigo="FRONTEL")
    frontel.prefijo = "FT"
    frontel.save()
    frontel.regiones.set(["09"])
    nueva = lista(
        FRONTEL={"prefijo": "FN", "regiones": "08;09", "nombre_fantasia": "Frontel Sur"},
        LUZANDES={"sucesora": "CGE", "estado": "renombrada"},
    )
    for cambiadas in (2, 0):  # the second time there is nothing left to follow, and the edited still stays
        assert cargar(distribuidoras=nueva)[1:4] == [
            f"Distribuidoras: 39; 0 nuevas, {cambiadas} cambiadas, 2 datos editados que se conservan.",
            "  FRONTEL: prefijo sigue en «FT», como se editó.",
            "  FRONTEL: regiones sigue en «['09']», como se editó.",
        ]
    frontel.refresh_from_db()
    assert (frontel.prefijo, frontel.nombre_fantasia) == ("FT", "Frontel Sur")
    assert list(frontel.regiones.values_list("pk", flat=True)) == ["09"]
    andes = Distribuidora.objects.get(codigo="LUZANDES")
    assert (andes.sucesora.codigo, andes.estado) == ("CGE", "renombrada")


def test_una_empresa_creada_en_pantalla_no_se_pisa(lista):
    """X-10: what the load never wrote was written by a person."""
    Distribuidora.objects.create(codigo="CGE", nombre="CGE a mano", nombre_fantasia="A mano", prefijo="AM")
    cargar()
    cge = Distribuidora.objects.get(codigo="CGE")
    assert (cge.nombre, cge.nombre_fantasia, cge.prefijo) == ("CGE a mano", "A mano", "AM")


@pytest.mark.parametrize(
    ("codigo", "cambios", "mensaje"),
    [
        ("ENEL", {"rut": "96.800.570-1"}, "empresas.csv, línea 2: «96.800.570-1» no es un RUT válido."),
        ("CGE", {"regiones": "13;99"}, "empresas.csv, línea 3: no existe la región «99»."),
        ("CGE", {"estado": "quebrada"}, "empresas.csv, línea 3: estado: Valor 'quebrada' no es una opción válida."),
        ("CGE", {"prefijo": "C"}, "empresas.csv, línea 3: prefijo: El prefijo tiene dos caracteres, sin espacios."),
        ("CGE", {"nombre": ""}, "empresas.csv, línea 3: nombre: Este campo no puede estar vacío."),
        ("CGE", {"pais": "AR"}, "empresas.csv, línea 3: no conozco el país «AR»."),
        ("CGE", {"zona_horaria": "Chile"}, "empresas.csv, línea 3: no existe la zona horaria «Chile»."),
        ("CGE", {"codigo": ""}, "empresas.csv, línea 3: falta codigo."),
        ("CGE", {"codigo": "ENEL"}, "empresas.csv, línea 3: ENEL: ya está en la línea 2."),
        (
            "CGE",
            {"sucesora": "NADIE"},
            "empresas.csv, línea 3: «NADIE» no puede ser su sucesora: no es el código de otra empresa.",
        ),
        (
            "CGE",
            {"sucesora": "CGE"},
            "empresas.csv, línea 3: «CGE» no puede ser su sucesora: no es el código de otra empresa.",
        ),
    ],
)
def test_una_linea_mala_no_carga_nada(lista, codigo, cambios, mensaje):
    """X-10: the error names file and line, and nothing is half imported."""
    with pytest.raises(CommandError) as error:
        cargar(distribuidoras=lista(**{codigo: cambios}))
    lineas = str(error.value).splitlines()
    assert lineas[0] == "No se cargó nada. Corrige y repite:"
    assert mensaje in lineas
    assert [m.objects.count() for m in (Region, Comuna, Distribuidora, Regla)] == [0, 0, 0, 0]


def test_todos_los_errores_de_una_vez(lista):
    """X-10: who corrects a list sees all that is wrong with it."""
    with pytest.raises(CommandError) as error:
        cargar(distribuidoras=lista(ENEL={"rut": "1-1"}, CGE={"regiones": "99"}))
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("contenido", "mensaje"),
    [
        (None, "empresas.csv: no existe."),
        ("código\nENEL ñandú".encode("latin-1"), "no está en UTF-8. Guárdalo con esa codificación."),
        (b"codigo,nombre\nA", "empresas.csv, línea 1: faltan las columnas: nombre_fantasia,"),
        (b'"codigo', "no se puede leer como CSV"),
        (b"", "empresas.csv, línea 1: faltan las columnas: codigo,"),
        (b"\x00\x01", "línea 1: faltan las columnas"),
    ],
)
def test_un_archivo_que_no_es_la_lista(tmp_path, contenido, mensaje):
    """X-10: any file at all gets a sentence, never a traceback."""
    archivo = tmp_path / "empresas.csv"
    if contenido is not None:
        archivo.write_bytes(contenido)
    with pytest.raises(CommandError) as error:
        cargar(distribuidoras=archivo)
    assert mensaje in str(error.value)


def test_una_linea_corta(lista, tmp_path):
    """X-10: a line with too few cells is told, not guessed."""
    archivo = lista()
    archivo.write_text(archivo.read_text(encoding="utf-8") + "NUEVA,Nueva S.A.\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        cargar(distribuidoras=archivo)
    assert "empresas.csv, línea 41: debe tener 14 columnas." in str(error.value)


def test_empresas_de_otros_paises(lista):
    """X-10: a company's tax number, zone and currency are those of its country."""
    cargar(
        distribuidoras=lista(
            CGE={"pais": "PY", "rut": "80012345-0", "regiones": ""},
            EEPA={"pais": "PE", "rut": "20123456786", "regiones": ""},
        )
    )
    ande, peruana = (Distribuidora.objects.get(codigo=c) for c in ("CGE", "EEPA"))
    assert (ande.zona_horaria, ande.datos_pais.moneda) == ("America/Asuncion", "PYG")
    assert (peruana.zona_horaria, peruana.datos_pais.moneda) == ("America/Lima", "PEN")
    with pytest.raises(CommandError) as error:
        cargar(distribuidoras=lista(EEPA={"pais": "PE", "rut": "80.313.300-K"}))
    assert "línea 14: «80.313.300-K» no es un RUC válido." in str(error.value)


def test_comunas_que_no_calzan_con_su_region(tmp_path):
    """X-10: a comuna of a region that is none of the file's, or of another one than its code says."""
    (tmp_path / "regiones.csv").write_text("codigo,nombre,romano,orden\n13,Metropolitana,RM,1\n", encoding="utf-8")
    (tmp_path / "comunas.csv").write_text(
        "codigo,nombre,provincia,region\n13101,Santiago,Santiago,13\n01101,Iquique,Iquique,01\n05101,V,V,13\n",
        encoding="utf-8",
    )
    with pytest.raises(DatosErroneos) as error:
        carga.cargar_territorio(tmp_path)
    assert error.value.errores == [
        "comunas.csv, línea 3: no existe la región «01».",
        "comunas.csv, línea 4: el código 05101 no es de la región 13.",
    ]
    assert (Region.objects.count(), Comuna.objects.count()) == (0, 0)


def test_un_nombre_corregido_en_el_archivo_llega_a_la_tabla():
    """X-10: nobody edits territory on screen: the file rules."""
    cargar()
    Comuna.objects.filter(codigo="13101").update(nombre="Santiago Centro")
    assert cargar()[0] == "Territorio: 16 regiones y 346 comunas; 1 nuevas o cambiadas."
    assert Comuna.objects.get(codigo="13101").nombre == "Santiago"


def test_ningun_plazo_se_inventa():
    """R-07: no Chilean term ships as law but the manual's two days; whatever ships is unverified, and says why."""
    cargar()
    chilenas = Regla.objects.filter(pais="CL")
    assert list(chilenas.values_list("materia", "cantidad", "unidad", "nota")) == [
        ("pagos.validacion", 2, "habiles", "El manual dice dos días y no dice de qué clase.")
    ]
    assert not Regla.objects.filter(Q(verificado=True) | Q(demostracion=True) | Q(nota="")).exists()


def test_cada_plazo_que_viene_tiene_nombre():
    """R-07: no rule shows the code of its matter."""
    cargar("--demostracion")
    assert set(Regla.objects.values_list("materia", flat=True)) - set(materias()) == set()


def test_los_plazos_de_demostracion_se_piden():
    """R-07: demonstration terms only on demand, marked, without a norm; once."""
    lineas = [a.read_text(encoding="utf-8").splitlines() for a in archivos("reglas_demostracion.csv")]
    de_todas = sum(map(len, lineas)) - len(lineas)  # each has its heads
    assert f"Reglas de demostración: {de_todas} nuevas." in cargar("--demostracion")
    assert "Reglas de demostración: 0 nuevas." in cargar("--demostracion")
    marcadas = Regla.objects.filter(demostracion=True).order_by("materia")
    assert set(marcadas.values_list("norma", "verificado")) == {("", False)}
    marcadas = marcadas.filter(materia__startswith="solicitudes.")
    assert list(marcadas.values_list("materia", "norma", "verificado")) == [
        ("solicitudes.NC.respuesta", "", False),
        ("solicitudes.SC.respuesta", "", False),
        ("solicitudes.SI.respuesta", "", False),
    ]


def test_una_regla_existente_no_se_toca():
    """R-07: cases were filed under it, so a load never alters it."""
    cargar()
    Regla.objects.update(cantidad=3, norma="Oficio 1", verificado=True)
    cargar()
    assert set(Regla.objects.values_list("cantidad", "norma", "verificado")) == {(3, "Oficio 1", True)}
