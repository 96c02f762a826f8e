"""What every request goes through first: a line in the log, with the identifier of all that is logged meanwhile; a
session that may be one."""

import re

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RegistroMiddleware(RequestMiddleware):
    """Without the query string: people filter by client number, address or name."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class SesionMiddleware(SessionMiddleware):
    """Asks the database only for keys of the form that Django gives: PostgreSQL breaks on a NUL in a cookie."""

    FORMA = re.compile(r"[0-9a-z]{32}")

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if not self.FORMA.fullmatch(request.session.session_key or ""):
            request.session = self.SessionStore()
