"""The embedded default for mail: each message is a file that a mail program opens."""

import os
import re
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.text import slugify

from portal import reloj


class EmailBackend(BaseEmailBackend):
    """Writes `2026-12-03_14-32-05_rosa@example.cl_yn194-tienes-que-pagar_aviso-12.eml`, whole or not at all."""

    def __init__(self, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.carpeta = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.carpeta.mkdir(parents=True, exist_ok=True)
        for mensaje in email_messages:
            self._escribir(mensaje)
        return len(email_messages)

    def _escribir(self, mensaje: EmailMessage) -> None:
        correo = mensaje.message()
        clave = re.sub(r"[^\w-]", "", correo["Message-ID"].strip("<>").partition("@")[0])
        para = re.sub(r"[^\w.@+-]", "", parseaddr(mensaje.to[0])[1])[:60]
        nombre = f"{reloj.ahora():%Y-%m-%d_%H-%M-%S}_{para}_{slugify(mensaje.subject)[:60]}_{clave[-40:]}.eml"
        provisorio = self.carpeta / f".{nombre}.{os.getpid()}"
        provisorio.write_bytes(correo.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        provisorio.rename(self.carpeta / nombre)
