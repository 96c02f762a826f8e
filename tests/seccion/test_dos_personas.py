"""Two people for contract changes, refunds and payments (Q-07, Q-09, Q-11)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.cuentas.ambito import como
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from reclamos.seccion.actions import dar_paso
from reclamos.seccion.deberes import DEBERES, de_ruta
from reclamos.seccion.estados import CON_DOS_PERSONAS, Suceso
from reclamos.seccion.models import Asunto
from tests.factories import PerfilFactory
from tests.seccion.puerta import andar, dar, formulario, lineas, registrar, releer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


@pytest.fixture
def propuesta(entrar, seguidora) -> Asunto:
    return andar(entrar, registrar(entrar(seguidora), "modificacion"), ("proponer", seguidora))


def test_quien_propone_no_aprueba(entrar, propuesta, seguidora):
    """Q-07: the page says that somebody else must, and the attempt is refused in words."""
    navegador = entrar(seguidora)
    assert "debe aprobarlo otra persona" in navegador.get(propuesta.get_absolute_url()).content.decode()
    pagina = dar(navegador, propuesta, "aprobar").content.decode()
    assert "No se puede aprobar: lo propusiste tú. Debe aprobarlo otra persona." in pagina
    assert releer(propuesta).estado == "por_aprobar"


def test_otro_perfil_de_la_misma_persona_tampoco(propuesta, seguidora):
    """Q-07: a second profile with the permission is still the same person."""
    gemelo = PerfilFactory(
        usuario=seguidora.usuario, tipo="distribuidora", distribuidora=seguidora.distribuidora,
        funciones=[Funcion.GERENCIA],
    )  # fmt: skip
    assert gemelo.tiene("seccion.aprobar")
    with como(gemelo), pytest.raises(TransicionInvalida, match="otra persona"):
        dar_paso(propuesta, suceso=Suceso.APROBAR, por=gemelo, valores={})


def test_quien_aprueba_ve_lo_que_aprueba(entrar, propuesta, otra_seguidora):
    """Q-07: before and after, why, and who proposed it, on the page where it is approved."""
    pagina = entrar(otra_seguidora).get(reverse("seccion:paso", args=[propuesta.pk, "aprobar"])).text
    for dicho in ("Valor actual", "30", "60", "Motivo", "Propuso", "Lucía Seguí Paz"):
        assert dicho in pagina


def test_se_dice_quien_sigue(entrar, propuesta, seguidora, otra_seguidora, distribuidora):
    """Q-07: whoever cannot act reads who can, and what is approved says that it waits for its batch."""
    gerente = PerfilFactory(tipo="agente", distribuidora=distribuidora, funciones=[Funcion.GERENCIA])
    sesion = registrar(entrar(seguidora), "sesion")
    assert "La sección: Convocar." in entrar(gerente).get(sesion.get_absolute_url()).text
    aprobada = andar(entrar, propuesta, ("aprobar", otra_seguidora))
    assert "espera el próximo lote para el SGC" in entrar(seguidora).get(aprobada.get_absolute_url()).text


def test_la_gerencia_aprueba(entrar, propuesta, distribuidora):
    """Q-07: up the line, somebody who approves and registers nothing."""
    gerente = PerfilFactory(tipo="agente", distribuidora=distribuidora, funciones=[Funcion.GERENCIA])
    aprobada = andar(entrar, propuesta, ("aprobar", gerente))
    assert (aprobada.estado, aprobada.aprobado_por) == ("aprobado", gerente.usuario)


def test_devuelta_empieza_de_nuevo(entrar, propuesta, seguidora, otra_seguidora):
    """Q-07: given back with a reason; then the other one may propose, and the first approve."""
    devuelta = andar(entrar, propuesta, ("devolver", otra_seguidora))
    assert (devuelta.estado, devuelta.propuesto_por) == ("registrado", None)
    final = andar(entrar, devuelta, ("proponer", otra_seguidora), ("aprobar", seguidora))
    assert final.estado == "aprobado"


def test_la_base_no_admite_una_sola_persona(propuesta, seguidora, otra_seguidora):
    """Q-07: the same person twice, or an approved case without two, cannot be written."""
    fila = Asunto.objects.filter(pk=propuesta.pk)
    for cambio in (
        {"aprobado_por": seguidora.usuario},
        {"estado": "aprobado"},
        {"estado": "pago_ordenado"},
        {"estado": "exportado", "aprobado_por": otra_seguidora.usuario},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            fila.update(**cambio)


def test_todo_lo_que_se_paga_o_cambia_pasa_por_dos():
    """Q-07, Q-09, Q-11: no step of any duty leads to money or to the commercial system but through approval."""
    for deber in DEBERES:
        for (desde, suceso), hasta in deber.tabla.items():
            assert hasta not in CON_DOS_PERSONAS or desde in CON_DOS_PERSONAS or suceso == Suceso.APROBAR, deber.ruta
    con_dos = {d.ruta for d in DEBERES if d.paso(Suceso.APROBAR)}
    assert con_dos == {
        "modificacion", "devolucion", "contrato", "acuerdo", "facturar", "bonificacion", "artefactos"
    }  # fmt: skip


def test_un_cambio_que_no_cambia_nada(entrar, seguidora):
    """Q-07: before and after are the same: refused, with what was typed kept."""
    igual = lineas([{"dato": "kpl", "antes": "30", "despues": "30 "}])
    respuesta = entrar(seguidora).post(
        reverse("seccion:registrar", args=["modificacion"]), formulario(de_ruta("modificacion"), **igual)
    )
    assert "El valor nuevo es igual al actual" in respuesta.content.decode()
    assert Asunto.objects.count() == 0


def test_la_propuesta_de_un_perfil_que_no_es_de_la_seccion(propuesta, miembro_comite: Perfil):
    """A-11: the committee neither sees nor approves a change of contract."""
    with como(miembro_comite), pytest.raises(Asunto.DoesNotExist):
        dar_paso(propuesta, suceso=Suceso.APROBAR, por=miembro_comite, valores={})
