"""From where a request comes, for whoever writes down that something happened: set by middleware, empty in tasks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

_origen: ContextVar[HttpRequest | None] = ContextVar("origen", default=None)


def direccion() -> str | None:
    """The address behind the proxies that the settings trust; None where nobody asked from anywhere."""
    request = _origen.get()
    if request is None:
        return None
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None


@contextmanager
def en(request: HttpRequest) -> Iterator[None]:
    """Inside the block, what happens comes from `request`."""
    ficha = _origen.set(request)
    try:
        yield
    finally:
        _origen.reset(ficha)


class OrigenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with en(request):
            return self.get_response(request)
