"""What a deployment may set: one list, read from the environment alone, judged at once before anything starts.

`docs/configuracion.md` is made from this list by `manage.py configuracion`; a new variable is one line here.
"""

import base64
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

RAIZ = Path(__file__).resolve().parent.parent
CLAVE_DE_DEMOSTRACION = "clave-de-demostracion-no-usar-en-produccion"
LLAVE_DE_DEMOSTRACION = "demo:bGxhdmUtZGUtZGVtb3N0cmFjaW9uLW5vLXVzYXItMTI="
_POSTGRESQL = "django.db.backends.postgresql"
SI_NO = {"1": True, "si": True, "sí": True, "true": True, "0": False, "no": False, "false": False}


def texto(valor: str) -> str:
    return valor.strip()


def si_no(valor: str) -> bool:
    if valor.strip().lower() not in SI_NO:
        raise ValueError("debe ser «si» o «no»")
    return SI_NO[valor.strip().lower()]


def entero(minimo: int, maximo: int) -> Callable[[str], int]:
    """Reads a whole number from `minimo` to `maximo`, both allowed."""

    def leer(valor: str) -> int:
        # isdecimal() alone lets digits of other scripts pass.
        limpio = valor.strip()
        if not (limpio.isascii() and limpio.isdecimal() and minimo <= int(limpio) <= maximo):
            raise ValueError(f"debe ser un número entero de {minimo} a {maximo}")
        return int(limpio)

    return leer


def lista(valor: str) -> list[str]:
    return [parte.strip() for parte in valor.split(",") if parte.strip()]


def una_de(*opciones: str) -> Callable[[str], str]:
    def leer(valor: str) -> str:
        if valor.strip() not in opciones:
            raise ValueError(f"debe ser uno de: {', '.join(opciones)}")
        return valor.strip()

    return leer


def zona(valor: str) -> str:
    try:
        return ZoneInfo(valor.strip()).key
    except (OSError, ValueError, LookupError):
        raise ValueError("debe ser una zona horaria como America/Santiago") from None


def direccion_web(valor: str) -> str:
    """An address of a site, without the final bar."""
    partes = urlsplit(valor.strip())
    puerto_valido = partes.port != 0  # .port itself raises ValueError, in English, for what is no port
    if partes.scheme not in ("http", "https") or not partes.hostname or not puerto_valido or partes.query:
        raise ValueError
    return valor.strip().rstrip("/")


def servidor_y_puerto(valor: str) -> tuple[str, int]:
    partes = urlsplit(f"//{valor.strip()}")
    if not partes.hostname or not partes.port or partes.path:
        raise ValueError("debe ser como servidor:3310")
    return partes.hostname, partes.port


def direccion_redis(valor: str) -> str:
    partes = urlsplit(valor.strip())
    if partes.port == 0 or not (
        (partes.scheme in ("redis", "rediss") and partes.hostname) or (partes.scheme == "unix" and partes.path)
    ):
        raise ValueError
    return valor.strip()


def direccion_cola(valor: str) -> str:
    return valor if valor == "filesystem://" else direccion_redis(valor)


def base_de_datos(valor: str) -> dict[str, Any]:
    """Django's dictionary for `postgres://…` or `sqlite:///…`; the socket form is `postgres://u@//run/postgresql/b`."""
    if urlsplit(valor).scheme not in ("postgres", "postgresql", "sqlite"):
        raise ValueError
    base = environ.Env.db_url_config(valor)
    if not base["NAME"]:
        raise ValueError
    return base


def replica(valor: str) -> dict[str, Any]:
    """The same for a replica: only PostgreSQL has them."""
    base = base_de_datos(valor)
    if base["ENGINE"] != _POSTGRESQL:
        raise ValueError
    return base


def correo(valor: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for `smtp://…`, `smtp+tls://…` or `smtp+ssl://…`."""
    partes = urlsplit(valor.strip())
    if partes.scheme not in ("smtp", "smtp+tls", "smtp+ssl") or not partes.hostname or partes.port == 0:
        raise ValueError
    puerto = partes.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[partes.scheme]
    return {**environ.Env.email_url_config(valor.strip()), "EMAIL_PORT": puerto}


def llavero(valor: str) -> dict[str, bytes]:
    """Keys of 32 bytes by name, in their order, of `nombre:base64` separated by commas."""
    llaves: dict[str, bytes] = {}
    for nombre, _, texto in (parte.partition(":") for parte in lista(valor)):
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,20}", nombre) or nombre in llaves:
            raise ValueError("debe dar a cada llave un nombre propio, de 1 a 20 letras, cifras, «-» o «_»")
        try:
            llaves[nombre] = base64.b64decode(texto, validate=True)
        except ValueError:  # not base64, or not even ASCII
            llaves[nombre] = b""
        if len(llaves[nombre]) != 32:
            raise ValueError(f"debe dar 32 bytes en base64 a la llave «{nombre}»")
    if not llaves:
        raise ValueError("debe tener una llave o más")
    return llaves


def carpeta(valor: str) -> Path:
    """A directory in which this process may write; made when it is not there."""
    ruta = Path(valor).expanduser().absolute()
    try:
        ruta.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"no se puede crear la carpeta {ruta} ({error.strerror})") from None
    if not os.access(ruta, os.W_OK | os.X_OK):
        raise ValueError(f"no se puede escribir en la carpeta {ruta}")
    return ruta


@dataclass(frozen=True)
class Variable:
    """One setting. `lectura` turns its text into a value or raises ValueError, with words or else `que_es` says it."""

    nombre: str
    lectura: Callable[[str], Any]
    defecto: str
    que_es: str
    en_produccion: str = ""


_BASE = "dirección como postgres://usuario:clave@servidor/base"
VARIABLES = (
    Variable("ENTORNO", una_de("desarrollo", "produccion"), "desarrollo", "`desarrollo` o `produccion`", "produccion"),
    Variable("PORT", entero(1, 65535), "8000", "puerto en que escucha la web"),
    Variable(
        "VAR_DIR", carpeta, str(RAIZ / "var"), "carpeta de los datos: archivos, base SQLite, colas", "obligatoria"
    ),
    Variable("NOMBRE_PRODUCTO", texto, "Ventanilla", "nombre del portal"),
    Variable("LEMA_PRODUCTO", texto, "Trámites de electricidad", "frase bajo el nombre"),
    Variable("NOMBRE_SOLICITUDES", texto, "Generación Ciudadana", "nombre de la parte de los cuatro formularios"),
    Variable(
        "RESPONSABLE",
        texto,
        "Superintendencia de Electricidad y Combustibles (SEC)",
        "quién responde por el portal; va al pie de cada página",
    ),
    Variable("CORREO_CONTACTO", texto, "ventanilla@sec.example", "correo de contacto al pie de cada página"),
    Variable(
        "DIRECCION_PUBLICA",
        direccion_web,
        "",
        "dirección como https://tramites.ejemplo.cl; así empieza cada enlace de los correos; vacía: localhost y PORT",
        "obligatoria, con https",
    ),
    Variable("IDENTIFICADOR", una_de("cl.rut", "py.ruc", "pe.ruc"), "cl.rut", "con qué se identifican las personas"),
    Variable("IDENTIFICADOR_NOMBRE", texto, "RUT", "cómo se llama ese identificador en las páginas"),
    Variable("ZONA_HORARIA", zona, "America/Santiago", "zona horaria de la instalación, como America/Santiago"),
    Variable(
        "SECRET_KEY",
        str,
        CLAVE_DE_DEMOSTRACION,
        "clave con que se firman sesiones y enlaces",
        "obligatoria: 50 caracteres o más, al azar",
    ),
    Variable(
        "CLAVE_DE_HISTORIAL",
        str,
        CLAVE_DE_DEMOSTRACION,
        "clave con que se firman los resúmenes diarios del historial; no se cambia ni se guarda con la base",
        "obligatoria: 50 caracteres o más, al azar, otra que SECRET_KEY",
    ),
    Variable(
        "CIFRADO_LLAVES",
        llavero,
        LLAVE_DE_DEMOSTRACION,
        "llaves con que se cifran los documentos de identidad, como nombre:base64 de 32 bytes, separadas por comas; la "
        "primera cifra, todas abren; sin ellas esos archivos no se recuperan",
        "obligatoria: 32 bytes al azar",
    ),
    Variable("DEBUG", si_no, "no", "página de error con detalles, para quien programa", "no"),
    Variable(
        "ALLOWED_HOSTS",
        lista,
        "localhost,127.0.0.1,[::1],testserver",
        "nombres con que se llega al portal, separados por comas",
        "obligatoria, sin *",
    ),
    Variable("CSRF_TRUSTED_ORIGINS", lista, "", "otros orígenes de confianza para los formularios, con https://"),
    Variable(
        "PROXIES_DE_CONFIANZA",
        entero(0, 5),
        "0",
        "cuántos servidores delante agregan X-Forwarded-For y X-Forwarded-Proto",
        "1 o más: el portal no termina TLS",
    ),
    Variable(
        "SEGUNDO_FACTOR_OBLIGATORIO",
        si_no,
        "",
        "`si` o `no`; si la SEC y quienes validan pagos deben tener segundo factor; vacía: sólo en producción",
        "si",
    ),
    Variable("MINUTOS_DE_INACTIVIDAD", entero(1, 1440), "60", "minutos sin actividad tras los que se cierra la sesión"),
    Variable("HORAS_DE_ACTIVACION", entero(1, 720), "72", "horas que sirve el enlace para activar una cuenta"),
    Variable("HORAS_DE_RECUPERACION", entero(1, 168), "2", "horas que sirve el enlace para poner una contraseña nueva"),
    Variable(
        "COSTO_CAPTCHA", entero(1, 1_000_000), "5000", "vueltas de cada prueba de trabajo; más es más lento para todos"
    ),
    Variable(
        "DATABASE_URL", base_de_datos, "", f"{_BASE}; vacía: SQLite en VAR_DIR", "obligatoria, con usuario propio"
    ),
    Variable(
        "DATABASE_URL_LECTURA", replica, "", f"{_BASE}; réplica en que leen los informes; vacía: leen en DATABASE_URL"
    ),
    Variable("CLAVE_BASE", str, "", "contraseña de la base de datos y de su réplica, cuando no va en su dirección"),
    Variable(
        "CONEXIONES_POR_PROCESO", entero(1, 200), "8", "conexiones que cada proceso guarda abiertas con PostgreSQL"
    ),
    Variable(
        "REDIS_URL",
        direccion_redis,
        "",
        "dirección como redis://servidor:6379/0; caché; vacía: en la base de datos",
        "recomendada",
    ),
    Variable(
        "CELERY_BROKER_URL",
        direccion_cola,
        "",
        "dirección como redis://servidor:6379/1; cola de trabajos; vacía: REDIS_URL, o archivos en VAR_DIR",
    ),
    Variable(
        "EMAIL_URL",
        correo,
        "",
        "dirección como smtp+tls://usuario:clave@servidor:587; servidor de correo; vacía: archivos en VAR_DIR/correo",
        "obligatoria",
    ),
    Variable("CORREO_REMITENTE", texto, "", "remitente de los correos; vacío: NOMBRE_PRODUCTO <CORREO_CONTACTO>"),
    Variable(
        "NIVEL_DE_REGISTRO",
        una_de("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO",
        "desde qué gravedad se escribe en el registro",
    ),
    Variable(
        "MS_CONSULTA_LENTA",
        entero(0, 600_000),
        "1000",
        "milisegundos desde los que una consulta a la base se anota en el registro; 0: ninguna",
    ),
    Variable(
        "CORREO_DE_ERRORES",
        lista,
        "",
        "correos, separados por comas, a los que se escribe cuando algo falla por dentro; vacía: sólo en el registro",
    ),
    Variable(
        "CLAVE_METRICAS",
        str,
        "",
        "clave con que Prometheus pide /metricas (Authorization: Bearer); vacía: no hay tal página",
    ),
    Variable("PROCESOS_WEB", entero(1, 64), "2", "procesos de gunicorn"),
    Variable("HILOS_WEB", entero(1, 64), "4", "hilos por proceso de gunicorn; no más que CONEXIONES_POR_PROCESO"),
    Variable("ADJUNTOS_S3", texto, "", "nombre del depósito S3 donde se guardan los adjuntos; vacío: en VAR_DIR"),
    Variable(
        "ADJUNTOS_S3_SERVIDOR",
        direccion_web,
        "",
        "dirección como https://s3.ejemplo.cl; servidor de ese depósito, si no es el de Amazon",
    ),
    Variable("ADJUNTOS_S3_LLAVE", str, "", "identificador de acceso a ese depósito; vacío: el que dé la máquina"),
    Variable("ADJUNTOS_S3_CLAVE", str, "", "clave de acceso a ese depósito"),
    Variable("CLAMAV", servidor_y_puerto, "", "servidor:puerto de ClamAV; vacío: sin antivirus"),
    Variable(
        "ENTREGA_POR_NGINX",
        si_no,
        "no",
        "los archivos privados los entrega nginx por X-Accel-Redirect desde /privado/",
        "si, con docs/despliegue/nginx.conf",
    ),
)


def leer(entorno: Mapping[str, str]) -> dict[str, Any]:
    """Every variable's value by name; ImproperlyConfigured with all that is wrong, if anything is.

    A variable that is empty counts as absent; one without a default is then None when it is not plain text.
    """
    valores: dict[str, Any] = {}
    entorno, errores = _con_archivos(entorno)
    for variable in VARIABLES:
        dado = entorno.get(variable.nombre, "") or variable.defecto
        try:
            valores[variable.nombre] = variable.lectura(dado) if dado else _vacio(variable)
        except (ValueError, ImproperlyConfigured) as error:
            propias = type(error) is ValueError and str(error).startswith(("debe", "no se puede"))
            errores.append(f"{variable.nombre}: {error if propias else f'debe ser {_primera(variable.que_es)}'}.")
            valores[variable.nombre] = None
    errores += _faltas(valores, entorno) if valores["ENTORNO"] == "produccion" else []
    if (valores["HILOS_WEB"] or 0) > (valores["CONEXIONES_POR_PROCESO"] or 200):
        errores.append("HILOS_WEB: no puede ser mayor que CONEXIONES_POR_PROCESO: un hilo esperaría por una conexión.")
    if valores["DATABASE_URL_LECTURA"] and (valores["DATABASE_URL"] or {}).get("ENGINE") != _POSTGRESQL:
        errores.append("DATABASE_URL_LECTURA: una réplica lo es de la base de DATABASE_URL, que no es PostgreSQL.")
    if errores:
        raise ImproperlyConfigured("El portal no puede empezar:\n  - " + "\n  - ".join(errores))
    return valores


def _con_archivos(entorno: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The environment with what stands in files: `SECRET_KEY_FILE` names the file that holds `SECRET_KEY`."""
    completo, errores = dict(entorno), []
    for variable in VARIABLES:
        ruta = entorno.get(f"{variable.nombre}_FILE", "")
        if ruta and entorno.get(variable.nombre):
            errores.append(f"{variable.nombre}: está dada dos veces, también en {variable.nombre}_FILE.")
        elif ruta:
            try:
                completo[variable.nombre] = Path(ruta).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                errores.append(f"{variable.nombre}_FILE: no se puede leer el archivo {ruta}.")
    return completo, errores


def _vacio(variable: Variable) -> Any:
    return [] if variable.lectura is lista else "" if variable.lectura in (texto, str) else None


def _primera(que_es: str) -> str:
    """The part of a description that says the form of the value."""
    forma = que_es.split(";")[0]
    return "una " + forma[forma.index("dirección") :] if "dirección" in forma else forma


def _al_azar(clave: str) -> bool:
    """Whether a key is somebody's own and long enough; a value that repeats itself is not drawn by lot."""
    return clave != CLAVE_DE_DEMOSTRACION and len(clave) >= 50 and len(set(clave)) >= 10


def _faltas(valores: dict[str, Any], entorno: Mapping[str, str]) -> list[str]:
    """What a production installation must not be without."""
    clave, publica = valores["SECRET_KEY"], valores["DIRECCION_PUBLICA"] or ""
    historial = valores["CLAVE_DE_HISTORIAL"]
    hosts = valores["ALLOWED_HOSTS"] if entorno.get("ALLOWED_HOSTS") else []
    anfitrion = urlsplit(publica).hostname or ""
    nombres_validos = [h for h in hosts if h == anfitrion or (h.startswith(".") and f".{anfitrion}".endswith(h))]
    reglas = {
        "SECRET_KEY: en producción debe ser propia, al azar y de 50 caracteres o más.": _al_azar(clave),
        "CLAVE_DE_HISTORIAL: en producción debe ser propia, al azar y de 50 caracteres o más.": _al_azar(historial),
        "CLAVE_DE_HISTORIAL: debe ser otra que SECRET_KEY.": historial != clave,
        "CIFRADO_LLAVES: en producción deben ser propias y al azar.": all(
            llave != llavero(LLAVE_DE_DEMOSTRACION)["demo"] and len(set(llave)) >= 10
            for llave in (valores["CIFRADO_LLAVES"] or {}).values()
        ),
        "DEBUG: en producción debe ser «no».": not valores["DEBUG"],
        "DATABASE_URL: en producción hay que decir qué base de datos.": bool(entorno.get("DATABASE_URL")),
        "ALLOWED_HOSTS: en producción hay que decir con qué nombres se llega al portal, sin «*».": bool(hosts)
        and "*" not in hosts,
        "DIRECCION_PUBLICA: en producción debe decirse, y empezar con https://.": publica.startswith("https://"),
        "DIRECCION_PUBLICA: su nombre debe estar en ALLOWED_HOSTS.": not (publica and hosts) or bool(nombres_validos),
        "VAR_DIR: en producción hay que decir en qué carpeta se guardan los archivos.": bool(entorno.get("VAR_DIR")),
        "EMAIL_URL: en producción hay que decir qué servidor envía el correo.": bool(entorno.get("EMAIL_URL")),
        "PROXIES_DE_CONFIANZA: en producción debe ser 1 o más: el portal no termina TLS por sí mismo.": (
            valores["PROXIES_DE_CONFIANZA"] != 0
        ),
    }
    return [mensaje for mensaje, cumple in reglas.items() if not cumple]
