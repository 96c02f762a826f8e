"""Measures the SEC's Panel over the database of DATABASE_URL; prints JSON in one line. See `mide_panel`."""

import json
import logging
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.bandeja import entrar, pedir  # first: it sets Django up
from bench.medida import mediana_ms
from portal import reloj

from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from portal.cuentas.models import Perfil  # isort: skip

PAGINAS = {
    "panel": "/",
    "panel, doce meses": f"/?desde={reloj.hoy() - timedelta(days=364):%Y-%m-%d}",
    "cumplimiento": "/solicitudes/cumplimiento/",
}
EN_VIVO = (
    "SELECT estado, count(*) FROM solicitudes_solicitud GROUP BY estado",
    "SELECT formulario, count(*) FROM solicitudes_solicitud GROUP BY formulario",
    "SELECT date_trunc('day', enviado), count(*) FROM solicitudes_solicitud GROUP BY 1",
)


def consultas_ms(hacer: Callable[[], None]) -> float:
    """Milliseconds that the statements of `hacer` take in all, from sending them to having their rows."""
    total = 0.0

    def cronometrar(ejecutar: Callable[..., Any], *que: Any) -> Any:
        nonlocal total
        antes = time.perf_counter()
        try:
            return ejecutar(*que)
        finally:
            total += time.perf_counter() - antes

    with connection.execute_wrapper(cronometrar):
        hacer()
    return total * 1000


def sumar(sql: tuple[str, ...]) -> Callable[[], None]:
    def hacer() -> None:
        with connection.cursor() as cursor:
            for consulta in sql:
                cursor.execute(consulta)
                cursor.fetchall()

    return hacer


def main() -> None:
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["*"]
    navegador = entrar(Perfil.objects.filter(tipo="sec")[0])
    piso = mediana_ms(sumar(("SELECT n FROM solicitudes_celda ORDER BY id LIMIT 1",)))
    par = mediana_ms(sumar(EN_VIVO), veces=3, calentar=1)
    cifras = []
    for nombre, direccion in PAGINAS.items():
        hacer = pedir(navegador, direccion)
        cifras.append({"job": nombre, "value": mediana_ms(hacer), "floor": piso, "peer": par})
        del_sql = statistics.median(consultas_ms(hacer) for _ in range(30))
        cifras.append({"job": f"{nombre}: sus consultas", "value": del_sql, "floor": piso, "peer": par})
    print(json.dumps(cifras))


if __name__ == "__main__":
    main()
