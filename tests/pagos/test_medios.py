"""Medios de pago: how a company says how it is paid."""

import pytest

from pagos.models import Medio, MedioDePago
from portal.cuentas.ambito import sin_ambito
from portal.historial.models import Evento

RUTA = "/pagos/medios/"
CUENTA = {"titular": "Yungay Norte S.A.", "banco": "Banco del Sur", "numero_cuenta": "001-4"}


def _ofrecidos(empresa) -> dict[str, str]:
    return dict(MedioDePago.objects.filter(distribuidora=empresa).values_list("medio", "numero_cuenta"))


def test_se_fijan_y_se_cambian(entrar, admin_dx, distribuidora, otra_distribuidora):
    """P-02: each company chooses its ways and its account; what is no longer offered goes; it is recorded."""
    MedioDePago.objects.create(distribuidora=otra_distribuidora, medio=Medio.BOLETA)
    navegador = entrar(admin_dx)
    pagina = navegador.post(RUTA, {"transferencia": "on", "boleta": "on", **CUENTA}, follow=True)
    assert "Guardamos los medios de pago" in pagina.content.decode()
    assert 'value="001-4"' in pagina.content.decode()
    assert _ofrecidos(distribuidora) == {"transferencia": "001-4", "boleta": ""}
    navegador.post(RUTA, {"comprobante": "on", **CUENTA})
    assert _ofrecidos(distribuidora) == {"comprobante": ""}
    assert _ofrecidos(otra_distribuidora) == {"boleta": ""}
    with sin_ambito():
        hechos = Evento.objects.filter(hecho="medios_de_pago_cambiados", perfil=admin_dx)
        assert [e.datos["medios"] for e in hechos] == [["boleta", "transferencia"], ["comprobante"]]


@pytest.mark.parametrize(
    ("enviado", "frase"),
    [
        ({}, "Elige al menos un medio de pago"),
        ({"transferencia": "on", **CUENTA, "titular": " "}, "Escribe el titular de la cuenta"),
        ({"transferencia": "on", **CUENTA, "banco": ""}, "Escribe el banco"),
        ({"transferencia": "on", **CUENTA, "numero_cuenta": ""}, "Escribe el número de cuenta"),
        ({"transferencia": "on", **CUENTA, "correo": "pagos@"}, "correo"),
    ],
)
def test_lo_que_falta_se_dice_y_nada_cambia(entrar, admin_dx, distribuidora, enviado, frase):
    """P-02: without an account no transfers, without any way nothing; what was typed stays."""
    MedioDePago.objects.create(distribuidora=distribuidora, medio=Medio.BOLETA)
    pagina = entrar(admin_dx).post(RUTA, enviado).content.decode()
    assert "<title>Error: " in pagina
    assert frase in pagina
    assert all(f'value="{valor}"' in pagina for valor in enviado.values() if valor.strip() and valor != "on")
    assert _ofrecidos(distribuidora) == {"boleta": ""}


def test_solo_quien_administra_la_empresa(entrar, marcos, valentina, jefa_sec, rosa, client):
    """P-02, A-11: neither handlers nor validators nor the regulator move the account to which money goes."""
    assert [entrar(p).get(RUTA).status_code for p in (marcos, valentina, jefa_sec, rosa)] == [403] * 4
    assert client.get(RUTA)["Location"] == "/ingresar/?next=/pagos/medios/"
