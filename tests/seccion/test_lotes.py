"""Batches for the commercial system: numbered, complete, never twice (Q-07, Q-16)."""

import threading

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.funciones import Funcion
from portal.documentos.models import TransicionInvalida
from portal.informes.models import Informe
from reclamos.seccion import actions
from reclamos.seccion.models import Asunto, Lote
from tests.factories import PerfilFactory
from tests.seccion.puerta import andar, lineas, registrar, releer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


@pytest.fixture
def aprobada(entrar, seguidora, otra_seguidora):
    """A change of contract, approved by a second person."""

    def _aprobada(ruta: str = "modificacion", **cambios) -> Asunto:
        asunto = registrar(entrar(seguidora), ruta, **cambios)
        return andar(entrar, asunto, ("proponer", seguidora), ("aprobar", otra_seguidora))

    return _aprobada


def test_va_todo_lo_aprobado_y_una_sola_vez(entrar, seguidora, aprobada):
    """Q-07: one batch takes all that waits, the next press finds nothing, and each case says its batch."""
    cambio, orden = aprobada(), aprobada("facturar")
    pendiente = registrar(entrar(seguidora), "modificacion")
    navegador = entrar(seguidora)
    assert "Exportar al SGC (2)" in navegador.get(reverse("seccion:lotes")).content.decode()
    lote = Lote.objects.get(pk=navegador.post(reverse("seccion:exportar")).url.rstrip("/").rpartition("/")[2])
    assert lote.numero == 1
    assert set(lote.asuntos.all()) == {cambio, orden}
    assert (releer(cambio).estado, releer(pendiente).estado) == ("exportado", "registrado")
    vuelta = navegador.post(reverse("seccion:exportar"), follow=True).content.decode()
    assert "No hay cambios aprobados que exportar" in vuelta
    assert Lote.objects.count() == 1


def test_el_csv_dice_lo_que_cambia(entrar, seguidora, aprobada):
    """Q-07: before, after, who proposed and who approved; no cell is a formula; the same at each download."""
    aprobada(**lineas([{"dato": "direccion", "antes": "=1+1", "despues": "Ñandú; 12"}]))
    navegador = entrar(seguidora)
    ruta = navegador.post(reverse("seccion:exportar")).url + "csv/"
    texto = navegador.get(ruta).content.decode("utf-8-sig")
    cabeza, fila = texto.splitlines()
    assert cabeza == "Lote;N°;Asunto;NIS;Dato;Valor anterior;Valor nuevo;Propuso;Aprobó"
    assert fila.endswith('2210733;Dirección;\'=1+1;"Ñandú; 12";Lucía Seguí Paz;Estela Godoy Mar')
    assert navegador.get(ruta).content.decode("utf-8-sig") == texto


@pytest.mark.django_db(transaction=True)
def test_el_excel_es_igual(entrar, seguidora, aprobada):
    """Q-07, X-04: the same rows as a workbook."""
    aprobada()
    navegador = entrar(seguidora)
    lote = navegador.post(reverse("seccion:exportar")).url.rstrip("/").rpartition("/")[2]
    navegador.post(reverse("informes:pedir", args=["seccion-lote"]) + f"?lote={lote}")
    hoja = openpyxl.load_workbook(Informe.todos().get().archivo.path).active
    assert [c.value for c in hoja[2]][4:7] == ["KPL", "30", "60"]


def test_la_base_no_admite_exportado_sin_lote(aprobada, entrar, seguidora):
    """Q-07: exported and in a batch are one thing; a number is given once."""
    asunto = aprobada()
    with pytest.raises(IntegrityError), transaction.atomic():
        Asunto.objects.filter(pk=asunto.pk).update(estado="exportado")
    with como(seguidora):
        lote = actions.exportar(por=seguidora)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lote.objects.create(distribuidora=lote.distribuidora, numero=lote.numero, por=seguidora)


def test_otra_empresa_tiene_los_suyos(entrar, aprobada, seguidora, seguidora_ajena):
    """A-12: neither what waits nor a batch of company 1 is there for company 2."""
    aprobada()
    ajena = entrar(seguidora_ajena)
    assert "Ninguno." in ajena.get(reverse("seccion:lotes")).content.decode()
    lote = entrar(seguidora).post(reverse("seccion:exportar")).url
    assert [ajena.get(lote).status_code, ajena.get(lote + "csv/").status_code] == [404, 404]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_dos_a_la_vez(aprobada, seguidora, otra_seguidora):
    """Q-07: two people press at once: one batch has it all, the other is told that nothing waits."""
    aprobada(), aprobada()
    juntos, resultados = threading.Barrier(2), []

    def exportar(perfil) -> None:
        try:
            juntos.wait()
            with como(perfil):
                resultados.append(actions.exportar(por=perfil).numero)
        except actions.NadaQueExportar:
            resultados.append(None)
        finally:
            connection.close()

    hilos = [threading.Thread(target=exportar, args=[p]) for p in (seguidora, otra_seguidora)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    with sin_ambito():
        assert sorted(resultados, key=str) == [1, None]
        assert Asunto.objects.filter(lote__numero=1).count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_dos_aprueban_a_la_vez(entrar, seguidora, otra_seguidora, distribuidora):
    """Q-07: of two approvals at once one wins, the other is told that the moment is over."""

    gerente = PerfilFactory(tipo="agente", distribuidora=distribuidora, funciones=[Funcion.GERENCIA])
    asunto = andar(entrar, registrar(entrar(seguidora), "devolucion"), ("proponer", seguidora))
    juntos, resultados = threading.Barrier(2), []

    def aprobar(perfil) -> None:
        try:
            juntos.wait()
            with como(perfil):
                resultados.append(actions.dar_paso(asunto, suceso="aprobar", por=perfil, valores={}).estado)
        except TransicionInvalida:
            resultados.append("tarde")
        finally:
            connection.close()

    hilos = [threading.Thread(target=aprobar, args=[p]) for p in (otra_seguidora, gerente)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    with sin_ambito():
        assert sorted(resultados) == ["pago_ordenado", "tarde"]
        assert asunto.caso.impresos.count() == 1


class TestLista:
    """The list of batches (X-07)."""

    @pytest.fixture
    def dos(self, entrar, seguidora, aprobada) -> list[Lote]:
        """Batch 1, which the commercial system has, and batch 2, which it has not."""
        navegador, hechos = entrar(seguidora), []
        for ruta in ("modificacion", "facturar"):
            aprobada(ruta)
            hechos.append(navegador.post(reverse("seccion:exportar")).url)
        navegador.post(f"{hechos[0]}cargar/")
        return list(Lote.objects.order_by("numero"))

    def test_se_filtra_y_se_ordena(self, entrar, seguidora, dos):
        """X-07: by number, supply, days, and whether the commercial system has it; each column both ways."""
        uno, otro = dos
        navegador = entrar(seguidora)
        hoy = reloj.hoy("America/Santiago").isoformat()
        for filtro, hallados in (
            ({}, [otro, uno]), ({"orden": "numero"}, [uno, otro]), ({"numero": "1"}, [uno]),
            ({"carga": "por_cargar"}, [otro]), ({"carga": "cargados"}, [uno]), ({"nis": "2.210.733"}, [otro, uno]),
            ({"nis": "999"}, []), ({"desde": hoy, "hasta": hoy}, [otro, uno]), ({"hasta": "2020-01-01"}, []),
        ):  # fmt: skip
            lista = navegador.get(reverse("seccion:lotes"), filtro).context["lista"]
            assert lista.pagina.object_list == hallados, filtro
        for orden in ("creado", "por", "asuntos", "cargado"):
            filas = [
                navegador.get(reverse("seccion:lotes"), {"orden": o}).context["lista"].pagina.object_list
                for o in (orden, f"-{orden}")
            ]
            assert filas[0] == filas[1][::-1]

    def test_lo_que_no_tiene_sentido_se_dice(self, entrar, seguidora, dos):
        """X-07: a wrong filter, order or page is said and left out; nothing found offers to clear the filter."""
        navegador = entrar(seguidora)
        pagina = navegador.get(reverse("seccion:lotes"), {"numero": "x", "orden": "y", "tamano": "7"}).text
        for dicho in ("Escribe un número. Ejemplo: 12.", "No se puede ordenar así", "Lote 2"):
            assert dicho in pagina
        assert "Limpiar filtro" in navegador.get(reverse("seccion:lotes"), {"numero": "9"}).text

    def test_las_consultas_no_crecen(self, entrar, seguidora, aprobada):
        """X-07: as many queries for one batch as for three, and for one waiting case as for two."""
        navegador, cuentas = entrar(seguidora), []
        for _ in range(2):
            aprobada()
            for _ in range(1 + len(cuentas)):
                navegador.post(reverse("seccion:exportar"))
                aprobada()
            navegador.get(reverse("seccion:lotes"))
            with CaptureQueriesContext(connection) as consultas:
                navegador.get(reverse("seccion:lotes"))
            cuentas.append(len(consultas))
        assert (Lote.objects.count(), cuentas[0]) == (3, cuentas[1])

    @pytest.mark.django_db(transaction=True)
    def test_el_excel_es_lo_que_se_ve(self, entrar, seguidora, dos):
        """X-04, X-07: the list with its filter as a workbook."""
        entrar(seguidora).post(reverse("informes:pedir", args=["seccion-lotes"]) + "?carga=por_cargar")
        rotulos, *filas = openpyxl.load_workbook(Informe.todos().get().archivo.path).active.values
        assert [dict(zip(rotulos, f, strict=True))["Lote"] for f in filas] == [2]


def test_se_anota_que_se_cargo_en_el_sgc(entrar, seguidora, otra_seguidora, aprobada):
    """Q-07: that the commercial system took it is noted once, with who and when, in each case's history too."""
    asunto = aprobada()
    lote = entrar(seguidora).post(reverse("seccion:exportar")).url
    navegador = entrar(otra_seguidora)
    assert "Registrar que se cargó en el SGC" in navegador.get(lote).text
    pagina = navegador.post(f"{lote}cargar/", follow=True).text
    assert "por Estela Godoy Mar" in pagina
    assert "Registrar que se cargó en el SGC" not in pagina
    assert "El lote 1 se cargó en el SGC" in navegador.get(asunto.get_absolute_url()).text
    assert "Lote 1 ya consta como cargado en el SGC." in navegador.post(f"{lote}cargar/", follow=True).text
    assert asunto.caso.eventos.filter(hecho="asunto_cargado").count() == 1


def test_la_base_sabe_quien_lo_cargo(entrar, seguidora, aprobada):
    """Q-07: loaded by nobody, or by somebody at no moment, cannot be written."""
    aprobada()
    entrar(seguidora).post(reverse("seccion:exportar"))
    for cambio in ({"cargado": reloj.ahora()}, {"cargado_por": seguidora}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Lote.objects.update(**cambio)
