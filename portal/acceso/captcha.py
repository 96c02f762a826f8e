"""The captcha: proof of work done by the browser (ALTCHA), or a question in words for whoever has no JavaScript.

Nothing leaves the portal. Both are signed, expire, and work once.
"""

import hashlib
import json
import secrets
import struct
import unicodedata
from base64 import b64decode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import altcha
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from portal import reloj
from portal.acceso.models import RetoUsado

VIGENCIA = timedelta(minutes=30)
_SAL = "portal.acceso.captcha"
_NUMEROS = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"]
_NUMEROS += ["trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"]


def _secreto() -> str:
    return salted_hmac(_SAL, "altcha").hexdigest()


def reto() -> dict[str, Any]:
    """A new proof of work, as the widget asks for it: about a second of a telephone."""
    return altcha.create_challenge(
        "PBKDF2/SHA-256",
        cost=settings.COSTO_CAPTCHA,
        expires_at=reloj.ahora() + VIGENCIA,
        hmac_secret=_secreto(),
    ).to_dict()


@dataclass(frozen=True)
class Pregunta:
    """A question in words; `ficha` goes with the answer and does not give it away."""

    texto: str
    ficha: str


def pregunta() -> Pregunta:
    a, b = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    numero = secrets.token_hex(8)
    ficha = signing.dumps([numero, _respuesta(numero, str(a + b))], salt=_SAL)
    return Pregunta(f"¿Cuánto es {_NUMEROS[a]} más {_NUMEROS[b]}?", ficha)


def _respuesta(numero: str, dicho: str) -> str:
    """The keyed print of an answer, written with digits or with letters."""
    llano = unicodedata.normalize("NFKD", dicho.strip().lower()).encode("ascii", "ignore").decode()
    letras = [unicodedata.normalize("NFKD", n).encode("ascii", "ignore").decode() for n in _NUMEROS]
    valor = str(letras.index(llano)) if llano in letras else llano.lstrip("0") or "0"
    return salted_hmac(_SAL, f"{numero}|{valor}").hexdigest()


def _clave_de_prueba(solucion: str) -> str | None:
    """The key of a proof of work that holds; None when it does not."""
    try:
        if not altcha.verify_solution(solucion, _secreto()).verified:
            return None
        return hashlib.sha256(json.loads(b64decode(solucion))["challenge"]["signature"].encode()).hexdigest()
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, AttributeError, struct.error):
        return None


def _clave_de_pregunta(ficha: str, dicho: str) -> str | None:
    """The key of a question answered well and in time; None otherwise."""
    try:
        numero, esperada = signing.loads(ficha, salt=_SAL, max_age=VIGENCIA)
    except (signing.BadSignature, ValueError):
        return None
    return f"pregunta-{numero}" if constant_time_compare(_respuesta(numero, dicho), esperada) else None


def gastar(clave: str) -> None:
    """Use a captcha up; ValidationError when somebody already did."""
    try:
        with transaction.atomic():
            RetoUsado.objects.create(clave=clave, caduca=reloj.ahora() + VIGENCIA)
    except IntegrityError:
        raise ValidationError("Esa verificación ya se usó. Hazla de nuevo.", code="captcha") from None


class CaptchaWidget(forms.Widget):
    """ALTCHA's element and the question; a fresh question each time it is drawn."""

    template_name = "acceso/_captcha.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs) | {"pregunta": pregunta()}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        return (
            str(data.get("altcha") or ""),
            str(data.get(f"{name}_ficha") or ""),
            str(data.get(f"{name}_respuesta") or ""),
        )


class CaptchaField(forms.Field):
    """Its value is the key of what was solved, which `ConCaptcha` uses up."""

    widget = CaptchaWidget
    default_error_messages = {
        "required": "Marca la verificación o responde la pregunta.",
        "mal": "La verificación no resultó o venció. Hazla de nuevo.",
        "respuesta": "Esa no es la respuesta, o la pregunta venció. Responde la nueva.",
    }

    def clean(self, value: tuple[str, str, str]) -> str:
        solucion, ficha, dicho = value
        if dicho.strip():
            clave, falla = _clave_de_pregunta(ficha, dicho), "respuesta"
        elif solucion:
            clave, falla = _clave_de_prueba(solucion), "mal"
        else:
            clave, falla = None, "required"
        if clave is None:
            raise ValidationError(self.error_messages[falla], code="captcha")
        return clave


class ConCaptcha(forms.Form):
    """A form that a machine must not send; the captcha is used up only when all else is right."""

    captcha = CaptchaField(label="Verificación")
    field_order: list[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([n for n in self.fields if n != "captcha"])

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                gastar(self.cleaned_data.pop("captcha"))
            except ValidationError as error:
                self.add_error("captcha", error)
