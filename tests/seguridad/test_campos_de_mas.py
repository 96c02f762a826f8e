"""Fields that no page has, sent along with every form, change nothing."""

import re

import pytest
from django.db import connection

from portal import reloj
from portal.cuentas.models import Usuario
from tests.seguridad.casos import deshecho, foto, mandar
from tests.seguridad.direcciones import actores_de, filas

ENTRAN = ("entra", "ingreso")
PRIMEROS = ("solicitante", "tramitador", "validador", "administrador_dx", "administrador_sec")
ACTOR = {  # who sends each form: nobody where nobody may, else the first that enters
    fila["direccion"]: quien
    for fila in filas()
    if fila["metodo"] == "POST"
    and (
        quien := "anonimo"
        if fila["anonimo"] == "entra"
        else next((a for a in (*PRIMEROS, *actores_de(fila)[1:]) if fila[a] in ENTRAN), "")
    )
}
DE_MAS = {
    "id": "1", "pk": "1", "caso": "1", "caso_id": "1", "estado": "respondido", "distribuidora": "2",
    "distribuidora_id": "2", "perfil": "2", "perfil_id": "2", "solicitante": "2", "solicitante_id": "2",
    "titular": "2", "folio": "ZZ1", "folio_numero": "1", "respondido": "2026-01-01", "liberado": "2026-01-01",
    "enviado": "2026-01-01", "vence": "2030-01-01", "numero": "ZZ1", "is_active": "on", "is_staff": "on",
    "is_superuser": "on", "activado": "2020-01-01", "activo": "on", "instalador_sec": "on", "tipo": "sec",
    "funciones": "sec.administrador", "grupo": "1", "groups": "1", "user_permissions": "1", "por": "2", "usuario": "2",
    "identificador": "1-9", "moneda": "USD", "pedido_por": "2", "validar_hasta": "2030-01-01", "resuelto_por": "2",
    "formulario": "MC", "clave": "00000000-0000-0000-0000-000000000001", "next": "//malo.example/",
    "regla": "1", "datos": "{}", "password": "otra clave cualquiera", "email": "malo@correo.example", "user": "2",
    "respuesta-formato": "exe", "monto": "1", "cobro-moneda": "USD", "es_sec": "1", "_method": "DELETE",
}  # fmt: skip
PROPIOS = {("solicitudes:borrador", "distribuidora"), ("account_signup", "instalador_sec")}  # fields of the page
_AZAR = re.compile(
    r"UUID\('[^']+'\)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|md5\$[^']+|[0-9a-f]{32}|[0-9a-f]{2}/[0-9a-f]{2}/"
    r"|![0-9A-Za-z]{40}|ficha[^']*|/(activar|correo|recuperar)/\S+"
    r"|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|data:image/svg[^\"]*"  # an issued document's code, and its QR
)


def _sin_azar(fotografia):
    """The rows of a picture, without what is drawn by lot each time."""
    return {tabla: sorted(_AZAR.sub("*", repr(fila)) for fila in filas) for tabla, filas in fotografia.items()}


def _numeros(desde=None):
    """Where the series of keys stand; with `desde`, put them back there: PostgreSQL does not undo them."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        if desde is None:
            cursor.execute("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'")
            return cursor.fetchall()
        for nombre, ultimo in desde:
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [nombre, max(ultimo, 1), ultimo > 0])
    return desde


@pytest.mark.parametrize("direccion", ACTOR)
def test_no_effect(direccion, mundo, navegador_de, detenido):
    """A-12, S-14: with fields of the models, of Django and of the library sent along, the same happens as without."""
    actor = ACTOR[direccion]
    finales = []
    pedido = mundo.pedido(direccion, actor)
    navegadores = [navegador_de(actor), navegador_de(actor)]
    numeros = _numeros()
    for navegador, de_mas in zip(navegadores, ({}, DE_MAS), strict=True):
        _numeros(numeros)
        with deshecho():
            pedido_ahora = mundo.pedido(direccion, actor) if pedido.antes or "captcha_ficha" in pedido.datos else pedido
            ajenos = {c: v for c, v in de_mas.items() if (direccion, c) not in PROPIOS}
            pedido_ahora.datos = {**ajenos, **pedido_ahora.datos}
            respuesta = mandar(navegador, "POST", pedido_ahora)
            Usuario.objects.update(last_login=None)  # by the machine's clock
            finales.append(
                (
                    respuesta.status_code,
                    _AZAR.sub("*", respuesta.headers.get("Location", "")),
                    _sin_azar(foto("acceso.retousado")),
                )
            )
    assert finales[0][:2] == finales[1][:2]
    assert {t: f for t, f in finales[1][2].items() if f != finales[0][2][t]} == {}
    assert reloj.ahora() == detenido
