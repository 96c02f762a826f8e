"""Asking for a spreadsheet and making it."""

from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from portal.avisos.models import Aviso
from portal.encargos.models import Encargo
from portal.encargos.reparto import barrer
from portal.informes import actions
from portal.informes.models import Informe
from portal.informes.tasks import barrer_restos, hacer_informe
from tests import factories

pytestmark = pytest.mark.django_db
Estado = Encargo.Estado


def releer(informe: Informe) -> Informe:
    return Informe.todos().get(pk=informe.pk)


def guardados() -> list[str]:
    almacen = storages["informes"]
    return almacen.listdir("")[1] if almacen.exists("") else []


@pytest.mark.django_db(transaction=True)
def test_se_pide_con_el_filtro_de_la_direccion(entrar, marcos, mailoutbox):
    """S-13: asked with the filter in force, made in the background, announced by mail, ready to download."""
    respuesta = entrar(marcos).post("/informes/pedir/prueba/?n=5&texto=%3D1%2B1&p=2&tamano=50")
    informe = Informe.todos().get()
    assert respuesta.url == f"/informes/{informe.pk}/"
    assert informe.parametros == {"n": "5", "texto": "=1+1"}
    assert (informe.estado, informe.filas, informe.total, informe.perfil) == (Estado.HECHO, 5, 5, marcos)
    hoja = openpyxl.load_workbook(informe.archivo.path).active
    assert [c.value for c in hoja[6]][::2] == [4, "=1+1"]
    assert hoja["C6"].data_type == "s"
    (correo,) = mailoutbox
    assert correo.to == [marcos.usuario.email]
    assert correo.subject == "Tu informe «Reporte de prueba: año/mes» está listo"
    assert f"/informes/{informe.pk}/" in correo.body


def test_la_misma_peticion_dos_veces_es_una(marcos):
    """X-04: pressing twice gives the one that is being made."""
    primero = actions.pedir("prueba", {"n": "5"}, por=marcos)
    assert actions.pedir("prueba", {"n": "5"}, por=marcos) == primero
    assert actions.pedir("prueba", {"n": "6"}, por=marcos) != primero


def test_no_mas_de_cinco_a_la_vez(entrar, marcos):
    """X-04: the sixth under way is refused in words."""
    for n in range(5):
        actions.pedir("prueba", {"n": str(n)}, por=marcos)
    respuesta = entrar(marcos).post("/informes/pedir/prueba/?n=99", follow=True)
    assert "Tienes cinco informes en preparación" in respuesta.content.decode()
    assert Informe.todos().count() == 5


def test_un_tipo_que_no_existe_es_404(entrar, marcos):
    """X-04: an unknown kind is not found; one that is not for this profile is refused."""
    assert entrar(marcos).post("/informes/pedir/otro/").status_code == 404
    assert entrar(marcos).post("/informes/pedir/casos/").status_code == 403
    assert Informe.todos().count() == 0


def test_se_hace_con_los_ojos_de_quien_pide(auditora, distribuidora):
    """A-12: the rows are those that the asking profile sees: a draft has no number and is nobody else's."""
    factories.CasoFactory(distribuidora=distribuidora, numero="YN1")
    factories.CasoFactory(distribuidora=distribuidora, numero=None)
    informe = actions.pedir("casos", {}, por=auditora)
    hacer_informe(str(informe.pk))
    hoja = openpyxl.load_workbook(releer(informe).archivo.path).active
    assert [f[0].value for f in hoja.iter_rows()] == ["N°", "YN1"]


@pytest.mark.parametrize("que", ["perfil", "permiso"])
def test_un_perfil_quitado_no_recibe_nada(auditora, que):
    """A-02: a profile or permission that was taken away meanwhile cancels what it had asked for."""
    informe = actions.pedir("casos", {}, por=auditora)
    if que == "perfil":
        auditora.activo = False
        auditora.save()
    else:
        auditora.asignaciones.all().delete()
    hacer_informe(str(informe.pk))
    assert (releer(informe).estado, guardados(), Aviso.todos().count()) == (Estado.CANCELADO, [], 0)


def test_cancelado_en_plena_marcha(marcos, de_prueba, monkeypatch):
    """X-04: cancelled while it is being written, it stops at the next note and leaves no file."""
    monkeypatch.setattr(actions, "CADA", -1)
    informe = actions.pedir("prueba", {"n": "100000"}, por=marcos)
    vistas = []

    def cancelar_en_la_mil(numero: int) -> None:
        vistas.append(numero)
        if numero == 1000:
            assert actions.cancelar(informe, por=marcos)

    de_prueba.al_escribir = cancelar_en_la_mil
    hacer_informe(str(informe.pk))
    assert len(vistas) < 1500
    assert (releer(informe).estado, guardados(), Aviso.todos().count()) == (Estado.CANCELADO, [], 0)


def test_el_avance_se_ve_mientras_se_escribe(marcos, de_prueba, monkeypatch):
    """X-04: progress and lease are noted while it is being written."""
    monkeypatch.setattr(actions, "CADA", -1)
    informe = actions.pedir("prueba", {"n": "1000"}, por=marcos)
    vistos = []
    de_prueba.al_escribir = lambda n: vistos.append(releer(informe).filas) if n in (0, 250, 999) else None
    hacer_informe(str(informe.pk))
    assert vistos == [0, 200, 800]


def test_un_error_se_intenta_otra_vez_y_al_fin_se_dice(marcos, de_prueba, detenido):
    """X-04: an unexpected error is tried again with pauses, four times in all; no half file is left."""

    def fallar(numero: int) -> None:
        raise ZeroDivisionError

    de_prueba.al_escribir = fallar
    informe, momento = actions.pedir("prueba", {}, por=marcos), detenido
    for _ in range(10):
        with reloj.detener(momento):
            hacer_informe(str(informe.pk))
        momento = max(momento, releer(informe).proximo)
    fallido = releer(informe)
    assert (fallido.estado, fallido.intentos) == (Estado.FALLIDO, 4)
    assert fallido.error == "Error inesperado: ZeroDivisionError."
    assert guardados() == []


def test_si_el_aviso_no_se_puede_escribir_no_se_publica(marcos, monkeypatch, settings, detenido, tmp_path):
    """X-04: row, file and notice appear together or not at all, and it is tried again."""
    informe = actions.pedir("prueba", {}, por=marcos)
    plantillas = settings.TEMPLATES
    settings.TEMPLATES = [{**plantillas[0], "DIRS": [tmp_path]}]
    hacer_informe(str(informe.pk))
    assert (releer(informe).estado, releer(informe).archivo.name, guardados()) == (Estado.PENDIENTE, "", [])
    settings.TEMPLATES = plantillas
    with reloj.adelantar(seconds=16):
        barrer()
    assert (releer(informe).estado, len(guardados())) == (Estado.HECHO, 1)


def test_se_borra_a_los_siete_dias(marcos, entrar, detenido, conserva, django_capture_on_commit_callbacks):
    """X-04: kept as its rule says, then thrown away; the row stays and says so."""
    conserva("informes.archivos")
    informe = actions.pedir("prueba", {}, por=marcos)
    hacer_informe(str(informe.pk))
    with reloj.adelantar(days=6):
        call_command("conservacion")
        assert len(guardados()) == 1
    with reloj.adelantar(days=7):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("conservacion")
        assert (guardados(), releer(informe).archivo.name) == ([], "")
        pagina = entrar(marcos).get(informe.get_absolute_url())
    assert "ya se borró" in pagina.content.decode()


def test_restos_de_un_trabajador_muerto(marcos, tmp_path):
    """X-04: a file that no row names is swept away after a day."""
    from django.core.files.base import ContentFile

    storages["informes"].save("resto.xlsx", ContentFile(b"medio"))
    with reloj.adelantar(hours=23):
        barrer_restos()
        assert guardados() == ["resto.xlsx"]
    with reloj.adelantar(hours=25):
        barrer_restos()
        assert guardados() == []


def test_cancelar_desde_la_pagina(entrar, marcos, pedro):
    """X-04: only the one who asked may give it up."""
    informe = actions.pedir("prueba", {}, por=marcos)
    assert entrar(pedro).post(reverse("informes:cancelar", args=[informe.pk])).status_code == 404
    pagina = entrar(marcos).post(reverse("informes:cancelar", args=[informe.pk]), follow=True)
    assert "Cancelaste el informe" in pagina.content.decode()
    assert releer(informe).estado == Estado.CANCELADO


def test_la_pagina_se_refresca_mientras_se_hace(entrar, marcos, django_assert_max_num_queries):
    """X-07: progress by htmx, or by reloading where there is no JavaScript; both end when it is ready."""
    informe = actions.pedir("prueba", {"n": "10"}, por=marcos)
    Informe.todos().update(estado=Estado.EN_CURSO, filas=4, total=10, empezado=reloj.ahora() - timedelta(seconds=20))
    navegador = entrar(marcos)
    texto = navegador.get(informe.get_absolute_url()).content.decode()
    assert "4 de 10 filas (40 %)" in texto
    assert "Faltan unos 30 segundos" in texto
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in texto
    parte = navegador.get(informe.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in parte
    assert "<html" not in parte
    Informe.todos().update(estado=Estado.PENDIENTE)
    hacer_informe(str(informe.pk))
    listo = navegador.get(informe.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "Tu informe está listo" in listo
    assert "hx-get" not in listo
    assert "http-equiv" not in navegador.get(informe.get_absolute_url()).content.decode()


def test_la_lista_es_de_cada_uno(entrar, marcos, pedro):
    """X-04: own reports only, and as many queries for one as for several."""
    actions.pedir("prueba", {"n": "1"}, por=marcos)
    navegador = entrar(marcos)
    navegador.get("/informes/")  # what a process learns once
    with CaptureQueriesContext(connection) as una:
        navegador.get("/informes/")
    for n in range(3):
        actions.pedir("prueba", {"n": f"{n + 2}"}, por=marcos)
    with CaptureQueriesContext(connection) as varias:
        pagina = navegador.get("/informes/")
    assert len(varias) == len(una)
    assert len(pagina.context["pagina"]) == 4
    assert "Todavía no has pedido informes" in entrar(pedro).get("/informes/").content.decode()
