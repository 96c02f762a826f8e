"""Settings: what a deployment may set, and what is refused at start, by name."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.entorno import LLAVE_DE_DEMOSTRACION, RAIZ, VARIABLES, leer

PRODUCCION = {
    "ENTORNO": "produccion",
    "CLAVE_DE_HISTORIAL": "qW8_mN3xC7vB5zL1kJ9hG2fD4sA6pO0iU-yT8rE3wQ5aZ7xS1c",
    "CIFRADO_LLAVES": "20261127:Zk8xQ2w5TG1OOHBSN3RWYlkxY0Q1ZkczaEo2c0EwZVU=",
    "SECRET_KEY": "Zx9-kQ2w_8LmN4pR7tVbY1cD5fG3hJ6sA0eUiOqWzXvB-nMlKj",
    "DATABASE_URL": "postgres://ventanilla:clave@base/ventanilla",
    "ALLOWED_HOSTS": "tramites.example",
    "DIRECCION_PUBLICA": "https://tramites.example",
    "EMAIL_URL": "smtp+tls://portal:clave@correo.example:587",
    "PROXIES_DE_CONFIANZA": "1",
}


def faltas(entorno: dict[str, str]) -> list[str]:
    """The lines of the refusal; empty when the portal would start."""
    try:
        leer(entorno)
    except ImproperlyConfigured as error:
        return [linea.removeprefix("  - ") for linea in str(error).splitlines()[1:]]
    return []


def test_nothing_given_is_the_embedded_default(tmp_path):
    """X-10: an empty environment starts, and an empty variable counts as absent."""
    assert faltas({"VAR_DIR": str(tmp_path)}) == []
    assert faltas({"VAR_DIR": str(tmp_path), **{v.nombre: "" for v in VARIABLES if v.nombre != "VAR_DIR"}}) == []


def test_a_replica_is_one_of_a_postgresql(tmp_path):
    """X-04: of an embedded database there is none."""
    suya = {"VAR_DIR": str(tmp_path), "DATABASE_URL_LECTURA": "postgres://u@replica/b"}
    frase = "una réplica lo es de la base de DATABASE_URL, que no es PostgreSQL."
    assert faltas(suya) == [f"DATABASE_URL_LECTURA: {frase}"]
    assert faltas(suya | {"DATABASE_URL": "postgres://u@base/b"}) == []


@pytest.mark.parametrize(
    ("nombre", "valor", "frase"),
    [
        ("ENTORNO", "prod", "debe ser uno de: desarrollo, produccion"),
        ("PORT", "abc", "debe ser un número entero de 1 a 65535"),
        ("PORT", "0", "debe ser un número entero de 1 a 65535"),
        ("PORT", "70000", "debe ser un número entero de 1 a 65535"),
        ("PORT", "٨٠٠٠", "debe ser un número entero de 1 a 65535"),
        ("CONEXIONES_POR_PROCESO", "abc", "debe ser un número entero de 1 a 200"),
        ("MINUTOS_DE_INACTIVIDAD", "-5", "debe ser un número entero de 1 a 1440"),
        ("CIFRADO_LLAVES", ",", "debe tener una llave o más"),
        ("CIFRADO_LLAVES", "a:Y29ydGE=", "debe dar 32 bytes en base64 a la llave «a»"),
        ("CIFRADO_LLAVES", "a", "debe dar 32 bytes en base64 a la llave «a»"),
        ("CIFRADO_LLAVES", "a:ñ", "debe dar 32 bytes en base64 a la llave «a»"),
        (
            "CIFRADO_LLAVES",
            ",".join([PRODUCCION["CIFRADO_LLAVES"]] * 2),
            "debe dar a cada llave un nombre propio, de 1 a 20 letras, cifras, «-» o «_»",
        ),
        ("DEBUG", "quizás", "debe ser «si» o «no»"),
        ("IDENTIFICADOR", "us.ssn", "debe ser uno de: cl.rut, py.ruc, pe.ruc"),
        ("ZONA_HORARIA", "Marte", "debe ser una zona horaria como America/Santiago"),
        ("ZONA_HORARIA", "../../etc/passwd", "debe ser una zona horaria como America/Santiago"),
        ("DIRECCION_PUBLICA", "tramites.example", "debe ser una dirección como https://tramites.ejemplo.cl"),
        ("DIRECCION_PUBLICA", "https://x:99999", "debe ser una dirección como https://tramites.ejemplo.cl"),
        ("DATABASE_URL", "postgres://", "debe ser una dirección como postgres://usuario:clave@servidor/base"),
        (
            "DATABASE_URL",
            "postgres://u@h:puerto/b",
            "debe ser una dirección como postgres://usuario:clave@servidor/base",
        ),
        (
            "DATABASE_URL_LECTURA",
            "sqlite:///otra.sqlite3",
            "debe ser una dirección como postgres://usuario:clave@servidor/base",
        ),
        ("DATABASE_URL", "mysql://u@h/b", "debe ser una dirección como postgres://usuario:clave@servidor/base"),
        ("DATABASE_URL", "cualquier cosa", "debe ser una dirección como postgres://usuario:clave@servidor/base"),
        ("REDIS_URL", "localhost", "debe ser una dirección como redis://servidor:6379/0"),
        ("CELERY_BROKER_URL", "amqp://x", "debe ser una dirección como redis://servidor:6379/1"),
        ("EMAIL_URL", "correo", "debe ser una dirección como smtp+tls://usuario:clave@servidor:587"),
        ("EMAIL_URL", "smtp://servidor:abc", "debe ser una dirección como smtp+tls://usuario:clave@servidor:587"),
        ("EMAIL_URL", "smtp://", "debe ser una dirección como smtp+tls://usuario:clave@servidor:587"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path, nombre, valor, frase):
    """X-10: one sentence, beginning with the variable's name."""
    assert faltas({"VAR_DIR": str(tmp_path), nombre: valor}) == [f"{nombre}: {frase}."]


def test_a_directory_that_cannot_be_written_is_refused(tmp_path):
    """X-10: VAR_DIR under a file."""
    (tmp_path / "archivo").touch()
    carpeta = tmp_path / "archivo" / "var"
    assert faltas({"VAR_DIR": str(carpeta)}) == [f"VAR_DIR: no se puede crear la carpeta {carpeta} (Not a directory)."]


def test_everything_wrong_is_said_at_once(tmp_path):
    """X-10: nobody corrects one variable to meet the next."""
    dichas = faltas({"VAR_DIR": str(tmp_path), "PORT": "x", "DEBUG": "x", "DATABASE_URL": "x"})
    assert [linea.split(":")[0] for linea in dichas] == ["PORT", "DEBUG", "DATABASE_URL"]


def test_more_threads_than_connections_is_refused(tmp_path):
    """X-10: a thread would wait for a connection."""
    dichas = faltas({"VAR_DIR": str(tmp_path), "HILOS_WEB": "9", "CONEXIONES_POR_PROCESO": "8"})
    assert [linea.split(":")[0] for linea in dichas] == ["HILOS_WEB"]


def test_production_starts_with_all_that_it_needs(tmp_path):
    """X-10."""
    assert faltas({**PRODUCCION, "VAR_DIR": str(tmp_path)}) == []


@pytest.mark.parametrize(
    ("cambio", "nombres"),
    [
        ({"SECRET_KEY": ""}, ["SECRET_KEY"]),
        ({"SECRET_KEY": "corta"}, ["SECRET_KEY"]),
        ({"SECRET_KEY": "a" * 60}, ["SECRET_KEY"]),
        ({"CLAVE_DE_HISTORIAL": ""}, ["CLAVE_DE_HISTORIAL"]),
        ({"CLAVE_DE_HISTORIAL": "corta"}, ["CLAVE_DE_HISTORIAL"]),
        ({"CLAVE_DE_HISTORIAL": PRODUCCION["SECRET_KEY"]}, ["CLAVE_DE_HISTORIAL"]),
        ({"CIFRADO_LLAVES": ""}, ["CIFRADO_LLAVES"]),
        ({"CIFRADO_LLAVES": LLAVE_DE_DEMOSTRACION.replace("demo", "otra")}, ["CIFRADO_LLAVES"]),
        ({"CIFRADO_LLAVES": f"ceros:{'A' * 43}="}, ["CIFRADO_LLAVES"]),
        ({"CIFRADO_LLAVES": f"{PRODUCCION['CIFRADO_LLAVES']},{LLAVE_DE_DEMOSTRACION}"}, ["CIFRADO_LLAVES"]),
        ({"DEBUG": "si"}, ["DEBUG"]),
        ({"DATABASE_URL": ""}, ["DATABASE_URL"]),
        ({"ALLOWED_HOSTS": ""}, ["ALLOWED_HOSTS"]),
        ({"ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS", "DIRECCION_PUBLICA"]),
        ({"ALLOWED_HOSTS": "otro.example"}, ["DIRECCION_PUBLICA"]),
        ({"ALLOWED_HOSTS": ".example"}, []),
        ({"DIRECCION_PUBLICA": "http://tramites.example"}, ["DIRECCION_PUBLICA"]),
        ({"DIRECCION_PUBLICA": ""}, ["DIRECCION_PUBLICA"]),
        ({"EMAIL_URL": ""}, ["EMAIL_URL"]),
        ({"PROXIES_DE_CONFIANZA": "0"}, ["PROXIES_DE_CONFIANZA"]),
        ({"VAR_DIR": ""}, ["VAR_DIR"]),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path, cambio, nombres):
    """X-10: demonstration key, debug, no database, no names, no TLS, no mail."""
    dichas = faltas({**PRODUCCION, "VAR_DIR": str(tmp_path), **cambio})
    assert [linea.split(":")[0] for linea in dichas] == nombres


def test_a_database_behind_a_socket(tmp_path):
    """X-10: postgres://usuario:@//carpeta/base."""
    base = leer({"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres://portal:@//run/postgresql/ventanilla"})[
        "DATABASE_URL"
    ]
    assert (base["HOST"], base["USER"], base["NAME"]) == ("/run/postgresql", "portal", "ventanilla")


def test_the_port_of_a_mail_server_follows_its_kind(tmp_path):
    """X-02: 25, 587 with STARTTLS, 465 with TLS."""
    puertos = {
        clase: leer({"VAR_DIR": str(tmp_path), "EMAIL_URL": f"{clase}://servidor"})["EMAIL_URL"]["EMAIL_PORT"]
        for clase in ("smtp", "smtp+tls", "smtp+ssl")
    }
    assert puertos == {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


@pytest.mark.parametrize(
    ("orden", "codigo"),
    [
        (["manage.py", "check"], 1),
        (["-m", "gunicorn", "-c", "portal/gunicorn.py", "--check-config", "portal.wsgi"], 1),
        (["-c", "import portal.wsgi"], 3),
    ],
)
def test_every_door_says_it_in_words(tmp_path, orden, codigo):
    """X-10: the sentence, a code that is not 0, no traceback."""
    entorno = {**os.environ, "VAR_DIR": str(tmp_path), "PORT": "abc"}
    hecho = subprocess.run([sys.executable, *orden], cwd=RAIZ, env=entorno, capture_output=True, text=True)
    esperado = "El portal no puede empezar:\n  - PORT: debe ser un número entero de 1 a 65535.\n"
    assert (hecho.returncode, hecho.stderr) == (codigo, esperado)


def test_a_value_may_stand_in_a_file(tmp_path):
    """X-10: `X_FILE` says where X is, as secrets are handed over; its final newline is no part of it."""
    (tmp_path / "clave").write_text(PRODUCCION["SECRET_KEY"] + "\n")
    en_archivo = {k: v for k, v in PRODUCCION.items() if k != "SECRET_KEY"} | {"VAR_DIR": str(tmp_path)}
    valores = leer({**en_archivo, "SECRET_KEY_FILE": str(tmp_path / "clave")})
    assert valores["SECRET_KEY"] == PRODUCCION["SECRET_KEY"]


def test_a_file_that_is_not_there_or_a_value_given_twice(tmp_path):
    """X-10: both are refused by name; what is in the file is judged like any other value."""
    (tmp_path / "puerto").write_text("abc")
    no_esta = tmp_path / "no-esta"
    assert faltas({"VAR_DIR": str(tmp_path), "SECRET_KEY_FILE": str(no_esta)}) == [
        f"SECRET_KEY_FILE: no se puede leer el archivo {no_esta}."
    ]
    assert faltas({"VAR_DIR": str(tmp_path), "PORT": "8000", "PORT_FILE": str(tmp_path / "puerto")}) == [
        "PORT: está dada dos veces, también en PORT_FILE."
    ]
    assert faltas({"VAR_DIR": str(tmp_path), "PORT_FILE": str(tmp_path / "puerto")}) == [
        "PORT: debe ser un número entero de 1 a 65535."
    ]
