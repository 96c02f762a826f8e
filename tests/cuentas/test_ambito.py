"""A-12: a forgotten filter fails loudly, and what is not yours does not exist."""

import threading

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.cuentas.ambito import ManagerAcotado, SinAmbito, como, sin_ambito
from portal.permisos import con_sesion, publica
from portal.urls import urlpatterns as las_del_portal
from solicitudes.models import Borrador, Solicitud
from tests.factories import AdjuntoFactory, BorradorFactory, CobroFactory, SolicitudFactory

ACOTADOS = [m for m in apps.get_models() if isinstance(m._default_manager, ManagerAcotado)]


@publica
def olvidadiza(request: HttpRequest) -> HttpResponse:
    """A page that anybody opens and that forgot to ask whose requests."""
    return HttpResponse(",".join(s.folio for s in Solicitud.objects.all()))


@con_sesion
def descuidada(request: HttpRequest) -> HttpResponse:
    """A page that lists without a filter of its own, borrowing nothing but the scope."""
    return HttpResponse(",".join(sorted(s.folio for s in Solicitud.objects.all())))


urlpatterns = [*las_del_portal, path("olvidadiza/", olvidadiza), path("descuidada/", descuidada)]


def test_los_que_son_de_alguien_estan_acotados() -> None:
    """A-12: whatever belongs to somebody has the manager."""
    assert {m.__name__ for m in ACOTADOS} == {
        "Caso",
        "Guardado",
        "Adjunto",
        "Aviso",
        "Informe",
        "Cobro",
        "Solicitud",
        "Borrador",
        "Impreso",
        *("Cliente", "Suministro", "Expediente", "Importacion"),
        *("Gestion", "Designacion", "Cierre"),
        *("Registro", "Masiva", "Critica", "Tipificacion", "Consulta", "Evaluacion", "Reporte"),
        *("Punto", "Aplicativo", "Motivo", "Buzon"),
        *("Reclamo", "Recurso", "Orientacion", "Asunto", "Renglon", "Lote", "EventoRed"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("modelo", ACOTADOS, ids=lambda m: m.__name__)
@pytest.mark.parametrize(
    "preguntar",
    [
        lambda m: m.objects.all(),
        lambda m: m.objects.count(),
        lambda m: m.objects.filter(pk=None).first(),
        lambda m: m.objects.get(pk=1),
        lambda m: m.objects.update(),
        lambda m: m.objects.values_list("pk"),
        lambda m: m.objects.none(),
    ],
)
def test_sin_ambito_no_se_puede_ni_preguntar(modelo, preguntar) -> None:
    """A-12: nothing is answered when nobody looks, not even nothing."""
    with pytest.raises(SinAmbito, match=modelo.__name__):
        preguntar(modelo)


def test_lo_que_cuelga_de_un_caso_tampoco(db, rosa, distribuidora) -> None:
    """A-12: related objects go through the same managers."""
    solicitud = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora)
    for colgante in ("adjuntos", "cobros", "avisos"):
        with pytest.raises(SinAmbito):
            list(getattr(solicitud.caso, colgante).all())
    with pytest.raises(SinAmbito):
        solicitud.caso.documento()


@pytest.mark.urls("tests.cuentas.test_ambito")
def test_una_pagina_que_olvida_el_filtro_falla(client, rosa, distribuidora) -> None:
    """A-12: an error, not another's data."""
    SolicitudFactory(solicitante=rosa, distribuidora=distribuidora)
    with pytest.raises(SinAmbito):
        client.get("/olvidadiza/")


@pytest.mark.urls("tests.cuentas.test_ambito")
def test_una_pagina_sin_filtro_propio_muestra_solo_lo_de_uno(
    entrar, rosa, pedro, marcos, otra_dx, auditora, agente, distribuidora, otra_distribuidora
) -> None:
    """A-12: the scope is the filter."""
    suya = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora).folio
    de_pedro = SolicitudFactory(solicitante=pedro, distribuidora=otra_distribuidora).folio
    vistas = {p: entrar(p).get("/descuidada/").text for p in (rosa, pedro, marcos, otra_dx, auditora, agente)}
    assert vistas == {
        rosa: suya,
        marcos: suya,
        pedro: de_pedro,
        otra_dx: de_pedro,
        auditora: ",".join(sorted([suya, de_pedro])),
        agente: "",
    }


def test_un_hilo_nuevo_no_hereda_el_ambito(db) -> None:
    """A-12: work handed to a thread says again who looks."""
    visto = []

    def preguntar() -> None:
        try:
            Solicitud.objects.all()
        except SinAmbito as error:
            visto.append(type(error))

    with sin_ambito():
        hilo = threading.Thread(target=preguntar)
        hilo.start()
        hilo.join()
    assert visto == [SinAmbito]


def test_el_ambito_se_devuelve_aunque_falle(db, rosa) -> None:
    """A-12: blocks nest, and an error inside leaves nothing open."""
    with como(rosa):
        with pytest.raises(ZeroDivisionError), sin_ambito():
            raise ZeroDivisionError
        Solicitud.objects.count()
    with pytest.raises(SinAmbito):
        Solicitud.objects.count()


def test_el_documento_de_un_caso_es_de_quien_lo_ve(
    rosa, pedro, marcos, otra_dx, auditora, agente, distribuidora
) -> None:
    """A-12, X-03: `documento()` goes through the document's own scope."""
    solicitud = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora)
    for perfil in (rosa, marcos, auditora):
        with como(perfil):
            assert solicitud.caso.documento() == solicitud
    for perfil in (pedro, otra_dx, agente):
        with como(perfil), pytest.raises(Solicitud.DoesNotExist):
            solicitud.caso.documento()


def test_un_borrador_es_solo_de_su_dueno(rosa, pedro, marcos, otra_dx, auditora, distribuidora) -> None:
    """A-12, S-08: neither company nor regulator sees what was not filed, nor its files."""
    borrador = BorradorFactory(solicitante=rosa)
    adjunto = AdjuntoFactory(caso=borrador.caso)
    for perfil, ve in ((rosa, 1), (pedro, 0), (marcos, 0), (otra_dx, 0), (auditora, 0)):
        with como(perfil):
            assert (Borrador.objects.count(), type(adjunto).objects.count()) == (ve, ve)


def test_los_cobros_siguen_al_caso(rosa, pedro, marcos, otra_dx, auditora, distribuidora) -> None:
    """A-12: who sees the case sees its charges."""
    solicitud = SolicitudFactory(solicitante=rosa, distribuidora=distribuidora)
    cobro = CobroFactory(caso=solicitud.caso)
    for perfil, ve in ((rosa, 1), (marcos, 1), (auditora, 1), (pedro, 0), (otra_dx, 0)):
        with como(perfil):
            assert type(cobro).objects.count() == ve
