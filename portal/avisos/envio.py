"""Handing one notice to the mail server, and what each of its answers means."""

import contextlib
import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from portal.avisos.models import Aviso
from portal.avisos.redaccion import en_una_linea
from portal.cuentas.ambito import sin_ambito
from portal.encargos.models import Definitivo, Pasajero, Postergado

TIPOS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def enviar(aviso: Aviso) -> None:
    """Send it and mark it sent; raises as `cumplir` wants it."""
    mensaje = _componer(aviso)
    conexion = _abrir()
    try:
        _entregar(conexion, mensaje)
        aviso.terminar()
    finally:
        with contextlib.suppress(Exception):  # what the server says after it has taken the message changes nothing
            conexion.close()


def _componer(aviso: Aviso) -> EmailMultiAlternatives:
    """The message, complete, before the server is bothered; Definitivo when it cannot be made."""
    mensaje = EmailMultiAlternatives(
        subject=aviso.asunto,
        body=aviso.texto,
        to=[aviso.para],
        reply_to=[settings.CORREO_CONTACTO],
        headers={"Message-ID": aviso.id_mensaje, "Auto-Submitted": "auto-generated"},
    )
    mensaje.attach_alternative(aviso.html, "text/html")
    with sin_ambito():
        adjuntos = list(aviso.adjuntos.all())
    for adjunto in adjuntos:
        try:
            with adjunto.abrir() as archivo:
                contenido = archivo.read()
        except FileNotFoundError as error:
            raise Definitivo("Falta en el almacén un archivo que el aviso lleva adjunto.") from error
        mensaje.attach(en_una_linea(adjunto.nombre), contenido, TIPOS.get(adjunto.formato, "application/octet-stream"))
    try:
        validate_email(aviso.para)
        mensaje.message().as_bytes()
    except (ValidationError, ValueError) as error:  # ValueError: BadHeaderError, what cannot be encoded
        raise Definitivo("La dirección, el asunto o el nombre de un adjunto no sirven para un correo.") from error
    return mensaje


def _abrir() -> BaseEmailBackend:
    try:
        conexion = get_connection()
        conexion.open()
    except (OSError, smtplib.SMTPException) as error:  # SMTPException is an OSError; said for the reader
        raise Postergado(f"El servidor de correo no responde ({type(error).__name__}).") from error
    return conexion


def _entregar(conexion: BaseEmailBackend, mensaje: EmailMultiAlternatives) -> None:
    try:
        conexion.send_messages([mensaje])
    except smtplib.SMTPRecipientsRefused as error:
        _segun_codigo(*next(iter(error.recipients.values())))
    except smtplib.SMTPResponseException as error:
        _segun_codigo(error.smtp_code, error.smtp_error)
    except smtplib.SMTPServerDisconnected as error:
        raise Pasajero("El servidor de correo cortó la conexión.") from error
    except ValueError as error:
        raise Definitivo("La dirección no sirve para un correo.") from error


def _segun_codigo(codigo: int, respuesta: bytes | str) -> None:
    """5xx: no, and asking again is rude; anything else: not now."""
    dicho = respuesta.decode("utf-8", "replace") if isinstance(respuesta, bytes) else respuesta
    frase = f"El servidor de correo contestó {codigo}: {dicho[:300]}"
    if 500 <= codigo < 600:
        raise Definitivo(frase)
    raise Pasajero(frase)
