"""**Conservación** on screen: what is kept for how long, what would go tonight, changes that are asked for twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from portal import reloj
from portal.avisos.models import Aviso
from portal.conservacion import actions
from portal.conservacion.models import Pasada, ReglaDeConservacion
from portal.encargos.models import Encargo
from portal.historial.models import Evento
from portal.informes.models import Informe
from portal.informes.tasks import hacer_informe
from tests.factories import BorradorFactory
from tests.solicitudes.puerta import Pagina

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo", "detenido")]
LISTA = "/plazos/conservacion/"
DATOS = {"cantidad": "6", "unidad": "meses", "activa": "on", "norma": "", "nota": ""}


def ruta(regla: ReglaDeConservacion) -> str:
    return f"{LISTA}{regla.pk}/"


def test_la_lista_dice_cuanto_se_borraria_hoy(conserva, entrar, jefa_sec):
    """R-07: each rule with its term, state and how much it would erase, also while it is off."""
    regla = conserva("solicitudes.borradores")
    for _ in range(2):
        BorradorFactory(guardado=reloj.ahora() - timedelta(days=400))
    Pasada.objects.create(regla=regla, dia=reloj.hoy(), borradas=7, estado=Encargo.Estado.HECHO)
    navegador = entrar(jefa_sec)
    arbol = Pagina(navegador.get(LISTA, {"tamano": "50"})).arbol
    (fila,) = [tr for tr in arbol.xpath("//tbody/tr") if "Borradores de solicitudes" in tr.text_content()]
    celdas = {td.get("data-t"): " ".join(td.text_content().split()) for td in fila.xpath("td")}
    assert celdas["Se conservan"] == "12 meses desde la última vez que se guardaron"
    assert (celdas["Estado"], celdas["Se borrarían hoy"]) == ("Apagada", "2")
    assert celdas["Última noche"] == "18-11-2026: 7 borrados"


@pytest.mark.parametrize("orden", ["clase", "-clase"])
def test_la_lista_sigue_el_nombre_que_se_lee(orden, conserva, entrar, jefa_sec):
    """X-07: «Datos» sorts by what it shows."""
    conserva("avisos.contenido")
    arbol = Pagina(entrar(jefa_sec).get(LISTA, {"tamano": "50", "orden": orden})).arbol
    nombres = [td.text_content().strip().casefold() for td in arbol.xpath('//td[@data-t="Datos"]')]
    assert len(nombres) == 19
    assert nombres == sorted(nombres, reverse=orden.startswith("-"))


def test_la_lista_se_filtra_y_sus_consultas_no_crecen(
    conserva, entrar, jefa_sec, django_assert_num_queries, django_assert_max_num_queries
):
    """X-07: by state and by what is not verified; as many queries for one rule as for all."""
    conserva("avisos.contenido", activa=True, verificado=True, norma="Ley 19.628")
    navegador = entrar(jefa_sec)

    def vistas(**filtro: str) -> int:
        return navegador.get(LISTA, {"tamano": "50", **filtro}).text.count('data-t="Datos"')

    todas = vistas()
    assert (todas, vistas(activa="si"), vistas(activa="no")) == (19, 7, 12)
    assert vistas(sin_verificar="on") == 18
    assert vistas(activa="quizas") == 19
    assert "Esa página no existe" in navegador.get(LISTA, {"p": "99"}).text
    with django_assert_max_num_queries(30) as de_todas:
        vistas()
    ReglaDeConservacion.objects.exclude(clase="avisos.contenido").delete()
    with django_assert_num_queries(len(de_todas)):
        assert vistas() == 1


def test_se_cambia_y_queda_en_la_historia(conserva, entrar, jefa_sec):
    """R-07, X-06: what was before and after, by whom."""
    regla = conserva("avisos.contenido")
    pagina = Pagina(entrar(jefa_sec).post(ruta(regla), DATOS | {"nota": "Acordado."}, follow=True))
    assert pagina.mensajes == ["Guardamos la regla."]
    regla.refresh_from_db()
    assert (regla.plazo, regla.activa, regla.nota) == ("6 meses", True, "Acordado.")
    hecho = Evento.objects.get(hecho="conservacion_cambiada")
    assert (hecho.perfil, hecho.datos["objeto"]) == (jefa_sec, "conservacion:avisos.contenido")
    assert hecho.datos["cambios"] == [
        ["Se conservan", "24 meses", "6 meses"],
        ["Encendida", "No", "Sí"],
        ["Nota", "Cifra propuesta; ninguna norma la fija.", "Acordado."],
    ]
    assert "Cambió la regla de conservación" in Pagina(entrar(jefa_sec).get(ruta(regla))).historial


def test_lo_que_borraria_mas_se_pide_dos_veces(conserva, entrar, jefa_sec):
    """X-07: switching on, and shortening, say how many would go tonight and wait for a yes; keeping longer does not."""
    regla = conserva("solicitudes.borradores")
    BorradorFactory(guardado=reloj.ahora() - timedelta(days=200))
    navegador = entrar(jefa_sec)
    pagina = Pagina(navegador.post(ruta(regla), DATOS))
    assert pagina.errores == ["Se borrarían esta noche: 1. Marca que es lo que quieres."]
    regla.refresh_from_db()
    assert not regla.activa
    assert Pagina(navegador.post(ruta(regla), DATOS | {"confirmo": "on"}, follow=True)).mensajes
    assert Pagina(navegador.post(ruta(regla), DATOS | {"cantidad": "1"})).errores
    assert Pagina(navegador.post(ruta(regla), DATOS | {"cantidad": "60"}, follow=True)).mensajes
    regla.refresh_from_db()
    assert (regla.plazo, regla.activa) == ("60 meses", True)


@pytest.mark.parametrize(
    ("cambio", "error"),
    [
        ({"cantidad": "0"}, "Cuánto se conservan"),
        ({"cantidad": "diez"}, "Cuánto se conservan"),
        ({"cantidad": "99999"}, "Cuánto se conservan"),
        ({"cantidad": ""}, "Cuánto se conservan"),
        ({"unidad": "lunas"}, "Unidad"),
        ({"verificado": "on"}, "Cita la norma: sin ella no se puede decir que está verificado."),
        ({"norma": "x" * 201}, "Norma"),
    ],
)
def test_lo_que_no_tiene_sentido_se_dice(conserva, entrar, jefa_sec, cambio, error):
    """R-07: beside its field, and nothing is changed."""
    regla = conserva("avisos.contenido")
    pagina = Pagina(entrar(jefa_sec).post(ruta(regla), DATOS | cambio))
    assert error in " ".join(pagina.resumen)
    regla.refresh_from_db()
    assert (regla.plazo, regla.activa) == ("24 meses", False)


def test_la_planilla_dice_lo_mismo(conserva, entrar, jefa_sec):
    """X-07: the Excel of what is shown."""
    conserva("avisos.contenido")
    navegador = entrar(jefa_sec)
    navegador.post("/informes/pedir/conservacion/?activa=no")
    informe = Informe.todos().get()
    hacer_informe(str(informe.pk))
    informe.refresh_from_db()
    with informe.archivo.open("rb") as archivo:
        filas = list(load_workbook(archivo).active.values)
    assert len(filas) == 14
    assert ("Correos enviados", 24, "meses") in {fila[:3] for fila in filas}


def test_un_aviso_fallido_ya_vaciado_no_se_reenvia(conserva, jefa_sec):
    """X-02: what has no address any more is not sent again."""
    aviso = Aviso.objects.create(para="a@b.example", asunto="x", texto="y", estado="fallido", error="550")
    Aviso.objects.update(terminado=reloj.ahora() - timedelta(days=900))
    regla = conserva("avisos.contenido", activa=True)
    (pasada,) = [p for p in actions.programar() if p.regla == regla]
    actions.pasar(Pasada.tomar(pasada.pk))
    aviso.refresh_from_db()
    assert (aviso.estado, aviso.para, aviso.reenviable) == ("cancelado", "", False)


def test_los_demas_no_la_cambian(conserva, auditora, marcos):
    """R-07, A-11: at the action too."""
    regla = conserva("avisos.contenido")
    for perfil in (auditora, marcos):
        with pytest.raises(PermissionDenied):
            actions.cambiar(
                regla, por=perfil, cantidad=1, unidad="dias", norma="", verificado=False, nota="", activa=True
            )


def test_una_regla_cuyos_datos_nadie_declara(conserva, entrar, jefa_sec):
    """R-07: one left by an app that is gone is shown by its code and erases nothing."""
    conserva("avisos.contenido")
    regla = ReglaDeConservacion.objects.create(clase="antes.cosas", cantidad=1, unidad="dias", activa=True)
    assert "antes.cosas" in entrar(jefa_sec).get(LISTA, {"tamano": "50"}).text
    (pasada,) = [p for p in actions.programar() if p.regla == regla]
    actions.pasar(Pasada.tomar(pasada.pk))
    assert Pasada.objects.get(pk=pasada.pk).borradas == 0
