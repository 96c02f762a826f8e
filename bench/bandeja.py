"""Measures the tray over the database of DATABASE_URL; prints the figures as JSON in one line. See `mide_bandeja`."""

import json
import logging
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.medida import mediana_ms  # noqa: E402
from portal.cuentas.ambito import sin_ambito  # noqa: E402
from portal.cuentas.models import Perfil  # noqa: E402
from portal.permisos import CLAVE_DE_SESION  # noqa: E402
from solicitudes import conteo  # noqa: E402
from solicitudes.models import Solicitud  # noqa: E402

COLUMNAS = "numero_solicitud, folio, numero_cliente, formulario, distribuidora_id, enviado, respondido, estado, vence"
ORDEN = "ORDER BY enviado DESC, caso_id DESC"
ULTIMAS = "ORDER BY enviado, caso_id"


def entrar(perfil: Perfil) -> Client:
    """A browser with a session of `perfil`."""
    navegador = Client()
    navegador.force_login(perfil.usuario)
    sesion = navegador.session
    sesion[CLAVE_DE_SESION] = perfil.pk
    sesion.save()
    return navegador


def pedir(navegador: Client, direccion: str) -> Callable[[], None]:
    def hacer() -> None:
        assert navegador.get(direccion).status_code == 200, direccion

    return hacer


def piso(donde: str, valores: list[object], orden: str) -> Callable[[], str]:
    """One query on a connection that is open, and its rows in an f-string."""
    sql = f"SELECT {COLUMNAS} FROM solicitudes_solicitud {donde} {orden} LIMIT 10"  # noqa: S608

    def hacer() -> str:
        with connection.connection.cursor() as cursor:
            filas = cursor.execute(sql, valores).fetchall()
        return "".join(f"<tr>{''.join(f'<td>{celda}</td>' for celda in fila)}</tr>" for fila in filas)

    return hacer


def main() -> None:
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["*"]
    with sin_ambito():
        n = Solicitud.objects.count()
        muestra = Solicitud.objects.order_by("folio_numero")[n // 2]
        de_quien = {
            p.distribuidora_id: p for p in Perfil.objects.filter(tipo="distribuidora").select_related("usuario")
        }
        mayor = de_quien[max(conteo.por_distribuidora(None, None).items(), key=lambda par: par[1])[0]]
    sec = Perfil.objects.filter(tipo="sec").first()
    empresa = muestra.distribuidora_id
    prefijo = muestra.folio[:2]
    casos: list[tuple[str, Perfil, str, str, list[object], str, str | None]] = [
        ("primera página", sec, "", "", [], ORDEN, ""),
        ("página del medio", sec, f"p={n // 20}", f"WHERE folio_numero <= {n // 2}", [], "ORDER BY folio_numero DESC",
         f"p={n // 20}"),
        ("última página", sec, f"p={-(-n // 10)}", "", [], ULTIMAS, f"p={-(-n // 10)}"),
        ("por empresa", sec, f"empresa={empresa}", "WHERE distribuidora_id = %s", [empresa], ORDEN,
         f"distribuidora__id__exact={empresa}"),
        ("por formulario", sec, "formulario=NC", "WHERE formulario = 'NC'", [], ORDEN, "formulario__exact=NC"),
        ("por estado", sec, "estado=respondido", "WHERE estado = 'respondido'", [], ORDEN, "estado__exact=respondido"),
        ("por estado raro", sec, "estado=pago_rechazado", "WHERE estado = 'pago_rechazado'", [], ORDEN,
         "estado__exact=pago_rechazado"),
        ("por folio que empieza", sec, f"folio={prefijo}".replace("+", "%2B"), "WHERE folio LIKE %s", [f"{prefijo}%"],
         "ORDER BY folio_numero DESC", f"q={prefijo}".replace("+", "%2B")),
        ("por folio entero", sec, f"folio={muestra.folio}".replace("+", "%2B"), "WHERE folio = %s", [muestra.folio], "",
         f"q={muestra.folio}".replace("+", "%2B")),
        ("por cliente que empieza", sec, "cliente=5000", "WHERE numero_cliente LIKE '5000%%'", [], ORDEN, None),
        ("por fechas", sec, f"desde={muestra.enviado:%Y-%m-%d}", "WHERE enviado >= %s", [muestra.enviado], ORDEN, None),
        ("vencidas", sec, "vencidas=on",
         "WHERE respondido IS NULL AND vence < now() AND estado IN ('pendiente_respuesta', 'pendiente_pago', "
         "'pendiente_validacion', 'pago_rechazado', 'pago_validado')", [], ORDEN, None),
        ("orden por empresa, al medio", sec, f"orden=empresa&p={n // 20}", "", [], ORDEN, None),
        ("orden por N° Cliente", sec, "orden=cliente", "", [], "ORDER BY numero_cliente, caso_id", None),
        ("de la mayor empresa", mayor, "", "WHERE distribuidora_id = %s", [mayor.distribuidora_id], ORDEN, None),
        ("de la mayor empresa, por estado", mayor, "estado=respondido",
         "WHERE distribuidora_id = %s AND estado = 'respondido'", [mayor.distribuidora_id], ORDEN, None),
    ]  # fmt: skip
    cifras = []
    for nombre, perfil, consulta, donde, valores, orden, par in casos:
        navegador = entrar(perfil)
        cifras.append(
            {
                "job": f"bandeja, {nombre}",
                "value": mediana_ms(pedir(navegador, f"/solicitudes/?{consulta}")),
                "floor": mediana_ms(piso(donde, valores, orden)),
                "peer": None if par is None else mediana_ms(pedir(navegador, f"/par/?{par}"), veces=3, calentar=1),
            }
        )
    print(json.dumps(cifras))


if __name__ == "__main__":
    main()
