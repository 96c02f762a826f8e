"""A case of the section that a complaint gives rise to."""

import pytest
from django.urls import reverse

from portal.cuentas.ambito import sin_ambito
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.models import Asunto
from tests.seccion.puerta import formulario
from tests.solicitudes.puerta import Pagina

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


def test_nada_se_escribe_dos_veces(entrar, seguidora, presentar):
    """Q-06, Q-11: the complaint's page leads to the duties, what it says is filled in, each page names the other."""
    reclamo = presentar()
    navegador = entrar(seguidora)
    assert "Abrir un asunto" in navegador.get(reclamo.get_absolute_url()).content.decode()
    elegir = navegador.get(reverse("seccion:nuevo", query={"reclamo": reclamo.ingreso})).content.decode()
    ruta = reverse("seccion:registrar", args=["artefactos"], query={"reclamo": reclamo.ingreso})
    assert f'href="{ruta}"' in elegir
    pagina = Pagina(navegador.get(ruta))
    assert [pagina.campo(c) for c in ("interesado", "documento", "correo", "nis", "relato")] == [
        reclamo.nombre, reclamo.documento_escrito, reclamo.correo, reclamo.suministro, reclamo.que_paso,
    ]  # fmt: skip
    respuesta = navegador.post(ruta, formulario(de_ruta("artefactos")))
    assert respuesta.status_code == 302
    with sin_ambito():
        asunto = Asunto.objects.get()
    assert asunto.reclamo == reclamo
    assert f"Reclamo {reclamo}" in navegador.get(respuesta.url).content.decode()
    historia = Pagina(navegador.get(reclamo.get_absolute_url())).historial
    assert f"Reclamo por artefactos averiados: se abrió el asunto {asunto}" in historia


def test_el_reclamo_de_otra_empresa_no_se_toma(entrar, seguidora_ajena, presentar):
    """A-12: its number in the address is as good as none."""
    reclamo = presentar()
    pagina = entrar(seguidora_ajena).get(reverse("seccion:nuevo", query={"reclamo": reclamo.ingreso}))
    assert "a partir de" not in pagina.content.decode()
