"""`make bench`: every measurement, as a table and in var/bench.json; arguments choose some by name.

`make bench ARGS="sabana --filas 100000"` measures one, at one size.
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def main(argumentos: list[str]) -> int:
    pedido = argparse.ArgumentParser(prog="make bench", description="Mide el portal.")
    pedido.add_argument("medidas", nargs="*", help="cuáles; sin ninguna, todas")
    pedido.add_argument("--filas", type=int, nargs="+", help="con cuántas solicitudes en la base de datos")
    opciones = pedido.parse_args(argumentos)
    elegidas = opciones.medidas
    if opciones.filas:
        os.environ["BENCH_FILAS"] = ",".join(map(str, opciones.filas))
    django.setup()
    from django.conf import settings

    import bench
    from bench.medida import MEDIDAS, Cifra

    for modulo in pkgutil.iter_modules(bench.__path__):
        if modulo.name.startswith("mide_"):
            importlib.import_module(f"bench.{modulo.name}")
    if desconocidas := set(elegidas) - MEDIDAS.keys():
        print(f"No hay medida {', '.join(desconocidas)}. Hay: {', '.join(MEDIDAS)}", file=sys.stderr)
        return 2
    cifras: list[Cifra] = []
    print(f"{'medida':<52}{'filas':>10}{'valor':>12} {'':<8}{'piso':>10}{'par':>10}{'× piso':>9}{'× par':>9}")
    for nombre in elegidas or MEDIDAS:
        for cifra in MEDIDAS[nombre]():
            cifras.append(cifra)
            print(
                f"{cifra.job:<52}{_numero(cifra.rows):>10}{_numero(cifra.value):>12} {cifra.unit:<8}"
                f"{_numero(cifra.floor):>10}{_numero(cifra.peer):>10}"
                f"{_numero(cifra.times_floor):>9}{_numero(cifra.times_peer):>9}",
                flush=True,
            )
    destino = Path(settings.VAR_DIR, "bench.json")
    destino.write_text(json.dumps([cifra.como_dict() for cifra in cifras], indent=1, ensure_ascii=False))
    print(f"\n{destino}")
    return 0


def _numero(valor: float | None) -> str:
    if valor is None:
        return "–"
    return f"{valor:,.0f}".replace(",", ".") if abs(valor) >= 100 else f"{valor:.2f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
