"""The deployment file: what each service must have, and that it agrees with the portal's own list of settings."""

import os
import re
import subprocess

import pytest
import yaml

from portal import entorno
from portal.entorno import RAIZ, VARIABLES

COMPOSE = yaml.safe_load((RAIZ / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICIOS = COMPOSE["services"]
DE_PASO = {"preparar"}  # ends by itself: there is no health to ask for
DEL_PORTAL = {"web", "tareas", "agenda", "preparar"}


def test_all_parts_are_there():
    """X-02, X-03: several web processes and workers, one scheduler, and what they need; the rest by profile."""
    assert {n for n, s in SERVICIOS.items() if "profiles" not in s} == DEL_PORTAL | {"nginx", "base", "redis"}
    assert {p for s in SERVICIOS.values() for p in s.get("profiles", [])} == {"prueba", "s3", "antivirus"}
    replicas = {n: s["deploy"].get("replicas", 1) for n, s in SERVICIOS.items()}
    assert replicas["web"] > 1
    assert replicas["tareas"] > 1
    assert replicas["agenda"] == 1


@pytest.mark.parametrize("nombre", SERVICIOS)
def test_every_service_is_locked_in(nombre):
    """A-12: no root, no capability, a disk that is not written on, limits of memory and processor, a health."""
    servicio = SERVICIOS[nombre]
    assert servicio["read_only"] is True
    assert servicio["cap_drop"] == ["ALL"]
    assert servicio["security_opt"] == ["no-new-privileges:true"]
    assert servicio["user"].split(":")[0] not in ("root", "0")
    assert set(servicio["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert ("healthcheck" in servicio) is (nombre not in DE_PASO)
    assert servicio["restart"] == ("no" if nombre in DE_PASO else "unless-stopped")


@pytest.mark.parametrize("nombre", [n for n in SERVICIOS if n not in DEL_PORTAL])
def test_images_are_pinned(nombre):
    """X-03: the same file brings up the same programs next year."""
    imagen = SERVICIOS[nombre]["image"]
    assert re.fullmatch(r"[\w./-]+:[\w.-]*\d+[.-]\d+[\w.-]*", imagen), imagen


def test_nobody_outside_reaches_the_inside():
    """A-12: only nginx is published, and the trial's mailbox to this machine alone; the database has no way out."""
    publicos = {n: s["ports"] for n, s in SERVICIOS.items() if "ports" in s}
    assert publicos == {"nginx": ["80:8080", "443:8443"], "correo": ["127.0.0.1:8025:8025"]}
    assert SERVICIOS["base"]["networks"] == SERVICIOS["redis"]["networks"] == ["interior"]
    assert COMPOSE["networks"]["interior"] == {"internal": True}


def test_secrets_come_from_files():
    """A-12: no password stands in the environment; each secret that is used is declared."""
    usados = {secreto for s in SERVICIOS.values() for secreto in s.get("secrets", [])}
    assert usados == set(COMPOSE["secrets"])
    entornos = [(n, k, str(v)) for n, s in SERVICIOS.items() for k, v in s.get("environment", {}).items()]
    abiertos = [(n, k) for n, k, _ in entornos if re.search("CLAVE|PASSWORD|SECRET", k) and not k.endswith("_FILE")]
    assert abiertos == []
    assert [(n, k) for n, k, v in entornos if re.search(r"//[^/@]*:[^/@]*@", v)] == []


def test_the_portal_starts_with_these_settings(tmp_path):
    """X-03: what the file sets, with the secrets that its own script makes, is what a production portal asks for."""
    orden = ["sh", str(RAIZ / "docs/despliegue/secretos.sh"), str(tmp_path / "secretos")]
    assert subprocess.run(orden, capture_output=True).returncode == 0
    dado = {k: str(v) for k, v in SERVICIOS["web"]["environment"].items()}
    conocidas = {v.nombre for v in VARIABLES}
    assert {k.removesuffix("_FILE") for k in dado} <= conocidas
    aqui = {k: v.replace("/run/secrets", str(tmp_path / "secretos")) for k, v in dado.items()}
    sitio = {"ALLOWED_HOSTS": "tramites.ejemplo.cl", "DIRECCION_PUBLICA": "https://tramites.ejemplo.cl"}
    valores = entorno.leer({**aqui, "VAR_DIR": str(tmp_path), **sitio})
    assert valores["CLAVE_BASE"] == (tmp_path / "secretos/clave_aplicacion").read_text()
    assert valores["ENTREGA_POR_NGINX"] is True


def test_making_the_secrets_again_changes_none(tmp_path):
    """X-03: the script is run at every update; what is there stays."""
    orden = ["sh", str(RAIZ / "docs/despliegue/secretos.sh"), str(tmp_path)]
    subprocess.run(orden, check=True, capture_output=True)
    primera = {ruta.name: ruta.read_text() for ruta in tmp_path.iterdir()}
    subprocess.run(orden, check=True, capture_output=True)
    assert {ruta.name: ruta.read_text() for ruta in tmp_path.iterdir()} == primera
    assert len(set(primera.values())) == len(primera)
    assert os.stat(tmp_path).st_mode & 0o077 == 0


def test_mounted_files_are_there():
    """X-03: what the file mounts from here exists."""
    montados = [v.split(":")[0] for s in SERVICIOS.values() for v in s.get("volumes", []) if v.startswith("./")]
    assert [m for m in montados if not (RAIZ / m).exists()] == []
    assert (RAIZ / SERVICIOS["web"]["healthcheck"]["test"][-1]).exists()
