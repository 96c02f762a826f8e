"""What every request goes through first: a line in the log, with the identifier of all that is logged meanwhile; a
session that may be one."""

import re

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware


class RegistroMiddleware(RequestMiddleware):
    """Without the query string: people filter by client number, address or name."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class SesionMiddleware(SessionMiddleware):
    """Asks the database only for keys of the form that Django gives: PostgreSQL breaks on a NUL in a cookie.

    A session that cannot be written because the database is away is the database's failure (503), not the browser's.
    """

    FORMA = re.compile(r"[0-9a-z]{32}")

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if not self.FORMA.fullmatch(request.session.session_key or ""):
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            # Django takes whatever the database says to an UPDATE for a session that was ended meanwhile.
            causa = error.__context__ and error.__context__.__context__
            if isinstance(causa, OperationalError | InterfaceError):
                raise causa from error
            raise
