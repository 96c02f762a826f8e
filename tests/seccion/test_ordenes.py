"""Q-06: work orders, sent to a unit and followed up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.funciones import Funcion
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.models import Asunto
from tests.factories import PerfilFactory, UnidadFactory
from tests.seccion.puerta import andar, dar, formulario, registrar, releer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo", "unidad")]


@pytest.fixture
def enviada(entrar, seguidora) -> Asunto:
    return andar(entrar, registrar(entrar(seguidora), "ot"), ("enviar", seguidora))


def test_la_ve_su_unidad_y_no_otra(entrar, enviada, jefe_de_ot, distribuidora):
    """Q-06, A-12: from the sending on the unit sees it with its files; another unit of the company does not."""
    otra = UnidadFactory(distribuidora=distribuidora)
    ajeno = PerfilFactory(tipo="agente", distribuidora=distribuidora, unidad=otra, funciones=[Funcion.JEFE_UNIDAD])
    assert entrar(jefe_de_ot).get(enviada.get_absolute_url()).status_code == 200
    assert str(enviada) in entrar(jefe_de_ot).get(reverse("seccion:lista")).content.decode()
    assert entrar(ajeno).get(enviada.get_absolute_url()).status_code == 404


def test_antes_de_enviarla_la_unidad_no_la_ve(entrar, seguidora, jefe_de_ot):
    """Q-06, A-12: an order that was not sent is the section's."""
    orden = registrar(entrar(seguidora), "ot")
    assert entrar(jefe_de_ot).get(orden.get_absolute_url()).status_code == 404


def test_la_unidad_programa_y_resuelve(entrar, enviada, jefe_de_ot, seguidora):
    """Q-06: scheduled, resolved with result and file, whose words the history keeps; then the section closes it."""
    resuelta = andar(entrar, enviada, ("programar", jefe_de_ot), ("resolver", jefe_de_ot))
    assert resuelta.datos["resultado"] == "conforme"
    assert resuelta.caso.adjuntos.filter(tipo="resultado").count() == 1
    pagina = entrar(seguidora).get(resuelta.get_absolute_url()).content.decode()
    assert "Los datos están bien" in pagina
    assert "Cerrar el seguimiento" in pagina


def test_resolver_pide_el_documento(entrar, enviada, jefe_de_ot):
    """Q-06: a result without its document is refused beside the field."""
    respuesta = dar(entrar(jefe_de_ot), enviada, "resolver", archivo_resultado="")
    assert respuesta.context["form"].errors["archivo_resultado"] == ["Adjunta: Acta, foto o planilla del trabajo"]
    assert releer(enviada).estado == "enviado"


def test_lo_vencido_se_lista(entrar, enviada, seguidora):
    """Q-06: the overdue list, from the figure on the first page."""
    Asunto.objects.filter(pk=enviada.pk).update(vence=reloj.hoy() - timedelta(days=2))
    navegador = entrar(seguidora)
    assert "/seccion/asuntos/?vencidos=on" in navegador.get("/").content.decode()
    assert str(enviada) in navegador.get(reverse("seccion:lista"), {"vencidos": "on"}).content.decode()
    Asunto.objects.filter(pk=enviada.pk).update(vence=reloj.hoy() + timedelta(days=2))
    assert (
        "No se encontró ningún resultado"
        in navegador.get(reverse("seccion:lista"), {"vencidos": "on"}).content.decode()
    )


def test_la_base_exige_unidad(enviada):
    """Q-06: an order on its way without a unit cannot be written."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Asunto.objects.filter(pk=enviada.pk).update(unidad=None)


def test_el_jefe_no_registra_ni_exporta(entrar, jefe_de_ot):
    """A-11: a unit's head works on orders; registering and batches are the section's."""
    navegador = entrar(jefe_de_ot)
    for nombre in ("nuevo", "lotes"):
        assert navegador.get(reverse(f"seccion:{nombre}")).status_code == 403
    with como(jefe_de_ot):
        assert Asunto.objects.count() == 0


def test_una_ot_que_encontro_datos_malos_no_se_cierra_asi(entrar, enviada, jefe_de_ot, seguidora):
    """Q-06, Q-07: a resolved order that found wrong data is followed up until the contract is changed."""
    resuelta = andar(entrar, enviada, ("resolver", jefe_de_ot), resultado="corregir")
    navegador = entrar(seguidora)
    assert "registra antes la modificación" in dar(navegador, resuelta, "revisar").text
    ruta = reverse("seccion:registrar", args=["modificacion"]) + f"?origen={resuelta.pk}"
    navegador.post(ruta, formulario(de_ruta("modificacion")))
    assert andar(entrar, resuelta, ("revisar", seguidora)).estado == "archivado"


def test_las_de_otras_secciones_se_siguen(entrar, seguidora):
    """Q-06: those that come from another section's complaints are found by that section."""
    navegador = entrar(seguidora)
    propia = registrar(navegador, "ot", procedencia="", referencia="")
    ajena = registrar(navegador, "ot", procedencia="Servicios al Cliente", referencia="R-20931")
    lista = navegador.get(reverse("seccion:lista"), {"procedencia": "servicios"})
    assert [a for a, _ in lista.context["filas"]] == [ajena]
    assert str(propia) in navegador.get(reverse("seccion:lista")).text
