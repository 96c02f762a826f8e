"""The section's first page and its list (X-07)."""

from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from portal.informes.models import Informe
from reclamos.seccion.models import Asunto
from tests.seccion.puerta import andar, registrar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


def columna_del_excel(rotulo: str) -> list:
    """That column of the only report asked for."""
    rotulos, *filas = openpyxl.load_workbook(Informe.todos().get().archivo.path).active.values
    return [fila[rotulos.index(rotulo)] for fila in filas]


def test_la_primera_pagina_es_la_suya(entrar, seguidora, miembro_comite, agente):
    """Q-06: who follows up and who decides begin at what waits; who has neither function does not get in."""
    assert "Qué espera, por asunto" in entrar(seguidora).get("/").content.decode()
    assert "Comité Multisectorial" in entrar(miembro_comite).get("/").content.decode()
    assert entrar(agente).get(reverse("seccion:inicio")).status_code == 403


def test_las_cifras_dicen_lo_que_espera(entrar, seguidora, otra_seguidora):
    """Q-07: what one may approve is counted for the other, not for oneself."""
    asunto = andar(entrar, registrar(entrar(seguidora), "modificacion"), ("proponer", seguidora))
    Asunto.objects.filter(pk=asunto.pk).update(vence=reloj.hoy() - timedelta(days=1))

    def cifras(perfil) -> list[int]:
        return [c["valor"] for c in entrar(perfil).get("/").context["cifras"]]

    assert cifras(seguidora) == [1, 0, 0, 1]
    assert cifras(otra_seguidora) == [1, 1, 0, 1]


def test_el_comite_ve_lo_suyo(entrar, seguidora, miembro_comite):
    """Q-11, A-12: its first page speaks of appliances and sessions, and of nothing that it does not do."""
    registrar(entrar(seguidora), "artefactos")
    contexto = entrar(miembro_comite).get("/").context
    assert {p.deber.ruta for p in contexto["pendientes"]} == {"artefactos", "sesion"}
    assert [(c["texto"], c["valor"]) for c in contexto["cifras"]] == [("Vencidos", 0), ("Abiertos", 1)]


def test_lo_vencido_va_primero(entrar, seguidora):
    """Q-06: of the duties those with something overdue come first, those with nothing last."""
    navegador = entrar(seguidora)
    registrar(navegador, "sesion", vence="2000-01-03")
    registrar(navegador, "facturar")
    nombres = [p.deber.ruta for p in navegador.get(reverse("seccion:inicio")).context["pendientes"]]
    assert nombres[:2] == ["sesion", "facturar"]


@pytest.mark.parametrize("ruta", ["seccion:lista", "seccion:inicio"])
def test_las_consultas_no_crecen(entrar, seguidora, ruta):
    """X-07: as many queries for one case as for many."""
    navegador, cuentas = entrar(seguidora), []
    for _ in range(2):
        for deber in ("sesion", "artefactos", "archivo")[len(cuentas) :]:
            registrar(navegador, deber)
        navegador.get(reverse(ruta))
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            navegador.get(reverse(ruta))
        cuentas.append(len(consultas))
        Asunto.objects.filter(clase="archivo").update(estado="anulado")
    assert cuentas[0] == cuentas[1]


def test_lo_que_no_tiene_sentido_se_dice(entrar, seguidora):
    """X-07: a wrong filter, order or page is said and left out; the list stays."""
    registrar(entrar(seguidora), "sesion")
    pagina = entrar(seguidora).get(
        reverse("seccion:lista"),
        {"clase": "nada", "desde": "ayer", "hasta": "2026-01-01", "orden": "x", "p": "99", "tamano": "7"},
    )
    texto = pagina.content.decode()
    assert "Ese asunto no existe" in texto
    assert "Escribe una fecha que exista" in texto
    assert "No se puede ordenar así" in texto
    assert "No se encontró ningún resultado" in texto


@pytest.mark.parametrize("orden", ["numero", "asunto", "interesado", "nis", "registro", "vence", "estado"])
def test_se_ordena_por_cada_columna(entrar, seguidora, orden):
    """X-07: ascending and descending give the same rows, reversed."""
    for deber in ("sesion", "artefactos", "expediente"):
        registrar(entrar(seguidora), deber)

    def filas(como: str) -> list[int]:
        return [a.pk for a, _ in entrar(seguidora).get(reverse("seccion:lista"), {"orden": como}).context["filas"]]

    assert filas(orden) == filas(f"-{orden}")[::-1]
    assert len(filas(orden)) == 3


@pytest.mark.django_db(transaction=True)
def test_el_excel_es_lo_que_se_ve(entrar, seguidora):
    """X-07: the spreadsheet honours the filter in force."""
    registrar(entrar(seguidora), "sesion")
    registrar(entrar(seguidora), "expediente")
    entrar(seguidora).post(reverse("informes:pedir", args=["seccion"]) + "?clase=expediente")
    assert columna_del_excel("Asunto") == ["Expediente"]


@pytest.mark.django_db(transaction=True)
def test_la_sec_lo_ve_todo_y_no_hace_nada(entrar, seguidora, seguidora_ajena, otra_distribuidora, auditora):
    """A-12: the regulator reads the cases of every company, tells them apart, and takes no step of any."""
    propio, ajeno = (registrar(entrar(quien), "robo") for quien in (seguidora, seguidora_ajena))
    navegador = entrar(auditora)
    lista = navegador.get(reverse("seccion:lista"))
    assert [a for a, _ in lista.context["filas"]] == [ajeno, propio]
    assert lista.text.count('data-t="Empresa"') == 2
    una = navegador.get(reverse("seccion:lista"), {"empresa": otra_distribuidora.pk})
    assert [a for a, _ in una.context["filas"]] == [ajeno]
    pagina = navegador.get(propio.get_absolute_url())
    assert str(propio.distribuidora) in pagina.text
    assert "¿Qué sigue?" not in pagina.text
    paso = reverse("seccion:paso", args=[propio.pk, propio.pasos()[0].suceso])
    assert [navegador.get(paso).status_code, navegador.post(paso).status_code] == [403, 403]
    assert navegador.get(reverse("seccion:nuevo")).status_code == 403
    navegador.post(reverse("informes:pedir", args=["seccion"]) + f"?empresa={otra_distribuidora.pk}")
    assert columna_del_excel("Empresa") == [otra_distribuidora.nombre_fantasia]


def test_quien_es_de_una_empresa_no_elige_otra(entrar, seguidora, seguidora_ajena, otra_distribuidora):
    """A-12: the company in the address means nothing to a company's people."""
    propio = registrar(entrar(seguidora), "robo")
    registrar(entrar(seguidora_ajena), "robo")
    lista = entrar(seguidora).get(reverse("seccion:lista"), {"empresa": otra_distribuidora.pk})
    assert [a for a, _ in lista.context["filas"]] == [propio]
    assert 'data-t="Empresa"' not in lista.text
