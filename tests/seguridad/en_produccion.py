"""Run in a process of its own under production settings: prints what a production installation answers, as JSON."""

import json
from typing import Any

import django


def _visto(respuesta: Any) -> dict[str, Any]:
    galletas = {
        nombre: [bool(g["secure"]), bool(g["httponly"]), g["path"], g["domain"], g["samesite"]]
        for nombre, g in respuesta.cookies.items()
    }
    return {"estado": respuesta.status_code, **respuesta.headers, "galletas": galletas}


def preguntar() -> dict[str, dict[str, Any]]:
    """The answers, by what was asked."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from portal.cuentas.models import Perfil, Usuario

    call_command("migrate", verbosity=0)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    clave = "cuatro pinos junto al lago"
    rosa = Usuario.objects.create_user("12345678-5", clave, nombres="Rosa", apellidos="Lagos", email="r@c.example")
    Perfil.objects.create(usuario=rosa, tipo="solicitante")
    datos = {"perfil": "solicitante", "login": "12345678-5", "password": clave}
    cliente = Client(HTTP_HOST="tramites.example", raise_request_exception=False)
    tls = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    otro_nombre = {**tls, "HTTP_HOST": "malo.example"}
    falsa = {**tls, "HTTP_X_FORWARDED_FOR": "<script>"}
    return {
        "sin_tls": _visto(cliente.get("/ingresar/")),
        "salud": _visto(cliente.get("/salud/vivo")),
        "ingresar": _visto(cliente.get("/ingresar/", **tls)),
        "entrar": _visto(cliente.post("/ingresar/", datos, **tls)),
        "apariencia": _visto(cliente.post("/apariencia/", {"apariencia": "oscura"}, **tls)),
        "quitada": _visto(cliente.post("/apariencia/", {"apariencia": "automatica"}, **tls)),
        "muestrario": _visto(cliente.get("/muestrario/", **tls)),
        "otro_nombre": _visto(cliente.get("/ingresar/", **otro_nombre)),
        "falsa": _visto(Client(HTTP_HOST="tramites.example").post("/ingresar/", datos, **falsa)),
    }


if __name__ == "__main__":
    django.setup()
    print("SALIDA" + json.dumps(preguntar()))
