"""Passkeys in a real Chromium, with a virtual authenticator: registering, signing in, losing it (A-09)."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.factories import CLAVE
from tests.segundo_factor.ayuda import de_recuperacion

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
LLAVE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def _ingresar(pagina, base: str) -> None:
    pagina.goto(f"{base}/ingresar/")
    pagina.get_by_label("Perfil").select_option(label="Solicitante")
    pagina.get_by_label("RUT").fill("12.345.678-5")
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Ingresar").click()


def test_a_key_from_first_to_lost(ventana, live_server, rosa, barreras):
    """A-09: added, asked for at the next sign-in, refused when it is another one; a recovery code then helps."""
    nueva = ventana()
    pagina = nueva.pagina
    cdp = nueva.contexto.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    llave = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": LLAVE})["authenticatorId"]

    _ingresar(pagina, live_server.url)
    pagina.goto(f"{live_server.url}/perfil/segundo-factor/llave/")
    assert barreras(pagina) == []
    pagina.get_by_label("Nombre de la llave").fill("Teléfono")
    pagina.get_by_role("button", name="Agregar llave").click()
    expect(pagina.get_by_role("heading", name="Códigos de recuperación")).to_be_visible()
    assert str(Authenticator.objects.get(type="webauthn")) == "Teléfono"
    pagina.goto(f"{live_server.url}/perfil/segundo-factor/")
    expect(pagina.get_by_text("Teléfono").first).to_be_visible()

    nueva.contexto.clear_cookies()
    _ingresar(pagina, live_server.url)
    assert barreras(pagina) == []
    pagina.get_by_role("button", name="Usar mi llave").click()
    pagina.wait_for_url(f"{live_server.url}/")

    nueva.contexto.clear_cookies()
    cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": llave})
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": LLAVE})
    _ingresar(pagina, live_server.url)
    pagina.get_by_role("button", name="Usar mi llave").click()
    expect(pagina.get_by_text("No se usó ninguna llave")).to_be_visible()
    pagina.get_by_label("Código").fill(de_recuperacion(rosa)[0])
    pagina.get_by_role("button", name="Ingresar", exact=True).click()
    pagina.wait_for_url(f"{live_server.url}/")
