"""Makes the lock files out of pyproject.toml; with --check says whether they are up to date.

They hold hashes and no addresses, so that any index or mirror serves them (docs/adr/0002). Without an index only the
names and versions that pyproject.toml asks for are compared, and that is said.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import version
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
COMUN = ["pip", "compile", "--generate-hashes", "--no-header", "--python-version", "3.11", "--quiet", "pyproject.toml"]
CANDADOS = {
    "requirements.txt": [],
    "requirements-dev.txt": ["--group", "dev", "-c", "requirements.txt"],
}


def hacer(donde: Path) -> str:
    """Write both files in `donde`, which holds the old ones (their versions stay); what went wrong, or nothing."""
    for nombre, opciones in CANDADOS.items():
        orden = [str(UV), *COMUN, *opciones, "-o", nombre]
        hecho = subprocess.run(orden, cwd=donde, capture_output=True, text=True, timeout=300)  # noqa: S603
        if hecho.returncode:
            return hecho.stderr.strip()
    return ""


def revisar() -> int:
    with tempfile.TemporaryDirectory() as carpeta:
        donde = Path(carpeta)
        for nombre in ("pyproject.toml", *CANDADOS):
            shutil.copy(RAIZ / nombre, donde)
        if error := hacer(donde):
            print(f"ATENCIÓN: no se pudo consultar el índice; se comparan sólo nombres.\n{error}", file=sys.stderr)
            return sin_indice()
        viejos = [n for n in CANDADOS if (donde / n).read_text() != (RAIZ / n).read_text()]
    if viejos:
        print(f"No están al día: {', '.join(viejos)}. Se rehacen con: make candado")
    return 1 if viejos else 0


def sin_indice() -> int:
    """Every package that pyproject.toml asks for must be pinned, in a version that it allows."""
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text())
    pedidos = {
        "requirements.txt": proyecto["project"]["dependencies"],
        "requirements-dev.txt": [*proyecto["project"]["dependencies"], *proyecto["dependency-groups"]["dev"]],
    }
    faltan = []
    for archivo, requisitos in pedidos.items():
        fijados = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", (RAIZ / archivo).read_text(), re.M))
        nombres = {re.split(r"[\[<>=!~; ]", requisito)[0].lower() for requisito in requisitos}
        faltan += [f"{archivo}: {nombre}" for nombre in sorted(nombres - fijados)]
    print("\n".join(faltan))
    return 1 if faltan else 0


def main() -> int:
    if "--check" in sys.argv:
        return revisar()
    error = hacer(RAIZ)
    print(error or f"Hechos con uv {version('uv')}: {', '.join(CANDADOS)}")
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main())
