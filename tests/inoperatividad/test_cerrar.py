"""Closing a record, critical procedures, alerts of errors (I-06, I-07, I-09)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localtime

from inoperatividad.actions import registro as actions
from inoperatividad.models import Critica, Estado, Registro
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.avisos.models import Aviso
from portal.documentos.models import TransicionInvalida

pytestmark = pytest.mark.django_db


def _hora(momento):
    return f"{localtime(momento):%Y-%m-%dT%H:%M}"


def test_soporte_closes_a_masiva(entrar, mesa, detenido):
    """I-06, I-10: with motive and origin; three business days begin, of Wednesday 18 until Monday 23."""
    uno = mesa.registro()
    datos = {"fin": _hora(detenido), "motivo": mesa.motivo("Intermitencia en el sistema").pk, "origen": "Disco lleno."}
    ruta = f"/inoperatividad/registros/{uno.correlativo}/cerrar/"
    assert entrar(mesa.gente["soporte"]).post(ruta, datos)["Location"] == uno.get_absolute_url()
    uno = mesa.de_nuevo(uno)
    assert (uno.estado, uno.cerrado, uno.cerrado_por) == (Estado.CERRADO, detenido, mesa.gente["soporte"])
    assert f"{localtime(uno.vence):%d-%m-%Y %H:%M}" == "23-11-2026 23:59"
    assert uno.regla is not None
    assert not uno.regla.verificado


@pytest.mark.parametrize(
    ("cambio", "campo", "frase"),
    [
        ({"fin": timedelta(minutes=1)}, "fin", "está en el futuro"),
        ({"fin": timedelta(hours=-2)}, "fin", "posterior al inicio"),
        ({"motivo": ("Infraestructura de Punto de Atención", "no_previsto")}, "motivo", "no es un motivo de cierre"),
    ],
)
def test_what_does_not_fit_is_refused(mesa, detenido, cambio, campo, frase):
    """I-06: end after start and not in the future; the motive fits the scenario."""
    uno = mesa.registro()
    fin = detenido + cambio.get("fin", timedelta(0))
    motivo = mesa.motivo(*cambio.get("motivo", ()))
    with pytest.raises(ValidationError, match=frase) as error:
        mesa.como("soporte", lambda por: actions.cerrar(uno, por=por, fin=fin, motivo=motivo, origen="Sí."))
    assert list(error.value.error_dict) == [campo]


def test_the_point_closes_what_nobody_foresaw_with_its_support(entrar, mesa, detenido):
    """I-06: the responsible, and only with the file; Soporte does not."""
    uno = mesa.no_previsto()
    ruta = f"/inoperatividad/registros/{uno.correlativo}/cerrar/"
    assert entrar(mesa.gente["soporte"]).get(ruta).status_code == 403
    motivo = mesa.motivo("Sin Fluido Eléctrico en Punto de Atención", "no_previsto")
    datos = {"fin": _hora(detenido), "motivo": motivo.pk, "origen": "Volvió la luz."}
    navegador = entrar(mesa.gente["responsable"])
    assert "Adjunta el sustento" in navegador.post(ruta, datos).content.decode()
    datos["sustento-guardado"] = mesa.guardado("responsable").pk
    assert navegador.post(ruta, datos).status_code == 302
    assert mesa.de_nuevo(uno).estado == Estado.CERRADO
    adjunto = Adjunto._base_manager.get(caso=uno.caso)
    assert adjunto.tipo == "sustento"
    codigos = [
        entrar(mesa.gente[q]).head(f"/adjuntos/{adjunto.pk}/").status_code for q in ("control", "otro_responsable")
    ]
    assert codigos == [200, 404]


def test_error_de_usuario(mesa):
    """I-06, I-10: the responsible needs support for it, Soporte does not; it never is to be reported."""
    uno, otro = mesa.registro(), mesa.registro(tipo_tramite="bajas")
    fin = reloj.ahora()
    with pytest.raises(ValidationError, match="Adjunta el sustento del error"):
        mesa.como("responsable", lambda por: actions.cerrar_por_error(uno, por=por, fin=fin, origen="Error."))
    hoja = mesa.guardado("responsable")
    mesa.como("responsable", lambda por: actions.cerrar_por_error(uno, por=por, fin=fin, origen="E.", sustento=hoja))
    mesa.como("soporte", lambda por: actions.cerrar_por_error(otro, por=por, fin=fin, origen="Prueba."))
    assert {r.estado for r in Registro._base_manager.all()} == {Estado.DESCARTADO}
    assert {str(r.motivo_cierre) for r in Registro._base_manager.select_related("motivo_cierre")} == {
        "Error de Usuario"
    }
    assert mesa.como("control", lambda por: Registro.objects.reportables().count()) == 0


def test_an_ended_masiva_closes_its_records(entrar, mesa):
    """I-05, I-06: Soporte, at once, at the masiva's end; what began after it stays open."""
    terminada = mesa.terminada()
    tarde = mesa.registro(tipo_tramite="bajas", inicio=reloj.ahora() - timedelta(minutes=5))
    Registro._base_manager.filter(pk=tarde.pk).update(masiva=terminada)
    navegador = entrar(mesa.gente["soporte"])
    ruta = f"/inoperatividad/masivas/{terminada.numero}/cerrar/"
    pagina = navegador.get(ruta).content.decode()
    assert "Se cierran 1, con el fin de la falla" in pagina
    datos = {"motivo": mesa.motivo().pk, "origen": "Disco lleno."}
    assert navegador.post(ruta, datos).status_code == 302
    estados = dict(Registro._base_manager.values_list("tipo_tramite", "estado"))
    assert estados == {"reclamos": Estado.CERRADO, "bajas": Estado.ABIERTO}
    assert Registro._base_manager.get(estado=Estado.CERRADO).fin == terminada.fin
    assert "no tiene registros por cerrar" in navegador.post(ruta, datos).content.decode()


def test_critical_procedures_are_regularised(entrar, mesa):
    """I-07: whom, what, when; the list shows what is left, and the first page too."""
    critica = mesa.critica()
    navegador = entrar(mesa.gente["responsable"])
    for ruta in ("/", "/inoperatividad/criticas/"):
        assert "Línea 987" in navegador.get(ruta).content.decode()
    ruta = f"/inoperatividad/criticas/{critica.pk}/regularizar/"
    assert "Escribe el número que dio el sistema" in navegador.post(ruta, {"referencia": ""}).content.decode()
    assert navegador.post(ruta, {"referencia": "B-123"}).status_code == 302
    assert "Nada por regularizar" in navegador.get("/inoperatividad/criticas/").content.decode()
    critica = mesa.de_nuevo(critica)
    assert (critica.referencia, critica.regularizada_por) == ("B-123", mesa.gente["responsable"])
    with pytest.raises(TransicionInvalida, match="Ya se regularizó"):
        mesa.como("responsable", lambda por: actions.regularizar(critica, por=por, referencia="B-124"))
    assert not Critica._base_manager.filter(regularizada=None).exists()


def test_a_critical_procedure_lies_within_the_outage(mesa):
    """I-07: not before its start, not in the future."""
    uno = mesa.registro()
    for cuando in (uno.inicio - timedelta(minutes=1), reloj.ahora() + timedelta(minutes=5)):
        with pytest.raises(ValidationError, match="entre el inicio"):
            mesa.como(
                "responsable",
                lambda por, c=cuando: actions.anotar_critica(
                    uno, por=por, tipo="queja", cliente="Ana", detalle="A mano.", atendida=c
                ),
            )


def test_the_channel_hears_of_its_error(entrar, mesa):
    """I-09: by mail to the point's responsible, and in the history; nobody else alerts."""
    uno = mesa.registro()
    ruta = f"/inoperatividad/registros/{uno.correlativo}/alertar/"
    assert entrar(mesa.gente["control"]).post(ruta, {"texto": "El inicio no calza."}).status_code == 302
    aviso = Aviso.todos().get(plantilla="inoperatividad_error_operativo")
    assert (aviso.para, "El inicio no calza." in aviso.texto) == ("responsable@operadora.example", True)
    with pytest.raises(PermissionDenied):
        mesa.como("soporte", lambda por: actions.alertar_error(uno, por=por, mensaje="No."))
