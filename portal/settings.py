"""Django settings. What a deployment may change is in `portal/entorno.py` and docs/configuracion.md."""

import os
from typing import Any

from csp.constants import NONE, SELF

from portal import agenda, entorno, registro

BASE_DIR = entorno.RAIZ

_env = entorno.leer(os.environ)
EN_PRODUCCION = _env["ENTORNO"] == "produccion"
VAR_DIR = _env["VAR_DIR"]
PUERTO = _env["PORT"]

# --- What the installation is ---------------------------------------------------------------------------------------
NOMBRE_PRODUCTO = _env["NOMBRE_PRODUCTO"]
LEMA_PRODUCTO = _env["LEMA_PRODUCTO"]
NOMBRE_SOLICITUDES = _env["NOMBRE_SOLICITUDES"]
RESPONSABLE = _env["RESPONSABLE"]
CORREO_CONTACTO = _env["CORREO_CONTACTO"]
DIRECCION_PUBLICA = _env["DIRECCION_PUBLICA"] or f"http://localhost:{PUERTO}"
IDENTIFICADOR = _env["IDENTIFICADOR"]
IDENTIFICADOR_NOMBRE = _env["IDENTIFICADOR_NOMBRE"]

# --- Security -------------------------------------------------------------------------------------------------------
SECRET_KEY = _env["SECRET_KEY"]
CLAVE_DE_HISTORIAL = _env["CLAVE_DE_HISTORIAL"]
CIFRADO_LLAVES: dict[str, bytes] = _env["CIFRADO_LLAVES"]
DEBUG = _env["DEBUG"]
ALLOWED_HOSTS = _env["ALLOWED_HOSTS"]
CSRF_TRUSTED_ORIGINS = _env["CSRF_TRUSTED_ORIGINS"]
ALLAUTH_TRUSTED_PROXY_COUNT = _env["PROXIES_DE_CONFIANZA"]
SESSION_COOKIE_AGE = _env["MINUTOS_DE_INACTIVIDAD"] * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = EN_PRODUCCION
SESSION_COOKIE_NAME = "__Host-sesion" if EN_PRODUCCION else "sesion"
CSRF_COOKIE_NAME = "__Host-csrf" if EN_PRODUCCION else "csrf"
CSRF_COOKIE_HTTPONLY = True
COOKIE_APARIENCIA = "__Host-apariencia" if EN_PRODUCCION else "apariencia"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # they name people: not for a cookie
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if EN_PRODUCCION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = EN_PRODUCCION
SECURE_REDIRECT_EXEMPT = [r"^salud/", r"^metricas$"]  # asked by the machine next door, without TLS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preloading is the domain owner's decision, not the portal's
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.errores.sin_ficha"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    nombre: [] for nombre in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}

# --- Applications: a new domain is one line here and one in urls.py --------------------------------------------------
# Of the first pages of a profile, that of the application named first counts.
DOMINIOS = ["pagos", "solicitudes", "gestiones", "inoperatividad", "reclamos.seccion", "reclamos"]
INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "portal",
    "portal.encargos",
    "portal.territorio",
    "portal.cuentas",
    "portal.plazos",
    "portal.documentos",
    "portal.historial",
    "portal.conservacion",
    "portal.adjuntos",
    "portal.avisos",
    "portal.informes",
    "portal.sgc",
    "portal.normativa",
    "portal.acceso",
    "portal.impresos",
    *DOMINIOS,
]
MIDDLEWARE = [
    "portal.metricas.MetricasMiddleware",
    "portal.peticiones.RegistroMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.peticiones.SesionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.origen.OrigenMiddleware",
    "portal.permisos.PermisosMiddleware",
    "portal.acceso.segundo_factor.obligacion.PuertaMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.contexto.portal",
            ],
            "builtins": ["portal.templatetags.ventanilla", "portal.templatetags.adjuntos"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache, work in the background ------------------------------------------------------------------------
_bd: dict[str, Any] = _env["DATABASE_URL"] or {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(VAR_DIR / "ventanilla.sqlite3"),
}
if _bd["ENGINE"] == "django.db.backends.sqlite3":
    _bd["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # After 4 s of trying a connection is given up and the next request tries at once. By default tries go on for five
    # minutes, ever further apart: after a long absence of the server it would be minutes until the portal noticed it.
    _fondo = {"min_size": 1, "max_size": _env["CONEXIONES_POR_PROCESO"], "timeout": 10, "reconnect_timeout": 4}
    _bd["OPTIONS"] = {**_bd.get("OPTIONS", {}), "pool": _fondo}
    _bd["PASSWORD"] = _bd["PASSWORD"] or _env["CLAVE_BASE"]
    _bd["CONN_HEALTH_CHECKS"] = True  # after the server was away, its dead connections are not lent again
DATABASES: dict[str, Any] = {"default": _bd}
if _lectura := _env["DATABASE_URL_LECTURA"]:
    _lectura["PASSWORD"] = _lectura["PASSWORD"] or _env["CLAVE_BASE"]
    _lectura["OPTIONS"] = {"connect_timeout": 3, **_lectura.get("OPTIONS", {})}
    DATABASES["lectura"] = {**_lectura, "TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["portal.informes.lectura.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = _env["REDIS_URL"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}
# In the database alone (docs/adr/0014): a cache that was away would bring back a session that had been ended.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = _env["CELERY_BROKER_URL"] or REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if CELERY_BROKER_URL == "filesystem://":
    for _carpeta in ("cola", "cola-control"):  # the transport does not make them
        (VAR_DIR / _carpeta).mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "cola"),
        "data_folder_out": str(VAR_DIR / "cola"),
        "control_folder": str(VAR_DIR / "cola-control"),
        "polling_interval": 0.1,  # of 1 s by default, after every message that finds all hands busy
    }
else:
    # A request that hands work over waits for a silent broker no longer than this; portal/celery.py lets workers wait.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "max_retries": 0,
        "visibility_timeout": 7200,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "agenda")
CELERY_BEAT_SCHEDULE = agenda.juntar(a for a in INSTALLED_APPS if a in DOMINIOS or a.startswith("portal."))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Mail -----------------------------------------------------------------------------------------------------------
vars().update(_env["EMAIL_URL"] or {})
EMAIL_BACKEND = vars().get("EMAIL_BACKEND", "portal.avisos.buzon.EmailBackend")  # embedded: a file for each message
EMAIL_FILE_PATH = str(VAR_DIR / "correo")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env["CORREO_REMITENTE"] or f"{NOMBRE_PRODUCTO} <{CORREO_CONTACTO}>"

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "static_root" if EN_PRODUCCION else None  # outside production nothing is collected
_adjuntos: dict[str, Any] = {
    "BACKEND": "portal.adjuntos.almacen.AlmacenEnDisco",
    "OPTIONS": {"location": VAR_DIR / "adjuntos", "base_url": None},
}
if _env["ADJUNTOS_S3"]:
    _adjuntos = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _env["ADJUNTOS_S3"],
            "endpoint_url": _env["ADJUNTOS_S3_SERVIDOR"] or None,
            "access_key": _env["ADJUNTOS_S3_LLAVE"] or None,
            "secret_key": _env["ADJUNTOS_S3_CLAVE"] or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
CLAMAV = _env["CLAMAV"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "otros"}},
    "adjuntos": _adjuntos,
    "informes": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "informes", "base_url": None},
    },
    "staticfiles": {  # far-future names need collectstatic, which only a production installation runs
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if EN_PRODUCCION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not EN_PRODUCCION
WHITENOISE_AUTOREFRESH = DEBUG
SENDFILE_BACKEND = f"django_sendfile.backends.{'nginx' if _env['ENTREGA_POR_NGINX'] else 'simple'}"
SENDFILE_ROOT = str(VAR_DIR)
SENDFILE_URL = "/privado"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.adjuntos.recepcion.Recepcion",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# --- Logs -----------------------------------------------------------------------------------------------------------
_nivel = _env["NIVEL_DE_REGISTRO"]
LOGGING = registro.configuracion(json=EN_PRODUCCION, nivel=_nivel, errores_a=_env["CORREO_DE_ERRORES"])
MS_CONSULTA_LENTA = _env["MS_CONSULTA_LENTA"]
CLAVE_METRICAS = _env["CLAVE_METRICAS"]
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = _env["ZONA_HORARIA"]
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "portal.formatos"

# --- Accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "cuentas.Usuario"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identificador"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "portal.acceso.adapter.Adaptador"
ACCOUNT_FORMS = {
    "login": "portal.acceso.forms.IngresoForm",
    "change_password": "portal.acceso.forms.CambioDeClaveForm",
    "reauthenticate": "portal.acceso.forms.ConfirmarForm",
    "reset_password_from_key": "portal.acceso.forms.ClaveNuevaForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # the portal's own activation comes first: nobody inactive signs in
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # portal.acceso.limites counts instead: exactly, and successes are free at once
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
AUTHENTICATION_BACKENDS = ["portal.acceso.autenticacion.PerfilBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"portal.acceso.validadores.{nombre}"}
    for nombre in ("LargoValidator", "ComunValidator", "PropiaValidator")
]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds for which the password that was typed serves to change factors
_obligatorio = _env["SEGUNDO_FACTOR_OBLIGATORIO"]
SEGUNDO_FACTOR_OBLIGATORIO: bool = EN_PRODUCCION if _obligatorio is None else _obligatorio
PERMISOS_CON_SEGUNDO_FACTOR = ["pagos.validar_pago"]  # besides the whole SEC
MFA_ADAPTER = "portal.acceso.segundo_factor.adapter.AdaptadorSegundoFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before and after: clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not EN_PRODUCCION
MFA_FORMS = {
    "authenticate": "portal.acceso.segundo_factor.forms.CodigoForm",
    "authenticate_webauthn": "portal.acceso.segundo_factor.forms.LlaveForm",
    "activate_totp": "portal.acceso.segundo_factor.forms.AplicacionForm",
    "add_webauthn": "portal.acceso.segundo_factor.forms.LlaveNuevaForm",
}
HORAS_DE_ACTIVACION = _env["HORAS_DE_ACTIVACION"]
PASSWORD_RESET_TIMEOUT = _env["HORAS_DE_RECUPERACION"] * 3600
COSTO_CAPTCHA = _env["COSTO_CAPTCHA"]
