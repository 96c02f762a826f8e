"""Logs: records with a request or task identifier, JSON in production, and nothing that identifies a person."""

import contextlib
import logging
import re
import threading
import time
from collections.abc import Sequence
from typing import Any

import structlog

_CORREO = re.compile(r"[^\s@<>\"'(),:;]+@[^\s@<>\"'(),:;]+")
_RUT = re.compile(r"\b\d{1,3}(?:\.?\d{3}){1,2}-[\dkK]\b")
_CONSULTA = re.compile(r"\?[^\s\"']*")
_FICHA = re.compile(r"/(activar|correo|recuperar)/(?!(?:reenviar|recibido)/)[^/\s\"']+")


def tapar(texto: str) -> str:
    """`texto` without mail addresses, identifiers, query strings (they carry what people filter by), links of mails."""
    sin_enlaces = _FICHA.sub(r"/\1/[…]", _CONSULTA.sub("?[…]", texto))
    return _RUT.sub("[identificador]", _CORREO.sub("[correo]", sin_enlaces))


def sin_personas(_logger: Any, _metodo: str, evento: dict[str, Any]) -> dict[str, Any]:
    """The last processor before the text is made; tracebacks are text by then."""
    return {clave: tapar(valor) if isinstance(valor, str) else valor for clave, valor in evento.items()}


class ErroresPorCorreo(logging.Handler):
    """Writes to whoever runs the portal what the log says of an error; the same one once in ten minutes.

    From a thread of its own, by the mail server and past the outbox, which may be what failed.
    """

    SILENCIO = 600.0

    def __init__(self, para: list[str]) -> None:
        super().__init__()
        self.para = para
        self._dichos: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        donde = f"{record.name}:{record.lineno}:{record.exc_info[0] if record.exc_info else ''}"
        if time.monotonic() - self._dichos.get(donde, -self.SILENCIO) < self.SILENCIO:
            return
        self._dichos[donde] = time.monotonic()
        texto = self.format(record)
        threading.Thread(target=self._enviar, args=(record.levelname, texto), daemon=True).start()

    def _enviar(self, gravedad: str, texto: str) -> None:
        from django.conf import settings
        from django.core.mail import send_mail

        with contextlib.suppress(Exception):  # the log has it; there is nobody else to tell
            send_mail(f"[{settings.NOMBRE_PRODUCTO}] {gravedad}", texto, None, self.para)


_COMUNES: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.PositionalArgumentsFormatter(),
]


def configuracion(*, json: bool, nivel: str, errores_a: Sequence[str] = ()) -> dict[str, Any]:
    """The LOGGING setting, `errores_a` the addresses that are told of errors.

    Also sets structlog up to hand its records to the standard library.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_COMUNES,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    pintor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "registro": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _COMUNES,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    sin_personas,
                    pintor,
                ],
            }
        },
        "handlers": {
            "consola": {"class": "logging.StreamHandler", "formatter": "registro"},
            "errores": {"()": ErroresPorCorreo, "para": list(errores_a), "level": "ERROR", "formatter": "registro"},
        },
        "root": {"handlers": ["consola", "errores"] if errores_a else ["consola"], "level": nivel},
        "loggers": {
            "django": {"level": nivel, "propagate": True, "handlers": []},
            "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
            "django_structlog.celery": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},  # says at each start that a folder has no host name
            **{nombre: {"level": "WARNING"} for nombre in ("pikepdf", "weasyprint", "fontTools")},
        },
    }
